"""Comments as lines: standard input and recordings."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.audience.comment import Comment
from livestream.audience.sources.replay import ReplaySource, open_source
from livestream.audience.sources.stdin import StdinSource
from livestream.audience.sources.text import MAX_LINE, Lines
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource
from livestream.testing.clock import ManualClock


@given(st.binary(max_size=400), st.lists(st.integers(1, 50), max_size=30))
def test_lines_are_the_same_however_they_are_cut(data: bytes, cuts: list[int]) -> None:
    lines, whole = Lines(), Lines()
    read: list[str] = []
    at = 0
    for cut in cuts:
        read += lines.feed(data[at : at + cut])
        at += cut
    read += [*lines.feed(data[at:]), *lines.rest()]
    assert read == [*whole.feed(data), *whole.rest()]
    assert len(read) == len([*data.split(b"\n")][:-1]) + (not data.endswith(b"\n") and bool(data))


def test_a_line_without_end_is_held_bounded() -> None:
    lines = Lines()
    for _ in range(50):
        assert not list(lines.feed(b"x" * 65_536))
    (line, after) = lines.feed(b"\nnext\n")
    assert (len(line), after) == (MAX_LINE, "next")


async def read_pipe(data: bytes) -> tuple[list[Comment], StdinSource]:
    out, into = os.pipe()
    source = StdinSource("stdin", clock=ManualClock(), descriptor=out)
    os.write(into, data)
    os.close(into)
    try:
        return [comment async for comment in source.comments()], source
    finally:
        os.close(out)


async def test_lines_of_text_and_of_json_come_through_a_pipe() -> None:
    told = json.dumps({"text": "¿Cuánto cuesta?", "name": "Ana", "user": "u1", "id": "mine", "language": "es"})
    comments, source = await read_pipe(f"How much is it?\n\n{told}\n{{bad\n{{}}\nlast".encode())
    assert [(each.name, each.text, each.language) for each in comments] == [
        ("stdin", "How much is it?", ""),
        ("Ana", "¿Cuánto cuesta?", "es"),
        ("stdin", "last", ""),
    ]
    assert len({each.id for each in comments}) == 3
    assert source.status.state == "ended"
    assert source.status.received == 3
    assert source.status.detail == "line 5, text: field required"


async def test_a_file_is_read_as_input_too(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes("\ufeffhello\r\nthere\r\n".encode() * 5_000)
    with path.open("rb") as file:
        source = StdinSource("stdin", clock=ManualClock(), descriptor=file.fileno())
        assert [comment.text async for comment in source.comments()] == ["hello", "there"] * 5_000


async def test_an_input_that_says_nothing_can_be_closed() -> None:
    out, into = os.pipe()
    source = StdinSource("stdin", clock=ManualClock(), descriptor=out)

    async def gather() -> list[Comment]:
        return [comment async for comment in source.comments()]

    async with asyncio.TaskGroup() as tasks:
        gathered = tasks.create_task(gather())
        while source.status.state != "connected":
            await asyncio.sleep(0)
        await source.close()
    assert gathered.result() == []
    os.close(out)
    os.close(into)
    with pytest.raises(SourceError):
        await source.reply("x", Comment("stdin", "1", "stdin", "u", "n", "t", 0.0))


def recording(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


ROWS = [
    {"text": "first", "at": 5_000.0, "user": "u1"},
    {"text": "second", "at": 5_002.5},
    {"text": 3},
    {"text": "third"},
    {"text": "fourth", "at": 5_010.0},
]


async def test_a_recording_keeps_its_distances(tmp_path: Path) -> None:
    clock = ManualClock(start=100.0)
    source = ReplaySource("replay", recording(tmp_path / "r.jsonl", *ROWS), clock=clock, speed=2.0)
    heard = [(comment.text, clock.monotonic() - 100.0, comment.at) async for comment in source.comments()]
    assert [(text, after) for text, after, _ in heard] == [
        ("first", 0.0),
        ("second", 1.25),
        ("third", 1.25),
        ("fourth", 5.0),
    ]
    assert [at for *_, at in heard] == [1_700_000_000.0 + after for _, after, _ in heard]
    assert (source.position, source.status.state) == (5, "ended")
    assert source.status.detail == "line 3, text: input should be a valid string"


async def test_a_recording_goes_on_where_it_was(tmp_path: Path) -> None:
    path = recording(tmp_path / "r.jsonl", *ROWS)
    settings = CommentSource.model_validate({"from": f"replay:{path}", "options": {"start": "4", "speed": "10"}})
    source = open_source(settings, clock=ManualClock())
    assert [comment.text async for comment in source.comments()] == ["fourth"]


async def test_two_runs_are_two_chats(tmp_path: Path) -> None:
    path, clock = recording(tmp_path / "r.jsonl", *ROWS), ManualClock()
    keys = set()
    for _ in range(2):
        keys |= {comment.key async for comment in ReplaySource("replay", path, clock=clock).comments()}
        clock.advance(1)
    assert len(keys) == 8


@pytest.mark.parametrize(
    ("origin", "options"),
    [
        ("replay", {}),
        ("replay:/nowhere.jsonl", {}),
        ("replay:{path}", {"speed": "0"}),
        ("replay:{path}", {"start": "x"}),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, origin: str, options: dict[str, str]) -> None:
    path = recording(tmp_path / "r.jsonl", *ROWS)
    settings = CommentSource.model_validate({"from": origin.format(path=path), "options": options})
    with pytest.raises(UsageError) as refused:
        open_source(settings, clock=ManualClock())
    assert refused.value.where
