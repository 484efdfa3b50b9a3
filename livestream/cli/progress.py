"""Progress of long work: bars on a terminal, silence elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from livestream.cli.terminal import err


@contextmanager
def stages(names: Mapping[str, str], *, quiet: bool = False) -> Iterator[Callable[[str, float], None]]:
    """Give a function that is told a stage and its share done, from 0 to 1."""
    columns = (TextColumn("{task.description:<12}"), BarColumn(40), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=quiet or not err.is_terminal) as bar:
        tasks = {stage: bar.add_task(text, total=1.0) for stage, text in names.items()}
        yield lambda stage, share: bar.update(tasks[stage], completed=share)
