from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from livestream.cli.main import app
from livestream.errors import CatalogueError, UsageError

GOOD = "title,price,stock,image\nLamp,49.99,3,https://a.example/l.png\nCup,,0,none.png\n"
BAD = "title,price\nLamp,49.99\nCup,free\n\x1b[31mPot,5\n"


@pytest.fixture
def run(tmp_path):
    path = tmp_path / "list.csv"

    def invoke(content: str, *arguments: str):
        path.write_text(content)
        return CliRunner(env={"COLUMNS": "160"}).invoke(app, ["check", str(path), *arguments])

    return invoke


def test_reports_what_can_go_on_air(run):
    result = run(GOOD, "--currency", "USD")
    assert result.exit_code == 0
    for shown in ("2 products", "no errors", "Lamp", "$49.99", "sold out", "not quoted", "missing", "https"):
        assert shown in result.output


def test_a_market_without_rules_of_its_own_is_told(run):
    assert "No rules for nl-NL" in run(GOOD, "--locale", "nl-NL").output
    assert "No rules" not in run(GOOD, "--locale", "es-MX").output


def test_how_much_of_a_list_has_a_text_is_told(run, tmp_path):
    assert "In en-US" not in run(GOOD).output
    german = run(GOOD, "--locale", "de-DE")
    assert "In de-DE: 0 of 2 titles" in german.output
    assert "livestream translate list.csv --locale de-DE" in german.output
    (tmp_path / "list.de-DE.csv").write_text("handle,field,source,text\nlamp,title,Lamp,Lampe\n,title,Cup,Tasse\n")
    whole = run(GOOD, "--locale", "de-DE")
    assert "In de-DE: 2 of 2 titles." in whole.output
    assert "Lampe" in whole.output
    told = json.loads(run(GOOD, "--locale", "de-DE", "--json").stdout)["texts"]
    assert (told["locale"], told["native"], told["title"]) == ("de-DE", False, {"translated": 2, "of": 2})


def test_a_title_that_no_font_can_write_is_told_of(run):
    result = run("title,price\nLamp \U000187ff,5\n")
    assert "no font of this machine has \U000187ff" in result.output


def test_names_problems_with_row_column_value_and_remedy(run):
    result = run(BAD)
    assert result.exit_code == 1
    line = next(line for line in result.output.splitlines() if "'free'" in line)
    assert line.split()[:3] == ["3", "price", "free"]
    assert "→ Write digits" in result.output
    assert "\x1b[31m" not in result.output
    assert "Currency unknown" in result.output
    assert "assume USD" in result.output


def test_policies_are_listed_and_what_standards_refuse_is_told_with_its_rule(run, tmp_path):
    texts = tmp_path / "policies.toml"
    texts.write_text(
        '[[policy]]\ntopic = "returns"\nlocale = "en-US"\ntext = "You can send it back within 30 days."\n'
        '[[policy]]\ntopic = "support"\nlocale = "en-US"\ntext = "Our lamp cures headaches for good."\n'
    )
    result = run(GOOD, "--currency", "USD", "--policies", str(texts))
    assert result.exit_code == 1
    for shown in ("returns", "within 30 days.", "support", "left out, rule health"):
        assert shown in result.output
    told = json.loads(run(GOOD, "--currency", "USD", "--policies", str(texts), "--json").stdout)["policies"]
    assert [(text["id"], text["entry"], text["rule"]) for text in told] == [
        ("policy.returns", 1, ""), ("policy.support", 2, "health"),
    ]  # fmt: skip
    assert "None of the policies is for es-MX" in run(GOOD, "--policies", str(texts), "--locale", "es-MX").output


def test_the_document_is_stable(run):
    result = run(BAD, "--json", "--currency", "USD")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert set(report) == {"file", "currency", "currency_origin", "texts", "products", "problems", "policies"}
    assert (report["currency"], report["currency_origin"]) == ("USD", "argument")
    lamp = report["products"][0]
    assert lamp["variants"] == [
        {"sku": "", "options": {}, "price": "49.99", "compare_at": None, "currency": "USD", "stock": None}
    ]
    price = next(fact for fact in lamp["facts"] if fact["kind"] == "price")
    assert (price["id"], price["value"], price["row"], price["column"]) == ("lamp.price", "49.99", 2, "price")
    assert set(report["problems"][0]) == {"severity", "row", "column", "value", "message", "remedy"}


def test_what_cannot_be_used_ends_with_3(run):
    result = run("")
    assert isinstance(result.exception, CatalogueError)
    assert result.exception.exit_code == 3
    assert isinstance(run(GOOD, "--currency", "BUCKS").exception, UsageError)
    assert isinstance(run(GOOD, "--locale", "xx").exception, UsageError)


def test_ends_as_a_sentence_from_a_shell(tmp_path):
    command = [sys.executable, "-m", "livestream.cli.main", "check", str(tmp_path / "none.csv")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 3
    assert "no such file" in result.stderr
    assert "→" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_the_help_names_an_example_and_the_exit_codes():
    result = CliRunner(env={"COLUMNS": "160"}).invoke(app, ["check", "--help"])
    assert result.exit_code == 0
    assert "livestream check products.csv --currency USD" in result.output
    assert "3 where nothing" in result.output


def test_long_lists_are_cut_in_the_terminal(run):
    rows = "".join(f"Lamp {n},free\n" for n in range(100))
    result = run("title,price\n" + rows)
    assert "… and 40 more" in result.output
    assert "--json has them all" in result.output


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize("name", ["apparel.csv", "home-and-garden.csv"])
def test_a_real_export_is_all_well(real_catalogues, name):
    result = CliRunner(env={"COLUMNS": "160"}).invoke(app, ["check", str(real_catalogues / name), "--currency", "USD"])
    assert result.exit_code == 0
    assert "20 products" in result.output
