"""What a locale has and lacks, room by room: voice, script, answers, numbers, rules, fonts, sample, lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from livestream import datafiles, disclosure, scripts
from livestream.answers.reading import Reader
from livestream.answers.wordings import SECTIONS as ANSWERS
from livestream.answers.wordings import WORDS, load_wordings
from livestream.audience.comment import Intent
from livestream.audience.intents import load_examples
from livestream.audience.words import all_words
from livestream.channel.locales.auditions import rate_error
from livestream.channel.locales.judging import Judgement, given_names, judge, sample
from livestream.channel.locales.voices import voice_here
from livestream.errors import LivestreamError, UsageError
from livestream.locales import locale
from livestream.programme.fonts import fonts_report
from livestream.rundown import load_playbook
from livestream.rundown.playbook import LEAST_WORDINGS
from livestream.rundown.playbook import SECTIONS as BEATS
from livestream.standards.packs import pack_locales
from livestream.text.languages import language

State = Literal["ok", "note", "lacking"]
"""`note`: it works, and there is something to know."""
MODEL = "en-US"
"""The locale that has all there can be."""
PATTERNS = ("risk", "aspects", "shapes")
"""The tables of `reading.toml` by whose patterns questions are read."""
RATE_TOLERANCE = 0.05
"""How far from what was planned a voice may speak, as a share of it."""
FEW_NAMES = 40
"""Given names below which most viewers are greeted without one."""
ROOMS = ("voice", "script", "answers", "numbers", "rules", "fonts", "sample", "lines")
"""The rooms of a locale, in the order they are told."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was looked at: `missing` says what is still to be written or installed, a sentence each."""

    room: str
    name: str
    state: State
    detail: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a locale has and lacks."""

    tag: str
    name: str
    items: tuple[Item, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def missing(self) -> tuple[str, ...]:
        """All that is still to be done."""
        return tuple(text for item in self.items for text in item.missing)

    def state(self, room: str) -> State | None:
        """The worst of a room; None where it was not looked at."""
        states = {item.state for item in self.items if item.room == room}
        return next((state for state in ("lacking", "note", "ok") if state in states), None)


def known_locales() -> list[str]:
    """Return every locale that has a voice or a script, sorted."""
    return sorted({*datafiles.names("voices"), *datafiles.names("scripts")})


def examine(tag: str, *, judged: bool = True, measured: bool = False) -> Report:
    """Look at everything a locale needs; never raises for what is missing or wrong.

    Args:
        tag: its BCP 47 tag.
        judged: also have standards judge its wordings over the sample products: two or three seconds.
        measured: also have its voice speak some lines, to see whether they last as long as planned.

    Raises:
        UsageError: there is no such locale.
    """
    market = locale(tag)
    items = [item for look in _LOOKS for item in _looked_at(look, market.tag)]
    sayable = not any(item.name in {"playbook", "numbers"} and item.missing for item in items)
    if sayable and judged:
        items += _looked_at(_LINES, market.tag)
    if sayable and measured:
        items += _looked_at(_RATE, market.tag)
    return Report(market.tag, market.name, tuple(items))


def _looked_at(look: _Look, tag: str) -> list[Item]:
    """Return what is found; a file that is at fault is what is missing there."""
    try:
        return list(look.at(tag))
    except LivestreamError as error:
        return [Item(look.room, look.name, "lacking", "at fault", (str(error),))]


def _voice(tag: str) -> Iterator[Item]:
    if tag not in datafiles.names("voices"):
        yield Item("voice", "voice", "lacking", "none", (f"Write voices/{tag}/voice.toml: livestream locale new.",))
        return
    here = voice_here(tag)
    if here.quality is None:
        remedies = tuple(f"{engine.name}: {engine.lack}. {engine.remedy}" for engine in here.engines)
        yield Item("voice", "voice", "lacking", "no engine of it is installed", remedies)
        return
    yield Item(
        "voice", "voice", "note" if here.note else "ok", here.note or f"{here.quality.engine}, {here.quality.tier}"
    )


def _manner(tag: str) -> Iterator[Item]:
    if not any((root / scripts.FOLDER / tag / scripts.MANNER).is_file() for root in datafiles.roots()):
        state: State = "ok" if tag == MODEL else "note"
        yield Item("script", "manner", state, "the usual: informal, no notes")
        return
    manner = scripts.manner(tag)
    based = f", on {manner.based_on}" if manner.based_on else ""
    urgency = {"plain": "low stock is said", "soft": "low stock is said softly", "none": "low stock is never a reason"}
    detail = f"{manner.formality}, {urgency[manner.urgency]}, {_count(len(manner.notes), 'note')}{based}"
    yield Item("script", "manner", "ok" if manner.notes else "note", detail)


def _playbook(tag: str) -> Iterator[Item]:
    content: dict[str, Any] = {}
    for files in scripts.playbook(tag):
        for section, entries in scripts.merged(files).items():
            if isinstance(entries, list):
                content[section] = content.get(section, []) + entries
    spared = {"urgency"} if scripts.manner(tag).urgency == "none" else set()
    wanted = {
        path.name: [section for section in scripts.read_table(path) if section in BEATS and section not in spared]
        for (path, *_) in scripts.playbook(MODEL)
    }
    missing = tuple(
        text for file, sections in wanted.items() for text in _thin(f"scripts/{tag}/{file}", content, sections)
    )
    if not missing:
        playbook = load_playbook(tag)  # raises where a wording is no template, or the opening does not disclose
        written = [len(wordings) for wordings in playbook.sections.values() if wordings]
        detail = f"{sum(written)} wordings of {len(written)} beats, {min(written)} or more each"
        yield Item("script", "playbook", "ok", detail)
        return
    beats = [section for sections in wanted.values() for section in sections]
    whole = sum(len(content.get(section, ())) >= LEAST_WORDINGS for section in beats)
    yield Item("script", "playbook", "lacking", f"{whole} of {len(beats)} beats", missing)


def _disclosure(tag: str) -> Iterator[Item]:
    code = tag.partition("-")[0]
    if code in disclosure.SPOKEN and code in disclosure.HOST_LABELS:
        yield Item("script", "disclosure", "ok", disclosure.spoken(tag)[0])
        return
    told = f"livestream has no words for it in {code}: the English ones are said and shown"
    yield Item("script", "disclosure", "note", told)


def _answers(tag: str) -> Iterator[Item]:
    content = scripts.tables(tag, "answers", "wordings.toml")
    where = f"scripts/{tag}/answers/wordings.toml"
    sections, words = content.get("sections", {}), content.get("words", {})
    wanted = [
        section for section in scripts.tables(MODEL, "answers", "wordings.toml")["sections"] if section in ANSWERS
    ]
    missing = [f"{where}: write {', '.join(lacking)} in [words]."] if (lacking := sorted(WORDS - words.keys())) else []
    missing += _thin(where, sections, wanted)
    if not missing:
        wordings = load_wordings(tag)
        written = sum(map(len, wordings.sections.values()))
        yield Item("answers", "answers", "ok", f"{written} wordings of {len(wordings.sections)} kinds")
        return
    whole = sum(len(sections.get(section, ())) >= LEAST_WORDINGS for section in wanted)
    yield Item("answers", "answers", "lacking", f"{whole} of {len(wanted)} kinds", tuple(missing))


def _questions(tag: str) -> Iterator[Item]:
    own, model = (scripts.tables(each, "answers", "reading.toml") for each in (tag, MODEL))
    where = f"scripts/{tag}/answers/reading.toml"
    lacking = {table: [name for name in model[table] if not own.get(table, {}).get(name)] for table in PATTERNS}
    missing = tuple(
        f"{where}: write patterns of {', '.join(names)} in [{table}]." for table, names in lacking.items() if names
    )
    if not missing:
        Reader(tag)  # raises where a pattern is none
        count = sum(len(own[table]) for table in PATTERNS)
        yield Item("answers", "questions", "ok", f"patterns of {count} things that are asked")
        return
    yield Item("answers", "questions", "lacking", "questions are not understood by their words", missing)


def _names(tag: str) -> Iterator[Item]:
    count = len(given_names(tag))
    if count < FEW_NAMES:
        remedy = f"Write given names into scripts/{tag}/answers/names.txt, one a line; {FEW_NAMES} are few."
        yield Item("answers", "names", "lacking", f"{count} given names", (remedy,))
        return
    yield Item("answers", "names", "ok", f"{count} given names")


def _examples(tag: str) -> Iterator[Item]:
    code = tag.partition("-")[0]
    found = load_examples(code)
    if lacking := [str(intent) for intent in Intent if intent not in found]:
        where = f"scripts/_intents/{code}.toml"
        if not found:
            yield Item("answers", "examples", "lacking", "none", (f"Write {where}: examples of comments by intent.",))
        else:
            yield Item("answers", "examples", "note", f"none of {', '.join(lacking)}")
        return
    yield Item("answers", "examples", "ok", f"{sum(map(len, found.values()))} of {len(found)} intents")


def _viewers(tag: str) -> Iterator[Item]:
    code = tag.partition("-")[0]
    if any(words.language == code for words in all_words()):
        yield Item("answers", "viewers' words", "ok", "abuse, trouble and questions are known by words")
    else:
        yield Item("answers", "viewers' words", "note", "abuse is sought in the other languages only")


def _numbers(tag: str) -> Iterator[Item]:
    try:
        language(tag)
    except UsageError as error:
        remedy = "Numbers as words belong to the product (livestream/text): ask for the language there."
        yield Item("numbers", "numbers", "lacking", error.message, (remedy,))
    else:
        yield Item("numbers", "numbers", "ok", "numbers, prices and units are said and read back")


def _rules(tag: str) -> Iterator[Item]:
    if tag in pack_locales():
        yield Item("rules", "rules", "ok", "its own")
    else:
        yield Item(
            "rules", "rules", "note", "the union of all markets: promises in this language are only partly known"
        )


def _fonts(tag: str) -> Iterator[Item]:
    own = fonts_report(tag)[0]
    if own.covered:
        yield Item("fonts", "fonts", "ok", f"{own.script} in {own.family}")
    else:
        remedy = f"Install a font: apt-get install -y {own.package}"
        yield Item("fonts", "fonts", "lacking", f"no font can write {own.script}", (remedy,))


def _sample(tag: str) -> Iterator[Item]:
    here, there = sample(tag), sample(MODEL)
    own = sum(bool(product.description) for product in here.products)
    if tag.partition("-")[0] == MODEL.partition("-")[0]:
        yield Item("sample", "sample", "ok", f"{len(here.products)} products, in their own language")
    elif own == len(there.products):
        yield Item("sample", "sample", "ok", f"{own} products, their texts translated")
    else:
        missing = (
            f"{len(there.products) - own} products of the sample have no text in it: assets/catalogue/sample.{tag}.csv"
        )
        yield Item("sample", "sample", "note", missing)


def _lines(tag: str) -> Iterator[Item]:
    for what, judgement in judge(tag).items():
        yield Item("lines", f"lines of {what}", *_verdict(judgement))


def _verdict(found: Judgement) -> tuple[State, str, tuple[str, ...]]:
    told = f"{found.lines} lines over the sample"
    if not found.refused:
        return "ok", f"{told}, none is refused", ()
    rules = ", ".join(f"{rule} {count}" for rule, count in found.by_rule.items())
    worst = tuple(f"{each.where}: {each.message} “{each.say}”" for each in found.refused)
    return "lacking", f"{told}, {len(found.refused)} are refused ({rules})", worst


def _thin(where: str, content: Mapping[str, Any], sections: Iterable[str]) -> Iterator[str]:
    """Yield what is still to be written in a file: the sections that have too few wordings."""
    counts = {section: len(content.get(section, ())) for section in sections}
    thin = [
        f"{section} ({count} so far)" if count else section
        for section, count in counts.items()
        if count < LEAST_WORDINGS
    ]
    if thin:
        yield f"{where}: write {LEAST_WORDINGS} wordings or more each of {', '.join(thin)}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _rate(tag: str) -> Iterator[Item]:
    found = rate_error(tag)
    if found is None:
        yield Item("voice", "rate", "note", "not measured: its engine is too slow to try")
        return
    error, lines = found
    told = f"{_count(lines, 'line')} spoken last {abs(error):.1%} {'longer' if error > 0 else 'shorter'} than planned"
    if abs(error) <= RATE_TOLERANCE:
        yield Item("voice", "rate", "ok", told)
        return
    remedy = f"Put what it prints into voices/{tag}/voice.toml: python -m livestream.testing.calibrate {tag}"
    yield Item("voice", "rate", "lacking", told, (remedy,))


class _Look(NamedTuple):
    """A room, the name of what is looked at there, and how."""

    room: str
    name: str
    at: Callable[[str], Iterator[Item]]


_LOOKS = (
    _Look("voice", "voice", _voice),
    _Look("script", "manner", _manner),
    _Look("script", "playbook", _playbook),
    _Look("script", "disclosure", _disclosure),
    _Look("answers", "answers", _answers),
    _Look("answers", "questions", _questions),
    _Look("answers", "names", _names),
    _Look("answers", "examples", _examples),
    _Look("answers", "viewers' words", _viewers),
    _Look("numbers", "numbers", _numbers),
    _Look("rules", "rules", _rules),
    _Look("fonts", "fonts", _fonts),
    _Look("sample", "sample", _sample),
)
_LINES, _RATE = _Look("lines", "lines", _lines), _Look("voice", "rate", _rate)
