"""Fails when a lock no longer satisfies `pyproject.toml`, or when the two locks disagree."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)(?: *; *([^\\]+?))? *\\?$", re.MULTILINE)


def pins(lock: str) -> dict[str, set[str]]:
    """Return the versions a lock pins, by package."""
    found: dict[str, set[str]] = {}
    for name, version, _ in PIN.findall((ROOT / lock).read_text()):
        found.setdefault(name, set()).add(version)
    return found


def unmet(requirements: list[str], locked: dict[str, set[str]], lock: str) -> list[str]:
    """Return a sentence for every requirement that no pin of the lock satisfies."""
    wrong = []
    for text in requirements:
        wanted = Requirement(text)
        versions = locked.get(re.sub(r"[-_.]+", "-", wanted.name).lower(), set())
        if not any(wanted.specifier.contains(version) for version in versions):
            wrong.append(f"{lock} does not satisfy {text}: run make lock")
    return wrong


def main() -> int:
    """Check both locks; return the exit code."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    core, everything = pins("requirements.lock"), pins("requirements-dev.lock")
    wrong = unmet(project["dependencies"] + extras["clips"] + extras["setup"], core, "requirements.lock")
    wrong += unmet(extras["dev"], everything, "requirements-dev.lock")
    wrong += [f"the locks disagree on {name}: run make lock" for name in core if core[name] != everything.get(name)]
    for sentence in wrong:
        sys.stderr.write(f"{sentence}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
