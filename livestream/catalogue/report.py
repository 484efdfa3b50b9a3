"""Gathers what is wrong with a file while the good rows of it live on."""

from __future__ import annotations

from livestream.catalogue.model import Problem, Severity

SHOWN = 80
"""Characters of a cell that a problem quotes."""


class Report:
    """The problems found so far, in the order they were found."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._once: set[str] = set()

    def error(self, row: int, column: str, value: str, message: str, remedy: str) -> None:
        """Note what keeps a product, a variant or a price off the air."""
        self._note("error", row, column, value, message, remedy)

    def warning(self, row: int, column: str, value: str, message: str, remedy: str) -> None:
        """Note what was changed, left out or looks unintended."""
        self._note("warning", row, column, value, message, remedy)

    def warning_once(self, row: int, column: str, value: str, message: str, remedy: str) -> None:
        """Note the first row of what may hold of every row."""
        if message not in self._once:
            self._once.add(message)
            self.warning(row, column, value, message, remedy)

    def in_order(self) -> tuple[Problem, ...]:
        """Return what was found by row."""
        return tuple(sorted(self.problems, key=lambda problem: problem.row))

    def _note(self, severity: Severity, row: int, column: str, value: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(severity, row, visible(column), visible(value), message, remedy))


def visible(value: str) -> str:
    """Return the text cut to `SHOWN` characters, with what no screen shows written as escapes.

    Terminal controls and direction overrides of a hostile cell must not work in the report on them.
    """
    cut = value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)
