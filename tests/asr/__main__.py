"""Measure how well voices are understood: `make asr [ONLY=pt-BR] [MOST=3]`.

Each whole trial writes its row in the table of docs/voices.md. Ends with one JSON line as benches do, and
with 1 where a voice falls short.
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
    figures = Figures("asr")
    for one in (one for one in TRIALS if asked.only in {"", one.locale}):
        share = run(one, asked.most, figures)
        if asked.most >= len(sentences(one.locale)):
            write(one, share)
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


def write(one: Trial, share: float) -> None:
    """Put the row of a whole trial into the table between its marks, in the order of the trials."""
    text = PAGE.read_text(encoding="utf-8")
    between = re.search(f"{re.escape(BEGIN)}(.*?){re.escape(END)}", text, flags=re.DOTALL)
    rows = dict(re.findall(r"^(\| \S+ \| \S+ \|)(.*)$", between[1], flags=re.MULTILINE))
    bound = "" if one.most is None else f"{one.most:.0%}"
    counted = "kana" if one.by_letter else "words"
    rows[key(one)] = f" {len(sentences(one.locale))} | {counted} | {share:.1%} | {bound} |"
    head = "| locale | engine | sentences | counted in | wrong | at most |\n| --- | --- | --- | --- | --- | --- |"
    table = "\n".join(
        [BEGIN, "", head, *(key(each) + rows[key(each)] for each in TRIALS if key(each) in rows), "", END]
    )
    PAGE.write_text(text.replace(between[0], table), "utf-8")


def key(one: Trial) -> str:
    """Return how the row of a trial begins."""
    return f"| {one.locale} | {one.engine} |"


if __name__ == "__main__":
    sys.exit(main())
