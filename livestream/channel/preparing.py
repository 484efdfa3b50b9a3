"""Speaking ahead: a show's lines made before it, by an engine that is too slow to make them while it is on air.

What is made lies in the speech cache, sentence by sentence, so that preparing can be stopped and gone on
with at any time. A note beside the cache says which sentences a channel will need.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from livestream.answers.wordings import load_wordings
from livestream.audit import AuditLog, audit_path
from livestream.channel.desk import Desk, Progress, Speak
from livestream.channel.goods import files_of, read_goods
from livestream.channel.writing import SHORTEST_LOOP, TAIL_SECONDS
from livestream.clock import SystemClock
from livestream.datafiles import cache_dir
from livestream.drafting.approval import approved_playbook
from livestream.errors import ClaimRefused, MachineError, RundownError, SpeechError, UsageError
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.media import Speech
from livestream.settings import ChannelSettings
from livestream.speech import speech_worker
from livestream.speech.ahead import slow_engine
from livestream.speech.cache import Cached, SpeechCache
from livestream.speech.engine import SpeechEngine, make_engine
from livestream.speech.studio import words_of
from livestream.speech.voice import Voice, load_voice
from livestream.standards import ApprovedLine, Standards

LOOPS = 3
"""Passes of the rundown that are prepared where nothing else is said."""
MOST_NOTE = 4 << 20
"""Bytes of a note that is believed to be one."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was prepared: `ready` of `lines` different sentences are there, `made` of them are new."""

    locale: str
    engine: str
    loops: int
    lines: int
    ready: int
    made: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Readiness:
    """How much of a channel's show is there in its first voice, and which engine says the rest on air."""

    engine: str
    instead: str
    lines: int
    ready: int

    @property
    def share(self) -> float:
        """The part that is ready, 0 to 1; 0 where nothing was ever prepared."""
        return self.ready / self.lines if self.lines else 0.0


@dataclass(frozen=True, slots=True)
class _First:
    """The first engine of a voice that is installed, and the cache its sounds lie in."""

    voice: Voice
    engine: SpeechEngine
    cache: SpeechCache
    seed: int

    @classmethod
    def of(cls, settings: ChannelSettings) -> _First:
        voice = load_voice(locale(settings.locale).tag)
        engine = next(_installed(voice), None)
        if engine is None:
            raise MachineError(f"no speech engine of {voice.locale} is installed", where=voice.where)
        return cls(voice, engine, _cache(), settings.seed)

    def key(self, line: ApprovedLine) -> str:
        """Return what a line's sound is kept under."""
        return Cached(self.engine, self.cache).key(words_of(line), locale=line.locale, seed=self.seed)


def _cache() -> SpeechCache:
    return SpeechCache(cache_dir() / "speech")


def _installed(voice: Voice) -> Iterator[SpeechEngine]:
    for name in voice.engines:
        try:
            yield make_engine(name, voice)
        except MachineError:
            continue


async def prepare(settings: ChannelSettings, *, loops: int = LOOPS, progress: Progress | None = None) -> Prepared:
    """Speak what a channel's first `loops` passes will say, its acknowledgements and its fixed answers.

    Planning and seed are those of the channel on air, so its lines are the same. With a `duration` its passes
    are as long as on air, to the second that going on air takes.

    Raises:
        UsageError, CatalogueError, RundownError: there is no show to prepare.
        MachineError: no engine is installed, or the disk is full.
        SpeechError: a line could not be spoken.
    """
    first = _First.of(settings)
    catalogue = read_goods(settings)
    quote_prices = catalogue.currency_origin in ("file", "argument", "channel")
    market = locale(settings.locale)
    desk = Desk(
        catalogue,
        locale=market,
        seed=settings.seed,
        quote_prices=quote_prices,
        chat=bool(settings.comments),
        playbook=approved_playbook(market, settings.drafts, AuditLog(audit_path(), SystemClock())),
    )
    targets = list(lengths(settings, loops))
    keys: dict[str, float] = {}
    before = 0

    async with speech_worker(market.tag, seed=settings.seed) as client:

        async def speak(line: ApprovedLine) -> Speech:
            nonlocal before
            key = first.key(line)
            before += key not in keys and first.cache.has(key)
            speech = (await client.speak(line)).speech
            keys[key] = speech.seconds
            return speech

        for number, target in enumerate(targets):
            await _pass(desk, speak, target, number, partial(_told, progress, number, len(targets)))
        fixed = list(_fixed(Standards(catalogue.facts, market, quote_prices=quote_prices), market.tag))
        for place, line in enumerate(fixed):
            with suppress(SpeechError):  # then another voice says it on air
                await speak(line)
            _told(progress, len(targets), len(targets), (place + 1) / len(fixed))
    _note(settings, first, list(keys))
    ready = sum(map(first.cache.has, keys))
    return Prepared(
        market.tag, first.engine.name, len(targets), len(keys), ready, ready - before, round(sum(keys.values()), 1)
    )


