"""A list's texts drafted in another language: what is asked, what is dropped, and what a person lets on air."""

from __future__ import annotations

import csv
import json

import pytest

from livestream.audit import AuditLog
from livestream.catalogue import read_catalogue
from livestream.catalogue.readers import read_missing
from livestream.drafting.translating import approve_texts, draft_path, read_draft, translate
from livestream.drafting.work import Wanted
from livestream.errors import UsageError
from livestream.locales import locale
from livestream.settings import Model
from livestream.testing import ManualClock
from livestream.testing.model_server import model_server_beside

LISTED = """Handle,Title,Body (HTML),Type,Option1 Name,Option1 Value,Variant Price,Currency
lamp,Desk Lamp,<p>Slim desk lamp of aluminum with a folding arm. It folds to 38 cm.</p>,Lights,Color,White,45.00,USD
lamp,,,,,Black,45.00,USD
shade,Lamp Shade,<p>A shade of linen for the desk lamp. It is 20 cm high.</p>,Lights,Size,XL,15.00,USD
"""
GERMAN = {
    "Desk Lamp": "Schreibtischlampe",
    "Slim desk lamp of aluminum with a folding arm. It folds to 38 cm.": (
        "Schlanke Schreibtischlampe aus Aluminium mit einem Klapparm. Zusammengeklappt ist sie 38 cm lang."
    ),
    "Lights": "Leuchten",
    "Color": "Farbe",
    "White": "Weiß",
    "Black": "Schwarz",
    "Lamp Shade": "Lampenschirm, 50 % Rabatt",
    "A shade of linen for the desk lamp. It is 20 cm high.": "A shade of linen for the desk lamp. It is 20 cm high.",
    "Size": "Größe, garantiert geheilt",
}
MARKET = locale("de-DE")


def german(body):
    """Translate as a model does that is right on the first product and strays on the second."""
    asked = json.loads(body["messages"][1]["content"])["texts"]
    return json.dumps({"texts": [{"id": each["id"], "text": GERMAN[each["says"]]} for each in asked]})


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LISTED, encoding="utf-8")
    return path


def drafted(listed, *manners):
    with model_server_beside(*(manners or (german,))) as server:
        state = translate(listed, MARKET, Wanted(Model(base_url=server.url, model="scripted"), deadline=5))
        return state, server.calls


def test_everything_without_a_text_is_asked_for_once(listed):
    missing = read_missing(listed, "de-DE")
    assert [(each.handle, each.field, each.source) for each in missing if each.field in {"type", "option"}] == [
        ("lamp", "type", "Lights"), ("lamp", "option", "Color"), ("lamp", "option", "White"),
        ("lamp", "option", "Black"), ("shade", "option", "Size"),
    ]  # fmt: skip
    assert len(missing) == len(GERMAN)
    assert read_missing(listed, "en-GB") == []
    with pytest.raises(UsageError, match="every text"):
        translate(listed, locale("en-GB"), Wanted(Model(base_url="http://127.0.0.1:9/v1", model="x")))


def test_what_strays_is_dropped_with_the_reason_and_the_rest_awaits_a_person(listed, tmp_path):
    state, calls = drafted(listed)
    assert (calls, state.calls, len(state.kept)) == (2, 2, 6)
    reasons = {each.missing.source: each.why for each in state.dropped}
    assert "50" in reasons["Lamp Shade"]
    assert "language" in reasons["A shade of linen for the desk lamp. It is 20 cm high."]
    assert reasons["Size"]
    draft = draft_path(listed, "de-DE")
    assert draft.name == "list.de-DE.draft.csv"
    # Nothing of a draft is told before it is approved.
    assert read_catalogue(listed, locale="de-DE").product("lamp").title == "Desk Lamp"
    assert [change.text.cell.value for change in read_draft(draft).changes][:1] == ["Schreibtischlampe"]
    audit = AuditLog(tmp_path / "audit.jsonl", ManualClock())
    target = approve_texts(read_draft(draft), "Ana  Ruiz", audit)
    assert target.name == "list.de-DE.csv"
    assert not draft.exists()
    there = read_catalogue(listed, locale="de-DE")
    assert there.problems == ()
    assert there.product("lamp").title == "Schreibtischlampe"
    assert there.product("shade").type == "Leuchten"
    (entry,) = audit.entries("texts_approved")
    assert (entry.body["by"], entry.body["locale"], entry.body["lines"]) == ("Ana Ruiz", "de-DE", 6)


