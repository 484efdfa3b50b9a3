"""Which product is meant: one that is named, one that is like what is named, or the one on air."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from livestream.answers.reading import Reader, Reading
from livestream.audience.encoder import Encoder
from livestream.catalogue.model import Catalogue, FactKind, Product

How = Literal["sku", "named", "similar", "on_air", "several", "unclear", "unknown", "none"]
ALIKE = 0.32
"""Cosine from which a phrase may be a product's."""
AHEAD = 0.1
"""By how much the likest product must lead the next."""
MOST_KEPT = 4096
"""How many vectors are kept."""
_TYPO = 84.0
"""Similarity in percent from which a word is another one misspelled; of words with five letters and more."""
_SKU = re.compile(r"[\w.-]{3,40}")
_ASIDE = re.compile(r"[,(:–—|]|\s-\s")
"""What a title goes on behind with something else than the thing's name."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The products meant and how that was found; `margin` is the lead over the next, 0 to 1.

    `words` are the stems that named them. With `unclear` the products are those it may be.
    """

    products: tuple[str, ...]
    how: How
    margin: float = 0.0
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Known:
    """A product as viewers may name it: stems of its title, of its nouns, and of what else it is filed under."""

    handle: str
    title: tuple[str, ...]
    heads: frozenset[str]
    also: frozenset[str]
    skus: frozenset[str]


class Remembering:
    """An encoder that keeps the vectors of the last short texts: titles, and phrases that come again."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors of length 1, shape (len(texts), 512)."""
        known = self._known  # several threads ask: what one of them forgets, another still holds
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if len(known) + len(new) > MOST_KEPT:
            known = self._known = {}
            new = list(dict.fromkeys(texts))
        known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, 512), np.float32)


