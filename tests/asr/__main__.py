"""Measure how well voices are understood: `make asr [ONLY=pt-BR] [MOST=3]`.

The whole of it writes the table of docs/voices.md. Ends with one JSON line as benches do, and with 1 where a voice
falls short.
"""

import argparse
import re
import sys

from tests.asr.round_trip import ROOT, TRIALS, Trial, sentences, trial
from tests.bench.figures import Figures, say

PAGE = ROOT / "docs" / "voices.md"
BEGIN, END = "<!-- asr: made by `make asr` -->", "<!-- /asr -->"


def main() -> int:
    """Run the trials asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.asr", description=__doc__)
    parser.add_argument("--only", default="", help="one locale")
    parser.add_argument("--most", type=int, default=1000, help="sentences of each locale")
    asked = parser.parse_args()
    figures, rows = Figures("asr"), []
    for one in (one for one in TRIALS if asked.only in {"", one.locale}):
        share = run(one, asked.most, figures)
        rows.append(row(one, min(asked.most, len(sentences(one.locale))), share))
    if not asked.only and asked.most >= 1000:
        write(rows)
    sys.stdout.write(f"{figures.line()}\n")
    return 1 if figures.falls_short else 0


def run(one: Trial, most: int, figures: Figures) -> float:
    """Run one trial, tell each sentence that was misheard, and return the share of errors."""
    wrong = total = 0
    for heard in trial(one, most):
        wrong, total = wrong + heard.wrong, total + heard.total
        if heard.wrong:
            say(f"  {one.locale} {heard.wrong} of {heard.total}: {heard.said} → {heard.heard}")
    share = wrong / total
    name = f"{one.locale} {one.engine}: {'kana' if one.by_letter else 'words'} wrong"
    figures.add(name, share, "share", "" if one.most is None else f"<= {one.most}")
    return share


def row(one: Trial, count: int, share: float) -> str:
    """Return a row of the table."""
    bound = "" if one.most is None else f"{one.most:.0%}"
    counted = "kana" if one.by_letter else "words"
    return f"| {one.locale} | {one.engine} | {count} | {counted} | {share:.1%} | {bound} |"


def write(rows: list[str]) -> None:
    """Write the table between its marks."""
    head = "| locale | engine | sentences | counted in | wrong | at most |\n| --- | --- | --- | --- | --- | --- |"
    table = "\n".join([BEGIN, "", head, *rows, "", END])
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: table, text, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
