"""Eighteen markets, two product lists: what was planned and what is then spoken. `make bench NAME=locales`

Each market's show is previewed by the product's own command, first planned, then spoken. A part is compared with its
plan where it lasts long enough for one tenth of it to be heard; the whole always.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.bench.figures import ROOT, SAMPLE, Figures, say

MARKETS = (
    *("en-US", "en-GB", "de-DE", "fr-FR", "it-IT", "es-ES", "es-MX", "pt-BR", "ja-JP"),
    *("id-ID", "ru-RU", "tr-TR", "pl-PL", "ko-KR", "ar-SA", "hi-IN", "th-TH", "vi-VN"),
)
APPAREL = ROOT.parent / "shared" / "data" / "catalogues" / "apparel.csv"
SECONDS = 300
"""Long enough for a voice to be as fast as it is on average; a minute of it is not."""
PART, WHOLE = 0.10, 0.02
"""How far from the plan a part may last, and a show, as shares."""


def run(figures: Figures) -> None:
    """Preview every market over each list that is here."""
    lists = {"sample": SAMPLE}
    if APPAREL.is_file():
        lists["apparel"] = APPAREL
    else:
        say(f"{APPAREL} is not here: the sample alone is shown")
    without: list[str] = []
    for tag in MARKETS:
        for name, path in lists.items():
            planned = _previewed(path, tag)
            if planned is None:
                without.append(f"{tag} {name}")
                continue
            figures.add(f"{tag}.{name}.plan_off", _off(planned["seconds"], SECONDS), "share", f"<= {WHOLE}")
            _compare(figures, f"{tag}.{name}", _previewed(path, tag, "--spoken"))
    figures.add("markets_without_a_show", len(without), ", ".join(without) or "none", "== 0")


def _previewed(path: Path, tag: str, *options: str) -> dict | None:
    """Return the preview of a show as the command writes it; None where there is none, for a reason that is told."""
    command = [sys.executable, "-m", "livestream.cli.main", "preview", str(path), "--locale", tag, "--format", "json"]
    done = subprocess.run(
        [*command, "--duration", str(SECONDS), "--quiet", *options],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=1800,
    )
    if done.returncode:
        say(f"{tag} {path.stem}: {done.stderr.strip().splitlines()[0] if done.stderr.strip() else 'no show'}")
        return None
    return json.loads(done.stdout)


def _compare(figures: Figures, name: str, shown: dict | None) -> None:
    if shown is None:
        figures.add(f"{name}.spoken", 0, "shows", "== 1")
        return
    parts = [(part["planned"], part["measured"]) for part in shown["parts"]]
    off = [_off(measured, planned) for planned, measured in parts]
    planned, measured = (sum(column) for column in zip(*parts, strict=True))
    figures.add(f"{name}.part_off_median", median(off), "share", f"<= {PART}")
    figures.add(f"{name}.parts_within_a_tenth", sum(each <= PART for each in off) / len(off), f"of {len(off)}")
    figures.add(f"{name}.total_off", _off(measured, planned), "share", f"<= {WHOLE}")
    figures.add(f"{name}.show_off", _off(shown["seconds"], SECONDS), "share", f"<= {WHOLE}")


def _off(value: float, wanted: float) -> float:
    return abs(value / wanted - 1)
