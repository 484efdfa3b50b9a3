"""Drafts go on air as people approved them, byte for byte, or not at all."""

import pytest
from drafting_shop import SHOP, write_shop

from livestream.audit import AuditLog
from livestream.catalogue import read_catalogue
from livestream.channel.desk import Desk
from livestream.clock import SystemClock
from livestream.drafting.approval import (
    approve,
    approved_drafts,
    approved_playbook,
    before,
    judged,
    previewed_playbook,
)
from livestream.drafting.document import Drafts, read_drafts, write_drafts
from livestream.drafting.judge import Dropped, Kept
from livestream.errors import AuditError, UsageError
from livestream.locales import locale

HOOKS = ("Welcome, friends! Here's {lamp.title}, and I love it.", "Are you ready? Let me introduce {lamp.title}.")


@pytest.fixture
def audit(tmp_path):
    return AuditLog(tmp_path / "audit.jsonl", SystemClock())


@pytest.fixture
def file(tmp_path, catalogue):
    return written(tmp_path, catalogue, *HOOKS)


def written(folder, catalogue, *hooks, dropped=()):
    path = folder / "drafts.toml"
    write_shop(folder)
    versions = {"lamp.title": catalogue.fact("lamp.title").version}
    kept = [Kept("lamp", "hook", say, versions) for say in hooks]
    kept.append(Kept("lamp", "offer", "You can take {lamp.title} with you for {lamp.price}.", versions))
    write_drafts(path, Drafts(locale="en-US", catalogue="shop.csv", model='a "model"'), kept, dropped)
    return path


def test_approval_is_for_exactly_these_bytes(file, audit, american):
    with pytest.raises(UsageError, match="nobody has approved"):
        approved_drafts(file, american, audit)
    drafts = approve(file, " Ana  Ruiz ", audit)
    (entry,) = audit.entries("drafts_approved")
    assert entry.body == {
        "drafts": str(file.resolve()), "sha256": drafts.digest, "by": "Ana Ruiz", "locale": "en-US", "lines": 3
    }  # fmt: skip
    assert approved_drafts(file, american, audit).origin == f"drafts {drafts.digest[:8]}"
    content = file.read_bytes()
    for at in range(0, len(content), 97):
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(UsageError):
            approved_drafts(file, american, audit)
    file.write_bytes(content + b"\n")
    with pytest.raises(UsageError, match="nobody has approved"):
        approved_playbook(american, file, audit)
    file.write_bytes(content)
    assert approved_drafts(file, american, audit)


def test_a_broken_audit_log_approves_nothing(file, audit, american):
    approve(file, "Ana", audit)
    audit.path.write_bytes(audit.path.read_bytes().replace(b"Ana", b"Eva"))
    with pytest.raises(AuditError):
        approved_drafts(file, american, audit)


@pytest.mark.parametrize("name", ["", "  ", "a" * 101, "A\x1b[31mna"])
def test_an_approval_is_given_by_a_person(file, audit, name):
    with pytest.raises(UsageError, match="by a person"):
        approve(file, name, audit)
    assert not audit.entries()


def test_words_put_into_the_file_by_hand_are_not_approved(tmp_path, catalogue, audit):
    path = written(tmp_path, catalogue, HOOKS[0], "Look at {lamp.title}, it never breaks.")
    with pytest.raises(UsageError, match="never"):
        approve(path, "Ana", audit)
    path = written(tmp_path, catalogue, "It never breaks, like {ghost.title}.")
    with pytest.raises(UsageError, match="never"):
        approve(path, "Ana", audit)
    assert not audit.entries()


@pytest.mark.parametrize(
    "shop", [SHOP.replace("lamp,", "lantern,"), SHOP.replace(",49.99,", ",,")], ids=["product", "price"]
)
def test_what_cannot_be_judged_is_not_approved(tmp_path, file, catalogue, audit, shop):
    write_shop(tmp_path, shop)
    with pytest.raises(UsageError, match="lines cannot be judged") as caught:
        approve(file, "Ana", audit)
    assert "--catalogue" in caught.value.remedy
    assert not audit.entries()
    (tmp_path / "then").mkdir()
    assert approve(file, "Ana", audit, catalogue=write_shop(tmp_path / "then"))


def test_drafts_of_another_language_are_no_drafts_of_this_show(file, audit):
    approve(file, "Ana", audit)
    with pytest.raises(UsageError, match="the show is in es-MX"):
        approved_drafts(file, locale("es-MX"), audit)


