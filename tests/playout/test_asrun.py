import errno
import json
import os

import pytest

from livestream.errors import PlayoutError
from livestream.playout.asrun import AsRunLog, aired, read_as_run, record
from livestream.playout.timeline import Timeline
from livestream.testing.playout import make_ready


@pytest.fixture
def placed():
    timeline = Timeline()
    return [timeline.append(make_ready(seq), earliest=0) for seq in range(3)]


def write(path, placed, kinds=("begin", "line")):
    with AsRunLog(path) as log:
        for entry in placed:
            for kind in kinds:
                log.append(record(kind, entry, 1_700_000_000.0))


def test_what_was_said_reads_back(tmp_path, placed):
    path = tmp_path / "as-run.jsonl"
    write(path, placed)
    lines = aired(read_as_run(path))
    assert [entry.seq for entry in lines] == [0, 1, 2]
    assert lines[1].start == placed[1].start
    assert lines[1].heard == "one two three four"
    assert lines[0].at == "2023-11-14T22:13:20.000+00:00"


def test_a_changed_byte_shows(tmp_path, placed):
    path = tmp_path / "as-run.jsonl"
    write(path, placed)
    content = path.read_bytes()
    for position in range(0, len(content), 97):
        changed = bytearray(content)
        changed[position] ^= 1
        path.write_bytes(changed)
        with pytest.raises(PlayoutError):
            read_as_run(path)


def test_a_removed_record_shows(tmp_path, placed):
    path = tmp_path / "as-run.jsonl"
    write(path, placed)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[3:]))
    with pytest.raises(PlayoutError, match="chain") as caught:
        read_as_run(path)
    assert "line 3" in caught.value.where


def test_a_restarted_log_goes_on_with_the_chain_and_knows_what_was_said(tmp_path, placed):
    path = tmp_path / "as-run.jsonl"
    write(path, placed[:2])
    with AsRunLog(path) as log:
        assert log.last_seq == 1
        log.append(record("line", placed[2], 0.0))
    assert [entry.seq for entry in aired(read_as_run(path))] == [0, 1, 2]


def test_a_torn_last_line_is_cut_off(tmp_path, placed):
    path = tmp_path / "as-run.jsonl"
    write(path, placed)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"kind": "li')
    with AsRunLog(path):
        pass
    assert path.read_bytes() == whole


def test_a_sentence_that_was_on_air_at_a_crash_is_logged_as_cut_and_may_come_again(tmp_path, placed):
    path = tmp_path / "as-run.jsonl"
    write(path, placed[:1])
    write(path, placed[1:2], kinds=("begin",))
    with AsRunLog(path) as log:
        assert log.last_seq == 0
    last = read_as_run(path)[-1]
    assert (last.seq, last.complete, last.kind) == (1, False, "line")
    assert "stopped" in last.note
    with AsRunLog(path) as log:
        assert log.last_seq == 0, "the cut sentence is still to be said"


def test_a_file_that_is_no_log_is_refused(tmp_path):
    path = tmp_path / "as-run.jsonl"
    path.write_text(json.dumps({"hello": 1}) + "\n")
    with pytest.raises(PlayoutError, match="not an as-run log"):
        AsRunLog(path)


def test_an_unwritable_place_says_so(tmp_path):
    with pytest.raises(PlayoutError, match="cannot be written"):
        AsRunLog(tmp_path)


def test_a_log_of_a_week_is_continued_from_its_end(tmp_path, placed, monkeypatch):
    monkeypatch.setattr("livestream.chain._TAIL", 2000)
    path = tmp_path / "as-run.jsonl"
    for _ in range(20):
        write(path, placed)
    assert path.stat().st_size > 10 * 2000
    with AsRunLog(path) as log:
        assert log.last_seq == 2
        log.append(record("line", placed[0], 0.0))
    assert len(read_as_run(path)) == 121, "the chain is whole"


def test_a_disk_that_was_full_for_a_while_loses_no_record(tmp_path, placed, monkeypatch):
    monkeypatch.setattr("livestream.playout.asrun._RETRY_SECONDS", 0.001)
    sync, refusals = os.fdatasync, iter([True, True, True])

    def full(fd):
        if next(refusals, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(fd)

    monkeypatch.setattr("livestream.playout.asrun.os.fdatasync", full)
    path = tmp_path / "as-run.jsonl"
    with AsRunLog(path) as log:
        for entry in placed:
            log.append(record("line", entry, 0.0))
        while len(path.read_bytes().splitlines()) < 3:
            pass
        assert log.failure == ""
    assert [entry.seq for entry in aired(read_as_run(path))] == [0, 1, 2]
