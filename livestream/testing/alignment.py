"""Where the phonemes of a known sentence lie in a recorded sound, found in the sound alone.

A forced aligner that trains itself on the recording it is given: a hidden Markov model with one Gaussian a
state, begun from what phonetics says of each class (a vowel is loud and low, [s] is all treble, a stop is a hush)
and re-estimated on the sentences at hand by Viterbi training (Rabiner 1989, section VI). It is told which
phonemes follow each other and never when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from livestream.media import SAMPLE_RATE

HOP = SAMPLE_RATE // 200
"""Samples of one step: 5 ms."""
SILENCE = ""
"""The phoneme of a pause."""

Curve = NDArray[np.float64]
_WINDOW = 4 * HOP
_BANDS = (80, 150, 250, 350, 450, 570, 700, 840, 1000, 1170, 1370, 1600, 1850, 2150, 2500, 2900, 3400, 4000, 4800,
          5800, 7000, 8500)  # fmt: skip
_CLASSES: dict[str, tuple[str, tuple[float, float, float]]] = {
    "silence": (SILENCE, (-50, -5, -5)),
    "open": ("ɑ æ ʌ ɐ a aɪ aʊ ɔ", (0, -25, 2)),
    "close": ("i ɪ u ʊ ə ɛ ɜ e eɪ oʊ ɔɪ o ᵻ ɚ ɝ", (-3, -25, -8)),
    "nasal": ("m n ŋ", (-10, -32, -14)),
    "glide": ("l ɹ w j ɾ r", (-8, -30, -4)),
    "strident": ("s z ʃ ʒ", (-14, 15, 0)),
    "breath": ("f v θ ð h", (-24, -3, -4)),
    "closure": ("", (-38, -10, -8)),
    "burst": ("", (-16, 5, 0)),
}
"""Phonemes of each class, and what is expected of it in dB: its level below the sentence's loud parts,
treble above 3.5 kHz over what is below 1 kHz, and 500-1200 Hz over 150-400 Hz."""
_SPREAD = (9.0, 12.0, 8.0)
_STOPS = frozenset({"p", "b", "t", "d", "k", "g"})
_AFFRICATES = frozenset({"tʃ", "dʒ", "ts", "dz"})
_ROUNDS = 6
_BELIEF = 25.0
"""Steps of the class that weigh as much as a phoneme's own in its Gaussian."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said between two moments: phonemes and the number of the word each belongs to, −1 for a pause."""

    start: float
    end: float
    phonemes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A phoneme found in the sound, in seconds; of a stop, `start` to `release` is its closure."""

    symbol: str
    start: float
    release: float
    end: float


@dataclass(frozen=True, slots=True)
class _State:
    phoneme: int
    name: str
    kind: str
    optional: bool = False


def spectrum(sound: NDArray[np.floating]) -> Curve:
    """Return the level in dB of each 5 ms step in each of 21 bands from 80 Hz to 8.5 kHz, shape (steps, 21)."""
    steps = len(sound) // HOP
    padded = np.pad(np.asarray(sound, np.float32), ((_WINDOW - HOP) // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::HOP][:steps]
    power = np.square(np.abs(np.fft.rfft(frames * np.hanning(_WINDOW), 1024)))
    edges = [round(hertz * 1024 / SAMPLE_RATE) for hertz in _BANDS]
    return decibels(np.stack([power[:, a : max(b, a + 1)].mean(axis=1) for a, b in pairwise(edges)], axis=1))


def decibels(power: Curve) -> Curve:
    """Return a power in dB, with a floor that keeps digital silence finite."""
    return np.asarray(10 * np.log10(power + 1e-7), np.float64)


def align(levels: Curve, sentences: Sequence[Sentence]) -> list[list[Located]]:
    """Return where each sentence's phonemes lie, in order.

    Args:
        levels: of the whole recording, from `spectrum`.
        sentences: what is said about when; a quarter of a second of error is allowed.
    """
    return _Aligner(levels, sentences).run()


class _Aligner:
    def __init__(self, levels: Curve, sentences: Sequence[Sentence]) -> None:
        self._from = [max(0, round((s.start - 0.25) * 200)) for s in sentences]
        pieces = [levels[a : round((s.end + 0.25) * 200)] for a, s in zip(self._from, sentences, strict=True)]
        self._coarse = [_coarse(piece) for piece in pieces]
        self._fine = [_fine(piece) for piece in pieces]
        self._states = [_states(sentence) for sentence in sentences]
        self._sentences = sentences

    def run(self) -> list[list[Located]]:
        """Align by class, then learn and align again; see `align`."""
        paths = []
        for states, features in zip(self._states, self._coarse, strict=True):
            means = np.array([_CLASSES[state.kind][1] for state in states])
            cost = (np.square((features[:, None, :] - means) / _SPREAD)).sum(axis=2) / 2
            paths.append(_best_path(cost, [state.optional for state in states]))
        for _ in range(_ROUNDS):
            model = self._learn(paths)
            paths = [
                _best_path(_cost(features, states, model), [state.optional for state in states])
                for features, states in zip(self._fine, self._states, strict=True)
            ]
        return [self._located(index, path) for index, path in enumerate(paths)]

    def _learn(self, paths: Sequence[NDArray[np.int64]]) -> dict[str, tuple[Curve, Curve]]:
        """Return mean and variance of every state, leaning on its class where it was seen little."""
        steps: dict[str, dict[str, list[Curve]]] = {}
        for states, path, features in zip(self._states, paths, self._fine, strict=True):
            turns = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
            for start, end in pairwise(turns):
                state = states[path[start]]
                steps.setdefault(state.kind, {}).setdefault(state.name, []).append(features[start:end])
        floor = 0.05 * np.concatenate(self._fine).var(axis=0)
        model: dict[str, tuple[Curve, Curve]] = {}
        for names in steps.values():
            of_class = np.concatenate([piece for pieces in names.values() for piece in pieces])
            for name, pieces in names.items():
                own = np.concatenate(pieces)
                share = len(own) / (len(own) + _BELIEF)
                mean = share * own.mean(axis=0) + (1 - share) * of_class.mean(axis=0)
                variance = share * own.var(axis=0) + (1 - share) * of_class.var(axis=0) + floor
                model[name] = (mean, variance)
        return model

    def _located(self, index: int, path: NDArray[np.int64]) -> list[Located]:
        states, origin = self._states[index], self._from[index]
        phonemes = np.array([state.phoneme for state in states])[path]
        closing = np.array([state.kind == "closure" for state in states])[path]
        found: list[Located] = []
        for place, (symbol, _) in enumerate(self._sentences[index].phonemes):
            steps = np.flatnonzero(phonemes == place)
            if len(steps):
                release = steps[0] + int(closing[steps].sum())
                start, opened, end = ((origin + int(at)) / 200 for at in (steps[0], release, steps[-1] + 1))
                found.append(Located(symbol, start, opened, end))
        return found


def _coarse(levels: Curve) -> Curve:
    """Return what `_CLASSES` speaks of: level, treble over the rest, first formant over voicing."""
    power = 10 ** (levels / 10)
    bands = ((0, 21), (1, 3), (5, 9), (1, 8), (16, 21))
    loud, voicing, formant, below, treble = (decibels(power[:, a:b].mean(axis=1)) for a, b in bands)
    return np.stack([loud - np.percentile(loud, 90), treble - below, formant - voicing], axis=1)


def _fine(levels: Curve) -> Curve:
    """Return the cepstrum with the loudness in it, and how both change over 30 ms."""
    levels = np.maximum(levels, np.percentile(levels.max(axis=1), 95) - 65)
    count = levels.shape[1]
    basis = np.cos(np.pi / count * np.outer(np.arange(12), np.arange(count) + 0.5))
    cepstrum = levels @ basis.T
    cepstrum -= np.array([np.percentile(cepstrum[:, 0], 90), *[0.0] * 11])
    padded = np.pad(cepstrum, ((3, 3), (0, 0)), mode="edge")
    change = sum(padded[6 - k : len(padded) - k] - padded[k : len(padded) - 6 + k] for k in range(3))
    return np.concatenate([cepstrum, np.asarray(change) / 2], axis=1)


def _states(sentence: Sentence) -> list[_State]:
    states = [_State(-1, "silence", "silence")]
    kinds = {symbol: kind for kind, (symbols, _) in _CLASSES.items() for symbol in symbols.split()}
    word = -1
    for place, (symbol, of) in enumerate(sentence.phonemes):
        if of != word and place and of >= 0:
            states.append(_State(-1, "silence", "silence", optional=True))
        word = of
        if symbol == SILENCE:
            states.append(_State(place, "silence", "silence", optional=True))
        elif symbol in _STOPS:
            states += 4 * [_State(place, symbol + "-", "closure")] + [_State(place, symbol + "+", "burst")]
        elif symbol in _AFFRICATES:
            states += 3 * [_State(place, symbol + "-", "closure")] + 4 * [_State(place, symbol + "+", "strident")]
        else:
            kind = kinds.get(symbol, "close")
            states += [_State(place, symbol + part, kind) for part in "aaazzz"]
    states.append(_State(-1, "silence", "silence"))
    return states


def _cost(features: Curve, states: Sequence[_State], model: dict[str, tuple[Curve, Curve]]) -> Curve:
    names = sorted({state.name for state in states})
    means = np.array([model[name][0] for name in names])
    variances = np.array([model[name][1] for name in names])
    # (x − m)²/v + log v, summed over the features, multiplied out so that it is three products of matrices.
    constant = (np.square(means) / variances + np.log(variances)).sum(axis=1)
    distance = (np.square(features) @ (1 / variances).T - 2 * features @ (means / variances).T + constant) / 2
    return np.asarray(distance[:, [names.index(state.name) for state in states]])


def _best_path(cost: Curve, optional: Sequence[bool]) -> NDArray[np.int64]:
    """Return the state of each step: each stays or moves on by one, or by two over an optional state."""
    steps, states = cost.shape
    skip = np.full(states, np.inf)
    skip[2:] = [0.0 if may else np.inf for may in optional[1:-1]]
    back = np.zeros((steps, states), np.int8)
    total = np.full(states, np.inf)
    total[0] = cost[0, 0]
    ways = np.full((3, states), np.inf)
    columns = np.arange(states)
    for step in range(1, steps):
        ways[0] = total
        ways[1, 1:] = total[:-1]
        ways[2, 2:] = total[:-2] + skip[2:]
        back[step] = ways.argmin(axis=0)
        total = ways[back[step], columns] + cost[step]
    path = np.zeros(steps, np.int64)
    path[-1] = states - 1
    for step in range(steps - 1, 0, -1):
        path[step - 1] = path[step] - back[step, path[step]]
    return path
