"""What a channel costs on this machine, and how many of them it carries: CPU time of real content."""

from __future__ import annotations

import math
import os
import socket
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
from av.video.frame import PictureType
from numpy.typing import NDArray

from livestream import datafiles
from livestream.avatar import Presenter, open_presenter
from livestream.catalogue import read_catalogue
from livestream.catalogue.pictures import Pictures
from livestream.channel.desk import Desk, Programming
from livestream.clock import SystemClock
from livestream.egress.hub import PacketHub
from livestream.locales import locale as locale_of
from livestream.media import FPS, HEIGHT, SAMPLE_RATE, WIDTH, Card, Figure, LowerThird, Packet, ReadyLine, Speech
from livestream.playout.asrun import AsRunLog
from livestream.playout.engine import Playout
from livestream.programme.bed import Bed
from livestream.programme.encoder import Encoder
from livestream.programme.programme import Programme
from livestream.programme.state import ProgrammeState
from livestream.speech.engine import make_engine
from livestream.speech.limits import Checked
from livestream.speech.studio import Studio
from livestream.speech.voice import load_voice
from livestream.standards import Standards

STAGES = ("presenter", "composition", "sound", "video encode", "audio encode", "playout", "fan-out")
SHARE = 0.8
"""How much of the cores channels may take: a clock that shares the rest is never late."""
WARM_UP = 15
"""Frames before the measured ones: fonts and loops are loaded in them."""
BITRATE = 2_500_000
CPU_MAX = Path("/sys/fs/cgroup/cpu.max")
_SHOW_SECONDS = 90.0

Progress = Callable[[str, float], None]
"""Told a stage (`speech`, `picture`) and its share done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What was measured, in CPU time.

    `stages` are milliseconds a frame, `speech` CPU seconds a second of sound, `bare` milliseconds
    of a bare x264 superfast encode of the same frames, `cores` what this process may use and `free`
    how many of them nobody else used meanwhile.
    """

    frames: int
    stages: dict[str, float]
    speech: float
    bare: float
    cores: float
    free: float

    @property
    def channel(self) -> float:
        """Cores that one channel takes, speaking all the time."""
        return sum(self.stages.values()) * FPS / 1000 + self.speech

    @property
    def ratio(self) -> float:
        """A channel's CPU over that of the bare encode of its pictures."""
        return self.channel / (self.bare * FPS / 1000)

    @property
    def channels(self) -> int:
        """How many channels fit this machine when nothing else runs."""
        return int(self.cores * SHARE / self.channel)

    @property
    def channels_now(self) -> int:
        """How many channels fit beside what else is running."""
        return int(min(self.free, self.cores * SHARE) / self.channel)


def measure(
    *, frames: int = 300, seconds: float = 12.0, tag: str = "en-US", progress: Progress = lambda stage, share: None
) -> Capacity:
    """Write, speak, draw and encode a piece of the sample show, and tell what each stage took.

    Args:
        frames: how many to measure.
        seconds: how much of the show is spoken.
        tag: its locale.
        progress: told how far it is.

    Raises:
        MachineError, SpeechError: something that a channel needs is missing.
    """
    idle = _Idle()
    lines, cards, speech = _content(tag, seconds, progress)
    stages, bare = _play(lines, cards, tag, frames, lambda share: progress("picture", share))
    return Capacity(frames, stages, speech, bare, cores(), idle.cores())


def cores() -> float:
    """Return the cores this process may use, by affinity and by its control group's quota."""
    allowed = float(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    try:
        quota, period = CPU_MAX.read_text(encoding="ascii").split()
        return allowed if quota == "max" else min(allowed, int(quota) / int(period))
    except (OSError, ValueError):
        return allowed


class _Idle:
    """How much of the machine nobody else uses, from its creation on."""

    def __init__(self) -> None:
        self._before = self._now()

    def cores(self) -> float:
        """Return idle cores and our own share; all of them where the system does not tell."""
        wall, own, idle = (now - before for now, before in zip(self._now(), self._before, strict=True))
        return cores() if math.isnan(idle) or wall <= 0 else min(cores(), (idle + own) / wall)

    @staticmethod
    def _now() -> tuple[float, float, float]:
        """Return wall time, our own CPU time and the machine's idle time, in seconds; NaN where it is not told."""
        try:
            fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()
            idle = (int(fields[4]) + int(fields[5])) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError):
            idle = math.nan
        return time.monotonic(), time.process_time(), idle


def _content(tag: str, seconds: float, progress: Progress) -> tuple[list[ReadyLine], list[Card], float]:
    """Return the beginning of the sample show, its cards, and the CPU seconds that a second of its sound took."""
    catalogue, market = read_catalogue(datafiles.find("assets", "catalogue", "sample.csv"), locale=tag), locale_of(tag)
    draft = Desk(catalogue, locale=market, seed=1).draft(target=_SHOW_SECONDS, loop=0)
    voice = load_voice(tag)
    studio = Studio(Checked(make_engine(voice.engines[0], voice), voice.rate), voice, seed=1)
    studio.warm_up()
    speeches: dict[str, Speech] = {}
    spent, heard = 0.0, 0.0
    for line in draft.rundown.lines:
        begin = time.process_time()
        speeches[line.id] = studio.speak(draft.approved[line.id])
        spent += time.process_time() - begin
        heard += speeches[line.id].seconds
        progress("speech", min(1.0, heard / seconds))
        if heard >= seconds:
            break
    pictures = Pictures(datafiles.cache_dir() / "pictures").fetch_all(catalogue)
    standards = Standards(catalogue.facts, market)
    cards = {
        product.handle: standards.approve_card(product, str(pictures[product.handle].path or ""))
        for product in catalogue.products
    }
    programming = Programming(draft.rundown, draft.approved, speeches, cards, {})
    return list(islice(programming.ready_lines(0), len(speeches))), [c.card for c in cards.values()], spent / heard


