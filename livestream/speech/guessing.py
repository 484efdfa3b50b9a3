"""Phones for a sound whose engine tells no times: laid over what is heard, each where it fits best.

A segmental Viterbi search: of all ways to part the sound among the phones in their order, the one in which each lasts
about as long as its kind does and sounds like its kind in three bands of the spectrum. The times are marked
`estimated`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from livestream.media import SAMPLE_RATE
from livestream.speech.engine import PAUSE, Phone, Samples

_FRAME = SAMPLE_RATE // 100
_WINDOW = 2 * _FRAME
_BANDS = ((80, 900), (900, 3000), (3500, 8000))
"""Hz: voicing and the first formant, the second formant, friction."""
_LOUD = 95
"""Percentile of a band's level that its levels are reckoned from, in dB."""
_FLOOR = -65.0
_TRUST = 0.15
"""What a frame weighs against a length: neighbouring frames say nearly the same."""
_SPREAD = 0.45
"""Standard deviation of the logarithm of a phone's length."""
_LONGEST = 2.5
"""Times its expected length that a phone may last."""
_UNMARKED_PAUSE = 6.0
"""What a pause costs between two words where no sign asks for one."""
_MISSED_PAUSE = 3.0

_Curve = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of phone: its usual length in ms, and the mean and deviation of its level in each band."""

    length: float
    levels: tuple[float, float, float]
    deviations: tuple[float, float, float]


# Over the exact phones of 22 sentences of the default voice.
_KINDS = {
    "pause": _Kind(0, (-56, -55, -51), (10, 12, 9)),
    "vowel": _Kind(78, (-9, -12, -17), (9, 10, 10)),
    "nasal": _Kind(58, (-7, -22, -28), (9, 10, 11)),
    "liquid": _Kind(55, (-10, -17, -26), (10, 11, 12)),
    "stop": _Kind(72, (-33, -33, -25), (12, 16, 18)),
    "voiced stop": _Kind(68, (-19, -31, -30), (13, 16, 16)),
    "sibilant": _Kind(80, (-35, -25, -2), (11, 7, 7)),
    "fricative": _Kind(50, (-25, -23, -17), (14, 12, 11)),
}
_MEMBERS = {
    "vowel": "aɑæʌɐɒeɛəɘɜɪᵻɤiɨɯoɔuʊʉyʏøœɚɝ",
    "nasal": "mnŋɲɳɴ",
    "liquid": "lɫɭʎɹɾɽɻrʀʁjwɥɰʋ",
    "stop": "ptkqcʈʔ",
    "voiced stop": "bdgɡɖɟ",
    "sibilant": "szʃʒɕʑʂʐʧʤ",
    "fricative": "fvθðhɦxçβɣɸχħʕʝ",
}
_KIND_OF = {symbol: kind for kind, symbols in _MEMBERS.items() for symbol in symbols}
_LONG_VOWEL = 1.6
"""How much longer than another a diphthong or a vowel marked as long is."""


def lay_over(pairs: Sequence[tuple[str, int]], pcm: Samples, lengths: Sequence[float] = ()) -> tuple[Phone, ...]:
    """Return phones laid over a 48 kHz sound, covering it.

    Args:
        pairs: (IPA symbol, word) in order; `PAUSE` with word −1 stands where a sign asks for a pause.
        pcm: the sound.
        lengths: how long each is in relation to the others; by its kind where nothing is told.
    """
    levels = _levels(pcm)
    slots = _slots(pairs, lengths, _heard(levels))
    whole = len(pcm) / SAMPLE_RATE
    if not any(slot.pair[0] for slot in slots):
        return (Phone(PAUSE, 0.0, whole),)
    seconds = [min(edge * _FRAME / SAMPLE_RATE, whole) for edge in _parted(slots, levels)[:-1]]
    return tuple(
        Phone(slot.pair[0], start, end, slot.pair[1])
        for slot, (start, end) in zip(slots, pairwise([*seconds, whole]), strict=True)
        if end > start
    )


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in the order of phones: `frames` it is expected to last; a pause may be `missed` or cost an `entry`."""

    pair: tuple[str, int]
    kind: _Kind
    frames: float = 0.0
    entry: float = 0.0
    missed: float = 0.0


def _slots(pairs: Sequence[tuple[str, int]], lengths: Sequence[float], heard: int) -> list[_Slot]:
    """Return the phones with the pauses that may stand between words and at both ends."""
    kinds = [_kind(symbol) for symbol, _ in pairs]
    weights = list(lengths) or [kind.length * _stretch(symbol) for kind, (symbol, _) in zip(kinds, pairs, strict=True)]
    unit = heard / max(sum(w for w, (symbol, _) in zip(weights, pairs, strict=True) if symbol), 1e-9)
    silent = (PAUSE, -1)
    slots = [_Slot(silent, _KINDS["pause"])]
    for place, ((symbol, word), kind, weight) in enumerate(zip(pairs, kinds, weights, strict=True)):
        if symbol == PAUSE:
            if slots[-1].pair != silent:
                slots.append(_Slot(silent, kind, missed=_MISSED_PAUSE))
            continue
        if place and slots[-1].pair[1] not in {-1, word}:
            slots.append(_Slot(silent, _KINDS["pause"], entry=_UNMARKED_PAUSE))
        slots.append(_Slot((symbol, word), kind, max(1.0, weight * unit)))
    if slots[-1].pair == silent:
        slots.pop()
    return [*slots, _Slot(silent, _KINDS["pause"])]


