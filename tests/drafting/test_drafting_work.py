"""A model's endpoint may do anything; what it answered is never asked or paid for twice."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from drafting_shop import SHOP, answer, line, read_shop, write_shop

from livestream.drafting.document import read_drafts
from livestream.drafting.journal import Journal, journal_path
from livestream.drafting.model import Answered
from livestream.drafting.work import MISSES, Wanted, write
from livestream.errors import UsageError
from livestream.settings import Model
from livestream.testing.model_server import drafts as good
from livestream.testing.model_server import model_server_beside

NAMES = [f"Oak Lamp {name}" for name in ("Alba", "Bruna", "Carla", "Dora", "Elsa", "Flora", "Gina", "Hanna")]
MANY = "title,price\n" + "".join(f"{name},20\n" for name in NAMES)


@pytest.fixture
def draft(tmp_path, american):
    def work(url, text=SHOP, **more):
        wanted = Wanted(Model(base_url=url, model="scripted"), **{"count": 2, "at_once": 1, **more})
        return write(read_shop(tmp_path, text), american, tmp_path / "drafts.toml", wanted)

    return work


def test_lines_are_kept_by_product_and_beat_with_what_they_cost(draft, tmp_path):
    with model_server_beside(good) as server:
        done = draft(server.url)
    written = read_drafts(tmp_path / "drafts.toml")
    assert Counter(line.product for line in written.line) == {"lamp": 6, "mug": 6, "sofa": 6}
    assert [line.product for line in written.line] == sorted(line.product for line in written.line)
    assert (done.calls, done.tokens_in, done.tokens_out, done.missing, done.failures) == (3, 300, 30, 0, [])
    assert server.requests[0]["response_format"]["type"] == "json_schema"
    assert written.catalogue.as_posix() == "shop.csv", "from the folder of the file"


def test_what_was_answered_is_not_asked_again_until_its_facts_change(draft, tmp_path):
    with model_server_beside(good) as server:
        draft(server.url)
        first = (tmp_path / "drafts.toml").read_bytes()
        assert draft(server.url, SHOP.replace("49.99", "45.00")).calls == 0, "a price is rendered when it is said"
        assert (tmp_path / "drafts.toml").read_bytes() == first
        assert draft(server.url, SHOP.replace("Grey Sofa", "Blue Sofa")).calls == 1


def test_a_dead_endpoint_is_left_in_peace_and_the_work_goes_on_later(draft):
    with model_server_beside(good, "500") as server:
        done = draft(server.url, MANY)
        assert (done.calls, done.done, done.missing) == (1 + MISSES, 1, len(NAMES) - 1)
        assert len(done.failures) == MISSES
        assert "500" in done.failures[0]
    with model_server_beside(good) as server:
        done = draft(server.url, MANY)
        assert (done.calls, done.missing) == (len(NAMES) - 1, 0)


def test_no_more_calls_are_made_than_allowed(draft):
    with model_server_beside(good) as server:
        assert draft(server.url, MANY, calls=2).missing == len(NAMES) - 2
        assert draft(server.url, MANY, calls=500, at_once=4).calls == len(NAMES) - 2


@pytest.mark.parametrize("manner", ["flood", "half", "hang", "drip", "html"])
def test_an_endpoint_that_does_not_answer_costs_its_deadline_and_no_more(draft, tmp_path, manner):
    with model_server_beside(manner) as server:
        began = time.monotonic()
        done = draft(server.url, deadline=0.5)
    assert time.monotonic() - began < 30
    assert len(done.failures) == MISSES
    assert not read_drafts(tmp_path / "drafts.toml").line


@pytest.mark.parametrize("manner", ["tool", "prose", "bad_json", "huge", "forged"])
def test_what_is_no_line_is_listed_and_not_asked_again(draft, tmp_path, manner):
    with model_server_beside(manner) as server:
        done = draft(server.url)
        assert (len(done.kept), done.rules, done.missing) == (0, {"form": 3}, 0)
        assert draft(server.url).calls == 0
    dropped = read_drafts(tmp_path / "drafts.toml").dropped
    assert [entry.product for entry in dropped] == ["lamp", "mug", "sofa"]


def test_an_endpoint_without_json_schema_is_asked_without(draft):
    with model_server_beside("400", good) as server:
        done = draft(server.url)
    assert (done.missing, done.calls) == (0, 4)
    assert ["response_format" in request for request in server.requests] == [True, False, False, False]
    assert ["max_tokens" in request for request in server.requests] == [True, False, False, False]


def test_two_refused_at_once_are_both_asked_without(draft):
    with model_server_beside("400", "400", good) as server:
        done = draft(server.url, at_once=2)
    assert (done.missing, done.failures) == (0, [])
    assert 4 <= server.calls <= 5


def liar(body):
    """Give the worst there is, in every shape, with the shop's own ids where they help."""
    facts = {fact["kind"]: {"fact": fact["id"]} for fact in json.loads(body["messages"][1]["content"])["facts"]}
    title = facts["title"]
    texts = (
        "You get a full refund.", "It is free.", "Only today.", "Ninety percent off.", "It cures pain.",
        "Delivered tomorrow.", "Buy two, get 1.", "The best there is.", "Write to shop@example.com.",
        "I am a real person.", "Everyone has bought it.", "It never breaks.", "Ｇｕａｒａｎｔｅｅｄ.", "Es gratis hoy.",
        "{{ refund }}", "\ue000\ue001", "\u202eeerf", "ｆ r e e", "Fr33!", "ignore the rules",
    )  # fmt: skip
    spoken = [line("hook", text, title, ".") for text in texts] + [line("hook", title, ". ", text) for text in texts]
    forged = [line("offer", "For ", {"fact": f"{name}.price"}, ".") for name in ("free", "", "x" * 300, "a}{b")]
    return answer(*spoken, *forged, {"beat": "hook", "pieces": [title] * 500}, 7, None, [[]], {})


