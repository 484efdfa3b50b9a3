"""Lips in decoded pixels against the voice in decoded sound, for each engine, and controls that must fail.

`make bench NAME=lipsync`
"""

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from livestream.catalogue import read_catalogue
from livestream.channel.render import RenderSettings, render
from livestream.errors import MachineError
from livestream.locales import locale
from livestream.speech.engine import make_engine
from livestream.speech.voice import load_voice
from livestream.testing.lipsync import LEAST_CLOSED, LEAST_OPEN, MOST_LAG, Muddled, Verdict, hushed_bed, judge_recording
from tests.bench.figures import SAMPLE, Figures, folder, say

SECONDS = 300
"""Long enough for more than 40 stop gaps that are plain to hear."""
CONTROL_SECONDS = 120
ENGINE_SECONDS = 150
ESTIMATED_CLOSED, ESTIMATED_OPEN = 0.90, 0.85
"""What is asked of an engine that tells no times: one closure in ten may be missed."""
ENGINES = (
    ("pico", "en-US", 'voice = "en-US"'),
    ("espeak-ng", "en-US", 'voice = "en-us+f3"'),
    ("pico", "it-IT", 'voice = "it-IT"'),
    ("openjtalk", "ja-JP", ""),
)
"""Engines beside the default one, each with a locale whose phonemes the judge knows."""


def run(figures: Figures) -> None:
    """Render, decode, judge; then the same judge over late sound and muddled mouth shapes."""
    with folder() as place:
        bed = hushed_bed(place / "bed.wav", SECONDS)
        clean = _rendered(place / "clean.mp4", SECONDS, "--bed", str(bed))
        _add(figures, judge_recording(clean), "")
        late = judge_recording(clean, late=0.12)
        muddled = judge_recording(_muddled(place / "muddled.mp4", bed))
        for name, verdict in (("late_120_ms", late), ("shuffled_visemes", muddled)):
            figures.add(f"{name}.closure_rate", verdict.closure_rate, f"of {verdict.gaps}")
            figures.add(f"{name}.open_vowel_rate", verdict.open_rate, f"of {verdict.vowels}")
            figures.add(f"{name}.passes_the_gate", verdict.holds, "0 or 1", "== 0")
        _add(figures, judge_recording(_rendered(place / "bed.mp4", CONTROL_SECONDS)), "with_music.")
        for engine, tag, setting in ENGINES:
            try:
                make_engine(engine, load_voice(tag))
            except MachineError as error:
                say(f"left out: {error}")
                continue
            _add_engine(figures, place, bed, engine, tag, setting)


def _add(figures: Figures, verdict: Verdict, prefix: str) -> None:
    """Note a verdict; music hides most gaps, so what few are plain under it are reported without a goal."""
    figures.add(f"{prefix}stop_gaps", verdict.gaps, "heard", "" if prefix else ">= 40")
    closure_goal = "" if prefix else f">= {LEAST_CLOSED}"
    figures.add(f"{prefix}closure_rate", verdict.closure_rate, f"of {verdict.gaps}", closure_goal)
    figures.add(f"{prefix}open_vowel_rate", verdict.open_rate, f"of {verdict.vowels}", f">= {LEAST_OPEN}")
    figures.add(f"{prefix}best_lag", abs(verdict.lag), "frames", f"<= {MOST_LAG}")


def _add_engine(figures: Figures, place: Path, bed: Path, engine: str, tag: str, setting: str) -> None:
    """Note the verdict on a show that one engine speaks alone."""
    data = place / f"{engine}-{tag}"
    voice = data / "voices" / tag / "voice.toml"
    voice.parent.mkdir(parents=True)
    voice.write_text(
        f'engines = ["{engine}"]\n[rate]\nper_sentence = 0.3\nper_letter = 0.065\n[engine.{engine}]\n{setting}\n'
    )
    options = ("--bed", str(bed), "--locale", tag)
    recording = _rendered(place / f"{engine}-{tag}.mp4", ENGINE_SECONDS, *options, data=data)
    verdict, prefix = judge_recording(recording, tag=tag), f"{engine}.{tag}."
    figures.add(f"{prefix}stop_gaps", verdict.gaps, "heard", ">= 5")
    figures.add(f"{prefix}closure_rate", verdict.closure_rate, f"of {verdict.gaps}", f">= {ESTIMATED_CLOSED}")
    figures.add(f"{prefix}open_vowel_rate", verdict.open_rate, f"of {verdict.vowels}", f">= {ESTIMATED_OPEN}")
    figures.add(f"{prefix}best_lag", abs(verdict.lag), "frames", f"<= {MOST_LAG}")


def _rendered(output: Path, seconds: int, *options: str, data: Path | None = None) -> Path:
    say(f"rendering {seconds} s into {output.name}")
    command = [sys.executable, "-m", "livestream.cli.main", "render", str(SAMPLE), "--output", str(output)]
    surroundings = os.environ | ({"LIVESTREAM_DATA": str(data)} if data else {})
    command += ["--duration", str(seconds), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=surroundings)
    return output


def _muddled(output: Path, bed: Path) -> Path:
    say(f"rendering {CONTROL_SECONDS} s with shuffled visemes")
    settings = RenderSettings(locale("en-US"), CONTROL_SECONDS, bed=bed)
    with mock.patch("livestream.channel.render.open_presenter", Muddled.open):
        render(read_catalogue(SAMPLE), output, settings, lambda stage, share: None)
    return output
