"""`livestream tail` and `livestream console`, on a channel of a test."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cli_ended import is_a_sentence

from livestream.cli import console as command
from livestream.cli.tail import Lines
from livestream.running import Running, remove_running, write_running
from livestream.testing.webport import opened


@pytest.fixture(autouse=True)
def _state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@asynccontextmanager
async def on_air():
    async with opened() as web:
        write_running(Running("evening", os.getpid(), web.port, str(web.database)))
        yield web


@asynccontextmanager
async def tailing(*options):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "livestream.cli.main", "tail", *options, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line(process):
    async with asyncio.timeout(20):
        return (await process.stdout.readline()).decode()


async def test_comments_and_answers_are_told_and_nothing_is_missed_over_a_restart():
    async with on_air() as web, tailing("--json") as process:
        web.backend.arrive("How much?", name="Ann")
        async with web.serving():
            assert json.loads(await line(process))["text"] == "How much?"
        web.backend.arrive("while away")
        async with web.serving():
            assert json.loads(await line(process))["text"] == "while away"
            process.send_signal(signal.SIGINT)
            async with asyncio.timeout(10):
                _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")


async def test_it_ends_when_the_channel_does():
    async with on_air() as web, tailing() as process:
        web.backend.arrive("How much?", name="Ann")
        async with web.serving():
            told = await line(process)
            assert told.split()[1:] == ["twitch", "Ann:", "How", "much?"]
            assert "\x1b" not in told
            remove_running("evening")
        async with asyncio.timeout(10):
            _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"evening is off air.\n")


def row(**more):
    planned = {"caption": "It's $5.", "by": "", "intent": "price"}
    return {
        "id": "ws:1", "at": 0.0, "platform": "ws", "name": "Ann", "text": "How much?", "state": "new", "asked": 1,
        "note": "", "planned": planned, **more,
    }  # fmt: skip


def told(lines, *rows, acts=()):
    return [str(line)[9:] for line in lines.lines({"type": "rows", "rows": rows, "acts": acts})]


def test_each_thing_is_told_once():
    lines = Lines()
    assert told(lines, row()) == ["ws       Ann: How much?"]
    assert told(lines, row(state="planned")) == []
    assert told(lines, row(state="on_air")) == ["  ↳      on air: It's $5."]
    assert told(lines, row(state="answered")) == []
    act = {"n": 1, "at": 0.0, "person": "Sam", "name": "hide", "target": "ws:2", "value": ""}
    assert told(lines, acts=[act, act]) == ["  ·      Sam: hide ws:2"]


def test_what_is_held_is_told_with_why():
    assert told(Lines(), row(state="held", note="a link", asked=3)) == [
        "ws       Ann: How much? ×3",
        "  ↳      held (a link): How much?",
    ]


def test_a_comment_cannot_steer_the_terminal():
    assert told(Lines(), row(name="A\x1b[31mnn", text="[bold]hi[/]\r\x07 there\n")) == [
        "ws       A�[31mnn: [bold]hi[/]�� there�"
    ]


def test_where_nothing_runs_it_says_how_to_start(livestream):
    for name in ("console", "tail"):
        is_a_sentence(livestream(name), 2, "no channel is running", "livestream run")


async def test_the_link_of_the_console_lets_in_once(livestream):
    async with on_air() as web:
        ended = await asyncio.to_thread(livestream, "console", "--no-open")
        assert ended.code == 0
        ticket = ended.out.partition("ticket=")[2].strip()
        assert ended.out.startswith(f"Console of evening  http://127.0.0.1:{web.port}/enter?ticket=")
        assert (await web.guard.accounts.redeem(ticket, "")).role == "owner"
        assert await web.guard.accounts.redeem(ticket, "") is None


async def test_no_ticket_stands_on_the_browsers_command_line(livestream, monkeypatch):
    opened_at = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(command.webbrowser, "open", opened_at.append)
    async with on_air():
        ended = await asyncio.to_thread(livestream, "console")
    link = ended.out.split()[-1]
    assert link.partition("ticket=")[2] not in opened_at[0]
    _is_private(Path(opened_at[0].removeprefix("file://")), link)


def _is_private(page, link):
    assert page.stat().st_mode & 0o777 == 0o600
    assert link in page.read_text()
