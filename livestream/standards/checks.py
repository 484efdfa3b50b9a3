"""The rules in code, each a small function that refuses a draft or lets it pass, and their order."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from livestream.catalogue.model import FactKind
from livestream.standards import trace
from livestream.standards.draft import MARKS, Draft
from livestream.standards.foreign import foreign_promise
from livestream.standards.rules import Pack
from livestream.standards.views import Views
from livestream.text import fold
from livestream.text.fold import HIDDEN
from livestream.text.languages import language

log = logging.getLogger(__name__)
Check = Callable[[Draft, Pack], None]
LONGEST = 400
"""Characters of a caption or of a spoken form's words beyond facts: about half a minute of speech."""
_MARKUP = re.compile(r"[{}<>\[\]\\^`~|]")
_CODE = re.compile(r"[{}<>\\]")
_LETTERWISE = re.compile(r"(?<![^\W_])(?:[a-z][\W_]{1,3}){5}[a-z](?![^\W_])")
_SAID = re.compile(r"[^\W\d_]|[\u0300-\u036f '’.,;:!?-]")
_WRITTEN = frozenset({FactKind.TITLE, FactKind.POINT, FactKind.VENDOR, FactKind.TYPE, FactKind.OPTION, FactKind.CHOICE})
_SIGNS = frozenset("µμΩªº")
_ACCENTS = re.compile("[\u0300-\u036f]{2}")


def check_length(draft: Draft, pack: Pack) -> None:
    """Rule `length`: neither empty nor longer than `LONGEST`."""
    del pack
    if not draft.caption.strip() or not draft.spoken.strip():
        raise draft.refuse("length", "there is nothing to say")
    if len(draft.caption) > LONGEST or len(draft.spoken) > 3 * LONGEST:
        raise draft.refuse("length", f"the line has {len(draft.caption)} characters, more than {LONGEST}")


def check_characters(draft: Draft, pack: Pack) -> None:
    """Rule `characters`: no control or hidden characters, no markup, no words spelled letter by letter.

    The spoken form is words and stops alone.
    """
    del pack
    for text in (draft.literal, draft.caption):
        plain = MARKS.sub("", text)
        odd = next((char for char in plain if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}), None)
        if odd or HIDDEN.search(plain) or _ACCENTS.search(unicodedata.normalize("NFC", plain)):
            raise draft.refuse("characters", "the text holds characters that cannot be seen")
    if match := _MARKUP.search(draft.literal):
        raise draft.refuse("characters", f"{match.group()!r} has no place in a sentence")
    if match := _CODE.search(draft.caption):
        raise draft.refuse("characters", f"{match.group()!r} is of a program's text, not of a shop's")
    if match := _LETTERWISE.search(fold(draft.caption)):
        raise draft.refuse("characters", f"{match.group()!r} is spelled letter by letter")
    left = (char for char in _SAID.sub("", draft.spoken) if unicodedata.category(char) not in {"Mn", "Mc"})
    if odd := next(left, None):
        raise draft.refuse("characters", f"{odd!r} cannot be said")


def check_language(draft: Draft, pack: Pack) -> None:
    """Rule `language`: letters are those of the locale's script, and selling points are in its language.

    Titles, names and options are said as the merchant wrote them, whatever their language.
    """
    for char in draft.caption:
        if char.isalpha() and char not in _SIGNS and not char.isascii() and not _is_of(char, pack.scripts):
            raise draft.refuse("language", f"{char!r} is no letter of {pack.locale}")
    if pack.own_points:
        known = language(pack.locale)
        for filled in draft.slots:
            if filled.fact.kind is FactKind.POINT and not known.owns(filled.caption):
                raise draft.refuse("language", f"{filled.fact.id} does not read as {pack.locale}")


def check_pack(draft: Draft, pack: Pack) -> None:
    """The locale's rule pack; the rule's own id is given."""
    views = Views(draft)
    for rule in pack.rules:
        if not (words := views.find(rule)):
            continue
        if rule.severity == "block":
            raise draft.refuse(
                rule.id, f"{words!r} is refused ({rule.category})", f"Say it without; see {rule.source}."
            )
        log.warning("%s: %r is doubtful (%s); see %s", draft.where, words, rule.id, rule.source)


def check_quotation(draft: Draft, pack: Pack) -> None:
    """Rule `policy`: what the shop says stands alone, or behind words that announce it; all else would bend it."""
    quoted = next((filled.fact for filled in draft.slots if filled.fact.kind is FactKind.POLICY), None)
    if quoted is None:
        return
    before, *after = MARKS.split(draft.literal)
    opening = fold(before).rstrip(" .:。：")
    known = [pack.quoting[topic] for topic in ("any", quoted.label) if topic in pack.quoting]
    announced = not opening or any(pattern.fullmatch(opening) for pattern in known)
    if not announced or len(after) > 1 or after[0].strip(" ."):
        message = f"{quoted.id} is the shop's own text: nothing stands beside it but words that announce it"
        raise draft.refuse("policy", message, "Say the rest in a line of its own.")


def check_other_languages(draft: Draft, pack: Pack) -> None:
    """The grave rules of other languages' packs, on the words and on each text that the merchant wrote."""
    if pack.union:
        return  # every rule of every pack has been asked
    texts = [MARKS.sub(" · ", draft.literal)]
    texts += [filled.caption for filled in draft.slots if filled.fact.kind in _WRITTEN]
    for text in texts:
        rule, words = foreign_promise(fold(text), pack.locale)
        if rule:
            raise draft.refuse(rule, f"{words!r} is refused, as in its own language")


@lru_cache(maxsize=4096)
def _is_of(char: str, scripts: frozenset[str]) -> bool:
    return not scripts.isdisjoint(unicodedata.name(char, "").replace("-", " ").split())


CHECKS: tuple[Check, ...] = (
    check_length,
    check_characters,
    check_language,
    *trace.CHECKS,
    check_pack,
    check_other_languages,
    check_quotation,
)