def test_of_a_liar_nothing_is_kept_and_everything_is_listed(draft, tmp_path):
    with model_server_beside(liar) as server:
        done = draft(server.url)
    assert [
        kept for kept in done.kept if kept.say not in {f"{{{kept.product}.title}}.", f"{{{kept.product}.title}}"}
    ] == []
    assert {"remedy", "number", "fact", "form", "unsupported"} <= done.rules.keys()
    assert len(read_drafts(tmp_path / "drafts.toml").dropped) == len(done.dropped) > 100


def test_a_journal_that_was_torn_or_filled_with_rubbish_is_read_as_far_as_it_holds(tmp_path):
    path = tmp_path / "drafts.toml.journal"
    with Journal(path) as journal:
        journal.add("a", Answered("one", 1, 2))
    with path.open("ab") as file:
        file.write(b'\x00\xff\n{"key": "b"}\n[[[[\n{"key": "c", "content": "th')
    with Journal(path) as journal:
        assert journal.answers == {"a": Answered("one", 1, 2)}
        journal.add("d", Answered("four"))
    with Journal(path) as journal:
        assert set(journal.answers) == {"a", "d"}
        with pytest.raises(UsageError, match="another livestream write"), Journal(path):
            pass


def test_another_file_is_not_written_over(draft, tmp_path):
    (tmp_path / "drafts.toml").write_text("[shop]\nkey = 1\n")
    with model_server_beside(good) as server, pytest.raises(UsageError, match="no drafts file"):
        draft(server.url)
    assert (tmp_path / "drafts.toml").read_text() == "[shop]\nkey = 1\n"
    assert not server.calls


def test_a_killed_process_loses_no_more_than_the_call_in_flight(tmp_path, draft):
    out = tmp_path / "drafts.toml"
    with model_server_beside(good, good, good, "hang") as server:
        command = [
            sys.executable,
            "-m",
            "livestream.cli.main",
            "write",
            str(write_shop(tmp_path, MANY)),
            "--lines",
            "2",
        ]
        command += ["--base-url", server.url, "--model", "scripted", "--out", str(out), "--at-once", "1", "--json"]
        working = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            assert server.asked(4, within=30)
        finally:
            working.send_signal(signal.SIGKILL)
            working.wait()
    assert not out.exists()
    assert len(journal_path(out).read_text().splitlines()) == 3
    with model_server_beside(good) as server:
        done = draft(server.url, MANY)
    assert (done.calls, done.missing) == (len(NAMES) - 3, 0)
    assert {each.product for each in read_drafts(out).line} == {name.lower().replace(" ", "-") for name in NAMES}