def test_an_answer_is_kept_and_a_broken_one_drops_its_texts(listed):
    state, calls = drafted(listed, german, "prose")
    assert (calls, len(state.kept)) == (2, 6)
    assert {each.why for each in state.dropped} == {"the model gave no text"}
    again, calls = drafted(listed, "500")
    assert (calls, len(again.kept)) == (0, 6), "both answers had been kept"


def test_an_endpoint_that_fails_leaves_what_is_missing_for_the_next_time(listed):
    state, _ = drafted(listed, "500")
    assert (state.drafted, len(state.failures)) == ([], 2)
    state, calls = drafted(listed)
    assert (calls, len(state.kept)) == (2, 6)


def test_a_person_may_mend_a_draft_but_not_past_the_checks(listed, tmp_path):
    drafted(listed)
    draft = draft_path(listed, "de-DE")
    audit = AuditLog(tmp_path / "audit.jsonl", ManualClock())
    rows = list(csv.reader(draft.read_text(encoding="utf-8").splitlines()))
    row = next(row for row in rows if row[2] == "Lamp Shade")

    def save():
        with draft.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    row[3] = "Lampenschirm 3000"
    save()
    with pytest.raises(UsageError, match="3000 is not in what the list says") as refused:
        approve_texts(read_draft(draft), "Ana Ruiz", audit)
    assert refused.value.where == f"list.de-DE.draft.csv, row {rows.index(row) + 1}"
    with pytest.raises(UsageError, match="by a person"):
        approve_texts(read_draft(draft), " ", audit)
    assert audit.entries() == []
    row[3] = "Lampenschirm"
    save()
    approve_texts(read_draft(draft), "Ana Ruiz", audit)
    assert read_catalogue(listed, locale="de-DE").product("shade").title == "Lampenschirm"
    # What is drafted later joins what was approved before.
    draft.write_text("handle,field,source,text\nshade,title,Lamp Shade,Leinenschirm\n", encoding="utf-8")
    (change,) = read_draft(draft).changes
    assert (change.before, change.text.cell.value) == ("Lampenschirm", "Leinenschirm")
    approve_texts(read_draft(draft), "Ana Ruiz", audit)
    there = read_catalogue(listed, locale="de-DE")
    assert (there.product("shade").title, there.product("lamp").title) == ("Leinenschirm", "Schreibtischlampe")


def test_only_a_draft_can_be_approved(listed, tmp_path):
    audit = AuditLog(tmp_path / "audit.jsonl", ManualClock())
    for name in ("list.csv", "list.draft.csv", ".draft.csv"):
        with pytest.raises(UsageError):
            approve_texts(read_draft(tmp_path / name), "Ana Ruiz", audit)
    empty = tmp_path / "list.de-DE.draft.csv"
    empty.write_text("handle,field,source,text\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no text"):
        approve_texts(read_draft(empty), "Ana Ruiz", audit)


def test_what_a_person_writes_is_judged_as_what_a_model_writes(listed, tmp_path):
    audit = AuditLog(tmp_path / "audit.jsonl", ManualClock())
    draft, head = tmp_path / "list.de-DE.draft.csv", "handle,field,source,text\n"
    for row, why in [
        ("lamp,title,Desk Lamp,Heilt Rückenschmerzen garantiert", ":"),
        ("gone,title,Desk Lamp,Schreibtischlampe", "no product gone"),
    ]:
        draft.write_text(head + row + "\n", encoding="utf-8")
        with pytest.raises(UsageError, match=why):
            approve_texts(read_draft(draft), "Ana Ruiz", audit)
    draft.write_text(f"{head}lamp,titel,Desk Lamp,X\nlamp,title,Desk Lamp,Tischlampe\n", encoding="utf-8")
    read = read_draft(draft)
    assert [(each.row, each.message) for each in read.problems] == [(2, "there is no such field; the text is not used")]
    draft.write_text(f"{head}lamp,title,Desk Lamp,Heilt Rückenschmerzen\n", encoding="utf-8")
    target = approve_texts(read, "Ana Ruiz", audit)
    assert target.read_text(encoding="utf-8") == f"{head}lamp,title,Desk Lamp,Tischlampe\n", "what was read, and shown"
    draft.write_text(head, encoding="utf-8")
    listed.unlink()
    with pytest.raises(UsageError, match="not beside it"):
        read_draft(draft)
