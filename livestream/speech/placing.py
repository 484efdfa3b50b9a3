"""Where phones and words lie in the finished sound, to the sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from livestream.media import SAMPLE_RATE, WordTime
from livestream.speech.editing import HOP, Edit, energy, silences
from livestream.speech.engine import PAUSE, Phone, Samples
from livestream.standards import Token

SHORTEST_PAUSE = 0.06
"""Seconds of silence that are a pause where the text has one."""
SHORTEST_EDGE = 0.01
"""Seconds of silence that are a pause at the sound's two ends."""
LONG_SILENCE = 0.15
"""Seconds of silence that are a pause wherever they stand: no closure lasts as long."""
CLAUSE = round(2.5 * SAMPLE_RATE)
"""The most samples there should be between two cut points."""
_CLOSING = frozenset({"p", "b"})
_REACH = round(0.06 * SAMPLE_RATE) // HOP
_DEPTH_DB = 10.0
_LEAST = round(0.02 * SAMPLE_RATE)


@dataclass(frozen=True, slots=True)
class Placed:
    """One phone from sample `start` to sample `end`; phones follow one another without a gap."""

    symbol: str
    start: int
    end: int
    word: int = -1


def place(phones: Sequence[Phone], edit: Edit) -> list[Placed]:
    """Return the phones as they lie in the edited sound, covering it from its first to its last sample.

    Pauses are where the sound is silent, whatever the durations say, and the lips of [p] and [b]
    are shut where their gap is heard.
    """
    moved = [Placed(p.symbol, _moved(edit, p.start), _moved(edit, p.end), p.word) for p in phones]
    pauses = [p for p in moved if p.symbol == PAUSE]
    length = len(edit.pcm)
    placed = _without_pauses([p for p in moved if p.symbol != PAUSE], length)
    for start, end in silences(edit.pcm, SHORTEST_EDGE):
        long = end - start >= LONG_SILENCE * SAMPLE_RATE
        pause = end - start >= SHORTEST_PAUSE * SAMPLE_RATE and _meets(pauses, start, end)
        if long or pause or start == 0 or end == length:
            placed = _silenced(placed, start, end)
    return _closed(placed, energy(edit.pcm))


def word_times(placed: Sequence[Placed], tokens: Sequence[Token], length: int) -> tuple[WordTime, ...]:
    """Return when each caption token is heard, in order and without overlap.

    A token that is not said (a dash) has no length and stands where the one before it ends.
    """
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for phone in placed:
        if phone.word >= 0:
            starts.setdefault(phone.word, phone.start)
            ends[phone.word] = phone.end
    times: list[WordTime] = []
    word, here = 0, 0
    for token in tokens:
        said = [w for w in range(word, word + len(token.spoken.split())) if w in starts]
        word += len(token.spoken.split())
        start = min(max(here, starts[said[0]]), length) if said else here
        here = min(max(start, ends[said[-1]]), length) if said else here
        times.append(WordTime(token.caption, start, here))
    return tuple(times)


def cut_points(placed: Sequence[Placed], pcm: Samples) -> tuple[int, ...]:
    """Return the samples at which the sentence may be left: pauses, and quiet word ends in long clauses.

    They are at most about 2.5 s apart where the words allow it; the last is the sound's end.
    """
    curve = energy(pcm)
    ends = [b.end for b, c in pairwise(placed) if b.word >= 0 and c.word != b.word]
    pauses = [p.start + min(p.end - p.start, SAMPLE_RATE // 10) // 2 for p in placed[1:-1] if p.symbol == PAUSE]
    last = len(pcm)
    points: list[int] = []
    here = 0
    for wanted in [*(p for p in pauses if 0 < p < last), last]:
        while wanted - here > CLAUSE:
            pieces = -(-(wanted - here) // CLAUSE)
            aim = here + (wanted - here) // pieces
            near = [end for end in ends if here < end < min(wanted, here + CLAUSE + SAMPLE_RATE // 2)]
            if not near:
                break
            here = min(near, key=lambda end: abs(end - aim) / SAMPLE_RATE + _level(curve, end) / 40)
            points.append(here)
        points.append(wanted)
        here = wanted
    return tuple(sorted(set(points)))


def _level(curve: NDArray[np.float64], sample: int) -> float:
    step = sample // HOP
    return float(curve[max(0, step - 2) : step + 3].min(initial=0.0))


def _without_pauses(phones: Sequence[Placed], length: int) -> list[Placed]:
    """Return the phones with the time between two shared by both, covering 0 to `length`."""
    if not phones:
        return [Placed(PAUSE, 0, length)]
    turns = [(max(a.end, a.start) + b.start) // 2 for a, b in pairwise(phones)]
    edges = np.maximum.accumulate(np.clip([0, *turns, length], 0, length)).tolist()
    spans = zip(phones, pairwise(edges), strict=True)
    return [replace(phone, start=start, end=end) for phone, (start, end) in spans if end > start]


def _moved(edit: Edit, seconds: float) -> int:
    return edit.move(round(seconds * SAMPLE_RATE))


def _meets(pauses: Sequence[Placed], start: int, end: int) -> bool:
    slack = round(0.05 * SAMPLE_RATE)
    return any(p.start - slack < end and start < p.end + slack for p in pauses)


def _silenced(placed: Sequence[Placed], start: int, end: int) -> list[Placed]:
    """Return the phones with a pause from `start` to `end`; what it covers moves out of its way."""
    before = [replace(p, end=min(p.end, start)) for p in placed if p.start < start]
    after = [replace(p, start=max(p.start, end)) for p in placed if p.end > end]
    return [*before, Placed(PAUSE, start, end), *after]


def _closed(placed: list[Placed], curve: NDArray[np.float64]) -> list[Placed]:
    """Stretch each [p] and [b] over the gap heard near it, at its neighbours' cost."""
    for index in range(1, len(placed) - 1):
        if placed[index].symbol not in _CLOSING:
            continue
        gap = _gap(curve, placed[index])
        if gap is None:
            continue
        earliest = min(placed[index].start, placed[index - 1].start + _LEAST)
        latest = max(placed[index].end, placed[index + 1].end - _LEAST)
        start = max(earliest, min(placed[index].start, gap[0]))
        end = min(latest, max(placed[index].end, gap[1]))
        placed[index - 1] = replace(placed[index - 1], end=start)
        placed[index] = replace(placed[index], start=start, end=end)
        placed[index + 1] = replace(placed[index + 1], start=end)
    return placed


def _gap(curve: NDArray[np.float64], phone: Placed) -> tuple[int, int] | None:
    """Return the range of the energy dip nearest to a stop, or None where there is no clear one."""
    first = max(0, phone.start // HOP - _REACH)
    window = curve[first : phone.end // HOP + _REACH]
    if len(window) < 3:
        return None
    lowest = int(window.argmin())
    top = min(float(window[: lowest + 1].max()), float(window[lowest:].max()))
    if top - window[lowest] < _DEPTH_DB:
        return None
    quiet = window < max(window[lowest] + 6.0, top - 15.0)
    start = end = lowest
    while start > 0 and quiet[start - 1]:
        start -= 1
    while end + 1 < len(quiet) and quiet[end + 1]:
        end += 1
    return (first + start) * HOP, (first + end + 1) * HOP
