"""The one JSON line a bench ends with."""

import json
import operator
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "assets" / "catalogue" / "sample.csv"
_HOLDS = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}


@dataclass
class Figures:
    """Figures of one bench, each with its goal."""

    bench: str
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, value: float, unit: str, goal: str = "") -> None:
        """Note a figure; `goal` is such as `<= 2.0`, empty where it is only reported."""
        holds = None
        if goal:
            sign, number = goal.split()
            holds = bool(_HOLDS[sign](value, float(number)))
        self.figures[name] = {"value": round(value, 4), "unit": unit, "goal": goal or None, "holds": holds}
        verdict = "" if holds is None else "holds" if holds else "FALLS SHORT"
        say(f"{name:<44} {value:>10.3f} {unit:<16} {goal:<10} {verdict}")

    @property
    def falls_short(self) -> list[str]:
        """Names of the figures that miss their goal."""
        return [name for name, figure in self.figures.items() if figure["holds"] is False]

    def line(self) -> str:
        """The JSON line."""
        return json.dumps({"bench": self.bench, "figures": self.figures, "falls_short": self.falls_short})


def say(text: str) -> None:
    """Tell the person who watches; the JSON line alone goes to stdout."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of the bench's own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="livestream-bench-") as path:
        yield Path(path)
