"""Run the room's tests with one of its modules replaced by the source on stdin; ends with 0 where no test notices."""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOM = "livestream.standards"
TESTS = Path(__file__).resolve().parents[1] / "standards"
QUICK = (
    "test_edges", "test_pack_files", "test_checks", "test_policies_and_clauses", "test_door", "test_union",
    "test_packs", "test_closed_door", "test_es_mx_door", "test_disguises", "test_amounts", "test_number_words",
    "test_foreign_promises", "test_sizes_said", "test_host_lines", "test_unspaced_door",
)  # fmt: skip
"""Tests of the door, those that notice most first."""
OWN = {"platforms": ("test_platforms", "test_platform_edges")}
"""Tests of modules that have nothing to do with the door."""
SURE = "not linear_time and not milliseconds and not any_"
"""Tests of time would fail for any mutant on a busy machine, and tests of texts drawn at random notice by luck."""


class Replaced(MetaPathFinder, Loader):
    """Finds one module, whose source is not the one on disk."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return the spec of the module that is replaced."""
        del path, target
        return spec_from_loader(fullname, self) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the replaced source."""
        exec(compile(self._source, f"<{self._name}>", "exec"), module.__dict__)


def main(module: str) -> int:
    """Run the tests with the module replaced."""
    sys.meta_path.insert(0, Replaced(f"{ROOM}.{module}", sys.stdin.read()))
    files = [str(TESTS / f"{test}.py") for test in OWN.get(module, QUICK)]
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-header", "-k", SURE, *files]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
