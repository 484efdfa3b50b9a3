"""The voices of this machine: which engines a locale has here, how good they are, how fast, and how they sound."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

import numpy as np

from livestream import datafiles, disclosure
from livestream.catalogue import read_catalogue
from livestream.channel.desk import Desk
from livestream.errors import LivestreamError, MachineError, UsageError
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.media import SAMPLE_RATE, Pcm
from livestream.rundown import load_playbook
from livestream.speech import speech_worker
from livestream.speech.engine import GROUP, About, SpeechEngine, make_engine
from livestream.speech.studio import Studio
from livestream.speech.voice import Quality, Voice, load_voice, quality
from livestream.standards import Standards
from livestream.text import speak

LONGEST_SAMPLE = 600
"""Letters of a text that is spoken as a sample."""
PLAYERS = (
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
)
"""Programs that play a WAV file, the first that is there is used."""
_PAUSE = round(0.35 * SAMPLE_RATE)
_MOST_TIMES, _LONG_ENOUGH = 20, 0.5
"""How often a sentence is said to measure it, and the seconds after which that was often enough."""
_RATE_SHOW = 120.0
"""Seconds of the show whose lines are spoken to see whether a rate is right."""
_WITHOUT_ENGINE = "Install one, or name a better engine in the voice file: docs/voices.md."


@dataclass(frozen=True, slots=True)
class EngineHere:
    """One engine of a chain: `about` is None where even that cannot be told; `lack` and `remedy` why it is absent."""

    name: str
    about: About | None
    lack: str = ""
    remedy: str = ""

    @property
    def installed(self) -> bool:
        """Whether it can speak here."""
        return not self.lack


@dataclass(frozen=True, slots=True)
class VoiceHere:
    """A locale's voice on this machine; `quality` is None where none of its engines is installed."""

    tag: str
    gender: str
    where: str
    engines: tuple[EngineHere, ...]
    quality: Quality | None

    @property
    def first(self) -> EngineHere | None:
        """The engine that speaks here."""
        return next((engine for engine in self.engines if engine.installed), None)

    @property
    def note(self) -> str:
        """One sentence on what is to be known before a show; empty where nothing is."""
        if self.quality is None:
            named = " and ".join(f"{engine.name}: {engine.lack}" for engine in self.engines)
            return f"none of its engines is installed ({named})"
        tier = "preview quality" if self.quality.preview else f"{self.quality.tier} voice"
        why = f": {self.quality.why}" if self.quality.why else ""
        return f"{self.quality.engine}, {tier}{why}" if why or self.quality.preview else ""


@dataclass(frozen=True, slots=True)
class Speed:
    """What speaking took: seconds of sound, of CPU in all processes, and of waiting."""

    sound: float
    cpu: float
    wall: float


def voice_locales() -> list[str]:
    """Return the locales that have a voice file, sorted."""
    return datafiles.names("voices")


def voice_here(tag: str) -> VoiceHere:
    """Return a locale's voice as it is on this machine.

    Raises:
        UsageError: the locale has no voice file, or the file is wrong.
    """
    known = voice_locales()
    if tag not in known:
        raise UsageError(
            f"there is no voice for {tag}",
            remedy=f"There are: {', '.join(known)}. A new one begins with: livestream locale new {tag}",
        )
    voice = load_voice(tag)
    engines = tuple(_engine(name, voice) for name in voice.engines)
    found = quality(voice) if any(engine.installed for engine in engines) else None
    return VoiceHere(tag, voice.gender, voice.where, engines, found)


def voice_note(tag: str) -> str:
    """Return what is to be known of a locale's voice before a show; empty where nothing is, or it has none."""
    try:
        return voice_here(tag).note
    except LivestreamError:  # whoever needs the voice says so
        return ""


def require_show_quality(tag: str) -> None:
    """See that a locale's voice is good enough here for a show that nobody attends.

    Raises:
        UsageError: it is for previews only; says why, and what to do.
    """
    here = voice_here(tag)
    if here.quality is None or not here.quality.preview:
        return  # a voice that is not there at all is told by the worker that should speak
    raise UsageError(
        f"the voice of {tag} is of preview quality: {here.quality.why}",
        where=here.where,
        remedy=(
            "Name a better engine before it, such as a Piper voice or a server with the OpenAI API (docs/voices.md); "
            "or go on air with it as it is: --preview-voice, preview_voice = true in a channel file; "
            "or have a person speak: --assist."
        ),
    )


def measure(tag: str) -> Speed:
    """Return what a sentence takes, said again and again by the engine that speaks here, once that is loaded.

    Raises:
        UsageError: the locale has no voice.
        MachineError: none of its engines is installed.
        SpeechError: it could not speak.
    """
    voice = load_voice(tag)
    engine = _installed(voice)
    text = " ".join(said for _, said in speak(sample_text(tag)[-1], tag))
    engine.warm_up()
    engine.synthesise(text, locale=tag, seed=0)  # what is loaded only then is no part of a sentence
    cpu, began, sound = _cpu(), time.perf_counter(), 0.0
    for seed in range(1, _MOST_TIMES + 1):
        sound += engine.synthesise(text, locale=tag, seed=seed).seconds
        if time.perf_counter() - began > _LONG_ENOUGH:
            break
    return Speed(sound, _cpu() - cpu, time.perf_counter() - began)


