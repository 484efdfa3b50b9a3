"""The clock and the fakes that our own tests use, public so that a plug-in's tests can too."""

from livestream.testing.clock import ManualClock

__all__ = ["ManualClock"]
