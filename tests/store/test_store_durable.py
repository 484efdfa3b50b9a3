"""What is promised survives: kill -9, other writers, full disks; and what cannot be is told."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event
from store_helpers import fresh_database, remark, remarks

from livestream.clock import SystemClock
from livestream.errors import StoreError
from livestream.store import AddTicket, PutComments, PutState, Store, UpdateComment, claim
from livestream.testing import ManualClock


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "lamp.sqlite"
    file.write_bytes(fresh_database())
    return file


@pytest.mark.parametrize("acknowledged", [1, 400])
async def test_kill_9_with_100_commits_in_flight_loses_nothing_acknowledged(path, acknowledged):
    told = killed_after(acknowledged, path)
    assert len(told) >= acknowledged
    async with Store.open(path, SystemClock()) as store:
        stored = {row.key: row.state for row in await store.changed(0, 10**6)}
        acts = {act.n: act.target async for act in store.acts()}
    assert all(stored[f"ws:{number}"] == "hidden" for number in told)
    assert all(acts[n] == f"ws:{number}" for number, n in told.items())


def killed_after(acknowledged, path):
    """Run a program that stores; kill it once so much is acknowledged; return what was, with its act's number."""
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("store_child.py"), path],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
    ) as child:
        lines = [child.stdout.readline() for _ in range(acknowledged)]
        child.kill()
        lines += [line for line in child.stdout if line.endswith("\n")]
    assert child.returncode == -9
    return dict(tuple(map(int, line.split())) for line in lines)


async def test_a_write_waits_for_another_program_and_then_is_made(path, monkeypatch):
    monkeypatch.setattr("livestream.store.database.BUSY_MILLISECONDS", 1)
    waited = []

    class Clock(ManualClock):
        def wait_until(self, deadline):
            waited.append(deadline)
            if len(waited) == 2:
                other.execute("ROLLBACK")
            super().wait_until(deadline)

    async with Store.open(path, Clock()) as store:
        other = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert (await store.commit(PutComments((remark(1),)))).seqs == {"ws:1": 1}
        assert len(waited) == 2
        other.close()


async def test_a_write_that_waits_too_long_fails_and_the_next_may_succeed(path, monkeypatch):
    monkeypatch.setattr("livestream.store.database.BUSY_MILLISECONDS", 1)
    async with Store.open(path, ManualClock()) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(
            *(store.commit(PutComments((remark(n),))) for n in range(5)), return_exceptions=True
        )
        assert {type(result) for result in results} == {StoreError}
        assert all(result.retryable and "another program" in result.message for result in results)
        assert await store.recent() == [], "reading goes on meanwhile"
        other.close()
        assert (await store.commit(PutComments((remark(1),)))).seqs == {"ws:1": 1}


async def test_a_full_disk_is_told_and_overcome(path):
    async with Store.open(path, ManualClock()) as store:
        room = [0]

        @event.listens_for(store._engine, "checkout")
        def _(connection, *_):
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages + room[0]}")

        with pytest.raises(StoreError, match="disk is full") as caught:
            await store.commit(PutComments(remarks(0, 500)))
        assert caught.value.retryable
        assert "Free some disk" in caught.value.remedy
        assert "lamp?" not in str(caught.value)
        assert (store.seq, await store.count()) == (0, 0)
        room[0] = 10_000
        assert len((await store.commit(PutComments(remarks(0, 500)))).seqs) == 500
        assert store.seq == 500


def test_what_is_no_database_is_told_with_the_remedy(path):
    path.write_text("A diary. " * 500)
    with pytest.raises(StoreError, match="no database") as caught:
        Store.open(path, ManualClock())
    assert caught.value.where == str(path)
    assert "Move it away" in caught.value.remedy


def test_a_database_of_a_newer_version_is_left_alone(path):
    Store.open(path, ManualClock()).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        Store.open(path, ManualClock())
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made") as caught:
        Store.open(tmp_path / "file" / "lamp.sqlite", ManualClock())
    assert "XDG_STATE_HOME" in caught.value.remedy


@pytest.mark.parametrize("address", ["nonsense://", "://", "postgresql+nothing://anna:geheim@db/shop"])
def test_an_address_that_cannot_be_opened_does_not_tell_its_password(address):
    with pytest.raises(StoreError) as caught:
        Store.open(address, ManualClock())
    assert "geheim" not in str(caught.value)


async def test_two_processes_worth_of_stores_write_the_same_file_in_turns(path):
    async with Store.open(path, SystemClock()) as first, Store.open(path, SystemClock()) as second:
        await asyncio.gather(
            *(first.commit(PutState(f"a{n}", n)) for n in range(30)),
            *(second.commit(PutState(f"b{n}", n)) for n in range(30)),
        )
        assert len(await first.state()) == 60


async def test_purging_by_age_takes_what_is_old_and_leaves_the_evidence(path):
    clock = ManualClock()
    async with Store.open(path, clock) as store:
        await store.commit(PutComments(remarks(0, 700)), UpdateComment("ws:3", evidence=True))
        await store.commit(AddTicket("refund", "ws:2"), AddTicket("order", "ws:3"))
        clock.advance(30 * 86_400)
        await store.commit(PutComments((remark(1_000),)))
        assert await store.purge(clock.time() - 86_400) == 699
        assert sorted(row.key for row in await store.changed(0)) == ["ws:1000", "ws:3"]
        assert [ticket.comment for ticket in await store.tickets()] == ["ws:3"]
        assert await store.purge(clock.time() - 86_400) == 0


async def test_what_a_viewer_wrote_is_gone_from_the_files_too(path):
    async with Store.open(path, ManualClock()) as store:
        rows = [remark(n, f"My canary is {'yellow' if n % 7 == 3 else 'blue'} {n}") for n in range(300)]
        await store.commit(PutComments(tuple(rows)))
        assert await store.purge_user("ws", "u3") == sum(n % 7 == 3 for n in range(300))
        contents = b"".join(file.read_bytes() for file in path.parent.iterdir())
        assert b"canary is blue" in contents
        assert b"canary is yellow" not in contents


def test_two_channels_of_one_name_have_a_file_each(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = tmp_path / "livestream" / "channels"
    with claim("Night shop/2") as first, claim("Night shop/2") as second, claim("other") as third:
        assert [each.path for each in (first, second, third)] == [
            folder / "Night-shop-2.sqlite",
            folder / "Night-shop-2-2.sqlite",
            folder / "other.sqlite",
        ]
        assert folder.stat().st_mode & 0o777 == 0o700
    with claim("Night shop/2") as again:
        assert again.path == folder / "Night-shop-2.sqlite"


@pytest.mark.parametrize("name", ["", "...", "../../etc/passwd", "/", "夜市", "a" * 300, "a\0b"])
def test_any_name_gives_a_file_in_the_folder(tmp_path, monkeypatch, name):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with claim(name) as claimed:
        assert claimed.path.parent == tmp_path / "livestream" / "channels"
        Store.open(claimed.path, ManualClock()).close()


def test_a_tenth_channel_of_one_name_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    claims = [claim("lamp") for _ in range(9)]
    with pytest.raises(StoreError, match="on air already"):
        claim("lamp")
    for each in claims:
        each.close()
