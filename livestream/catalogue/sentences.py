"""The sentences of a description that a host can say as they stand, in any language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from livestream.catalogue.selling_points import MAX_POINTS, MAX_SENTENCE_WORDS, SellingPoint
from livestream.catalogue.wording import THAI
from livestream.locales import capitalised
from livestream.text.languages import MODULES, language

MAX_SENTENCE_LETTERS = 90
"""Letters of a sentence in a script that does not part words: some ten seconds of speech."""
_END = re.compile(rf"(?<=[.!?…؟۔।])(?<![{THAI}]\.)\s+|(?<=[。！？])|\s*[\r\n•·]+\s*")
"""Where a sentence ends. Thai has no stops: one behind its letters is an abbreviation's."""
_EDGES = " \t.…。．।۔-–—,、،:"
_ABBREVIATED = re.compile(rf"[{THAI}]\.$")
_ASKED = ("?", "？", "؟")
_UNSPEAKABLE = re.compile(r"https?:|www\.|@|[{}<>\[\]|_=#*\\~^]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def sentence_points(title: str, description: str, locale: str) -> list[SellingPoint]:
    """Return the sentences of a description that are short enough to be said, in its order.

    Args:
        title: the product's title; a sentence that only repeats it is left out.
        description: plain text in the language of `locale`, one paragraph a line.
        locale: BCP 47 tag; its language knows after which words a stop ends no sentence.
    """
    found: dict[str, SellingPoint] = {}
    for sentence in _sentences(description, locale):
        key = sentence.casefold()
        if _speakable(sentence) and key not in title.casefold():
            found.setdefault(key, SellingPoint(sentence, "sentence"))
    return list(found.values())[:MAX_POINTS]


def _sentences(description: str, locale: str) -> Iterator[str]:
    stopped = _stopped(locale)
    held = ""
    for raw in _END.split(description):
        piece = " ".join(raw.split())
        held = f"{held} {piece}".strip()
        before, _, word = piece.rpartition(" ")
        if piece.endswith(".") and word.lower()[:-1] in stopped and not before[-1:].isdigit():
            continue  # "ca." ends no sentence, "38 cm." does
        if held and not held.endswith(_ASKED):
            yield _bare(held, locale)
        held = ""
    if held:
        yield _bare(held, locale)


def _bare(sentence: str, locale: str) -> str:
    """Return the sentence without its stop; the wording it stands in brings one."""
    bare = sentence.lstrip(_EDGES).rstrip(_EDGES if not _ABBREVIATED.search(sentence) else " ")
    if bare.endswith(("!", "！")):
        bare = bare.rstrip("!！ ").removeprefix("¡")
    return capitalised(bare, locale)


def _stopped(locale: str) -> frozenset[str]:
    known = locale in MODULES or locale.partition("-")[0] in MODULES
    return language(locale).reading.stopped if known else frozenset()


def _speakable(sentence: str) -> bool:
    letters = sum(unicodedata.category(char)[0] in "LM" for char in sentence)
    unspaced = 2 * len(_UNSPACED.findall(sentence)) > letters
    short = letters <= MAX_SENTENCE_LETTERS if unspaced else len(sentence.split()) <= MAX_SENTENCE_WORDS
    return letters >= 3 and short and not _UNSPEAKABLE.search(sentence)
