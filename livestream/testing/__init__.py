"""The clock and the fakes that our own tests use, public so that a plug-in's tests can too."""

from typing import TYPE_CHECKING, Any

from livestream.testing.clock import ManualClock

if TYPE_CHECKING:
    from livestream.testing.speech import FakeEngine

__all__ = ["FakeEngine", "ManualClock"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Import the fakes of whole rooms only when one is asked for."""
    if name == "FakeEngine":
        from livestream.testing.speech import FakeEngine

        return FakeEngine
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
