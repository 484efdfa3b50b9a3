"""What is said to viewers, read from `scripts/<locale>/answers/wordings.toml`; its head documents the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import jinja2

from livestream import scripts
from livestream.disclosure import reply_mark
from livestream.errors import UsageError
from livestream.rundown.playbook import LEAST_WORDINGS, Wording

SECTIONS = frozenset(
    {
        "price", "price_range", "choice_price", "stock", "stock_none", "choice_stock", "choice_none",
        "options", "choice_yes", "choice_no", "point_name", "point_noun", "point_adjective", "point_material",
        "point_phrase", "point_predicate", "point_verb", "point_sentence", "point_quote", "vendor", "weight",
        "compare_lower", "compare", "compare_points", "recommend", "recommend2", "recommend3", "policy", "correction",
        "missing", "missing_price", "missing_stock", "missing_options", "unknown_product", "recommend_none",
        "shipping", "returns", "ask_product", "ask_two", "ask_what",
        "safe_order", "safe_refund", "safe_health", "safe_price_match", "safe_complaint", "safe_injection",
        "safe_unsure",
        "greeting", "praise", "off_topic", "opening", "opening_note", "re_entry", "re_entry_product",
        "faq_price", "faq_options", "faq_material", "faq_detail", "faq_invite",
    }
)  # fmt: skip
"""The sections that a locale needs, all of them."""
WORDS = frozenset({"from", "mark", "heading", "asked", "about"})
"""The small texts beside them."""


@dataclass(frozen=True)
class Wordings:
    """All wordings of a locale by section, and the small texts beside them."""

    locale: str
    sections: Mapping[str, tuple[Wording, ...]]
    words: Mapping[str, str]


def require_answers(locale: str) -> None:
    """Make sure that viewers can be answered in a locale.

    Raises:
        UsageError: they cannot.
    """
    if not all(scripts.paths(locale, "answers", name) for name in ("wordings.toml", "reading.toml")):
        raise UsageError(
            f"viewers cannot be answered in {locale}",
            remedy=f"Write scripts/{locale}/answers/ after the model of scripts/en-US/answers/.",
        )


def load_wordings(locale: str) -> Wordings:
    """Return the wordings of a locale.

    Raises:
        UsageError: there are none, a section is missing, unknown or thin, or a wording is not a template.
    """
    require_answers(locale)
    return read_wordings(scripts.paths(locale, "answers", "wordings.toml"), locale)


def read_wordings(paths: Sequence[Path], locale: str) -> Wordings:
    """Return the wordings that files hold together, the first over the others.

    Raises:
        UsageError: as `load_wordings`.
    """
    path, content = paths[0], scripts.merged(paths)
    words, sections = content.get("words", {}), content.get("sections", {})
    if lacking := WORDS - words.keys():
        raise UsageError(f"[words] lacks {', '.join(sorted(lacking))}", where=str(path))
    if words["mark"] != reply_mark(locale):
        raise UsageError(
            "the mark of a reply is not the one that says that AI wrote it",
            where=str(path),
            remedy=f'Write mark = "{reply_mark(locale)}".',
        )
    if odd := sections.keys() ^ SECTIONS:
        kind = "unknown" if sections.keys() - SECTIONS else "missing"
        raise UsageError(f"these sections are {kind}: {', '.join(sorted(odd))}", where=str(path))
    found = {section: tuple(_wordings(section, entries, path)) for section, entries in sections.items()}
    return Wordings(locale, MappingProxyType(found), MappingProxyType({name: str(words[name]) for name in WORDS}))


def _wordings(section: str, entries: object, path: Path) -> Iterator[Wording]:
    if not isinstance(entries, list) or len(entries) < LEAST_WORDINGS:
        raise UsageError(
            f"the section {section} is thin", where=str(path), remedy=f"Write at least {LEAST_WORDINGS} wordings."
        )
    for index, entry in enumerate(entries):
        where = f"{path.name}, {section} {index + 1}"
        sentences = (entry,) if isinstance(entry, str) else tuple(entry) if isinstance(entry, list) else ()
        if not sentences or not all(isinstance(sentence, str) and sentence.strip() for sentence in sentences):
            raise UsageError("a wording has nothing to say", where=where)
        wording = Wording(f"{section}.{index}", section, sentences, where=where)
        try:
            _ = wording.needs  # reads the template; what it is compiled to is made when it is first said
        except jinja2.TemplateError as error:
            raise UsageError(f"a wording is not a template: {error}", where=where) from error
        yield wording