def _kind(symbol: str) -> _Kind:
    first = next((c for c in symbol if c in _KIND_OF), "")
    if symbol == PAUSE:
        return _KINDS["pause"]
    return _KINDS[_KIND_OF.get(first, "vowel")]


def _stretch(symbol: str) -> float:
    """Return how much longer than others of its kind a phone is; an affricate is a stop and a sibilant."""
    vowels = sum(_KIND_OF.get(c) == "vowel" for c in symbol)
    return _LONG_VOWEL if vowels > 1 or "ː" in symbol or symbol[:2] in {"tʃ", "dʒ", "ts", "dz", "tɕ", "dʑ"} else 1.0


def _levels(pcm: Samples) -> _Curve:
    """Return the level of each band in each frame, in dB below the band's loud level, shape (frames, bands)."""
    count = max(1, len(pcm) // _FRAME)
    padded = np.pad(pcm, (_FRAME // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_FRAME][:count]
    power = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32), axis=1)) ** 2
    pitch = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    bands = [power[:, (pitch >= low) & (pitch < high)].sum(axis=1) for low, high in _BANDS]
    levels: _Curve = 10 * np.log10(np.stack(bands, axis=1) + 1e-9)
    return np.maximum(levels - np.percentile(levels, _LOUD, axis=0), _FLOOR)


def _heard(levels: _Curve) -> int:
    """Return in how many frames something is heard."""
    return int((levels.max(axis=1) > (_KINDS["pause"].levels[0] + _KINDS["stop"].levels[0]) / 2).sum())


def _parted(slots: Sequence[_Slot], levels: _Curve) -> list[float]:
    """Return the frame at which each slot begins, and the end: the cheapest way to part the sound among them."""
    count = len(levels)
    costs = {id(kind): _cost(kind, levels) for kind in _KINDS.values()}
    best = np.full(count + 1, np.inf)
    best[0] = 0.0
    taken: list[NDArray[np.int64]] = []
    for slot in slots:
        cost = costs[id(slot.kind)]
        before = best - cost
        if slot.frames:
            best, length = _said(before, slot.frames)
            best = best + cost
        else:
            best, length = _paused(best, before, cost, slot)
        taken.append(length)
    if not np.isfinite(best[count]):
        return _evenly(slots, count)
    edges = [float(count)]
    place = count
    for length in reversed(taken):
        place -= int(length[place])
        edges.append(float(place))
    return edges[::-1]


def _cost(kind: _Kind, levels: _Curve) -> _Curve:
    """Return what the first n frames cost if they are of a kind, for each n."""
    apart = (levels - np.array(kind.levels)) / np.array(kind.deviations)
    each = (0.5 * apart**2 + np.log(np.array(kind.deviations))).sum(axis=1)
    return _TRUST * np.concatenate(([0.0], np.cumsum(each)))


def _said(before: _Curve, expected: float) -> tuple[_Curve, NDArray[np.int64]]:
    """Return the cheapest way to be at each frame after a phone, and how many frames it then lasts."""
    longest = max(6, round(_LONGEST * expected))
    lengths = np.arange(1, longest + 1)
    price = 0.5 * (np.log(lengths / expected) / _SPREAD) ** 2
    padded = np.concatenate((np.full(longest, np.inf), before))
    ways = np.lib.stride_tricks.sliding_window_view(padded, longest)[: len(before), ::-1] + price
    chosen = ways.argmin(axis=1)
    return ways[np.arange(len(before)), chosen], chosen + 1


def _paused(best: _Curve, before: _Curve, cost: _Curve, slot: _Slot) -> tuple[_Curve, NDArray[np.int64]]:
    """Return the same after a pause of any length, or none."""
    here = np.arange(len(best))
    least = np.minimum.accumulate(before)
    since = np.maximum.accumulate(np.where(before <= least, here, 0))
    paused, missed = least + cost + slot.entry, best + slot.missed
    return np.minimum(paused, missed), np.where(paused < missed, here - since, 0)


def _evenly(slots: Sequence[_Slot], count: int) -> list[float]:
    """Return edges in proportion to the expected lengths, where the sound is too short for its phones."""
    lengths = np.array([slot.frames for slot in slots])
    return [float(edge) for edge in np.concatenate(([0.0], np.cumsum(lengths) / lengths.sum() * count))]