def test_what_is_new_same_and_gone_since_the_last_approval(tmp_path, file, catalogue, audit):
    approve(file, "Ana", audit)
    written(tmp_path, catalogue, HOOKS[0], "Say hello to {lamp.title}.")
    shown = list(judged(read_drafts(file), file, earlier=before(file, audit)))
    assert [(each.change, each.caption) for each in shown] == [
        ("same", "Welcome, friends! Here's Copper Lamp, and I love it."),
        ("new", "Say hello to Copper Lamp."),
        ("same", "You can take Copper Lamp with you for $49.99."),
        ("gone", ""),
    ]
    assert shown[-1].line.say == HOOKS[1]


def test_lines_say_todays_values_and_rest_while_their_words_do_not_stand(tmp_path, file):
    write_shop(tmp_path, SHOP.replace("49.99", "45"))
    shown = list(judged(read_drafts(file), file))
    assert shown[-1].caption == "You can take Copper Lamp with you for $45."
    write_shop(tmp_path, SHOP.replace("Copper Lamp", "Brass Lamp"))
    assert {each.rule for each in judged(read_drafts(file), file)} == {"stale"}
    write_shop(tmp_path, SHOP.replace("lamp,", "lantern,"))
    assert {each.rule for each in judged(read_drafts(file), file)} == {"gone"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"x = " + b"[" * 50_000,
        b'format = 1\nlocale = "en-US"\n',
        b'format = 2\nlocale = "en-US"\ncatalogue = "a"\n',
        b'format = 1\nlocale = "en-US"\ncatalogue = "a"\n[[line]]\nproduct = "a"\nbeat = "hook"\nsay = "{% if %}"\n',
        b'format = 1\nlocale = "en-US"\ncatalogue = "a"\n[[line]]\nproduct = "a"\nbeat = "hook"\nsay = "a\\ue000"\n',
        b'format = 1\nlocale = "en-US"\ncatalogue = "a"\n[[line]]\nproduct = "a"\nbeat = "refund"\nsay = "a"\n',
        b"#" * (17 << 20),
    ],
)
def test_what_is_no_drafts_file_is_a_sentence(tmp_path, content):
    path = tmp_path / "drafts.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError):
        read_drafts(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_drafts(tmp_path / "none.toml")


def test_whatever_a_model_wrote_can_be_read_again(tmp_path, catalogue):
    odd = 'quotes " and \\ and \x7f and \ud800 and é 漢 ]] """'
    written(tmp_path, catalogue, dropped=[Dropped("lamp", "hook", odd, "form", odd)])
    (dropped,) = read_drafts(tmp_path / "drafts.toml").dropped
    assert dropped.say == 'quotes " and \\ and   and ? and é 漢 ]] """'


def test_approved_lines_are_said_among_the_playbooks_and_name_who_answers_for_them(tmp_path, file, audit, american):
    approve(file, "Ana", audit)
    drafts = read_drafts(file)
    shop = read_catalogue(tmp_path / "shop.csv", assume="USD")
    own: dict[str, int] = {}
    heard: set[str] = set()
    desk = Desk(shop, locale=american, seed=3, playbook=approved_playbook(american, file, audit))
    for loop in range(12):
        draft = desk.draft(target=90, loop=loop)
        for line in draft.rundown.lines:
            approved = draft.approved[line.id]
            own[approved.approver] = own.get(approved.approver, 0) + 1
            if approved.approver == drafts.origin:
                heard.add(approved.caption)
                assert line.product == "lamp"
    assert own.keys() == {"playbook", drafts.origin}
    assert heard == {
        "Welcome, friends! Here's Copper Lamp, and I love it.",
        "Are you ready? Let me introduce Copper Lamp.",
        "You can take Copper Lamp with you for $49.99.",
    }, "each comes up, and is one of several wordings"
    assert own["playbook"] > own[drafts.origin]


def test_a_line_whose_fact_is_gone_does_not_come_up(tmp_path, file, audit, american):
    playbook, approval = previewed_playbook(american, file, audit)
    assert approval is None
    write_shop(tmp_path, SHOP.replace(",49.99,", ",,").replace("Copper Lamp", "Brass Lamp"))
    shop = read_catalogue(tmp_path / "shop.csv", assume="USD")
    for quote_prices in (True, False):
        desk = Desk(shop, locale=american, seed=3, playbook=playbook, quote_prices=quote_prices)
        drafts = [desk.draft(target=60, loop=loop) for loop in range(6)]
        assert {approved.approver for draft in drafts for approved in draft.approved.values()} == {"playbook"}
        assert not [refusal for refusal in desk.refusals if "drafted" in refusal.what]
