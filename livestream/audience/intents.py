"""What a viewer wants: by likeness to examples, and for what must never be answered from facts, by words too."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from livestream import datafiles
from livestream.audience.comment import RISKY, Intent
from livestream.audience.encoder import Encoder, understands
from livestream.audience.phrases import Phrases, undisguised
from livestream.audience.words import all_words
from livestream.errors import UsageError
from livestream.kept import kept
from livestream.text import fold

RISK = 0.15
"""From this summed score on, the likeliest risky intent goes before all others."""
SURE = 0.9
"""Score of an intent that a phrase decided."""
TOP = 4
"""Intents that are told of a comment."""

COMMON = ("en", "es")
"""Languages whose examples go for every stream: their meaning is the same in all that the encoder knows."""
_SPELLED = 72.0
"""Likeness in percent from which a text is spelled like an example."""
_RIDGE = 1.0
_NEAREST = 2
_NEARNESS = 2.0
_CUE = 0.4
_SHARPNESS = 8.0
"""Where the logarithmic loss of five-fold cross-validation over the examples is least."""
_PROBED = 100
"""One example in so many is encoded at each start: what tells encoders apart."""


def load_examples(*languages: str) -> Mapping[Intent, tuple[str, ...]]:
    """Return example comments by intent in languages by ISO 639-1 code, where a data folder has them.

    Raises:
        UsageError: a file is not TOML, or names an intent that there is not.
    """
    found: dict[Intent, list[str]] = {intent: [] for intent in Intent}
    for name in sorted({f"{language}.toml" for language in languages} & set(datafiles.names("scripts/_intents"))):
        path = datafiles.find("scripts", "_intents", name)
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UsageError(f"the examples cannot be read: {error}", where=str(path)) from error
        for intent, examples in content.items():
            if intent not in set(Intent) or not isinstance(examples, list):
                raise UsageError(
                    f"{intent} is no intent with a list of examples",
                    where=str(path),
                    remedy=f"There are: {', '.join(Intent)}.",
                )
            found[Intent(intent)].extend(map(str, examples))
    return {intent: tuple(examples) for intent, examples in found.items() if examples}


class Intents:
    """Reads intents from vectors and words.

    Likeness is the sum of two readings: a linear classifier fitted to the examples' vectors when this
    is made (ridge regression to one-hot targets, in closed form), and the mean cosine to the two
    nearest examples of an intent. Words that speak for an intent add to it, so that a product's name
    does not speak louder than what is asked about it. Encoding the examples takes about a second, and is
    kept in the cache for the next start.

    Args:
        encoder: gives the meaning of texts.
        examples: comments by intent, instead of those shipped.
        language: ISO 639-1 code of the stream's language, whose examples are gone by as well. In one that the
            encoder does not know, a comment is read by the examples it is spelled like.
    """

    def __init__(
        self, encoder: Encoder, examples: Mapping[Intent, Sequence[str]] | None = None, *, language: str = ""
    ) -> None:
        own = (language,) if understands(language) else ()
        examples = load_examples(*COMMON, *own) if examples is None else examples
        spelled = {} if own or not language else load_examples(language)
        self._spelled = {fold(text): intent for intent, texts in spelled.items() for text in texts}
        self._intents = tuple(examples)
        texts = [text for intent in self._intents for text in examples[intent]]
        counts = [len(examples[intent]) for intent in self._intents]
        which = np.repeat(np.arange(len(self._intents)), counts)
        vectors = _encoded(texts, encoder)
        self._examples = vectors
        self._place = which, np.concatenate([np.arange(count) for count in counts])
        self._table = np.full((len(self._intents), max(max(counts), _NEAREST)), -1.0, np.float32)
        self._mean = vectors.mean(axis=0)
        self._weights, self._bias = _fitted(vectors - self._mean, which, len(self._intents))
        self._risky = _phrases({intent: [words.risky.get(intent, ()) for words in all_words()] for intent in RISKY})
        self._cues = _phrases({intent: [words.cues.get(intent, ()) for words in all_words()] for intent in Intent})

    def read(self, vector: NDArray[np.float32], folded: str, language: str = "en") -> tuple[tuple[Intent, float], ...]:
        """Return the likeliest intents, best first.

        Args:
            vector: the meaning of the comment.
            folded: the comment folded for comparison.
            language: BCP 47 tag of what it is in.
        """
        cues = self._cues.tags(folded)
        scores = self._likeness(vector, cues) if understands(language) else self._spelling(folded, cues)
        if named := {Intent(tag) for form in undisguised(folded) for tag in self._risky.tags(form)}:
            return _decided(max(named, key=lambda intent: scores.get(intent, 0.0)), scores)
        ranked = sorted(scores, key=lambda intent: -scores[intent])
        riskiest = max(RISKY & scores.keys(), key=lambda intent: scores[intent], default=None)
        if riskiest is not None and sum(scores.get(intent, 0.0) for intent in RISKY) > RISK:
            ranked.remove(riskiest)
            ranked.insert(0, riskiest)
        return tuple((intent, scores[intent]) for intent in ranked[:TOP])

    def _spelling(self, folded: str, cues: frozenset[str]) -> dict[Intent, float]:
        """Return the intents that words speak for, and those of the examples that are spelled most alike."""
        scores = {intent: _CUE for intent in self._intents if intent.value in cues}
        alike = process.extract(
            folded, list(self._spelled), scorer=fuzz.token_set_ratio, limit=TOP, score_cutoff=_SPELLED
        )
        for example, percent, _ in alike:
            intent = self._spelled[example]
            scores[intent] = max(percent / 100 * SURE, scores.get(intent, 0.0))
        return scores or {Intent.OFF_TOPIC: _CUE}

    def _likeness(self, vector: NDArray[np.float32], cues: frozenset[str]) -> dict[Intent, float]:
        cosines = self._table.copy()
        cosines[self._place] = self._examples @ vector
        nearest = np.partition(cosines, -_NEAREST, axis=1)[:, -_NEAREST:].mean(axis=1)
        linear = (vector - self._mean) @ self._weights + self._bias
        cued = np.array([intent.value in cues for intent in self._intents])
        logits = (linear + _NEARNESS * nearest + _CUE * cued) * _SHARPNESS
        powers = np.exp(logits - logits.max())
        return dict(zip(self._intents, (powers / powers.sum()).tolist(), strict=True))


def _encoded(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """Return the vectors of the examples, kept for as long as these and the encoder are the same."""
    probe = encoder.encode(texts[::_PROBED])
    made_of = "\0".join(texts).encode() + probe.tobytes()
    vectors: NDArray[np.float32] = kept("intents", "examples", made_of, lambda: [encoder.encode(texts)])[0]
    return vectors


def _phrases(lists: Mapping[Intent, Sequence[Sequence[str]]]) -> Phrases:
    return Phrases({intent.value: list(chain.from_iterable(phrases)) for intent, phrases in lists.items()})


def _decided(first: Intent, scores: Mapping[Intent, float]) -> tuple[tuple[Intent, float], ...]:
    others = sorted((intent for intent in scores if intent is not first), key=lambda intent: -scores[intent])
    left = sum(scores[intent] for intent in others) or 1.0
    return ((first, SURE), *((intent, scores[intent] / left * (1 - SURE)) for intent in others[: TOP - 1]))


def _fitted(
    vectors: NDArray[np.float32], which: NDArray[np.intp], count: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Solve (XᵀX + λI) W = Xᵀ Y for targets Y, each class weighing the same."""
    targets = np.eye(count, dtype=np.float32)[which]
    weight = (1.0 / np.bincount(which, minlength=count))[which][:, None] * len(which) / count
    bias = np.full(count, 1.0 / count, np.float32)
    gram = vectors.T @ (vectors * weight) + _RIDGE * np.eye(vectors.shape[1])
    solved = np.linalg.solve(gram, vectors.T @ ((targets - bias) * weight))
    return solved.astype(np.float32), bias