def rate_error(tag: str) -> tuple[float, int] | None:
    """Return how much longer than planned a locale's voice speaks, as a share, and over how many lines of a show.

    None where the engine that speaks here is too slow to try.

    Raises:
        UsageError, RundownError: there is no voice, or no show to speak.
        MachineError, SpeechError: it cannot speak.
    """
    voice = load_voice(tag)
    engine = _installed(voice)
    if not engine.about.live:
        return None
    catalogue = read_catalogue(datafiles.find("assets/catalogue", "sample.csv"), assume="USD", locale=tag)
    draft = Desk(catalogue, locale=locale(tag), seed=1).draft(target=_RATE_SHOW, loop=0)
    lines = list(draft.approved.values())
    studio = Studio(engine, voice, seed=1)
    spoken = sum(studio.speak(line).seconds for line in lines)
    return spoken / sum(voice.rate.seconds(line.spoken) for line in lines) - 1, len(lines)


def sample_text(tag: str) -> tuple[str, ...]:
    """Return what a locale's voice says of itself: a greeting of its script, and that it is made by AI."""
    disclosed = disclosure.spoken(tag)[0]
    with suppress(UsageError):
        openings = load_playbook(tag).sections["opening"]
        greeting = next((each for each in openings if not each.needs and not each.when), None)
        return (*(greeting.sentences if greeting else ()), disclosed)
    return (disclosed,)


def audition(tag: str, sentences: Sequence[str]) -> Pcm:
    """Return sentences as a locale's voice says them on air: approved, spoken by its chain, levelled; 48 kHz mono.

    Raises:
        UsageError: the locale has no voice, or there is nothing or too much to say.
        ClaimRefused: standards refuse a sentence.
        MachineError, SpeechError: no engine could speak it.
    """
    if not any(map(str.strip, sentences)) or sum(map(len, sentences)) > LONGEST_SAMPLE:
        raise UsageError("there is nothing to say, or too much", remedy=f"Give up to {LONGEST_SAMPLE} letters.")
    load_voice(tag)
    standards = Standards({}, locale(tag))
    lines = [
        standards.approve(Line(f"sample.{number}", tag, Beat.OPENING, (text,))) for number, text in enumerate(sentences)
    ]

    async def speak_all() -> list[Pcm]:
        async with speech_worker(tag) as client:
            return [(await client.speak(line)).speech.pcm for line in lines]

    spoken = asyncio.run(speak_all())
    pause = np.zeros(_PAUSE, np.int16)
    return np.concatenate([piece for pcm in spoken for piece in (pcm, pause)])


def play(path: Path) -> None:
    """Play a WAV file to its end.

    Raises:
        MachineError: no program of this machine can.
    """
    found = next((player for player in PLAYERS if shutil.which(player[0])), None)
    if found is None:
        raise MachineError(
            "no program that plays sound is installed",
            remedy=f"Install one of {', '.join(player[0] for player in PLAYERS)}, or open {path}.",
        )
    try:
        subprocess.run([*found, str(path)], check=True, capture_output=True, timeout=LONGEST_SAMPLE)
    except (OSError, subprocess.SubprocessError) as error:
        raise MachineError(f"{found[0]} cannot play the sample", remedy=f"Open {path}.") from error


def _engine(name: str, voice: Voice) -> EngineHere:
    try:
        return EngineHere(name, make_engine(name, voice).about)
    except LivestreamError as error:
        return EngineHere(name, _about(name), error.message, error.remedy or _WITHOUT_ENGINE)


def _about(name: str) -> About | None:
    """Return what an engine says of itself though it cannot be made here."""
    for entry in entry_points(group=GROUP, name=name):
        with suppress(ImportError):
            about = getattr(entry.load(), "about", None)
            return about if isinstance(about, About) else None
    return None


def _installed(voice: Voice) -> SpeechEngine:
    for name in voice.engines:
        with suppress(MachineError):
            return make_engine(name, voice)
    raise MachineError(f"no speech engine of {voice.locale} is installed", where=voice.where, remedy=_WITHOUT_ENGINE)


def _cpu() -> float:
    """Return the CPU seconds of this process and of its descendants, those that still run included."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(_cpu_of, _descendants(os.getpid())))


def _descendants(process: int) -> Iterator[int]:
    """Yield the processes below one, where the system tells them."""
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError, ValueError):
            for child in map(int, task.read_text(encoding="ascii").split()):
                yield child
                yield from _descendants(child)


def _cpu_of(process: int) -> float:
    """Return the CPU seconds of a process and of those that it has reaped."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # it has just ended, and counts among the ended
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
