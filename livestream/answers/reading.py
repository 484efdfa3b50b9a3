"""How a viewer's question is read: what is asked, of what shape it is, and whether a person must look at it.

The words are data, `scripts/<locale>/answers/reading.toml`. A pattern matches whole words of the folded
text; `{materials}`, `{colors}` and `{sizes}` in it stand for the lists of that name. In a language that
parts no words by spaces it matches anywhere but inside a Latin word, and the words of a text are those
that the lists hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from livestream import scripts
from livestream.answers.segments import Segments
from livestream.answers.stems import PLURAL, Stems
from livestream.answers.wordings import require_answers
from livestream.audience.comment import RISKY, Intent
from livestream.errors import UsageError
from livestream.text import fold
from livestream.text.fold import WORD_SIGNS
from livestream.text.languages import joiner

LONGEST = 500
"""Characters of a question that are read."""
_MOST_OF_PRAISE = 2
"""Words of a praise that cannot be meant otherwise: "thanks for nothing" begins like one."""
_TOKEN = re.compile(rf"[{WORD_SIGNS}']+")
_NUMBER_AND_UNIT = re.compile(r"(?<=\d)(?=[a-z])(?!x+[sl]\b)")
_LATIN_AND_HANGUL = re.compile(r"(?<=[a-z\d])(?=[가-힣])")
"""Where a particle, or a counter, is glued to what is no Korean word: "usb로", "30달러"."""
_LETTERED = re.compile(r"\b(x{1,3})[ -](?=(?:large|small|grande|chic[oa])\b)")
_BEGINS, _ENDS = rf"(?:(?<![{WORD_SIGNS}'])|(?=[^{WORD_SIGNS}']))", rf"(?:(?![{WORD_SIGNS}'])|(?<=[^{WORD_SIGNS}']))"
"""A match begins and ends where words do; a sign does so anywhere."""
_LATIN_BEGINS, _LATIN_ENDS = r"(?:(?<![a-z'])|(?![a-z']))", r"(?:(?![a-z'])|(?<![a-z']))"
"""The same where only Latin words have bounds."""
_LISTED = re.compile(r"\{(?:materials|colors|sizes)\}")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_FIRST_SYLLABLE = "\u0e00"
"""From the Thai letters on, one sign may be a word."""
_RISKS = tuple(sorted(RISKY, key=lambda intent: (intent is Intent.INJECTION, intent is Intent.COMPLAINT, intent)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read: `words` are folded, in order; `aspects` in the order they were asked.

    `left` are the words that say what it is about: neither empty ones nor those that made an aspect.
    """

    text: str
    words: tuple[str, ...]
    risks: tuple[Intent, ...]
    aspects: tuple[str, ...]
    shapes: frozenset[str]
    left: tuple[str, ...]
    budget: Decimal | None = None


