"""A channel on air: what it costs beside a bare encode of the same frames, how punctual it is, how fast it starts."""

import asyncio
import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from livestream.media import FPS
from livestream.testing.channel import OnAir
from livestream.testing.links import link_into
from livestream.testing.rtmp_server import RtmpServer
from livestream.testing.whep_viewer import Watcher, chromium
from tests.bench.figures import ROOT, SAMPLE, Figures, folder, say
from tests.bench.moviepy_baseline import baseline_ms

AIR_SECONDS = 150
SETTLE_SECONDS = 20
STARTS = 3


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    with folder() as place:
        cost = _on_air(figures, place)
        _stages(figures, cost)
        _starts(figures, place)
        _viewers(figures)
        _render(figures, place)


def _on_air(figures: Figures, place: Path) -> float:
    """One channel to file, RTMP and the web port, loop after loop; return its CPU ms a frame."""
    say(f"on air for {AIR_SECONDS} s")
    recording, nginx = place / "show.mp4", place / "nginx"
    nginx.mkdir()
    with RtmpServer(nginx) as server:
        channel_file = _channel_file(place, server.url, recording)
        with OnAir(channel_file, "--json", BENCH_KEY="bench") as channel, _Ticker() as control:
            channel.wait_for(lambda: recording.exists() and recording.stat().st_size > 200_000, 60)
            cost, by_process, memory = _sample(channel)
            if channel.wait(120) != 0:
                raise RuntimeError("".join(channel.errors))
            summary = channel.summary()
    figures.add("cpu_ms_per_frame", cost, "ms")
    for name, share in by_process.items():
        figures.add(f"cpu_{name}", share, "ms a frame")
    late = summary["lateness_ms"]
    figures.add("lateness_p50", late["p50"], "ms")
    figures.add("lateness_p99", late["p99"], "ms", "<= 5")
    figures.add("lateness_max", late["max"], "ms")
    figures.add("control_ticker_p99", control.percentile(99), "ms")
    figures.add("control_ticker_max", control.percentile(100), "ms")
    figures.add("late_beyond_control", max(0, summary["late_frames"] - control.over(40)), "frames > 40 ms", "<= 0")
    figures.add("dead_air", summary["dead_air_seconds"], "s", "<= 0")
    for name, (rss, slope) in memory.items():
        figures.add(f"rss_{name}", rss / 2**20, "MB")
        figures.add(f"rss_slope_{name}", slope / 2**20 * 3600, "MB/h")
    return cost


def _channel_file(place: Path, ingest: str, recording: Path) -> Path:
    """Write a channel of one-minute loops, in wordings that no cache has heard."""
    path = place / "channel.toml"
    path.write_text(
        f"""
        catalogue = "{SAMPLE}"
        duration = {AIR_SECONDS}
        loop_minutes = 1
        seed = {int(time.time()) % 100_000}
        [[destinations]]
        to = "{recording}"
        [[destinations]]
        to = "{ingest}"
        key_env = "BENCH_KEY"
        [[destinations]]
        to = "whep"
        """
    )
    return path


def _sample(channel: OnAir) -> tuple[float, dict[str, float], dict[str, tuple[float, float]]]:
    """Watch a running channel's processes from outside.

    Returns CPU ms a frame of all, the same by process, and resident bytes with their slope a second.
    """
    pause = threading.Event()
    pause.wait(SETTLE_SECONDS)
    samples: dict[str, list[tuple[float, float, int]]] = {}
    began = time.monotonic()
    while time.monotonic() - began < AIR_SECONDS - SETTLE_SECONDS - 15:
        for use in channel.processes():
            name = f"{use.module.removeprefix('livestream.').replace('.', '_')}_{use.pid}"
            samples.setdefault(name, []).append((time.monotonic(), use.cpu_seconds, use.rss))
        pause.wait(1.0)
    named: dict[str, float] = {}
    memory: dict[str, tuple[float, float]] = {}
    for index, (name, points) in enumerate(sorted(samples.items())):
        times, cpu, sizes = zip(*points, strict=True)
        label = f"{name.rpartition('_')[0]}_{index}"
        named[label] = (cpu[-1] - cpu[0]) / (times[-1] - times[0]) / FPS * 1e3
        memory[label] = (sizes[-1], statistics.linear_regression(times, sizes).slope)
    return sum(named.values()), named, memory


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


