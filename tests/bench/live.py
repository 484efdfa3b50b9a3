"""A viewer asks, the presenter answers: how long that takes, and what becomes of the script."""

import csv
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av

from livestream.egress.mux import ORIGIN_TAG
from livestream.media import SAMPLE_RATE
from livestream.playout.asrun import AsRun, aired, read_as_run
from livestream.running import Running, running
from livestream.testing.channel import OnAir
from livestream.testing.judge import levels, sound_of
from livestream.testing.viewers import Answered, Viewers, answers_in, moderating
from tests.bench.figures import SAMPLE, Figures, folder, say

QUESTIONS = int(os.environ.get("QUESTIONS", "50"))
SAY_NOW = 10
ASKED = ("How much is the {}?", "Is the {} in stock?", "What is the {} made of?", "Who makes the {}?",
         "What sizes does the {} come in?", "How heavy is the {}?", "What can you tell me about the {}?")  # fmt: skip
LINES = ("Let me show you something.", "One more look at this.", "Stay with me for a moment.", "Here it comes.",
         "This one is lovely.", "Take a close look.", "I like this one.", "Have a look at the card.",
         "Let me come closer.", "Hello to everybody here.")  # fmt: skip
CHANNEL = """catalogue = "{catalogue}"
loop_minutes = 5
[answers]
pause = 0
[[destinations]]
to = "{recording}"
"""


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    with folder() as place:
        recording = place / "live.mp4"
        as_run = recording.with_suffix(".as-run.jsonl")
        channel_file = place / "channel.toml"
        channel_file.write_text(CHANNEL.format(catalogue=SAMPLE, recording=recording))
        os.environ["XDG_STATE_HOME"] = str(place)  # this process is the bench's own
        with OnAir(channel_file, "--json") as on_air:
            on_air.wait_for(lambda: as_run.exists() and aired(read_as_run(as_run)), 90)
            channel = on_air.wait_for(running, 30)[0]
            delays = _ask(on_air, channel, as_run)
            sooner = _say_now(on_air, channel, as_run)
            on_air.end()
            summary = on_air.summary()
        _note(figures, delays, sooner, summary)
        _judge(figures, recording, as_run)


def _ask(on_air: OnAir, channel: Running, as_run: Path) -> list[float]:
    """Ask one question after another, each when no other answer is on air; return the seconds to the first sound."""
    delays: list[float] = []
    dice = random.Random(1)
    pause = threading.Event()
    with Viewers(channel) as viewers:
        for question in _questions():
            on_air.wait_for(lambda: _script_is_on_air(as_run), 60)
            pause.wait(dice.uniform(0.0, 4.0))
            on_air.wait_for(lambda: _script_is_on_air(as_run), 60)
            with moderating(channel) as moderator:  # a console that is not read is let go, so only for as long as that
                asked = viewers.ask(question)
                row = moderator.row(lambda row, question=question: row["text"] == question and row["planned"])
            said = row["planned"]["caption"]
            try:
                answer = on_air.wait_for(lambda said=said, asked=asked: _answer(as_run, said, asked), 12)
            except AssertionError:
                say(f"not answered: {question} ({row['state']}: {said})")
                continue
            delays.append(answer.began - asked)
            say(f"{delays[-1]:5.2f} s  {question}")
            if len(delays) == QUESTIONS:
                break
    return delays


def _answer(as_run: Path, said: str, asked: float) -> Answered | None:
    """Return the answer in which this was said, of those that began after a time."""
    return next((each for each in answers_in(as_run) if each.began > asked and said in each.captions), None)


def _questions() -> Iterator[str]:
    with SAMPLE.open(encoding="utf-8") as file:
        titles = list(dict.fromkeys(row.get("Title") or row.get("title") or "" for row in csv.DictReader(file)))
    for asked in ASKED:
        for title in filter(None, titles):
            yield asked.format(title)


def _script_is_on_air(as_run: Path) -> bool:
    last = read_as_run(as_run)[-1]
    return last.kind == "begin" and last.seq >= 0


def _say_now(on_air: OnAir, channel: Running, as_run: Path) -> list[float]:
    delays: list[float] = []
    for line in LINES[:SAY_NOW]:
        with moderating(channel) as moderator:
            asked = time.time()
            outcome = moderator.act("say", "now", line)
        if not outcome["done"]:
            say(f"refused: {line}: {outcome['message']}")
            continue
        answer = on_air.wait_for(lambda line=line, asked=asked: _answer(as_run, line, asked), 20)
        delays.append(answer.began - asked)
        on_air.wait_for(lambda: _script_is_on_air(as_run), 60)
    return delays


def _note(figures: Figures, delays: list[float], sooner: list[float], summary: dict) -> None:
    figures.add("questions_answered", len(delays), "questions", f">= {QUESTIONS}")
    figures.add("comment_to_first_sound_median", statistics.median(delays), "s")
    figures.add("comment_to_first_sound_p95", sorted(delays)[int(len(delays) * 0.95) - 1], "s", "<= 3.0")
    figures.add("say_now_to_first_sound_median", statistics.median(sooner), "s")
    figures.add("say_now_to_first_sound_p95", sorted(sooner)[-1], "s", "<= 0.5")
    figures.add("dead_air", summary["dead_air_seconds"], "s", "<= 0")
    figures.add("late_frames", summary["late_frames"], "frames")
    figures.add("lateness_p99", summary["lateness_ms"]["p99"], "ms", "<= 5")
    figures.add("decision_p95", summary["comments"]["decision_ms"]["p95"], "ms")


def _judge(figures: Figures, recording: Path, as_run: Path) -> None:
    records = aired(read_as_run(as_run))
    script = [record for record in records if record.seq >= 0]
    whole = [record.seq for record in script if record.complete]
    figures.add("sentences_twice", len(whole) - len(set(whole)), "", "<= 0")
    figures.add("sentences_lost", len(_lost(script)), "", "<= 0")
    answers = answers_in(as_run)
    with av.open(str(recording)) as container:
        origin = int(container.metadata.get(ORIGIN_TAG, "0")) / SAMPLE_RATE
    loud = levels(sound_of(recording), [(answer.start - origin, answer.end - origin) for answer in answers])
    figures.add("answers_inaudible", sum(bool(level < -35.0) for level in loud), "of the answers", "<= 0")
    figures.add("quietest_answer", float(min(loud, default=0.0)), "dBFS rms")


def _lost(script: list[AsRun]) -> set[int]:
    """Return the numbers of sentences that were left out, or cut before half of them was heard and never said again."""
    heard = {record.seq for record in script if not record.note}
    return set(range(max(heard, default=-1))) - heard
