import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from livestream.console.backend import Acted, Aired, Snapshot
from livestream.console.exports import COLUMNS, acts, as_run, plain
from livestream.testing.console import FakeBackend

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－cmd", "-2+3+cmd|' /C calc'!A0"]


async def whole(response):
    return b"".join([piece async for piece in response.body_iterator])


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_a_formula(cell):
    assert plain(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "12.50", "-5", "+1.25", "-3,5", "Ann", "a=b", "5 - 3"])
def test_plain_cells_and_numbers_stay_as_they_are(cell):
    assert plain(cell) == cell


@given(st.lists(st.text(), min_size=4, max_size=4))
@example(["=HYPERLINK()", '"; =1', "a\r\n=1", "\0=1"])
async def test_whatever_was_typed_is_read_back_and_never_a_formula(texts):
    backend = FakeBackend()
    backend._history = [Acted(1, 1_700_000_000.25, texts[0], "say", texts[1], texts[2], texts[3])]
    table = (await whole(acts(backend))).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(table, newline=""))
    assert tuple(head) == COLUMNS
    assert row[1] == "2023-11-14T22:13:20.250+00:00"
    for cell, text in zip((row[2], *row[4:]), texts, strict=True):
        kept = text.replace("\0", "").encode("utf-8", "replace").decode()
        assert cell in (kept, "'" + kept)
        assert cell[:1] not in ("=", "@", "\t", "\r", "\n")


async def test_the_as_run_log_is_given_byte_for_byte():
    backend = FakeBackend(Snapshot(state="on_air", aired=(Aired(1, 2.0, "Good evening."),)))
    response = as_run(backend)
    assert b'"caption": "Good evening."' in await whole(response)
    assert response.headers["Content-Disposition"] == 'attachment; filename="as-run.jsonl"'
