"""Change `livestream/standards` one small thing at a time and count how many changes a test notices.

`make mutation [EVERY=n [FROM=m]] [ONLY=module]`; EVERY takes a sample, each FROM below it another one. Each mutant runs
in a process of its own, a slow one is taken for noticed.
Ends with one JSON line, and with 1 where fewer than `GOAL` are noticed.
"""

import argparse
import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "livestream" / "standards"
GOAL = 0.85
LONGEST = 90
"""Seconds after which a mutant is taken for one that never ends."""


def main() -> int:
    """Run the mutants asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take each n-th mutant")
    parser.add_argument("--from", type=int, default=0, dest="first", help="how many to pass over first")
    parser.add_argument("--only", default="", help="one module, such as trace")
    asked = parser.parse_args()
    for module in ("door", "platforms"):
        if _noticed(module, Mutant(0, "nothing", (ROOM / f"{module}.py").read_text(encoding="utf-8"))):
            sys.exit("tests fail where nothing is changed, so that they would notice every change")
    killed: dict[str, int] = {}
    lived: list[str] = []
    every = (
        (path.stem, mutant)
        for path in sorted(ROOM.glob(f"{asked.only or '[a-z]*'}.py"))
        for mutant in mutants(path.read_text(encoding="utf-8"))
    )
    for module, mutant in islice(every, asked.first, None, asked.every):
        if _noticed(module, mutant):
            killed[module] = killed.get(module, 0) + 1
        else:
            lived.append(f"{module}:{mutant.line} {mutant.what}")
            sys.stderr.write(f"lives: {lived[-1]}\n")
    noticed = sum(killed.values())
    share = noticed / max(1, noticed + len(lived))
    figure = {"mutants": noticed + len(lived), "noticed": noticed, "share": round(share, 3), "by_module": killed}
    sys.stdout.write(
        f"{json.dumps({'bench': 'mutation', **figure, 'goal': GOAL, 'lived': lived}, ensure_ascii=False)}\n"
    )
    return share < GOAL


def _noticed(module: str, mutant: Mutant) -> bool:
    command = [sys.executable, "-m", "tests.mutation.one", module]
    try:
        done = subprocess.run(
            command, input=mutant.source, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
