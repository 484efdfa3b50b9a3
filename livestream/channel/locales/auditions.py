"""How the voices of this machine sound, how fast they are made, and whether they last as long as planned."""

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
from pathlib import Path

import numpy as np

from livestream import disclosure
from livestream.channel.desk import Desk
from livestream.channel.locales.judging import sample
from livestream.channel.locales.voices import WITHOUT_ENGINE
from livestream.errors import MachineError, UsageError
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.media import SAMPLE_RATE, Pcm
from livestream.rundown import load_playbook
from livestream.speech import speech_worker
from livestream.speech.engine import SpeechEngine, make_engine
from livestream.speech.studio import Studio
from livestream.speech.voice import Voice, load_voice
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


@dataclass(frozen=True, slots=True)
class Speed:
    """What speaking took: seconds of sound, of CPU in all processes, and of waiting."""

    sound: float
    cpu: float
    wall: float


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
    draft = Desk(sample(tag), locale=locale(tag), seed=1).draft(target=_RATE_SHOW, loop=0)
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


def _installed(voice: Voice) -> SpeechEngine:
    for name in voice.engines:
        with suppress(MachineError):
            return make_engine(name, voice)
    raise MachineError(f"no speech engine of {voice.locale} is installed", where=voice.where, remedy=WITHOUT_ENGINE)


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
