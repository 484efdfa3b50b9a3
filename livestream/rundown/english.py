"""What the wordings must know of English: articles, number and how a title is spoken of."""

from __future__ import annotations

import re
from collections.abc import Mapping


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DETERMINERS = _words(
    "a an the no its their this that these those some each every all both one ample plenty several many multiple "
    "various lots extra more"
)
_MASS = _words(
    "space storage fabric cotton wool leather material comfort support protection room detailing stitching hardware "
    "padding foam lighting water cushioning ventilation construction quality fleece denim silk linen polyester "
    "nylon upholstery jewelry elastane insulation embroidery furniture bedding care metal wood glass steel"
)
_PLURAL = frozenset({"people", "children", "feet", "clothes", "jeans", "pants", "trousers", "shorts", "scissors"})
_SINGULAR = frozenset({"dress", "glass", "lens", "canvas", "bus", "atlas", "gas", "series", "chess", "always", "plus"})
_HEAD_ENDS = re.compile(
    r"\s(?:in|on|with|for|of|from|at|by|down|inside|under|over|to|that|which)\s|[,(:–—|]|\s-\s", re.IGNORECASE
)
_VOWEL_SOUND = re.compile(r"^(?:[aeio]|u(?!ni|s[ae]|ti)|hour|honest|heir|x-|[FHLMNRSX](?:[A-Z]|\b))")
_CONSONANT_SOUND = re.compile(r"^(?:(?i:eu|one\b|once\b|uni|us[ae]|uti)|U(?:[A-Z]|\b))")


def article(phrase: str) -> str:
    """Return the indefinite article a noun phrase needs: "a", "an", or "" where it takes none."""
    first = phrase.split(maxsplit=1)[0].casefold() if phrase.split() else ""
    if not first or first in _DETERMINERS or first[0].isdigit() or is_plural(phrase) or head_noun(phrase) in _MASS:
        return ""
    return "an" if _VOWEL_SOUND.match(_as_said(phrase)) and not _CONSONANT_SOUND.match(phrase) else "a"


def is_plural(phrase: str) -> bool:
    """Whether a noun phrase is spoken of as `these` and `they`: "Brown Throw Pillows"."""
    head = head_noun(phrase)
    if head in _PLURAL:
        return True
    return (
        len(head) > 2 and head.endswith("s") and not head.endswith(("ss", "us", "is", "'s")) and head not in _SINGULAR
    )


def third_person(verb: str) -> bool | None:
    """Whether a verb phrase follows `it` (True), `they` (False) or both (None): "comes with a strap"."""
    first = verb.split(maxsplit=1)[0].casefold()
    if first in {"can", "will", "may", "could", "should", "must"}:
        return None
    return first.endswith("s") and not first.endswith("ss")


def takes_the(title: str) -> bool:
    """Whether a product's name is said with `the` before it."""
    words = title.split()
    return bool(words) and words[0].casefold() not in _DETERMINERS and len(words) <= 8


def head_noun(phrase: str) -> str:
    """Return the word a noun phrase is about, in small letters: "pocket" of "a front zip pocket with a flap"."""
    words = re.findall(r"[\w'’-]+", _HEAD_ENDS.split(phrase, maxsplit=1)[0])
    return words[-1].casefold() if words else ""


def agreement(plural: bool) -> Mapping[str, str | bool]:
    """The words that agree with the product in number."""
    words = (
        {"it": "they", "it_is": "they're", "is": "are", "has": "have", "s": "", "this": "these", "them": "them"}
        if plural
        else {"it": "it", "it_is": "it's", "is": "is", "has": "has", "s": "s", "this": "this", "them": "it"}
    )
    return (
        words
        | {name.capitalize(): word.capitalize() for name, word in words.items() if name not in {"s", "is"}}
        | {
            "plural": plural,
            "does": "do" if plural else "does",
            "there_is": "there are" if plural else "there's",
            "its": "their" if plural else "its",
            "one": "ones" if plural else "one",
            "was": "were" if plural else "was",
        }
    )


def _as_said(phrase: str) -> str:
    """The phrase with a small first letter, save for acronyms, whose letters are said by name."""
    first = phrase.split(maxsplit=1)[0]
    return phrase if len(first) > 1 and first.isupper() else phrase[:1].lower() + phrase[1:]
