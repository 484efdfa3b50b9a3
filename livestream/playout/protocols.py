"""What playout drives, as far as it needs to know it."""

from __future__ import annotations

from typing import Protocol

import av
import numpy as np
from numpy.typing import NDArray

from livestream.media import Card, LowerThird, Packet
from livestream.programme.state import ProgrammeState


class Picture(Protocol):
    """What draws and mixes a frame: the programme."""

    def picture(self, state: ProgrammeState) -> av.VideoFrame:
        """Return the 720x1280 I420 picture of a frame."""
        ...

    def sound(self, state: ProgrammeState) -> NDArray[np.int16]:
        """Return the frame's sound, shape (1920, 2)."""
        ...

    def prepare(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Draw ahead what will be shown, on any thread."""
        ...


class Coder(Protocol):
    """What encodes a frame: the one encoder."""

    def video(self, n: int, frame: av.VideoFrame) -> list[Packet]:
        """Encode the picture of frame n."""
        ...

    def audio(self, n: int, pcm: NDArray[np.int16]) -> list[Packet]:
        """Encode the sound of frame n."""
        ...

    def flush(self) -> list[Packet]:
        """Return what the encoders still hold."""
        ...
