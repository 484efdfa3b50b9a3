"""What an outage costs: a lost ingest server, a killed orchestrator, a killed air process."""

import statistics
import threading
import time
from pathlib import Path

from livestream.playout.asrun import aired, read_as_run
from livestream.testing.channel import OnAir
from livestream.testing.judge import decode_errors, look
from livestream.testing.rtmp_server import RtmpServer
from tests.bench.figures import SAMPLE, Figures, folder, say

OUTAGES = 3
KILLS = 5
AIR_KILLS = 3
SERVER_AWAY = 5.0
ORCHESTRATOR, AIR = "livestream.channel.orchestrator", "livestream.channel.air"


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    with folder() as place:
        _lost_server(figures, place)
        _killed_processes(figures, place)


def _lost_server(figures: Figures, place: Path) -> None:
    say(f"the ingest server goes away {OUTAGES} times for {SERVER_AWAY:g} s")
    nginx = place / "nginx"
    nginx.mkdir()
    recording = place / "lost.mp4"
    back: list[float] = []
    pause = threading.Event()
    with (
        RtmpServer(nginx) as server,
        OnAir(
            SAMPLE, "--to", server.url, "--key-env", "BENCH_KEY", "--to", recording, "--json", BENCH_KEY="bench"
        ) as channel,
    ):
        channel.wait_for(lambda: server.recordings and server.recordings[0].stat().st_size > 100_000, 60)
        for _ in range(OUTAGES):
            pause.wait(8)
            known = set(server.recordings)
            server.kill()
            pause.wait(SERVER_AWAY)
            listening = server.start()
            channel.wait_for(lambda known=known: _grown(set(server.recordings) - known), 30)
            back.append(time.monotonic() - listening)
        pause.wait(5)
        channel.end()
        summary = channel.summary()
    server.stop()
    later = [look(path) for path in server.recordings[1:]]
    figures.add("publishing_again_median", statistics.median(back), "s", "<= 2.0")
    figures.add("publishing_again_max", max(back), "s", "<= 2.0")
    figures.add("decode_errors", sum(bool(decode_errors(path)) for path in server.recordings[1:]), "recordings", "<= 0")
    figures.add("not_on_a_key_frame", sum(seen.keys[0] != seen.first for seen in later), "recordings", "<= 0")
    figures.add("gaps_after_reconnect", sum(len(seen.gaps) for seen in later), "gaps", "<= 0")
    figures.add("gaps_in_the_other_output", len(look(recording).gaps), "gaps", "<= 0")
    figures.add("dead_air", summary["dead_air_seconds"], "s", "<= 0")


def _grown(paths: set[Path]) -> bool:
    return any(path.stat().st_size > 20_000 for path in paths)


def _killed_processes(figures: Figures, place: Path) -> None:
    say(f"kill -9: the orchestrator {KILLS} times, the air process {AIR_KILLS} times")
    recording = place / "killed.mp4"
    as_run = recording.with_suffix(".as-run.jsonl")
    pause = threading.Event()

    def said() -> int:
        return len(aired(read_as_run(as_run))) if as_run.exists() else 0

    with OnAir(SAMPLE, "--to", recording, "--json") as channel:
        channel.wait_for(lambda: said() >= 1, 60)
        for _ in range(KILLS):
            before = said()
            channel.kill(ORCHESTRATOR)
            channel.wait_for(lambda before=before: said() > before, 60)
        quiet = len(look(recording).gaps)
        for _ in range(AIR_KILLS):
            pause.wait(12)
            channel.kill(AIR)
        pause.wait(12)
        channel.end()
        summary = channel.summary()
    seen = look(recording)
    whole = [entry.seq for entry in aired(read_as_run(Path(summary["as_run"]))) if entry.complete]
    figures.add("gaps_from_orchestrator_kills", quiet, "gaps", "<= 0")
    figures.add("black_frames", seen.black, "frames", "<= 0")
    figures.add("longest_freeze", seen.longest_freeze, "s", "<= 2.0")
    figures.add(
        "sentences_twice_or_left_out", sum(a != b for a, b in zip(whole, range(len(whole)), strict=True)), "", "<= 0"
    )
    gaps = [length for _, length in seen.gaps]
    figures.add("air_kills_seen", len(gaps), "gaps", f"<= {AIR_KILLS}")
    figures.add("air_back_median", statistics.median(gaps), "s", "<= 1.5")
    figures.add("air_back_max", max(gaps), "s", "<= 1.5")
