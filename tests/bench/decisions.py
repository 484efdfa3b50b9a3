"""How fast comments are decided on, at a steady rate and as a real chat came in, and what is passed over."""

import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from livestream.audience.questions import BUYER
from livestream.playout.asrun import aired, read_as_run
from livestream.running import Running, running
from livestream.testing.channel import OnAir
from livestream.testing.viewers import moderating
from tests.bench.figures import ROOT, SAMPLE, Figures, folder, say

RATE, SECONDS = 30, 60
BUSIEST = 60.0
"""Seconds of the recorded chat that are sent at its own speed; all of it at ten times its speed."""
TRACE = ROOT.parent / "shared" / "data" / "chat" / "arrivals-ms.csv"
QUESTIONS = (
    "how much is the lamp?",
    "is the backpack in stock?",
    "what is the throw made of?",
    "which colors are there?",
    "do you ship to canada?",
    "how big is the bottle?",
    "price of the mat set?",
)
CHATTER = ("lol", "nice", "wow", "hello", "so cool", "love it", "haha", "first", "great stream", "hmm", "yes", "no way")
SHARE = 0.16
"""Of questions among the comments, as in the reference's labelled chats."""


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    with folder() as place:
        os.environ["XDG_STATE_HOME"] = str(place)  # this process is the bench's own
        steady, _ = _channel(place / "steady", _steady)
        figures.add("decision_median_at_30_a_second", steady["comments"]["decision_ms"]["p50"], "ms")
        figures.add("decision_p95_at_30_a_second", steady["comments"]["decision_ms"]["p95"], "ms", "<= 40")
        _frames(figures, "at_30_a_second", steady)
        if not TRACE.is_file():
            say("the recorded chat is not beside the checkout: its part is left out")
            return
        for name, speed in (("as_it_came", 1), ("ten_times_as_fast", 10)):
            chat = _recording(place / f"{name}.jsonl", None if speed > 1 else BUSIEST)
            summary, seen = _channel(
                place / name, lambda channel, chat=chat, speed=speed: _replay(channel, chat, speed)
            )
            comments = summary["comments"]
            figures.add(f"comments_{name}", comments["comments"], "comments")
            figures.add(f"passed_over_{name}", comments["shed"], "comments")
            figures.add(f"buyers_passed_over_{name}", seen["buyers"], "questions", "<= 0")
            figures.add(f"longest_queue_{name}", seen["queue"], "answers", "<= 50")
            figures.add(f"decision_p95_{name}", comments["decision_ms"]["p95"], "ms")
            _frames(figures, name, summary)


def _channel(place: Path, work: Any) -> tuple[dict[str, Any], dict[str, float]]:
    """Put the sample on air, do the work beside it, and return the summary and what was seen."""
    place.mkdir()
    recording = place / "show.mp4"
    as_run = recording.with_suffix(".as-run.jsonl")
    with OnAir(SAMPLE, "--to", recording, "--json") as on_air:
        on_air.wait_for(lambda: as_run.exists() and aired(read_as_run(as_run)), 120)
        channel: Running = on_air.wait_for(running, 60)[0]
        on_air.wait_for(lambda: _first_answer(channel), 60)
        seen = {"queue": work(channel)}
        on_air.end()
        with sqlite3.connect(channel.store) as database:
            query = "SELECT count(*) FROM comments WHERE verdict = 'shed' AND worth >= ?"
            seen["buyers"] = database.execute(query, (BUYER,)).fetchone()[0]
        return on_air.summary(), seen


def _first_answer(channel: Running) -> bool:
    """See that comments are understood by now: the models are loaded after the first words."""
    _livestream("comments", "send", "what does the throw cost?")
    with moderating(channel) as moderator:
        return bool(moderator.row(lambda row: row["planned"] is not None))


def _steady(channel: Running) -> float:
    say(f"{RATE} comments/s for {SECONDS} s")
    return _beside(channel, "comments", "load", "--rate", str(RATE), "--seconds", str(SECONDS), "--mix", "questions")


def _replay(channel: Running, chat: Path, speed: int) -> float:
    say(f"{chat.stem}: {sum(1 for _ in chat.open())} comments, {speed} x")
    return _beside(channel, "comments", "replay", str(chat), "--speed", str(speed))


def _beside(channel: Running, *command: str) -> float:
    """Run a command and return the longest queue of answers that the console showed meanwhile."""
    over = threading.Event()
    thread = threading.Thread(target=lambda: (_livestream(*command), over.set()))
    thread.start()
    longest = 0
    with moderating(channel) as moderator:
        while not over.is_set():
            health = moderator.read(lambda message: message["type"] == "snapshot")["snapshot"]["health"]
            longest = max(longest, health["waiting"])
    thread.join()
    return longest


def _livestream(*command: str) -> None:
    subprocess.run([sys.executable, "-m", "livestream.cli.main", *command], check=False, stdout=subprocess.DEVNULL)


def _recording(path: Path, seconds: float | None) -> Path:
    """Write the recorded arrivals, their busiest stretch or all, with texts of their lengths."""
    with TRACE.open(encoding="utf-8") as file:
        arrivals = [(int(row["offset_ms"]) / 1000, int(row["chars"])) for row in csv.DictReader(file)]
    if seconds is not None:
        begin = max((at for at, _ in arrivals), key=lambda at: sum(at <= other < at + seconds for other, _ in arrivals))
        arrivals = [(at, chars) for at, chars in arrivals if begin <= at < begin + seconds]
    dice = random.Random(1)
    words = (
        "lol",
        "nice",
        "wow",
        "hello",
        "so cool",
        "love it",
        "haha",
        "first",
        "great stream",
        "hmm",
        "yes",
        "no way",
    )
    with path.open("w", encoding="utf-8") as file:
        for number, (at, chars) in enumerate(arrivals):
            text = (
                dice.choice(QUESTIONS)
                if dice.random() < SHARE
                else f"{dice.choice(words)} {number} " * (1 + chars // 20)
            )
            comment = {
                "id": str(number),
                "user": f"u{number % 2000}",
                "name": f"u{number % 2000}",
                "text": text[:200],
                "at": at,
            }
            file.write(f"{json.dumps(comment)}\n")
    return path


def _frames(figures: Figures, name: str, summary: dict[str, Any]) -> None:
    figures.add(f"late_frames_{name}", 100 * summary["late_frames"] / (25 * summary["seconds"]), "% of frames")
    figures.add(f"dead_air_{name}", summary["dead_air_seconds"], "s", "<= 0")