class Reader:
    """Reads questions in one locale.

    Raises:
        UsageError: the locale has no `reading.toml`, or a pattern of it is wrong.
    """

    def __init__(self, locale: str) -> None:
        self._locale = locale
        require_answers(locale)
        content = scripts.tables(locale, "answers", "reading.toml")
        self._loose = str.maketrans(content.get("words", {}).get("loose", {}))
        content = _folded(content, self._fold)
        words = content.get("words", {})
        unspaced = not joiner(locale)
        self._begins, self._ends = (_LATIN_BEGINS, _LATIN_ENDS) if unspaced else (_BEGINS, _ENDS)
        self.colors = self._listed(words, "colors")
        self.sizes = self._listed(words, "sizes")
        self.materials = self._listed(words, "materials")
        self.stop = self._listed(words, "stop")
        self.pronouns = self._listed(words, "pronouns")
        self.weak = self._listed(words, "weak") | self.colors | self.materials | self.sizes
        self.cheapest = self._listed(words, "cheapest")
        self.narrowing_before = self._listed(words, "narrowing_before")
        self.narrowing_after = self._listed(words, "narrowing_after")
        self._same: Mapping[str, str] = words.get("same", {})
        self._units: Mapping[str, str] = words.get("units", {})
        elided = "|".join(self._listed(words, "elided"))
        self._elided = re.compile(rf"(?<![\w'])(?:{elided})'(?=\w)" if elided else r"(?!)")
        self._prefix = re.compile(rf"(?<![\w'])(?:{words['prefix']})(?=\w{{3}})" if "prefix" in words else r"(?!)")
        self._glues = bool(words.get("glues", False))
        self.derived = self._listed(words, "derived")
        self.links = self._listed(words, "links")
        self.noun_first = bool(words.get("noun_first", False))
        self._compounds = int(words.get("compounds", 0))
        self.stem = Stems(str(words.get("endings", " ".join(PLURAL))).split(), int(words.get("least", 3))).of
        self.groups = {name: frozenset(map(self.stem, each)) for name, each in content.get("groups", {}).items()}
        self.people = {name: frozenset(each) for name, each in content.get("people", {}).items()}
        self._segments = Segments(self._vocabulary(words, content), self._listed(words, "glue")) if unspaced else None
        self._nothing = re.compile(words["empty"]) if "empty" in words else None
        joints = "|".join(map(re.escape, sorted(self._listed(words, "joints"), key=len, reverse=True)))
        stops = r"[,.;:?!&+/、。](?!\d)"
        stops += f"|{words['joint']}" if "joint" in words else ""
        self._joints = re.compile(rf"{stops}|{self._begins}(?:{joints}){self._ends}" if joints else stops)
        self._risk = self._patterns(content, "risk")
        self._aspects = self._patterns(content, "aspects")
        self._shapes = self._patterns(content, "shapes")

    def read(self, text: str) -> Reading:
        """Return the question as it is read."""
        folded = self._plain(text[:LONGEST])
        risks = tuple(intent for intent in _RISKS if intent in self._risk and self._risk[intent].search(folded))
        rest, found = folded, []
        for aspect, pattern in self._aspects.items():
            if match := pattern.search(rest):
                found.append((folded.find(match.group()), aspect))
                rest = pattern.sub(" · ", rest)
        shapes = frozenset(name for name, pattern in self._shapes.items() if pattern.search(folded))
        left = tuple(word for word in self.tokens(rest) if not self.empty(word))
        aspects = tuple(aspect for _, aspect in sorted(found))
        words = tuple(self.tokens(folded))
        return Reading(folded, words, risks, aspects, shapes, left, self._budget(folded))

    def tokens(self, text: str) -> list[str]:
        """Return the words of a folded text, units and letters of sizes spelled one way."""
        words: list[str] = []
        split = self._segments.split if self._segments else _TOKEN.findall
        for word in split(_LETTERED.sub(_extra, text).replace("-", " ")):
            counted = bool(words) and words[-1].isdigit()
            known = self._units if counted else self._same
            other = known.get(self.stem(word), word) if self._glues else word
            words.append(known.get(word, other))
        return " ".join(words).split()

    def fold(self, text: str) -> list[str]:
        """Return the words of any text, as those of questions are spelled."""
        return self.tokens(self._plain(text))

    def _plain(self, text: str) -> str:
        """Return a text folded, a number apart from its unit, without articles on a word: "l'eau" is "eau"."""
        plain = self._prefix.sub("", self._elided.sub("", self._fold(text)))
        return _NUMBER_AND_UNIT.sub(" ", _LATIN_AND_HANGUL.sub(" ", plain))

    def _fold(self, text: str) -> str:
        """Return a text folded, signs that are left out as often as not written one way."""
        return fold(text).translate(self._loose)

    def empty(self, word: str) -> bool:
        """Whether a word says nothing of what is asked about."""
        letter = len(word) < 2 and word < _FIRST_SYLLABLE and not word.isdigit()
        return word in self.stop or word in self.pronouns or letter or self._says_nothing(word)

    def stems(self, words: Sequence[str]) -> list[str]:
        """Return the stems of words, and of neighbours written as one: "bean bag" is also "beanbag"."""
        single = [self.stem(word) for word in words]
        return [*single, *(self.stem(a + b) for a, b in pairwise(words))]

    def compounds_of(self, stems: Iterable[str], words: Iterable[str]) -> frozenset[str]:
        """Return the words that end in one of these stems, where things are named so: "tischlamp" of "lamp"."""
        ends = tuple(stem for stem in stems if 0 < self._compounds <= len(stem) and stem not in self.weak)
        return frozenset(word for word in words if ends and word.endswith(ends))

    def related(self, stem: str) -> frozenset[str]:
        """Return the stems that a fact may hold in its place, itself among them."""
        return self._related.get(stem, frozenset()) | {stem}

    def praises(self, reading: Reading) -> bool:
        """Whether a text is one or two words of praise and nothing else."""
        pattern = self._shapes.get("praise")
        if pattern is None or "?" in reading.text or len(reading.words) > _MOST_OF_PRAISE:
            return False
        rest = self.tokens(pattern.sub(" ", reading.text))
        return len(rest) < len(reading.words) and all(map(self.empty, rest))

    def beside(self, shape: str, reading: Reading) -> Reading:
        """Return what is left of a question without the words that give it a shape."""
        return self.read(self._shapes[shape].sub(" ", reading.text))

    def split(self, folded: str) -> list[str]:
        """Return the parts of a text between commas, stops and the words that join two things."""
        return [part for part in self._joints.split(folded) if part.strip()]

    @cached_property
    def _related(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for group in self.groups.values():
            for stem in group:
                found[stem] = found.get(stem, frozenset()) | group
        return found

    def _budget(self, folded: str) -> Decimal | None:
        """The amount that it may cost at most."""
        if (at_most := self._shapes.get("at_most")) and (found := at_most.search(folded)):
            return Decimal(found.group(1).replace(",", "."))
        under, amount = self._shapes.get("under"), self._shapes.get("amount")
        if under is None or amount is None:
            return None
        for match in under.finditer(folded):
            if (sum_ := amount.match(folded[match.end() :].strip())) and sum_.group(1):
                return Decimal(sum_.group(1).replace(",", "."))
        return None

    def _says_nothing(self, word: str) -> bool:
        known = self._segments and self._segments.holds(word)
        return bool(self._nothing and not known and self._nothing.fullmatch(word))

    def _vocabulary(self, words: Mapping[str, object], content: Mapping[str, Mapping[str, Sequence[str]]]) -> set[str]:
        """Return all words that the lists hold, in any of their tables."""
        lists = (self._listed(words, name) for name, each in words.items() if not isinstance(each, Mapping))
        listed = [word for table in ("groups", "people") for each in content.get(table, {}).values() for word in each]
        return {*(word for each in lists for word in each), *self._same, *self._units, *listed}

    def _listed(self, words: Mapping[str, object], name: str) -> frozenset[str]:
        listed = words.get(name, "")
        return frozenset(listed.split() if isinstance(listed, str) else map(str, listed))  # type: ignore[call-overload]

    def _patterns(self, content: Mapping[str, Mapping[str, Sequence[str]]], table: str) -> dict[str, re.Pattern[str]]:
        lists = {"materials": self.materials, "colors": self.colors, "sizes": self.sizes}
        named = {f"{{{name}}}": "|".join(sorted(each, key=len, reverse=True)) for name, each in lists.items()}
        found: dict[str, re.Pattern[str]] = {}
        for name, patterns in content.get(table, {}).items():
            joined = _LISTED.sub(lambda match: named[match.group()], "|".join(patterns))
            try:
                found[name] = re.compile(f"{self._begins}(?:{joined}){self._ends}")
            except re.error as error:
                where = f"scripts/{self._locale}/answers/reading.toml, {table}.{name}"
                raise UsageError(f"a pattern is wrong: {error}", where=where) from error
        return found


def _folded(content: Any, how: Callable[[str], str]) -> Any:  # noqa: ANN401 - what TOML may hold
    """Return tables, lists and texts folded as questions are; ASCII stays, for patterns are written in it."""
    if isinstance(content, Mapping):
        return {_folded(key, how): _folded(value, how) for key, value in content.items()}
    if isinstance(content, list):
        return [_folded(value, how) for value in content]
    return _FOREIGN.sub(lambda found: how(found.group()), content) if isinstance(content, str) else content


def _extra(letters: re.Match[str]) -> str:
    """Spell "x-large" as "xl" is spelled."""
    return "extra " * len(letters[1])
