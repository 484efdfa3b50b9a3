"""The presenter's picture for every frame.

`open_presenter` gives a `Presenter`; `presenter_still` a single picture for previews.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from typing import Literal, Protocol

from livestream.avatar.pack import Pack, load_pack
from livestream.avatar.puppet import Puppet
from livestream.avatar.still import Rgba, figure_rgba, still
from livestream.datafiles import cache_dir
from livestream.errors import AvatarError
from livestream.media import Figure, Speech, Viseme

__all__ = ["Presenter", "figure_rgba", "load_presenter_pack", "open_presenter", "presenter_still"]


class Presenter(Protocol):
    """A talking figure. A frame is a pure function of the pack, the seed, what was pushed, and n."""

    def push(self, speech: Speech, start: int) -> None:
        """Say `speech` from programme sample `start`, which may be in the future."""
        ...

    def cut(self, at: int) -> None:
        """Forget everything after sample `at`; the mouth eases shut within 120 ms."""
        ...

    def event(self, at: int, kind: Literal["gesture", "gaze", "state"], name: str) -> None:
        """Do something at sample `at`: a gesture, a glance, or idle, listening, talking."""
        ...

    def render(self, n: int) -> Figure:
        """Return the figure of frame `n`; n increases and may skip."""
        ...

    def close(self) -> None:
        """Let go of the pictures."""
        ...


def load_presenter_pack(name: str = "mira", *, progress: Callable[[int, int], None] | None = None) -> Pack:
    """Load a presenter's pack, compiling it into the cache at its first use.

    Args:
        name: a folder of `assets/presenters/`.
        progress: told how many pictures are drawn, and of how many, while compiling.

    Raises:
        AvatarError: the presenter is missing, damaged, or shows a person without consent.
    """
    from livestream.avatar.build import compiled

    today = dt.datetime.now(dt.UTC).date().isoformat()
    folder = compiled(name, today=today, progress=progress)
    try:
        return load_pack(folder, today=today)
    except AvatarError:
        if folder.parent != cache_dir() / "presenters":
            raise
        shutil.rmtree(folder, ignore_errors=True)  # what we compiled ourselves, we can compile again
        return load_pack(compiled(name, today=today, progress=progress), today=today)


def open_presenter(name: str = "mira", *, seed: int, progress: Callable[[int, int], None] | None = None) -> Presenter:
    """Return a presenter ready to render; arguments and errors are those of `load_presenter_pack`."""
    return Puppet(load_presenter_pack(name, progress=progress), seed=seed)


def presenter_still(
    name: str = "mira", *, gesture: str | None = None, viseme: Viseme = Viseme.SIL, height: int | None = None
) -> Rgba:
    """Return one picture of a presenter, straight RGBA (height, width, 4); errors as `open_presenter`."""
    return still(load_presenter_pack(name), gesture=gesture, viseme=viseme, height=height)
