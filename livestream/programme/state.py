"""What playout says of one frame: all that the programme needs to draw and mix it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from livestream.lines import Cue
from livestream.media import SAMPLES_PER_FRAME, Card, LowerThird, Pcm, Speech


def silence() -> Pcm:
    """One frame of silence."""
    return np.zeros(SAMPLES_PER_FRAME, np.int16)


@dataclass(frozen=True, slots=True, eq=False)
class ProgrammeState:
    """Frame `n` of the programme.

    `speech` is what is being said in this frame, begun at programme sample `speech_start`; `stem`
    its 1920 samples, cuts and fades already applied. `cues` are those that fall into this frame.
    `talking` also bridges the short gaps between sentences, for ducking and for the presenter.
    `slate` is what covers the whole picture while everything is held. `following` is the caption of
    the sentence after this one, as far as it is known.
    """

    n: int
    speech: Speech | None = None
    speech_start: int = 0
    stem: Pcm = field(default_factory=silence)
    card: Card | None = None
    lower_third: LowerThird | None = None
    cues: tuple[Cue, ...] = ()
    talking: bool = False
    slate: LowerThird | None = None
    following: str = ""