class Resolver:
    """Finds the product meant in one catalogue; by likeness of meaning only where the encoder knows the language."""

    def __init__(self, catalogue: Catalogue, reader: Reader, encoder: Encoder, *, by_meaning: bool = True) -> None:
        self._reader = reader
        self._encoder = encoder
        self._known = {product.handle: self._know(product) for product in catalogue.products}
        seen = Counter(stem for known in self._known.values() for stem in {*known.title, *known.heads})
        self._rarity = {stem: math.log(1 + len(self._known) / count) for stem, count in seen.items()}
        self._vocabulary = [stem for stem in self._rarity if len(stem) >= 5 and not stem.isdigit()]
        self._handles = tuple(self._known)
        self._texts = [self._described(product) for product in catalogue.products] if by_meaning else []

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        """The meaning of each product; made when it is first asked for, since the encoder takes a second to load."""
        return self._encoder.encode(self._texts)

    def meant(self, reading: Reading, *, on_air: str | None) -> Meant:
        """Return the products that a question is about."""
        if sku := self._by_sku(reading):
            return sku
        whole = self._named(reading.words, on_air)
        if whole.how == "named" and len(whole.words) >= 2 and self._complete(whole):
            second = self._named(self._beyond(reading.words, whole.words), None, strict=True)
            return _joined(whole, second) if second.how == "named" else whole
        found = [self._named(self._reader.tokens(part), on_air) for part in self._reader.split(reading.text)]
        named = [meant for meant in found if meant.how == "named"]
        if named:
            merged = named[0]
            for meant in named[1:]:
                merged = _joined(merged, meant)
            return merged
        return next((meant for meant in found if meant.how == "unclear"), Meant((), "none"))

    def similar(self, words: Sequence[str]) -> Meant:
        """Return the product that a phrase is likest to, if it leads by a margin."""
        if not words or not self._texts:
            return Meant((), "unknown")
        scores = self._vectors @ self._encoder.encode([" ".join(words)])[0]
        order = np.argsort(-scores)
        best = float(scores[order[0]])
        margin = best - (float(scores[order[1]]) if len(order) > 1 else 0.0)
        if best >= ALIKE and margin >= AHEAD:
            return Meant((self._handles[order[0]],), "similar", min(1.0, margin), frozenset(words))
        return Meant((), "unknown", margin)

    def named_by(self, handle: str) -> frozenset[str]:
        """Return the stems under which a product is known."""
        known = self._known[handle]
        return frozenset(known.title) | known.heads | known.also

    def knows(self, word: str) -> bool:
        """Whether a word stands in a title of the list."""
        return self._reader.stem(word) in self._rarity

    def heads(self, handle: str) -> frozenset[str]:
        """Return the stems of the nouns that a product is."""
        return self._known[handle].heads

    def mending(self, words: Iterable[str]) -> list[str]:
        """Return the words with those mended that are misspelled words of a title."""
        return [self._mended(word) for word in words]

    def _know(self, product: Product) -> _Known:
        reader = self._reader
        title = reader.fold(product.title)
        heads = self._nouns(product.title)
        for fact in product.facts:
            if fact.kind is FactKind.POINT and fact.grammar == "name":
                heads += [word for word in reader.fold(str(fact.value)) if self._thing(word)][-2:]
        if not heads:  # "Desk Organizer Set"
            heads = [word for word in title if self._thing(word)][-1:]
        also = [word for tag in (*product.tags, product.type) for word in reader.fold(tag)]
        skus = {variant.sku.casefold() for variant in product.variants if variant.sku}
        return _Known(
            product.handle,
            tuple(reader.stem(word) for word in title if not reader.empty(word)),
            frozenset(map(reader.stem, heads)),
            frozenset(reader.stem(word) for word in also if word not in reader.weak and not reader.empty(word)),
            frozenset(skus | {product.handle.casefold()}),
        )

    def _nouns(self, title: str) -> list[str]:
        """Return the words of a title that say what the thing is: of "Lid for a Mug" the lid."""
        words = self._reader.fold(_ASIDE.split(title, maxsplit=1)[0])
        end = next((at for at, word in enumerate(words) if at and word in self._reader.links), len(words))
        first = [word for word in words[:end] if self._thing(word)][:1] if self._reader.noun_first else []
        return [*first, *(word for word in words[:end][-1:] if self._thing(word))]

    def _thing(self, word: str) -> bool:
        return word not in self._reader.weak and not self._reader.empty(word) and not word.isdigit()

    def _described(self, product: Product) -> str:
        names = [str(f.value) for f in product.facts if f.kind is FactKind.POINT and f.grammar == "name"]
        return ", ".join([product.title, *names[:2]])

    def _by_sku(self, reading: Reading) -> Meant | None:
        tokens = {token.strip(".") for token in _SKU.findall(reading.text)}
        found = tuple(handle for handle, known in self._known.items() if known.skus & tokens)
        return Meant(found[:3], "sku", 1.0) if found else None

    def _named(self, words: Sequence[str], on_air: str | None, *, strict: bool = False) -> Meant:
        """Return the product that words name: by its noun, or by two words of its title; with a pronoun by no less."""
        said = set(self._reader.stems(self.mending(words)))
        stems = said | self._reader.compounds_of(said, self._rarity)
        pointing = strict or bool(self._reader.pronouns & set(words))
        scored: list[tuple[float, str, frozenset[str]]] = []
        for known in self._known.values():
            matched = stems & {*known.title, *known.heads}
            sure = matched & known.heads or len(matched & set(known.title)) >= 2
            loose = {stem for stem in matched | (stems & known.also) if stem not in self._reader.weak}
            if sure or (loose and not pointing):
                score = sum(self._rarity.get(stem, 0.5) for stem in matched) + (10.0 if sure else 0.0)
                parts = {stem for stem in said if self._reader.compounds_of((stem,), matched)}
                scored.append((score, known.handle, frozenset(matched or loose) | parts))
        if not scored:
            return Meant((), "none")
        scored.sort(key=lambda entry: -entry[0])
        top = [entry for entry in scored if entry[0] >= scored[0][0] - 0.01]
        if len(top) > 1:
            if own := next((entry for entry in top if entry[1] == on_air), None):
                return Meant((own[1],), "named", 0.5, own[2])
            return Meant(tuple(handle for _, handle, _ in top), "unclear", 0.0, top[0][2])
        margin = 1.0 - scored[1][0] / scored[0][0] if len(scored) > 1 else 1.0
        return Meant((top[0][1],), "named", margin, top[0][2])

    def _beyond(self, words: Sequence[str], named: frozenset[str]) -> list[str]:
        """Return the words, mended, but those that named a product, once each: "the cream sofa or the yellow sofa"."""
        rest, open_ = [], set(named)
        for word in self.mending(words):
            stem = self._reader.stem(word)
            if stem in open_:
                open_.discard(stem)
            else:
                rest.append(word)
        for at in range(len(rest) - 2, -1, -1):  # neighbours read as one: "bean bag"
            if (joined := self._reader.stem("".join(rest[at : at + 2]))) in open_:
                open_.discard(joined)
                del rest[at : at + 2]
        return rest

    def _complete(self, meant: Meant) -> bool:
        return set(self._known[meant.products[0]].title) <= meant.words

    def _mended(self, word: str) -> str:
        if len(word) < 5 or self._reader.stem(word) in self._rarity or self._reader.empty(word):
            return word
        found = process.extractOne(self._reader.stem(word), self._vocabulary, scorer=fuzz.ratio, score_cutoff=_TYPO)
        return found[0] if found else word


def _joined(one: Meant, other: Meant) -> Meant:
    products = tuple(dict.fromkeys((*one.products, *other.products)))
    how: How = "several" if len(products) > 1 else one.how
    return Meant(products, how, min(one.margin, other.margin), one.words | other.words)


def words_of(product: Product, reader: Reader) -> Mapping[str, float]:
    """Return the stems of all that is said about a product, with their weights: title and tags weigh most."""
    weights: dict[str, float] = {}
    for weight, texts in (
        (0.5, [product.description]),
        (1.0, [*product.tags, product.type, product.title]),
    ):
        for text in texts:
            for stem in reader.stems(reader.fold(text)):
                weights[stem] = weight
    return weights
