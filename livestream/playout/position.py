"""Where playout stands, as others are told: without what it takes to play."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """Where playout stands: the next frame to be released, the sentence on air, what is queued.

    `on_air` is −1 during an ad-lib; its id is `ad_lib`. `pending` are the ad-libs that wait for their
    cut point, `finished` the last ones that are over with whether all of each was heard. `panic`
    says that everything is held under the slate. No sentence that rests on what the withdrawal of number
    `withdrawn` names begins any more; `untrue` are the ids of facts that the ad-lib `correction` has to put
    right, because a sentence that rested on them was being said.
    """

    frame: int
    on_air: int | None
    last_aired: int
    last_queued: int
    queued_seconds: float
    ready: int
    ad_lib: str | None = None
    pending: tuple[str, ...] = ()
    finished: tuple[tuple[str, bool], ...] = ()
    panic: bool = False
    withdrawn: int = 0
    correction: str = ""
    untrue: tuple[str, ...] = ()
