"""The audit log and the chain under it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from livestream.audit import AuditLog, audit_path, verify, verify_against
from livestream.chain import BrokenChain, link, read_chain
from livestream.cli.main import app
from livestream.errors import AuditError
from livestream.testing import ManualClock


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    log = AuditLog(tmp_path / "audit.jsonl", ManualClock())
    for number in range(5):
        log.append("drafts_approved", {"number": number, "by": "Ana Gómez", "text": "49,90 €"})
    return log


def test_what_was_written_is_read_in_order(log):
    assert [entry.body["number"] for entry in log.entries()] == [0, 1, 2, 3, 4]
    assert log.entries("platform_confirmed") == []
    assert verify(log.path).records == 5


def test_each_changed_byte_is_found(log):
    content = log.path.read_bytes()
    for position in range(len(content)):
        changed = bytearray(content)
        changed[position] ^= 1
        log.path.write_bytes(changed)
        with pytest.raises(AuditError, match="chain"):
            verify(log.path)


def test_a_space_put_in_is_found(log):
    log.path.write_bytes(log.path.read_bytes().replace(b'": 3', b'":  3'))
    with pytest.raises(AuditError) as caught:
        verify(log.path)
    assert "line 4" in caught.value.where


CHANGES = {
    "removed at the start": lambda lines: lines[1:],
    "removed in the middle": lambda lines: lines[:2] + lines[3:],
    "reordered": lambda lines: [lines[1], lines[0], *lines[2:]],
    "repeated": lambda lines: [*lines, lines[-1]],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_removed_reordered_and_repeated_records_are_found(log, change):
    log.path.write_bytes(b"".join(change(log.path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(AuditError, match="chain"):
        verify(log.path)


def test_a_cut_end_is_found_by_what_was_noted_of_it(log, tmp_path):
    as_run = AuditLog(tmp_path / "show.as-run.jsonl", ManualClock())
    for number in range(3):
        as_run.append("line", {"number": number})
    whole = verify(as_run.path)
    log.append("as_run_closed", {"file": str(as_run.path.resolve()), "records": whole.records, "head": whole.head})
    assert verify_against(whole, log.entries()) == "closed"
    lines = as_run.path.read_bytes().splitlines(keepends=True)
    as_run.path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(AuditError, match="record 3"):
        verify_against(verify(as_run.path), log.entries())
    as_run.path.write_bytes(b"".join(lines))
    as_run.append("line", {"number": 3})
    with pytest.raises(AuditError, match="more were added"):
        verify_against(verify(as_run.path), log.entries())


def test_a_log_without_an_end_is_told_from_a_closed_one(log, tmp_path):
    as_run = AuditLog(tmp_path / "show.as-run.jsonl", ManualClock())
    as_run.append("line", {"number": 0})
    whole, named = verify(as_run.path), {"file": str(as_run.path.resolve())}
    assert verify_against(whole, log.entries()) == "unnoted"
    log.append("as_run_opened", named)
    assert verify_against(whole, log.entries()) == "open"
    log.append("as_run_closed", named | {"records": 1, "head": whole.head})
    assert verify_against(whole, log.entries()) == "closed"
    log.append("as_run_closed", named | {"records": "?"})
    with pytest.raises(AuditError):
        verify_against(whole, log.entries())


def test_a_torn_record_is_cut_off_and_the_chain_goes_on(log):
    with log.path.open("ab") as file:
        file.write(b'{"kind": "drafts')
    log.append("drafts_approved", {"number": 5})
    assert verify(log.path).records == 6


def test_nothing_is_appended_to_what_is_no_log(tmp_path):
    path = tmp_path / "audit.jsonl"
    path.write_text('{"hello": 1}\n')
    with pytest.raises(AuditError, match="chain"):
        AuditLog(path, ManualClock()).append("x", {})
    assert path.read_text() == '{"hello": 1}\n'


def test_a_huge_record_is_refused_and_leaves_the_log_whole(log):
    with pytest.raises(AuditError, match="more than"):
        log.append("x", {"text": "a" * 70_000})
    assert verify(log.path).records == 5


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"a": "\\ud800", "prev": "", "hash": ""}'], ids=["deep", "half a surrogate pair"]
)
def test_what_json_takes_and_no_log_holds_is_no_record(tmp_path, line):
    path = tmp_path / "odd.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(BrokenChain):
        list(read_chain(path))


def test_what_is_no_text_is_not_written(log):
    with pytest.raises(AuditError, match="no text"):
        log.append("drafts_approved", {"drafts": "\udcff.toml"})
    assert verify(log.path).records == 5


def test_a_link_follows_the_one_before():
    line, digest = link({"a": 1}, "0" * 64)
    assert json.loads(line)["prev"] == "0" * 64
    assert link({"a": 1}, digest)[1] != digest


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


@pytest.mark.usefixtures("home")
class TestCommand:
    def test_verifies_the_logs_it_knows(self):
        log = AuditLog(audit_path(), ManualClock())
        log.append("drafts_approved", {"by": "Ana"})
        done = CliRunner().invoke(app, ["audit", "verify", "--json"])
        assert done.exit_code == 0
        assert [entry["whole"] for entry in json.loads(done.stdout)] == [True]
        log.path.write_bytes(log.path.read_bytes().replace(b"Ana", b"Eva"))
        assert CliRunner().invoke(app, ["audit", "verify"]).exit_code == 6

    def test_a_log_that_is_not_closed_is_named_so_and_one_that_is_gone_is_found(self, tmp_path):
        as_run = tmp_path / "show.as-run.jsonl"
        AuditLog(as_run, ManualClock()).append("line", {})
        AuditLog(audit_path(), ManualClock()).append("as_run_opened", {"file": str(as_run)})
        done = CliRunner().invoke(app, ["audit", "verify"])
        assert (done.exit_code, "not closed" in done.stdout) == (0, True)
        told = json.loads(CliRunner().invoke(app, ["audit", "verify", "--json"]).stdout)
        assert [entry["end"] for entry in told] == [None, "open"]
        as_run.unlink()
        done = CliRunner().invoke(app, ["audit", "verify", "--json"])
        assert done.exit_code == 6
        assert [entry["whole"] for entry in json.loads(done.stdout)] == [True, False]

    def test_shows_what_was_approved(self):
        AuditLog(audit_path(), ManualClock()).append("drafts_approved", {"by": "Ana"})
        assert "by: Ana" in CliRunner().invoke(app, ["audit", "show"]).stdout
        assert "by: Ana" not in CliRunner().invoke(app, ["audit", "show", "--kind", "platform_confirmed"]).stdout
