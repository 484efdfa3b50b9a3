"""A flood of comments: nothing lost, consoles in time, the programme undisturbed, whoever does not read let go."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager

import httpx

from livestream.clock import SystemClock
from livestream.console.accounts import Accounts
from livestream.console.backend import Role
from livestream.running import Running, running
from livestream.store import Store
from livestream.testing.channel import OnAir
from tests.bench.figures import ROOT, SAMPLE, Figures, folder, say

MINUTES = float(os.environ.get("MINUTES", "1"))
"""How long the first flood lasts: `make bench NAME=flood MINUTES=5`."""
CONTROL_SECONDS = 30
HOSTILE_SECONDS = 60
STALLED_SECONDS = 30
RATE, HOSTILE_RATE = 1000, 2000
FRAMES_A_SECOND = 25
CONSOLES, STALLED = 5, 50
SETTLE_SECONDS = 1.5
PAUSE = threading.Event()
CHANNEL = """catalogue = "{catalogue}"
name = "flood"
loop_minutes = 5
[[destinations]]
to = "whep"
"""


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    with folder() as place:
        os.environ["XDG_STATE_HOME"] = str(place)  # this process is the bench's own
        channel_file = place / "channel.toml"
        channel_file.write_text(CHANNEL.format(catalogue=SAMPLE))
        with OnAir(channel_file, "--json") as on_air:
            channel: Running = on_air.wait_for(running, 60)[0]
            on_air.wait_for(lambda: _health(channel)["state"] == "on_air", 180)
            _control(figures, channel)
            _flood(figures, on_air, channel)
            _hostile(figures, on_air, channel)
            _stalled(figures, on_air, channel)
            on_air.end()
            summary = on_air.summary()
            figures.add("dead_air", summary["dead_air_seconds"], "s", "<= 0")
            figures.add("restarts", sum(summary["restarts"].values()), "of a process", "<= 0")


def _control(figures: Figures, channel: Running) -> None:
    """The same channel with nobody writing: what its frames are compared with."""
    say(f"nobody writes for {CONTROL_SECONDS} s")
    with _crowd("watch", channel, 1) as console:
        PAUSE.wait(CONTROL_SECONDS)
    _programme(figures, "control", console, CONTROL_SECONDS)


def _flood(figures: Figures, on_air: OnAir, channel: Running) -> None:
    """Chatter with some questions, beside five consoles."""
    seconds = MINUTES * 60
    say(f"{RATE} comments/s for {seconds:.0f} s, {CONSOLES} consoles")
    with _crowd("watch", channel, CONSOLES) as consoles:
        before = _cpu(on_air)
        load = _load(RATE, seconds, "chat")
        spent = _cpu(on_air) - before
        PAUSE.wait(SETTLE_SECONDS)
    answers = load["answers"]
    told = sum(answers.values())
    figures.add("sent", load["sent"] / seconds, "comments/s", f">= {RATE * 0.98}")
    figures.add("unanswered", load["sent"] - told + load["unsent"], "comments", "<= 0")
    figures.add("dropped_and_told_so", answers.get("dropped", 0), "comments")
    stored = answers.get("stored", 0)
    figures.add("lost_in_store", abs(stored - _stored(channel)), "comments", "<= 0")
    figures.add("missed_by_a_console", max(stored - seen for seen in consoles["seen"]), "comments", "<= 0")
    figures.add("ingest_to_console_p50", consoles["p50"] * 1e3, "ms")
    figures.add("ingest_to_console_p99", consoles["p99"] * 1e3, "ms", "<= 250")
    figures.add("ingest_to_console_max", consoles["p100"] * 1e3, "ms")
    figures.add("receipt_p99", load["latency_ms"]["p99"], "ms")
    figures.add("cpu_a_comment", spent / load["sent"] * 1e6, "us, orchestrator")
    figures.add("loop_lag_p99", consoles["health"]["loop_lag"], "ms")
    _programme(figures, "flood", consoles, seconds, late="<= 0.1")


def _hostile(figures: Figures, on_air: OnAir, channel: Running) -> None:
    """Texts made to hurt, and what is no comment at all."""
    say(f"{HOSTILE_RATE} hostile messages/s for {HOSTILE_SECONDS} s")
    with _crowd("watch", channel, 1) as console:
        load = _load(HOSTILE_RATE, HOSTILE_SECONDS, "hostile")
        PAUSE.wait(SETTLE_SECONDS)
    figures.add("hostile_sent", load["sent"] / HOSTILE_SECONDS, "messages/s")
    figures.add("hostile_unanswered", load["sent"] - sum(load["answers"].values()), "messages", "<= 0")
    figures.add("hostile_loop_lag_p99", console["health"]["loop_lag"], "ms", "<= 20")
    _programme(figures, "hostile", console, HOSTILE_SECONDS, late="<= 0.1")


def _stalled(figures: Figures, on_air: OnAir, channel: Running) -> None:
    """Fifty consoles that do not read, beside five that do."""
    say(f"{STALLED} stalled consoles, {CONSOLES} healthy ones, {RATE} comments/s for {STALLED_SECONDS} s")
    with _crowd("watch", channel, CONSOLES) as healthy:
        before = _memory(on_air)
        with _crowd("stall", channel, STALLED) as stalled:
            _load(RATE, STALLED_SECONDS, "chat")
            after = _memory(on_air)
        PAUSE.wait(SETTLE_SECONDS)
    figures.add("healthy_beside_stalled_p99", healthy["p99"] * 1e3, "ms", "<= 300")
    figures.add("stalled_let_go", stalled["closed"], "of 50", f">= {STALLED}")
    figures.add("stalled_kept_longest", stalled["longest"], "s", "<= 10")
    figures.add("rss_growth_with_stalled", (after - before) / 2**20, "MB", "<= 25")


def _programme(figures: Figures, when: str, console: dict, seconds: float, late: str = "") -> None:
    """Note what air made of that time."""
    first, last = console["first"], console["health"]
    frames = seconds * FRAMES_A_SECOND
    figures.add(f"{when}_late_frames", (last["late_frames"] - first["late_frames"]) / frames * 100, "% > 40 ms", late)
    figures.add(f"{when}_dead_air", (last["dead_air"] - first["dead_air"]) / seconds * 60, "s a minute")


@contextmanager
def _crowd(what: str, channel: Running, count: int):
    """Have consoles open beside the block; what they tell is in the yielded dictionary afterwards."""
    told: dict = {}
    tickets = asyncio.run(_tickets(channel))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.crowd", what, channel.origin, str(count), str(len(tickets))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        process.stdin.writelines(f"{ticket}\n" for ticket in tickets)
        process.stdin.flush()
        if process.stderr.readline() != "ready\n":
            raise RuntimeError(process.stderr.read())
        yield told
        out, errors = process.communicate("end\n", timeout=60)
    if errors:
        say(errors.strip())
    told |= json.loads(out)


async def _tickets(channel: Running) -> list[str]:
    """Return a ticket each for three people: nobody may have fifty consoles open."""
    clock = SystemClock()
    async with Store.open(channel.store, clock) as store:
        accounts = Accounts(store, clock)
        named = {account.person.name: account.person for account in await accounts.all()}
        for name in ("Ada", "Ben", "Cem"):
            if name not in named:
                named[name] = (await accounts.add(name, Role.MODERATOR)).person
        return [await accounts.link_for(named[name].id) for name in ("Ada", "Ben", "Cem")]


def _load(rate: float, seconds: float, mix: str) -> dict:
    """Push comments with the product's own load generator."""
    command = [sys.executable, "-m", "livestream.cli.main", "comments", "load", "--json"]
    options = ["--rate", str(rate), "--seconds", str(seconds), "--mix", mix]
    ended = subprocess.run([*command, *options], stdout=subprocess.PIPE, text=True, timeout=seconds + 120, check=False)
    return json.loads(ended.stdout)


def _health(channel: Running) -> dict:
    """Ask as a monitor would."""
    try:
        return httpx.get(f"http://{channel.origin}/healthz", trust_env=False, timeout=5).json()
    except httpx.HTTPError:
        return {"state": ""}


def _stored(channel: Running) -> int:
    """Count the comments in the database, which is read by whoever may."""
    with sqlite3.connect(f"file:{channel.store}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM comments").fetchone()[0]


def _cpu(on_air: OnAir) -> float:
    return next(use.cpu_seconds for use in on_air.processes() if use.module == "livestream.channel.orchestrator")


def _memory(on_air: OnAir) -> int:
    return next(use.rss for use in on_air.processes() if use.module == "livestream.channel.orchestrator")