def _stages(figures: Figures, cost: float) -> None:
    """The user's own bench beside the channel's cost, and the same picture made by moviepy."""
    bodies = [_json_of("bench", "--json") for _ in range(3)]

    def usual(of: Callable[[dict], float]) -> float:
        return statistics.median(of(body) for body in bodies)

    bare = usual(lambda body: body["bare_x264_ms_per_frame"])
    figures.add("bare_encode_ms_per_frame", bare, "ms")
    speech = usual(lambda body: body["speech_cpu_per_second_of_sound"])
    # The window may lie between two loops' speaking: speech is counted as if she never paused.
    figures.add("cpu_over_bare_encode", (cost + speech / FPS * 1e3) / bare, "×", "<= 2.0")
    stages = {name: usual(lambda body, name=name: body["ms_per_frame"][name]) for name in bodies[0]["ms_per_frame"]}
    for name, ms in stages.items():
        figures.add(f"stage_{name.replace(' ', '_')}", ms, "ms a frame")
    figures.add("speech_cpu_over_audio", speech, "×", "<= 0.08")
    moviepy = baseline_ms()
    figures.add("moviepy_ms_per_frame", moviepy, "ms")
    figures.add("moviepy_over_ours", moviepy / (stages["presenter"] + stages["composition"]), "×", ">= 10")


def _viewers(figures: Figures) -> None:
    """Chromium plays the channel; then a second and a third viewer."""
    asyncio.run(_watch(figures))


async def _watch(figures: Figures) -> None:
    with OnAir(SAMPLE, "--to", "whep", "--duration", "90") as channel:
        await asyncio.to_thread(channel.wait_for, lambda: "web publishing" in "".join(channel.errors), 60)
        async with chromium() as browser:
            watcher = await Watcher.open(browser, channel.link)
            seen = await watcher.watch(20)
            one = await _egress_share(channel)
            others = [await Watcher.open(browser, await link_into(channel)) for _ in range(2)]
            for other in others:
                await other.until_playing()
            three = await _egress_share(channel)
        channel.end()
    figures.add("first_picture", seen.first_picture, "ms", "<= 1000")
    figures.add("fps_in_chromium", seen.best_fps(10), "fps", ">= 24")
    figures.add("av_offset_after_15_s", abs(seen.settled_playout(15)), "ms", "<= 60")
    figures.add("cpu_of_one_more_viewer", (three - one) / 2 * 100, "% of a core", "<= 2")


async def _egress_share(channel: OnAir) -> float:
    """Return the share of a core that the process serving viewers takes, over some seconds."""

    def used() -> tuple[float, float]:
        cpu = sum(use.cpu_seconds for use in channel.processes() if use.module == "livestream.egress.process")
        return time.monotonic(), cpu

    began, before = used()
    await asyncio.sleep(10)
    ended, after = used()
    return (after - before) / (ended - began)


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


class _Ticker:
    """A bare ticker beside the channel, in a process of its own: how punctual this machine can be at all."""

    CODE = (
        "import time\n"
        "t0=time.monotonic(); n=0\n"
        "while True:\n"
        "    n+=1; due=t0+n/25; time.sleep(max(0,due-time.monotonic())); print(time.monotonic()-due, flush=True)\n"
    )

    def __enter__(self) -> Self:
        self._lateness: list[float] = []
        self._process = subprocess.Popen([sys.executable, "-c", self.CODE], stdout=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()

    def _read(self) -> None:
        self._lateness.extend(float(line) * 1e3 for line in iter(self._process.stdout.readline, ""))

    def percentile(self, share: int) -> float:
        """Return a percentile of lateness in milliseconds."""
        ordered = sorted(self._lateness)
        return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]

    def over(self, ms: float) -> int:
        """Return how many ticks were later than this."""
        return sum(late > ms for late in self._lateness)
