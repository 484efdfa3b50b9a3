from __future__ import annotations

import html.parser
import json
import re
import wave
from itertools import pairwise

import pytest
from rich.console import Console
from typer.testing import CliRunner

from livestream.channel import preview as room
from livestream.cli.main import app
from livestream.errors import MachineError

SHOP = '''Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Variant Price
lamp,Copper Lamp,<p>Stylish copper bedside lamp with a wooden base</p>,Rustic LTD,Title,Default Title,49.99
mug,"Mug {{ price }} & ""Co""",<p>Plain white mug with a wide handle</p>,Rustic LTD,Size,Small,12
mug,,,,,Large,12
sofa,Grey Sofa,Comfortable grey sofa with wooden legs,Home Sweet Home,Title,Default Title,500
'''
STAMP = re.compile(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})")


@pytest.fixture
def shop(tmp_path):
    path = tmp_path / "shop.csv"
    path.write_text(SHOP)
    return path


def run(*arguments, expect=0):
    result = CliRunner().invoke(app, ["preview", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == expect, result.output
    return result


def test_json_is_stable_and_adds_up(shop):
    data = json.loads(run(shop, "--duration", "1m", "--format", "json", "--quiet").stdout)
    again = json.loads(run(shop, "--duration", "1m", "--format", "json", "--quiet").stdout)
    assert data == again
    assert data["format"] == 1
    assert data["seconds"] == pytest.approx(60, rel=0.02)
    assert data["currency_assumed"] is True
    assert data["spoken"] is False
    assert data["left_out"] == []
    times = [line for part in data["parts"] for line in part["lines"]]
    assert all(line["start"] < line["end"] for line in times)
    assert all(before["end"] < after["start"] for before, after in pairwise(times))
    assert {part["product"] for part in data["parts"]} >= {"lamp", "mug", "sofa"}
    assert all(part["measured"] is None and part["planned"] > 0 for part in data["parts"])


def test_the_seed_changes_the_words_and_the_currency_argument_ends_the_doubt(shop):
    one = json.loads(run(shop, "--duration", "1m", "--format", "json", "--quiet", "--currency", "EUR").stdout)
    two = json.loads(run(shop, "--duration", "1m", "--format", "json", "--quiet", "--seed", 9).stdout)
    assert one["currency_assumed"] is False
    assert "€" in json.dumps(one, ensure_ascii=False)
    captions = [[line["caption"] for part in data["parts"] for line in part["lines"]] for data in (one, two)]
    assert captions[0] != captions[1]


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_the_terminal(shop, width, monkeypatch):
    monkeypatch.setattr("livestream.cli.preview.out", Console(width=width, highlight=False, color_system=None))
    text = run(shop, "--duration", "2m").stdout
    assert max(len(line) for line in text.splitlines()) <= width
    assert "Copper Lamp" in text
    assert re.search(r"2:00 planned", text)
    assert "USD is assumed" in text.replace("\n", " ")


def test_webvtt_is_well_formed(shop):
    text = run(shop, "--duration", "1m", "--format", "vtt", "--quiet").stdout
    blocks = text.strip().split("\n\n")
    assert blocks[0] == "WEBVTT"
    times = [STAMP.fullmatch(block.split("\n")[1]) for block in blocks[1:]]
    assert all(times)
    assert [match[1] for match in times] == sorted(match[1] for match in times)
    assert "&amp;" in text
    assert "-->" not in "".join(block.split("\n")[0] + block.split("\n")[2] for block in blocks[1:])


def test_srt_is_numbered_from_one(shop):
    blocks = run(shop, "--duration", "1m", "--format", "srt", "--quiet").stdout.strip().split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == [str(n) for n in range(1, len(blocks) + 1)]
    assert all(re.fullmatch(r"[\d:]+,\d{3} --> [\d:]+,\d{3}", block.split("\n")[1]) for block in blocks)


def test_markdown_has_a_heading_a_segment(shop):
    text = run(shop, "--duration", "2m", "--format", "md", "--quiet").stdout
    assert text.startswith("# Rundown of shop.csv")
    assert re.search(r"^## \d+:\d\d Grey Sofa$", text, re.MULTILINE)
    assert "prices are assumed to be USD" in text


def test_products_that_do_not_fit_are_named(shop):
    data = json.loads(run(shop, "--duration", "14s", "--format", "json", "--quiet").stdout)
    assert data["left_out"] == ["sofa"] or data["left_out"] == ["mug", "sofa"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--duration", "soon"), 2, "is not a length of time"),
        (("--duration", "2s"), 3, "too short"),
        (("--locale", "xx-YY"), 2, "is not a locale"),
        (("--locale", "nl-NL"), 2, "no playbook for nl-NL"),
    ],
)
def test_a_users_mistake_is_one_sentence_with_a_remedy(shop, arguments, code, said, capsys, monkeypatch):
    from livestream.cli import main

    monkeypatch.setattr("sys.argv", ["livestream", "preview", str(shop), *arguments])
    with pytest.raises(SystemExit) as caught:
        main.main()
    told = capsys.readouterr().err
    assert caught.value.code == code
    assert said in told.replace("\n", " ")
    assert "→" in told
    assert "Traceback" not in told


def test_a_file_is_written_whole_or_not_at_all(shop, tmp_path):
    target = tmp_path / "rundown.json"
    run(shop, "--duration", "1m", "--format", "json", "--output", target)
    assert json.loads(target.read_text())["products"] == 3
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []
    with pytest.raises(MachineError) as caught:
        room.save(tmp_path / "none" / "x.json", "{}")
    assert caught.value.remedy
    folder = tmp_path / "taken"
    folder.mkdir()
    with pytest.raises(MachineError):
        room.save(folder, "{}")
    assert list(folder.iterdir()) == []


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen: list[tuple[str, dict]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.timeout(200)
def test_the_page_and_the_sound_are_really_spoken(shop, tmp_path):
    page, sound = tmp_path / "show.html", tmp_path / "show.wav"
    run(shop, "--duration", "30s", "--format", "html", "--output", page, "--audio", sound, "--quiet")
    with wave.open(str(sound)) as file:
        assert (file.getframerate(), file.getnchannels()) == (48_000, 1)
        assert file.getnframes() / 48_000 == pytest.approx(30, rel=0.02)
    text = page.read_text()
    parsed = Page()
    parsed.feed(text)
    tags = [tag for tag, _ in parsed.seen]
    assert tags.count("audio") == 1
    assert "link" not in tags
    assert not re.search(r"https?://", text)
    policies = [attrs["content"] for _, attrs in parsed.seen if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert "default-src 'none'" in policies[0]
    lines = [attrs for _, attrs in parsed.seen if attrs.get("class") == "line"]
    assert lines
    assert all(float(attrs["data-start"]) < float(attrs["data-end"]) <= 30.6 for attrs in lines)
    assert 'Mug price & "Co"' in "".join(parsed.text)
    assert "<script>alert" not in text
