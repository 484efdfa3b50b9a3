"""Translating from the command line: draft, read what is dropped, approve."""

import json

import pytest
from typer.testing import CliRunner

from livestream.cli.main import app
from livestream.errors import UsageError
from livestream.testing.model_server import model_server_beside

LISTED = "handle,title,color,price,currency\nlamp,Desk Lamp,White,45.00,USD\ncup,Cup,White,5.00,USD\n"
GERMAN = {"Desk Lamp": "Schreibtischlampe", "White": "Weiß", "Color": "Farbe", "Cup": "Tasse für 9 €"}


def german(body):
    asked = json.loads(body["messages"][1]["content"])["texts"]
    return json.dumps({"texts": [{"id": each["id"], "text": GERMAN[each["says"]]} for each in asked]})


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(LISTED)
    return lambda *words: CliRunner(env={"COLUMNS": "160"}).invoke(app, list(words))


def test_from_a_list_to_approved_texts(run, tmp_path):
    with model_server_beside(german) as server:
        model = ("--base-url", server.url, "--model", "scripted")
        done = run("translate", "list.csv", "--locale", "de-DE", *model)
        again = run("translate", "list.csv", "--locale", "de-DE", *model, "--json")
        assert server.calls == 2, "the second time nothing is asked"
    assert done.exit_code == again.exit_code == 1, "not all of it can be said"
    assert "list.de-DE.draft.csv  3 of 4 texts drafted" in done.output
    assert "dropped 'Cup': 9 is not in what the list says" in done.output
    assert "--approve list.de-DE.draft.csv --by NAME" in done.output
    told = json.loads(again.stdout)
    assert (told["kept"], told["wanted"], told["calls"]) == (3, 4, 0)
    assert [each["source"] for each in told["dropped"]] == ["Cup"]
    approved = run("translate", "--approve", "list.de-DE.draft.csv", "--by", "Ana Ruiz")
    assert approved.exit_code == 0
    for shown in ("Desk Lamp", "Schreibtischlampe", "Approved: list.de-DE.csv, 3 texts new or changed"):
        assert shown in approved.output
    assert (tmp_path / "list.de-DE.csv").read_text().splitlines()[1:] == [
        "lamp,title,Desk Lamp,Schreibtischlampe", ",option,Color,Farbe", ",option,White,Weiß",
    ]  # fmt: skip
    assert "Ana Ruiz" in run("audit", "show", "--kind", "texts_approved", "--json").output


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("list.csv",),
        ("list.csv", "--locale", "de-DE"),
        ("list.csv", "--locale", "de-DE", "--model", "x", "--base-url", "ftp://a"),
        ("--approve", "list.csv", "--by", "Ana Ruiz"),
    ],
)
def test_what_is_missing_is_said(run, words):
    told = run("translate", *words).exception
    assert isinstance(told, UsageError)
    assert told.remedy
