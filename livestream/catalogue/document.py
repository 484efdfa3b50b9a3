"""A merchant's file as text, as a table or as JSON, within bounds."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeAlias

from livestream.catalogue.report import Report, visible
from livestream.errors import CatalogueError

MAX_BYTES = 64 * 1024 * 1024
MAX_COLUMNS = 500
MAX_ROWS = 200_000
MAX_CELL = 131_072
"""Characters of one cell."""

Json: TypeAlias = "bool | str | list[Json] | dict[str, Json] | None"
"""Parsed JSON; numbers stay text."""

_EXPORT = "Export it again as CSV (UTF-8) or JSON."
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `number` counts as a spreadsheet does, the header being row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the records below it, each as wide as the header."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A merchant's file: `table` for delimited text, `json` (numbers left as text) for JSON, never both."""

    path: Path
    table: Table | None = None
    json: Json = None

    @property
    def name(self) -> str:
        """The file's name, as problems and sources show it."""
        return self.path.name


def open_document(path: Path, report: Report) -> Document:
    """Read a file whatever its encoding and delimiter; rows that cannot be used go to the report.

    Raises:
        CatalogueError: it cannot be read, is no text, is beyond a bound, or is neither table nor JSON.
    """
    text = _decode(path, _read(path), report)
    if text.lstrip()[:1] in {"{", "["} or path.suffix.lower() == ".json":
        return Document(path, json=_parse_json(path, text))
    if text.lstrip()[:1] == "<":
        _refuse(path, "this is a web page or XML, not a product list", _EXPORT)
    return Document(path, table=_parse_table(path, text, report))


def _refuse(path: Path, message: str, remedy: str, place: str = "") -> NoReturn:
    raise CatalogueError(message, where=f"{path.name}, {place}" if place else path.name, remedy=remedy)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            _refuse(path, "this is a folder", "Name the CSV or JSON file in it.")
        if path.exists() and not path.is_file():
            _refuse(path, "this is not a regular file", "Name a CSV or JSON file.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise CatalogueError(
            "there is no such file", where=str(path), remedy="Check the path, or export your products as CSV."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CatalogueError(
            f"the file cannot be read ({reason})", where=str(path), remedy="Check its path and permissions."
        ) from error
    if len(data) > MAX_BYTES:
        _refuse(path, f"the file is larger than {MAX_BYTES >> 20} MB", "Split it, or export fewer products.")
    if not data.strip():
        _refuse(path, "the file is empty", "Export your products again.")
    return data


def _decode(path: Path, data: bytes, report: Report) -> str:
    for magic, what in _NOT_TEXT.items():
        if data.startswith(magic):
            _refuse(path, f"this is {what}, not a product list", _EXPORT)
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "") or _without_mark(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            _refuse(path, f"this is not {encoding} text, though it begins like it", _EXPORT)
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            _refuse(path, "the text is in an encoding that cannot be told", "Save it as UTF-8.", f"byte {error.start}")
        report.warning(
            1, "", "", "the file is not UTF-8; it was read as Windows-1252", "Check the accents, or save it as UTF-8."
        )
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        _refuse(path, "the file holds NUL bytes, so it is damaged or not text", _EXPORT, f"line {line}")
    if not text.strip():
        _refuse(path, "the file is empty", "Export your products again.")
    return text


def _without_mark(data: bytes) -> str:
    """Tell UTF-16 without a byte order mark by its NUL bytes: those of a header in Latin letters."""
    head = data[:64]
    if len(head) >= 8 and head[1::2].count(0) > len(head) // 3 and head[::2].count(0) == 0:
        return "utf-16-le"
    if len(head) >= 8 and head[::2].count(0) > len(head) // 3 and head[1::2].count(0) == 0:
        return "utf-16-be"
    return "utf-8"


def _parse_json(path: Path, text: str) -> Json:
    def refuse_constant(name: str) -> NoReturn:
        raise ValueError(f"{name} is not a number")

    try:
        # Numbers stay text, so that 49.99 never passes through binary floating point.
        parsed: Json = json.loads(text, parse_float=str, parse_int=str, parse_constant=refuse_constant)
        return parsed
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        _refuse(path, f"this is not valid JSON: {error.msg}", "Mend it there, or export it again.", place)
    except RecursionError:
        _refuse(path, "the JSON is nested too deeply", "A product list is a list of objects.")
    except ValueError as error:
        _refuse(path, f"this is not valid JSON: {error}", "Mend it there, or export it again.")


def _parse_table(path: Path, text: str, report: Report) -> Table:
    delimiter, skipped = _delimiter(text)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    number = 0
    try:
        for number, cells in enumerate(records, 1):
            if number <= skipped or not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MAX_COLUMNS:
                _refuse(
                    path,
                    f"a row has {len(cells):,} columns; at most {MAX_COLUMNS} are read",
                    "Export fewer columns, or check the delimiter and the quotes.",
                    f"row {number}",
                )
            if len(rows) >= MAX_ROWS:
                _refuse(path, f"the file has more than {MAX_ROWS:,} rows", "Split it, or export fewer products.")
            if not header:
                header = tuple(cell.strip() for cell in cells)
            elif row := _fit(Row(number, tuple(cells)), header, report):
                rows.append(row)
    except csv.Error as error:
        _stopped(path, number + 1, error, bool(rows), report)
    return Table(header, tuple(rows))


def _delimiter(text: str) -> tuple[str, int]:
    """Return the delimiter, and how many records at the top say nothing but that (Excel's `sep=;`)."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    # The header decides: names rarely hold a delimiter, and the cells below often do.
    return max((",", ";", "\t", "|"), key=lambda candidate: _width(first, candidate)), 0


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0


def _fit(row: Row, header: tuple[str, ...], report: Report) -> Row | None:
    """Return the row as wide as the header, or None where its values cannot be told apart."""
    width = len(header)
    if any(cell.strip() for cell in row.cells[width:]):
        extra = row.cells[width:]
        report.error(
            row.number,
            f"column {width + 1}",
            next(cell for cell in extra if cell.strip()),
            f"the row has {len(row.cells)} cells, the header {width}; it was left out",
            'Put texts that hold the delimiter between double quotes ("…").',
        )
        return None
    return Row(row.number, row.cells[:width] + ("",) * (width - len(row.cells)))


def _stopped(path: Path, number: int, error: csv.Error, something: bool, report: Report) -> None:
    """Say where reading stopped: what was read before lives on."""
    if "field larger" in str(error):
        message, remedy = (
            f"a cell is longer than {MAX_CELL:,} characters",
            "Close the quote there, or shorten the text.",
        )
    else:
        message, remedy = "the quotes of a cell do not close as they open", 'Write a quote inside a text as "".'
    if not something:
        _refuse(path, message, remedy, f"row {number}")
    report.error(number, "", visible(str(error)), f"{message}; nothing from this row on was read", remedy)
