"""Rendering offline: the live road without the wait, into a file."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from livestream.avatar import open_presenter
from livestream.catalogue import Catalogue
from livestream.channel.desk import Desk, Programming
from livestream.channel.outputs import check_output
from livestream.clock import SystemClock
from livestream.egress.file import FileWriter
from livestream.errors import MachineError
from livestream.locales import Locale
from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, Packet, Pcm, Speech
from livestream.playout.asrun import AsRun, AsRunLog, aired, read_as_run
from livestream.playout.engine import Playout
from livestream.programme.bed import Bed
from livestream.programme.encoder import Encoder
from livestream.programme.programme import Programme
from livestream.speech import speech_worker
from livestream.standards import ApprovedLine

LEAD_IN = 10
"""Frames before the first word."""
TAIL = 20
"""Frames after the last word."""

Progress = Callable[[str, float], None]
"""Told a stage (`speech`, `picture`) and its share done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was rendered: the files, and the programme behind them."""

    output: Path
    captions: Path
    as_run: Path
    seconds: float
    lines: tuple[AsRun, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """How to render: length in seconds, presenter, scene, bed, where the stem goes."""

    locale: Locale
    duration: float
    seed: int = 1
    presenter: str = "mira"
    scene: str = "studio"
    bed: Path | None = None
    bitrate: int = 2_500_000
    stem: Path | None = None


async def programme_of(catalogue: Catalogue, settings: RenderSettings, progress: Progress) -> Programming:
    """Have the rundown written and spoken for this length, lead-in and tail included."""
    desk = Desk(catalogue, locale=settings.locale, seed=settings.seed, quote_prices=True)
    async with speech_worker(settings.locale.tag, seed=settings.seed) as client:

        async def speak(line: ApprovedLine) -> Speech:
            return (await client.speak(line)).speech

        return await desk.prepare(
            speak,
            target=settings.duration - (LEAD_IN + TAIL) / FPS,
            loop=0,
            progress=lambda share: progress("speech", share),
        )


def render(catalogue: Catalogue, output: Path, settings: RenderSettings, progress: Progress) -> Rendered:
    """Write the MP4, its captions and its as-run log; each appears only when it is complete.

    Raises:
        UsageError: the bed is no sound file, or an output is a folder or lies in none.
        RundownError, SpeechError, MachineError: nothing is left half-written.
    """
    for path in (output, settings.stem):
        if path is not None:
            check_output(path)
    if settings.bed is not None:
        Bed.check(settings.bed)
    programming = asyncio.run(programme_of(catalogue, settings, progress))
    frames = LEAD_IN + TAIL + round(programming.seconds * FPS)
    as_run = output.with_suffix(".as-run.jsonl")
    captions = output.with_suffix(".vtt")
    part = as_run.with_name(f".{as_run.name}.part")
    part.unlink(missing_ok=True)
    try:
        _play(programming, output, part, frames, settings, progress)
        lines = tuple(aired(read_as_run(part)))
        _write(captions, web_vtt(lines))
        part.replace(as_run)
    finally:
        part.unlink(missing_ok=True)
    return Rendered(output, captions, as_run, frames / FPS, lines, tuple(programming.left_out))


def _play(
    programming: Programming, output: Path, as_run: Path, frames: int, settings: RenderSettings, progress: Progress
) -> None:
    clock = SystemClock()
    presenter = open_presenter(settings.presenter, seed=settings.seed)
    bed = Bed.from_file(settings.bed) if settings.bed else Bed.default(settings.seed)
    programme = Programme(presenter, locale=settings.locale, scene=settings.scene, bed=bed, seed=settings.seed)
    encoder = Encoder(bitrate=settings.bitrate, threads=2)
    with ExitStack() as stack:
        log = stack.enter_context(AsRunLog(as_run))
        writer = stack.enter_context(FileWriter(output, encoder.headers, live=False))
        stem = stack.enter_context(_Stem(settings.stem)) if settings.stem else None

        def sink(packets: list[Packet]) -> None:
            for packet in packets:
                writer.write(packet)

        playout = Playout(
            presenter=presenter,
            programme=programme,
            encoder=encoder,
            log=log,
            sink=sink,
            clock=clock,
            t0=clock.monotonic(),
            stem=stem.write if stem else None,
        )
        for card in programming.cards.values():
            playout.define(card=card.card)
        for strip in programming.lower_thirds.values():
            playout.define(lower_third=strip.lower_third)
        playout.submit(programming.ready_lines(0), not_before=LEAD_IN * SAMPLES_PER_FRAME)
        playout.finish()
        playout.render(frames, progress=lambda n: progress("picture", n / frames))


class _Stem:
    """The voice alone, as a WAV file."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = wave.open(str(path), "wb")  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise MachineError(f"the voice stem cannot be written: {error.strerror}", where=str(path)) from error
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(SAMPLE_RATE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, pcm: Pcm) -> None:
        """Append one frame's samples."""
        self._file.writeframes(pcm.astype("<i2").tobytes())


def web_vtt(lines: tuple[AsRun, ...]) -> str:
    """Return the captions of what was heard as WebVTT, one cue a sentence."""
    cues = ["WEBVTT", ""]
    for entry in lines:
        text = entry.heard.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        cues += [f"{_stamp(entry.start)} --> {_stamp(entry.end)}", text, ""]
    return "\n".join(cues)


def _stamp(sample: int) -> str:
    milliseconds = round(sample * 1000 / SAMPLE_RATE)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise MachineError(f"the captions cannot be written: {error.strerror}", where=str(path)) from error
