"""Run benches: `python -m tests.bench [NAME ...]`; each ends with one JSON line on stdout."""

import importlib
import sys

from tests.bench.figures import Figures, say

BENCHES = (
    "onair",
    "outage",
    "lipsync",
    "answers",
    "live",
    "decisions",
    "flood",
    "browser",
    "adversary",
    "standards",
    "voices",
    "locales",
)


def main(names: list[str]) -> int:
    """Run the named benches, or all; return 1 when a figure falls short."""
    unknown = set(names) - set(BENCHES)
    if unknown:
        say(f"there is no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
        return 2
    short = False
    for name in names or BENCHES:
        say(f"— {name}")
        figures = Figures(name)
        importlib.import_module(f"tests.bench.{name}").run(figures)
        sys.stdout.write(f"{figures.line()}\n")
        sys.stdout.flush()
        short |= bool(figures.falls_short)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
