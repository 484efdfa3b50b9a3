"""What standards cost: CPU time of one approval, per market, over honest lines and the lines of whole shows."""

import contextlib
import sys
import time
from pathlib import Path
from unittest import mock

from livestream.catalogue import read_catalogue
from livestream.channel.desk import Desk
from livestream.errors import ClaimRefused
from livestream.lines import Line
from livestream.locales import locale
from livestream.standards import ApprovedLine, Standards
from livestream.standards.packs import load_pack, pack_locales
from tests.bench.figures import ROOT, SAMPLE, Figures, say

sys.path.insert(0, str(ROOT / "tests" / "standards"))
import honest_lines

REAL = ROOT.parent / "shared" / "data" / "catalogues"
GOAL, UNION_GOAL = "<= 5", "<= 10"
"""Milliseconds of CPU time a line, of ninety-five in a hundred: by a market's own rules, and by those of all."""
SCRIPTED = ("en-US",)
"""Markets with playbooks."""
AGAIN = 2
"""Each line is judged this often again, and its least time counts: what else the machine does is not ours."""
UNKNOWN = "en-AU"
"""A market without rules of its own: those of all markets hold."""


class Timed(Standards):
    """Standards that note what each approval took."""

    spent: list[float]

    def approve(self, line: Line) -> ApprovedLine:
        """Approve as ever, in the least time of several."""
        least = 1.0
        for _ in range(AGAIN):
            begin = time.process_time()
            with contextlib.suppress(ClaimRefused):
                super().approve(line)
            least = min(least, time.process_time() - begin)
        self.spent.append(least * 1000)
        return super().approve(line)


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    for tag in (*pack_locales(), UNKNOWN):
        load_pack.cache_clear()
        begin = time.process_time()
        load_pack(tag)
        figures.add(f"load_{tag}", (time.process_time() - begin) * 1000, "ms")
        Timed.spent = []
        with mock.patch.object(honest_lines, "Standards", Timed):
            _honest(tag)
            if tag in SCRIPTED:
                _scripted(tag)
        spent = sorted(Timed.spent)
        if spent:
            figures.add(f"lines_{tag}", len(spent), "lines")
            figures.add(f"median_{tag}", spent[len(spent) // 2], "ms")
            figures.add(f"p95_{tag}", spent[int(len(spent) * 0.95)], "ms", UNION_GOAL if tag == UNKNOWN else GOAL)


def _honest(tag: str) -> None:
    spoken = "en-US" if tag == UNKNOWN else tag
    if not honest_lines.has_lines(spoken):
        say(f"there are no honest lines of {tag}")
        return
    lists = honest_lines.catalogues(tag, REAL if REAL.is_dir() else None)
    with mock.patch.object(honest_lines, "lines_of", lambda _tag, known=honest_lines.lines_of: known(spoken)):
        honest_lines.alarms(tag, lists, every=3)


def _scripted(tag: str) -> None:
    market = locale(tag)
    catalogue = read_catalogue(Path(SAMPLE))
    standards = Timed(catalogue.facts, market)
    for line in Desk(catalogue, locale=market, seed=1).draft(target=1800, loop=0).rundown.lines:
        standards.approve(line)
