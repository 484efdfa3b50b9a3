"""The playbook: the wordings of each beat, read from `scripts/<locale>/*.toml`.

A file holds arrays of wordings by section. A wording is a Jinja template of one sentence, a list
of such sentences said in a row, or a table with `say` and its conditions:

    hook = [
      "{{ This }} {{ is }} {{ the }}{{ title }}.",
      { say = "{{ It }} {{ has }} {{ noun }}.", about = ["pocket"] },   # only of a noun with this word
      { say = "Picture it on you.", kind = ["wear"] },                  # only of these kinds of product
      { say = "Here {{ is }} {{ title }}.", price = false },            # only where no price may be said
      { say = "Last of all, {{ title }}.", when = ["last"] },           # only where this is true of the show
    ]

A wording that says something of the show itself names in `when` what must hold for that to be true;
all that it names must hold. `MOMENTS` lists what can be named.

What a wording needs is what it mentions: one with `{{ noun2 }}` is chosen only where two features
are left to tell. Templates run in Jinja's sandbox and see no catalogue text at all: a variable is
a mark that becomes a `Slot` afterwards, so text from a feed can never be template syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import jinja2
from jinja2 import meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from livestream import datafiles, scripts
from livestream.errors import UsageError
from livestream.lines import Beat
from livestream.rundown.disclosing import check_disclosed
from livestream.text.fold import WORD_SIGNS
from livestream.text.languages import joiner

SECTIONS: Mapping[str, Beat] = MappingProxyType(
    {
        "opening": Beat.OPENING,
        "disclosure": Beat.DISCLOSURE,
        "welcome": Beat.OPENING,
        "quick_opening": Beat.DISCLOSURE,
        "hook": Beat.HOOK,
        "pickup": Beat.HOOK,
        "quick": Beat.OFFER,
        "benefit": Beat.BENEFIT,
        "picture": Beat.BENEFIT,
        "proof": Beat.PROOF,
        "sum_up": Beat.PROOF,
        "offer": Beat.OFFER,
        "urgency": Beat.URGENCY,
        "call_to_action": Beat.CALL_TO_ACTION,
        "questions": Beat.QUESTIONS,
        "answer": Beat.QUESTIONS,
        "transition": Beat.TRANSITION,
        "recap": Beat.RECAP,
        "recap_item": Beat.RECAP,
        "recap_end": Beat.RECAP,
        "closing": Beat.CLOSING,
        "quick_closing": Beat.CLOSING,
    }
)
"""The sections a playbook may hold, and the beat each is of."""
MOMENTS: Mapping[str, str] = MappingProxyType(
    {
        "complete": "every product of the list is in this pass of the show",
        "many": "at least four products are presented after this one",
        "later": "another product was presented before this one",
        "more": "another product follows this one",
        "last": "no product follows this one",
        "new": "this product has not been presented before in this show",
        "again": "this product was presented earlier in this pass",
        "pictured": "the list has a picture of this product, so there is something to look at",
        "chat": "viewers can write comments, and they are read",
    }
)
"""What may be true of a moment of the show: the conditions a wording can name in `when`."""
LEAST_WORDINGS = 4
POINTS = ("name", "noun", "adjective", "material", "phrase", "predicate", "verb", "sentence")
"""The grammars of selling points: each is a variable, as are those with 2 and 3 behind."""
DESCRIBED = "adjective_name"
"""The variable that joins both: "a stylish bedside light"."""
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=jinja2.StrictUndefined,
    autoescape=False,
)
_NUMBERED = re.compile(r"[23]$")


@dataclass(frozen=True)
class Wording:
    """One way to say a beat: its sentences and the conditions it is said under."""

    id: str
    section: str
    sentences: tuple[str, ...]
    about: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()
    priceless: bool = False
    where: str = field(default="", compare=False)

    @cached_property
    def templates(self) -> tuple[jinja2.Template, ...]:
        """The compiled sentences."""
        return tuple(_ENVIRONMENT.from_string(sentence) for sentence in self.sentences)

    @cached_property
    def needs(self) -> frozenset[str]:
        """The variables it mentions."""
        found = (meta.find_undeclared_variables(_ENVIRONMENT.parse(sentence)) for sentence in self.sentences)
        return frozenset(name for names in found for name in names)

    @cached_property
    def points(self) -> tuple[str, ...]:
        """The point variables it mentions, `noun` before `noun2`."""
        needs = self.needs | ({"adjective", "name"} if DESCRIBED in self.needs else set())
        return tuple(sorted(name for name in needs if _NUMBERED.sub("", name) in POINTS))


@dataclass(frozen=True)
class Drafted(Wording):
    """A wording drafted for one product; in its one sentence facts are ids in braces, as in "Look at {lamp.title}!".

    It is said only while each of those facts may be told of the product, and those of `pinned`, by id, are of
    the version that it was drafted with. `origin` says who is answerable for it.
    """

    product: str = ""
    origin: str = ""
    pinned: Mapping[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def needs(self) -> frozenset[str]:
        """No variables: what it needs are its facts."""
        return frozenset()


@dataclass(frozen=True)
class Playbook:
    """All wordings of a locale by section, the words that tell kinds of product apart, and the lower thirds.

    `lower_thirds` maps an id to heading and text; `drafted` holds further wordings by section and product.
    """

    locale: str
    sections: Mapping[str, tuple[Wording, ...]]
    kinds: Mapping[str, frozenset[str]]
    lower_thirds: Mapping[str, tuple[str, str]]
    drafted: Mapping[tuple[str, str], tuple[Drafted, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def wordings(self, section: str, product: str | None) -> tuple[Wording, ...]:
        """Return the wordings of a section, those drafted for this product among them."""
        return (*self.sections[section], *self.drafted.get((section, product or ""), ()))

    def with_drafts(self, drafts: Iterable[Drafted]) -> Playbook:
        """Return the playbook with these drafted wordings and no others."""
        drafted: dict[tuple[str, str], tuple[Drafted, ...]] = {}
        for draft in drafts:
            key = draft.section, draft.product
            drafted[key] = (*drafted.get(key, ()), draft)
        return replace(self, drafted=MappingProxyType(drafted))

    def kinds_of(self, text: str) -> frozenset[str]:
        """Return the kinds of product that a title, type or tag speaks of."""
        told = text.casefold()
        words = set(re.findall(rf"[{WORD_SIGNS}-]+", told))
        words |= {word.removesuffix("s") for word in words}
        if not joiner(self.locale):  # nothing parts words there: a long one may hold another
            words |= {word for known in self.kinds.values() for word in known if not word.isascii() and word in told}
        return frozenset(kind for kind, known in self.kinds.items() if known & words)


def load_playbook(locale: str) -> Playbook:
    """Return the playbook of a locale.

    Raises:
        UsageError: there is none, a file is not TOML, or a wording is not a template.
    """
    files = scripts.playbook(locale)
    if not files:
        known = ", ".join(playbook_locales()) or "none"
        raise UsageError(f"there is no playbook for {locale}", remedy=f"Locales with a playbook: {known}.")
    return read_playbook(files, locale, urgent=scripts.manner(locale).urgency != "none")


def playbook_locales() -> list[str]:
    """Return the locales that a show can be written in, sorted."""
    return [tag for tag in datafiles.names("scripts") if scripts.playbook(tag)]


def read_playbook(files: Sequence[Sequence[Path]], locale: str, *, urgent: bool = True) -> Playbook:
    """Return the playbook that TOML files hold together; of several for one name, the first over the others.

    Where the market is not `urgent`, low stock is never a reason to hurry.

    Raises:
        UsageError: a file is not TOML, a section is unknown or too thin, or a wording is not a template.
    """
    sections: dict[str, list[Wording]] = {}
    kinds: dict[str, frozenset[str]] = {}
    lower_thirds: dict[str, tuple[str, str]] = {}
    for paths in files:
        content, path = scripts.merged(paths), paths[0]
        for section, entries in content.items():
            if section == "kinds" and isinstance(entries, dict):
                kinds |= {kind: frozenset(words) for kind, words in entries.items()}
                continue
            if section == "lower_thirds" and isinstance(entries, dict):
                lower_thirds |= {name: (str(texts[0]), str(texts[1])) for name, texts in entries.items()}
                continue
            found = sections.setdefault(section, [])
            found.extend(_wordings(section, entries, path, len(found)))
    if not urgent:
        sections["urgency"] = []
    for section in SECTIONS.keys() - (set() if urgent else {"urgency"}):
        if len(sections.get(section, ())) < LEAST_WORDINGS:
            raise UsageError(
                f"the section {section} has {len(sections.get(section, ()))} wordings",
                where=f"scripts/{locale}",
                remedy=f"Write at least {LEAST_WORDINGS}, so that no wording is heard again within three.",
            )
    frozen = {section: tuple(wordings) for section, wordings in sections.items()}
    check_disclosed(frozen, locale)
    return Playbook(locale, MappingProxyType(frozen), MappingProxyType(kinds), MappingProxyType(lower_thirds))


def _wordings(section: str, entries: object, path: Path, count: int) -> Iterator[Wording]:
    if section not in SECTIONS or not isinstance(entries, list):
        raise UsageError(
            f"{section!r} is not a list of wordings of a known section",
            where=str(path),
            remedy=f"Sections: {', '.join(SECTIONS)}.",
        )
    for index, entry in enumerate(entries, start=count):
        where = f"{path.name}, {section} {index - count + 1}"
        table = entry if isinstance(entry, dict) else {"say": entry}
        said = table.get("say")
        sentences = (said,) if isinstance(said, str) else tuple(said or ())
        wording = Wording(
            id=f"{section}.{index}",
            section=section,
            sentences=sentences,
            about=frozenset(table.get("about", ())),
            kinds=frozenset(table.get("kind", ())),
            when=frozenset(table.get("when", ())),
            priceless=table.get("price") is False,
            where=where,
        )
        try:
            if not sentences or not all(isinstance(sentence, str) and sentence.strip() for sentence in sentences):
                raise UsageError("a wording has nothing to say", where=where)
            if unknown := wording.when - MOMENTS.keys():
                raise UsageError(
                    f"a wording waits for {', '.join(sorted(unknown))}, which is not known",
                    where=where,
                    remedy=f"`when` knows {', '.join(MOMENTS)}.",
                )
            _ = wording.needs  # reads the template; what it is compiled to is made when it is first said
        except jinja2.TemplateError as error:
            raise UsageError(f"a wording is not a template: {error}", where=where) from error
        yield wording