class _Stopwatch:
    """CPU time of the calling thread by stage."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self.seconds: dict[str, float] = defaultdict(float)
        self._process, self._thread = time.process_time(), time.thread_time()

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Count what is done within as this stage's."""
        begin = time.thread_time()
        yield
        self.seconds[stage] += time.thread_time() - begin

    def totals(self) -> tuple[float, float]:
        """Return the seconds of the calling thread, and of all other threads."""
        thread = time.thread_time() - self._thread
        return thread, time.process_time() - self._process - thread


@dataclass(slots=True)
class _TimedPresenter:
    """A presenter whose pictures are timed; the rest is passed on."""

    presenter: Presenter
    watch: _Stopwatch

    def render(self, n: int) -> Figure:
        with self.watch.timing("presenter"):
            return self.presenter.render(n)


@dataclass(slots=True)
class _TimedProgramme:
    programme: Programme
    watch: _Stopwatch

    def prepare(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        self.programme.prepare(card, lower_third)

    def picture(self, state: ProgrammeState) -> av.VideoFrame:
        with self.watch.timing("picture"):
            return self.programme.picture(state)

    def sound(self, state: ProgrammeState) -> NDArray[np.int16]:
        with self.watch.timing("sound"):
            return self.programme.sound(state)


class _TimedEncoder:
    """The encoder, timed, and beside it the bare one that it is compared with."""

    def __init__(self, watch: _Stopwatch) -> None:
        self.encoder = Encoder(bitrate=BITRATE)
        self._watch, self._bare = watch, _bare_x264()

    def video(self, n: int, frame: av.VideoFrame) -> list[Packet]:
        with self._watch.timing("video encode"):
            packets = self.encoder.video(n, frame)
        frame.pict_type = PictureType.NONE
        with self._watch.timing("bare"):
            self._bare.encode(frame)
        return packets

    def audio(self, n: int, pcm: NDArray[np.int16]) -> list[Packet]:
        with self._watch.timing("audio encode"):
            return self.encoder.audio(n, pcm)

    def flush(self) -> list[Packet]:
        return self.encoder.flush()


def _bare_x264() -> av.VideoCodecContext:
    """Return x264 as anybody would set it up for live: superfast, zero latency, our rate and key frames, one thread."""
    codec: av.VideoCodecContext = av.VideoCodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, SAMPLE_RATE), Fraction(FPS)
    codec.bit_rate, codec.gop_size, codec.thread_count = BITRATE, 2 * FPS, 1
    codec.options = {"preset": "superfast", "tune": "zerolatency"}
    return codec


def _play(
    lines: list[ReadyLine], cards: list[Card], tag: str, frames: int, progress: Callable[[float], None]
) -> tuple[dict[str, float], float]:
    """Play into a hub with one subscriber; return milliseconds a frame by stage, and of the bare encode."""
    watch, clock = _Stopwatch(), SystemClock()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="livestream-")))
        presenter = open_presenter(seed=1)
        stack.callback(presenter.close)
        programme = Programme(_TimedPresenter(presenter, watch), locale=locale_of(tag), bed=Bed.default(1), seed=1)
        encoder = _TimedEncoder(watch)
        hub = stack.enter_context(_subscribed_hub(folder / "packets.sock", encoder.encoder))

        def sink(packets: list[Packet]) -> None:
            with watch.timing("fan-out"):
                hub.publish(packets)

        playout = Playout(
            presenter=presenter,
            programme=_TimedProgramme(programme, watch),
            encoder=encoder,
            log=stack.enter_context(AsRunLog(folder / "as-run.jsonl")),
            sink=sink,
            clock=clock,
            t0=clock.monotonic(),
        )
        for card in cards:
            playout.define(card=card)
        playout.submit(lines)
        playout.finish()

        def rendered(n: int) -> None:
            if n == WARM_UP:
                watch.reset()
            progress(n / (frames + WARM_UP))

        playout.render(frames + WARM_UP, progress=rendered)
        thread, others = watch.totals()
    return _by_stage(watch.seconds, thread, others, 1000 / frames), watch.seconds["bare"] * 1000 / frames


def _by_stage(seconds: dict[str, float], thread: float, others: float, scale: float) -> dict[str, float]:
    """Return milliseconds a frame: the presenter taken out of the picture, other threads added to the fan-out."""
    known = sum(spent for stage, spent in seconds.items() if stage != "presenter")
    spent = {
        **seconds,
        "composition": seconds["picture"] - seconds["presenter"],
        "playout": max(0.0, thread - known),
        "fan-out": seconds["fan-out"] + others,
    }
    return {stage: spent[stage] * scale for stage in STAGES}


@contextmanager
def _subscribed_hub(path: Path, encoder: Encoder) -> Iterator[PacketHub]:
    """Give a hub with one subscriber that takes everything and throws it away."""
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as reader:
        listener.bind(str(path))
        listener.listen()
        hub = PacketHub(listener, encoder.headers)
        hub.start()
        reader.connect(str(path))
        thread = threading.Thread(target=_drain, args=(reader,), daemon=True)
        thread.start()
        try:
            yield hub
        finally:
            hub.close()
            thread.join(5)


def _drain(reader: socket.socket) -> None:
    while reader.recv(1 << 16):
        pass
