"""What a merchant takes home: the as-run log as it was written, the acts of moderation as a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from starlette.responses import StreamingResponse

from livestream.console.backend import Acted, LiveBackend

COLUMNS = ("n", "time", "person", "act", "target", "value", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV Injection)."""
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_BOM = "\ufeff"  # or spreadsheets take UTF-8 for something else


def as_run(backend: LiveBackend) -> StreamingResponse:
    """Return the as-run log, byte for byte: its hashes hold."""
    return _download(backend.as_run(), "as-run.jsonl", "application/jsonl")


def acts(backend: LiveBackend) -> StreamingResponse:
    """Return the history of moderation as CSV, the oldest first."""
    return _download(_table(backend.acts()), "acts.csv", "text/csv; charset=utf-8")


async def _table(history: AsyncIterator[Acted]) -> AsyncIterator[bytes]:
    yield (_BOM + _line(COLUMNS)).encode()
    async for act in history:
        when = datetime.fromtimestamp(act.at, UTC).isoformat(timespec="milliseconds")
        row = (str(act.n), when, act.person, act.name, act.target, act.value, act.note)
        yield _line(row).encode("utf-8", "replace")


def _line(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([plain(cell) for cell in cells])
    return line.getvalue()


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    cell = cell.replace("\0", "")
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _download(content: AsyncIterator[bytes], name: str, kind: str) -> StreamingResponse:
    return StreamingResponse(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
