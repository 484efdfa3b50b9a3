"""A channel on air: what it costs beside a bare encode of the same frames, how punctual it is, how fast it starts."""

import itertools
import json
import statistics
import subprocess
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import PictureType

from livestream.media import FPS
from livestream.testing.channel import OnAir
from livestream.testing.rtmp_server import RtmpServer
from tests.bench.figures import ROOT, SAMPLE, Figures, folder, say
from tests.bench.moviepy_baseline import baseline_ms

AIR_SECONDS = 60
ENCODED_FRAMES = 500
STARTS = 3


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    with folder() as place:
        _on_air(figures, place)
        _starts(figures, place)
        _stages(figures)
        _render(figures, place)


def _on_air(figures: Figures, place: Path) -> None:
    """One channel for a minute, to file, RTMP and the web port; sampled from outside."""
    say(f"on air for {AIR_SECONDS} s")
    recording = place / "show.mp4"
    nginx = place / "nginx"
    nginx.mkdir()
    control = _Ticker()
    with (
        RtmpServer(nginx) as server,
        OnAir(
            SAMPLE,
            "--to",
            server.url,
            "--key-env",
            "BENCH_KEY",
            "--to",
            recording,
            "--to",
            "whep",
            "--duration",
            str(AIR_SECONDS),
            "--json",
            BENCH_KEY="bench",
        ) as channel,
    ):
        channel.wait_for(lambda: recording.exists() and recording.stat().st_size > 200_000, 60)
        control.start()
        memory = _watch_memory(channel)
        control.stop()
        if channel.wait(120) != 0:
            raise RuntimeError("".join(channel.errors))
        summary = channel.summary()
    cost = summary["cpu"] / FPS * 1e3
    bare = _bare_encode_ms(recording)
    figures.add("cpu_over_bare_encode", cost / bare, "×", "<= 2.0")
    figures.add("cpu_ms_per_frame", cost, "ms")
    figures.add("bare_encode_ms_per_frame", bare, "ms")
    for name, share in summary["cpu_by_process"].items():
        figures.add(f"cpu_{name.split()[0]}_{name.split()[-1]}", share, "of a core")
    late = summary["lateness_ms"]
    figures.add("lateness_p50", late["p50"], "ms")
    figures.add("lateness_p99", late["p99"], "ms", "<= 5")
    figures.add("lateness_max", late["max"], "ms")
    figures.add("control_ticker_p99", control.percentile(99), "ms")
    figures.add("control_ticker_max", control.percentile(100), "ms")
    beyond = summary["late_frames"] - control.over(40)
    figures.add("late_beyond_control", max(0, beyond), "frames over 40 ms", "<= 0")
    figures.add("dead_air", summary["dead_air_seconds"], "s", "<= 0")
    for name, (rss, slope) in memory.items():
        figures.add(f"rss_{name}", rss / 2**20, "MB")
        figures.add(f"rss_slope_{name}", slope / 2**20 * 3600, "MB/h, one minute")


def _watch_memory(channel: OnAir) -> dict[str, tuple[float, float]]:
    """Return resident bytes and their slope a second, by process, over the second half of the run."""
    samples: dict[str, list[tuple[float, int]]] = {}
    pause = threading.Event()
    began = time.monotonic()
    while time.monotonic() - began < AIR_SECONDS - 15:
        for use in channel.processes():
            name = f"{use.module.removeprefix('livestream.')}_{use.pid}"
            samples.setdefault(name, []).append((time.monotonic(), use.rss))
        pause.wait(1.0)
    found = {}
    for name, points in samples.items():
        half = points[len(points) // 2 :]
        if len(half) > 5:
            times, sizes = zip(*half, strict=True)
            slope = statistics.linear_regression(times, sizes).slope
            found[name.rpartition("_")[0] + f"_{list(samples).index(name)}"] = (sizes[-1], slope)
    return found


def _bare_encode_ms(recording: Path) -> float:
    """Return CPU ms a frame of a bare x264 superfast encode of the recording's own frames."""
    with av.open(str(recording)) as container:
        frames = list(itertools.islice(container.decode(video=0), ENCODED_FRAMES))
    costs = []
    for _ in range(3):
        context = av.CodecContext.create("libx264", "w")
        context.width, context.height, context.pix_fmt = 720, 1280, "yuv420p"
        context.framerate, context.time_base, context.bit_rate = FPS, Fraction(1, FPS), 2_500_000
        context.thread_count = 1
        context.options = {"preset": "superfast", "tune": "zerolatency", "g": "50", "bf": "0"}
        began = time.process_time()
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            frame.pict_type = PictureType.NONE
            context.encode(frame)
        context.encode(None)
        costs.append((time.process_time() - began) / len(frames) * 1e3)
    return statistics.median(costs)


def _starts(figures: Figures, place: Path) -> None:
    """Time from the command to the first frame at the ingest, warm."""
    took = []
    for index in range(STARTS):
        nginx = place / f"start-{index}"
        nginx.mkdir()
        with (
            RtmpServer(nginx) as server,
            OnAir(
                SAMPLE, "--to", server.url, "--key-env", "BENCH_KEY", "--duration", "60", "--json", BENCH_KEY="bench"
            ) as channel,
        ):
            began = time.monotonic()
            channel.wait_for(lambda server=server: server.recordings and server.recordings[0].stat().st_size > 20_000)
            took.append(time.monotonic() - began)
            channel.end()
    figures.add("command_to_first_frame", statistics.median(took), "s", "<= 3")


def _stages(figures: Figures) -> None:
    """The user's own bench, and the same picture made by moviepy."""
    body = _json_of("bench", "--json")
    for name, cost in body["stages"].items():
        figures.add(f"stage_{name}", cost, "ms a frame")
    figures.add("speech_cpu_over_audio", body["speech"], "×", "<= 0.08")
    picture = body["stages"]["presenter"] + body["stages"]["composition"]
    moviepy = baseline_ms()
    figures.add("moviepy_ms_per_frame", moviepy, "ms")
    figures.add("moviepy_over_ours", moviepy / picture, "×", ">= 10")


def _render(figures: Figures, place: Path) -> None:
    """Render speed over real time, median of three."""
    speeds = []
    for index in range(3):
        body = _json_of("render", str(SAMPLE), "--output", str(place / f"r{index}.mp4"), "--duration", "60", "--json")
        speeds.append(body["seconds"] / body["took_seconds"])
    figures.add("render_over_real_time", statistics.median(speeds), "×", ">= 4")


def _json_of(*words: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "livestream.cli.main", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


class _Ticker(threading.Thread):
    """A bare ticker beside the channel, in a process of its own: how punctual this machine can be at all."""

    CODE = (
        "import sys,time\n"
        "t0=time.monotonic(); n=0\n"
        "while True:\n"
        "    n+=1; due=t0+n/25; time.sleep(max(0,due-time.monotonic())); print(time.monotonic()-due, flush=True)\n"
    )

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._lateness: list[float] = []
        self._process: subprocess.Popen | None = None

    def run(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", self.CODE], stdout=subprocess.PIPE, text=True)
        for line in self._process.stdout:
            self._lateness.append(float(line) * 1e3)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self.join()
        self._process.stdout.close()

    def percentile(self, share: int) -> float:
        ordered = sorted(self._lateness)
        return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]

    def over(self, ms: float) -> int:
        return sum(late > ms for late in self._lateness)
