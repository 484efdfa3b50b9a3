"""The words a draft may use beside facts: what the playbook says of any product whatever, and so claims of none.

In a playbook what is said of a product comes by slots, so the words around them, where no condition stands beside
them, are a host's talk. Barred are words that turn a fact round ("not"), stretch it ("always", "than") or make a
promise of it ("will", "bring"): no draft may set them beside a fact. `words/<language>.toml` sorts them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

from livestream.errors import UsageError
from livestream.rundown.english import agreement
from livestream.rundown.playbook import Playbook
from livestream.text import fold

_READ = ("hook", "pickup", "quick", "benefit", "picture", "proof", "sum_up", "offer", "urgency", "call_to_action")
_MARKS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a locale that claim nothing, and those that no draft may use beside a fact.

    Those that are `bending` may not stand right before an amount or a count.
    """

    words: frozenset[str]
    barred: frozenset[str]
    barred_endings: tuple[str, ...]
    bending: frozenset[str]

    def strange(self, text: str, said: Iterable[str] = ()) -> list[str]:
        """Return the words of a text that are neither a host's talk nor words of what is `said` in its slots.

        A text in slots that is itself turned round ("no collar") lends none of its words.
        """
        lent = {word for value in said for word in self._lent(value)}
        return [word for word in words_of(text) if self.bars(word) or word not in self.words | lent]

    def bars(self, word: str) -> bool:
        """Whether a folded word is barred."""
        return word in self.barred or word.endswith(self.barred_endings)

    def _lent(self, value: str) -> list[str]:
        found = list(words_of(value))
        return [] if any(self.bars(word) for word in found) else found


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text, folded; what stands behind an apostrophe belongs to its word."""
    return (match.group() for match in _WORD.finditer(fold(text)))


def vocabulary(playbook: Playbook) -> Vocabulary:
    """Return the words that drafts in a playbook's locale may use.

    Raises:
        UsageError: the words of its language have not been sorted yet.
    """
    name = playbook.locale.partition("-")[0]
    path = files("livestream.drafting").joinpath("words", f"{name}.toml")
    if not path.is_file():
        raise UsageError(
            f"drafts in {playbook.locale} cannot be judged: nobody has sorted the words of this language yet",
            remedy="The playbook serves without drafts.",
        )
    sorted_words = tomllib.loads(path.read_text(encoding="utf-8"))
    talk = [sorted_words["host"], *_talk(playbook)]
    for plural in (False, True):
        talk += [value for value in agreement(plural).values() if isinstance(value, str)]
    barred, bending = (frozenset(words_of(sorted_words[name])) for name in ("barred", "bending"))
    found = frozenset(word for text in talk for word in words_of(text))
    known = Vocabulary(found, barred, tuple(sorted_words["barred_endings"]), bending)
    return replace(known, words=frozenset(word for word in found if not known.bars(word)))


def _talk(playbook: Playbook) -> Iterator[str]:
    """Yield what the playbook says of a product without condition, its slots taken out."""
    for section in _READ:
        for wording in playbook.sections[section]:
            if not (wording.about or wording.kinds or wording.when):
                yield from (_MARKS.sub(" ", sentence) for sentence in wording.sentences)
