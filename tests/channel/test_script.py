from dataclasses import replace

import pytest

from livestream.channel.script import KEPT_LOOPS, Entry, Journal, Loop, Script, without_speech
from livestream.errors import ChannelError, ForgedSeal
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.standards import Sealer, Standards, new_key
from livestream.testing.playout import make_ready


@pytest.fixture
def sealer():
    return Sealer(new_key())


def make_loop(number, first, count=3, *, last=False, graphics=()):
    standards = Standards({}, locale("en-US"))
    words = ("soft", "warm", "calm", "bright", "light")
    entries = tuple(
        Entry(
            without_speech(make_ready(first + i)),
            standards.approve(Line(f"line-{first + i}", "en-US", Beat.HOOK, (f"This feels {words[i % 5]} to me.",))),
            2.2,
        )
        for i in range(count)
    )
    return Loop(number, entries, tuple(graphics), last)


def of_pass(entry, number):
    return replace(entry, ready=replace(entry.ready, loop=number))


def test_a_restarted_orchestrator_finds_the_same_script(tmp_path, sealer):
    strip = Standards({}, locale("en-US")).approve_lower_third("ask", ("Ask away",))
    journal = Journal(tmp_path / "journal", sealer)
    journal.append(make_loop(0, 0, graphics=[sealer.seal_lower_third(strip)]))
    journal.append(make_loop(1, 3, last=True))
    first, second = Journal(tmp_path / "journal", sealer).load()
    assert [entry.line.caption for entry in first.entries] == [entry.line.caption for entry in make_loop(0, 0).entries]
    assert second.first_seq == 3
    assert second.last
    assert sealer.open_lower_third(first.graphics[0]).lower_third.heading == "Ask away"


def test_a_line_altered_in_the_journal_is_refused(tmp_path, sealer):
    path = tmp_path / "journal"
    Journal(path, sealer).append(make_loop(0, 0))
    path.write_bytes(path.read_bytes().replace(b"feels warm", b"feels full refund"))
    with pytest.raises(ForgedSeal):
        Journal(path, sealer).load()


def test_a_journal_of_another_run_is_refused(tmp_path, sealer):
    path = tmp_path / "journal"
    Journal(path, sealer).append(make_loop(0, 0))
    with pytest.raises(ForgedSeal):
        Journal(path, Sealer(new_key())).load()


def test_the_journal_does_not_grow_with_the_days(tmp_path, sealer):
    path = tmp_path / "journal"
    journal = Journal(path, sealer)
    for number in range(10):
        journal.append(make_loop(number, number * 3))
    again = Journal(path, sealer)
    assert [loop.number for loop in again.load()] == list(range(10 - KEPT_LOOPS, 10))
    again.append(make_loop(10, 30))
    assert [loop.number for loop in Journal(path, sealer).load()] == list(range(11 - KEPT_LOOPS, 11))
    assert not path.with_suffix(".part").exists()


def test_a_damaged_journal_names_itself(tmp_path, sealer):
    path = tmp_path / "journal"
    path.write_bytes(b"{}\n")
    with pytest.raises(ChannelError) as caught:
        Journal(path, sealer).load()
    assert caught.value.where == str(path)


def test_entries_are_found_by_number_over_loops():
    script = Script([make_loop(0, 0), make_loop(1, 3, last=True)])
    loop, entry = script.find(4)
    assert (loop.number, entry.ready.seq) == (1, 4)
    assert script.find(6) is None
    assert script.complete
    assert script.next_seq == 6
    assert script.seconds_from(3) == pytest.approx(6.6)
    assert script.seconds_from(0) == pytest.approx(13.2)


def test_old_loops_are_forgotten_but_the_newest_stays():
    first, second = make_loop(0, 0), make_loop(1, 3)
    script = Script([first, replace(second, entries=tuple(of_pass(entry, 1) for entry in second.entries))])
    script.forget(2)
    assert script.find(0) is not None
    script.forget(3)
    assert script.find(0) is None
    script.forget(100)
    assert script.find(5) is not None
