"""Voices: what happens when one fails in mid-script, what each costs, what is spoken only once, how near mouths are.

`make bench NAME=voices`; it speaks Portuguese ahead, which takes some minutes.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

from livestream.egress.mux import ORIGIN_TAG
from livestream.loudness import integrated
from livestream.media import SAMPLE_RATE
from livestream.playout.asrun import aired, read_as_run
from livestream.running import running
from livestream.speech.engine import make_engine
from livestream.speech.voice import load_voice
from livestream.testing.channel import OnAir
from livestream.testing.closures import closure_errors
from livestream.testing.judge import sound_of
from livestream.testing.lipsync import hushed_bed
from livestream.testing.speech_server import SpeechServer, speech_server_beside
from livestream.testing.viewers import Viewers, answers_in
from tests.bench.figures import ROOT, SAMPLE, Figures, folder, say

COMPLETE = ("de-DE", "en-GB", "en-US", "es-ES", "es-MX", "fr-FR", "it-IT", "ja-JP", "pt-BR")
SWITCHING = ("ok", "500", "ok", "drip", "ok", "garbage", "ok", "noise", "ok", "hang")
"""What the server does line by line: each fault once, and never so often in a row that it is left alone."""
SECONDS = 230
SHORTEST = 1.0
"""Seconds of a sentence whose loudness is measured."""
VOICE = """engines = ["remote", "hibari"]
[rate]
per_letter = 0.0605
per_sentence = 0.3
per_pause = 0.22
[engine.remote]
base_url = "{url}"
deadline = 1.0
"""
CHANNEL = """catalogue = "{catalogue}"
locale = "{locale}"
duration = {seconds}
loop_minutes = 2
bed = "{bed}"
[answers]
pause = 0
[[destinations]]
to = "{recording}"
"""
QUESTIONS = ("Quanto custa a {}?", "Quais são as cores da {}?", "De que é feita a {}?")
TEXTS = (
    "The pepper mill has a steel burr, so the pepper comes out even.",
    "A bamboo board that is big enough for a family breakfast.",
    "Maybe my mother may keep the camping mat; my brother bought a bigger backpack.",
    "Put the map in the top pocket, and the maple syrup on top of the pancake.",
    "The puppy pillow is plump, padded and simple to wipe clean.",
    "The bottle keeps your drink cold for a whole day.",
    "Pop a question in the chat, and I will do my best to answer.",
    "Tap the link below when you are ready.",
    "Available in black, blue, plum and pale pink.",
    "The blanket is woven from recycled wool.",
    "Have a look at the product card for the details.",
    "Let me show you what makes it different.",
    "It comes in small, medium and large.",
    "Brushed brass, a linen shade, and a long cord.",
    "The zip runs all the way down, and the hood comes off.",
    "Coming up, a mug for people who forget their tea.",
    "This soft merino cardigan keeps its shape, wash after wash.",
    "If you have been looking for a simple lamp, this may be it.",
    "It has a deep pocket inside for your phone and your keys.",
    "Thank you for being here tonight.",
)


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    _cost(figures)
    _closures(figures)
    with folder() as place:
        _switching(figures, place)
    with folder() as place:
        _spoken_once(figures, place)
        _answering_slowly(figures, place)


def _switching(figures: Figures, place: Path) -> None:
    """A show whose speech server fails in every way while it is on air, and whose worker is killed."""
    say(f"on air for {SECONDS} s with a server that fails")
    recording = place / "show.mp4"
    bed = hushed_bed(place / "bed.wav", SECONDS + 60)
    voices = place / "voices" / "en-US"
    voices.mkdir(parents=True)
    channel = place / "channel.toml"
    channel.write_text(CHANNEL.format(catalogue=SAMPLE, locale="en-US", seconds=SECONDS, bed=bed, recording=recording))
    with speech_server_beside() as server:
        server.manners = [*SWITCHING * 40, "ok"]
        (voices / "voice.toml").write_text(VOICE.format(url=server.url))
        with OnAir(channel, "--json", LIVESTREAM_DATA=str(place)) as show:
            as_run = recording.with_suffix(".as-run.jsonl")
            show.wait_for(lambda: as_run.exists() and len(aired(read_as_run(as_run))) > 2, 120)
            show.kill("livestream.speech.worker")
            if show.wait(SECONDS + 120) != 0:
                raise RuntimeError("".join(show.errors))
            summary = show.summary()
        _judge(figures, recording, as_run, server)
    figures.add("switching.dead_air", summary["dead_air_seconds"], "s", "<= 0")
    figures.add("switching.worker_restarts", summary["restarts"].get("speech", 0), "", ">= 1")


def _judge(figures: Figures, recording: Path, as_run: Path, server: SpeechServer) -> None:
    """Measure the loudness of each sentence in the decoded sound."""
    sound = sound_of(recording)
    with av.open(str(recording)) as container:
        origin = int(container.metadata.get(ORIGIN_TAG, "0"))
    lines = [line for line in aired(read_as_run(as_run)) if line.end - line.start > SHORTEST * SAMPLE_RATE]
    loud = [integrated(sound[line.start - origin : line.end - origin]) for line in lines]
    steps = [abs(one - other) for one, other in pairwise(loud)]
    figures.add("switching.lines", len(lines), "sentences", ">= 20")
    figures.add("switching.requests", server.calls, "", ">= 20")
    figures.add("switching.loudness_step_max", max(steps), "LU", "<= 1.0")
    figures.add("switching.loudness_median", statistics.median(loud), "LUFS")


def _cost(figures: Figures) -> None:
    """CPU seconds for a second of sound, of every voice that is here."""
    say("measuring every voice")
    for voice in _json("voices", "--measure", "--json"):
        share = voice.get("cpu_per_second_of_sound")
        if share is None:
            continue
        about = next(engine for engine in voice["engines"] if engine["installed"])
        live = about["live"] and voice["locale"] in COMPLETE
        figures.add(f"cpu.{voice['locale']}.{about['name']}", share, "of the sound", "<= 0.08" if live else "")


def _closures(figures: Figures) -> None:
    say("laying guessed phones over exact sound")
    errors = closure_errors(make_engine("hibari", load_voice("en-US")), TEXTS, "en-US")
    figures.add("closures.compared", len(errors), "", ">= 30")
    figures.add("closures.median_error", statistics.median(errors) * 1e3, "ms", "<= 60")


def _spoken_once(figures: Figures, place: Path) -> None:
    """The second time a show is spoken, what is worded the same comes from the cache."""
    say("speaking a show twice")
    words = ("prepare", str(SAMPLE), "--loops", "2", "--json")
    first, again = (_json(*words, XDG_CACHE_HOME=str(place)) for _ in range(2))
    figures.add("cache.made_at_first", first["made"], "sentences", ">= 50")
    figures.add("cache.hits_again", 1 - again["made"] / again["lines"], "of the sentences", ">= 0.95")


def _answering_slowly(figures: Figures, place: Path) -> None:
    """Ask in a market whose voice is too slow to be made on air: the first sound is the acknowledgement's."""
    seconds = 200
    recording = place / "live.mp4"
    bed = hushed_bed(place / "bed.wav", seconds + 60)
    channel = place / "channel.toml"
    channel.write_text(CHANNEL.format(catalogue=SAMPLE, locale="pt-BR", seconds=seconds, bed=bed, recording=recording))
    say("speaking Portuguese ahead")
    ready = _json("prepare", str(channel), "--loops", "4", "--json")
    figures.add("pt_br.ready", ready["ready"] / ready["lines"], "of the sentences", ">= 0.95")
    os.environ["XDG_STATE_HOME"] = str(place)  # this process is the bench's own
    as_run = recording.with_suffix(".as-run.jsonl")
    with OnAir(channel, "--json") as show:
        show.wait_for(lambda: as_run.exists() and aired(read_as_run(as_run)), 120)
        delays = _ask(show, as_run)
        show.end()
        summary = show.summary()
    figures.add("pt_br.answers", len(delays), "", ">= 5")
    figures.add("pt_br.first_sound_median", statistics.median(delays), "s")
    figures.add("pt_br.first_sound_p95", sorted(delays)[int(len(delays) * 0.95) - 1], "s", "<= 3.0")
    figures.add("pt_br.dead_air", summary["dead_air_seconds"], "s", "<= 0")


def _ask(show: OnAir, as_run: Path) -> list[float]:
    delays: list[float] = []
    pause = threading.Event()
    with (ROOT / "assets" / "catalogue" / "sample.pt-BR.csv").open(encoding="utf-8") as file:
        titles = [line.split(",")[3].strip('"\n') for line in file if ",title," in line]
    with Viewers(show.wait_for(running, 30)[0]) as viewers:
        for question, title in zip(QUESTIONS * 3, titles, strict=False):
            asked = viewers.ask(question.format(title))
            try:
                answer = show.wait_for(
                    lambda asked=asked: next((a for a in answers_in(as_run) if a.began > asked), None), 20
                )
            except AssertionError:
                say(f"not answered: {question.format(title)}")
                continue
            delays.append(answer.began - asked)
            say(f"{delays[-1]:5.2f} s  {question.format(title)} → {answer.captions}")
            pause.wait(12)  # the rest of the answer
    return delays


def _json(*words: str, **environ: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "livestream.cli.main", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, **environ},
    )
    return json.loads(done.stdout)