def _told(progress: Progress | None, number: int, passes: int, share: float) -> None:
    if progress is not None:
        progress((number + share) / (passes + 1))  # what is said beside the script comes after the passes


def readiness(settings: ChannelSettings) -> Readiness | None:
    """Return how much of a channel's show is there in its first voice; None where that voice needs no preparing.

    Raises:
        UsageError: the locale has no voice.
    """
    voice = load_voice(locale(settings.locale).tag)
    engine = slow_engine(voice)
    if engine is None:
        return None
    first = _First(voice, engine, _cache(), settings.seed)
    instead = next((other.name for other in _installed(voice) if other.about.live), "")
    keys = _noted(settings, first)
    return Readiness(first.engine.name, instead, len(keys), sum(map(first.cache.has, keys)))


def lengths(settings: ChannelSettings, loops: int) -> Iterator[float]:
    """Yield the seconds of each of the first passes of a channel, as it will plan them."""
    usual = settings.loop_minutes * 60
    left = float("inf") if settings.duration is None else settings.duration - TAIL_SECONDS
    for _ in range(loops):
        if left < 1.5 * usual:
            yield max(left, 1.0)
            return
        yield usual
        left -= usual


async def _pass(desk: Desk, speak: Speak, target: float, number: int, progress: Progress) -> None:
    try:
        await desk.prepare(speak, target=target, loop=number, progress=progress)
    except RundownError:
        if number > 0:  # what is left is too short for another pass
            return
        await desk.prepare(speak, target=SHORTEST_LOOP, loop=number, progress=progress)


def _fixed(standards: Standards, tag: str) -> Iterator[ApprovedLine]:
    """Yield what is said beside the script and names nothing: acknowledgements, ways back, answers about orders."""
    try:
        wordings = load_wordings(tag)
    except UsageError:  # viewers are not answered in this locale
        return
    for section, entries in wordings.sections.items():
        beat = Beat.RE_ENTRY if section == "re_entry" else Beat.ANSWER
        for wording in (entry for entry in entries if not entry.needs):
            for index, template in enumerate(wording.templates):
                with suppress(ClaimRefused):
                    line = Line(f"{wording.id}.{index}", tag, beat, (template.render(),))
                    yield standards.approve(line)


def _note_path(settings: ChannelSettings, first: _First) -> Path:
    """Return where it is noted what a channel needs: another list, seed, length or voice is another note."""
    content = [
        path.read_bytes() for path in (*files_of(settings), settings.drafts) if path is not None and path.is_file()
    ]
    told = [hashlib.sha256(part).hexdigest() for part in content]
    shape = [first.voice.locale, first.engine.name, first.engine.version, settings.seed, settings.loop_minutes, told]
    name = hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:24]
    return cache_dir() / "prepared" / f"{name}.json"


def _note(settings: ChannelSettings, first: _First, keys: Collection[str]) -> None:
    """Note what a channel needs, beside what was noted for it before.

    Raises:
        MachineError: the disk refuses.
    """
    path = _note_path(settings, first)
    every = sorted({*keys, *_noted(settings, first)})
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(every), encoding="ascii")
        part.replace(path)
    except OSError as error:
        raise MachineError(f"what was prepared cannot be noted: {error.strerror}", where=str(path)) from error


def _noted(settings: ChannelSettings, first: _First) -> list[str]:
    path = _note_path(settings, first)
    try:
        kept = json.loads(path.read_bytes()) if path.stat().st_size <= MOST_NOTE else []
    except (OSError, ValueError):
        return []
    return [key for key in kept if isinstance(key, str)] if isinstance(kept, list) else []
