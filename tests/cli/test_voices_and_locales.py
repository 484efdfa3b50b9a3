"""`livestream voices` and `livestream locale` as a user runs them, and the note on a voice of preview quality."""

import json
import re
import tomllib
import wave

import pytest
from cli_ended import files, is_a_sentence

GOOD = 'engines = ["hibari", "espeak-ng"]\ngender = "female"\n[rate]\nper_sentence = 0.1\nper_letter = 0.06\n'
ROBOT = 'engines = ["espeak-ng"]\n[rate]\nper_sentence = 0.3\nper_letter = 0.07\n'
ABSENT = 'engines = ["nothing"]\n[rate]\nper_sentence = 0.3\nper_letter = 0.07\n'
PREVIEWED = "preview quality"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A folder of one's own with a voice for each case: good, of preview quality, not installed, and a wrong file."""
    for tag, text in (("en-US", GOOD), ("en-GB", ROBOT), ("de-DE", ABSENT), ("fr-FR", "engines = 3")):
        folder = tmp_path / "mine" / "voices" / tag
        folder.mkdir(parents=True)
        (folder / "voice.toml").write_text(text)
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path / "mine"))
    return tmp_path / "mine"


@pytest.mark.needs("espeak-ng")
def test_voices_lists_each_with_its_chain_and_verdict(livestream, mine):
    ended = livestream("voices")
    assert ended.code == 0
    rows = {line.split()[0]: line for line in ended.out.splitlines() if re.match(r"[a-z]{2}-[A-Z]{2} ", line)}
    assert len(rows) >= 17
    assert re.search(r"hibari → espeak-ng +neural +exact +female +✓ good", rows["en-US"])
    assert re.search(r"espeak-ng +formant +estimated +preview quality", rows["en-GB"])
    assert "✗ not installed" in rows["de-DE"]
    assert "nothing: no speech engine is called 'nothing'" in ended.out
    assert "hibari: Apache-2.0" in ended.out
    assert "fr-FR" in ended.err
    assert "engines" in ended.err


@pytest.mark.needs("espeak-ng")
def test_voices_as_json_says_all_of_it(livestream, mine):
    english, *others = (json.loads(livestream("voices", tag, "--json").out)[0] for tag in ("en-US", "en-GB", "de-DE"))
    assert english["preview"] is False
    assert [engine["name"] for engine in english["engines"]] == ["hibari", "espeak-ng"]
    first = english["engines"][0]
    assert (first["tier"], first["timing"], first["live"], first["installed"]) == ("neural", "exact", True, True)
    assert "Apache-2.0" in first["licence"]
    assert others[0]["preview"] is True
    assert others[1]["preview"] is None
    assert others[1]["engines"][0]["installed"] is False


def test_a_sample_is_a_wav_file_at_the_level_of_a_show(livestream, mine, tmp_path):
    ended = livestream("voices", "en-US", "--sample", "hello.wav", "--text", "Hello, and welcome to the show.")
    assert ended.code == 0, ended
    with wave.open(str(tmp_path / "hello.wav")) as file:
        assert (file.getnchannels(), file.getframerate()) == (1, 48_000)
        assert 1.0 < file.getnframes() / 48_000 < 5.0
    assert "Hello, and welcome to the show." in ended.out


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("voices nl-NL", 2, ("no voice for nl-NL", "locale new nl-NL")),
        ("voices --sample a.wav", 2, ("of one voice", "Name its locale")),
        ("voices en-US --sample none/a.wav", 2, ("folder", "Create it")),
        ("locale check tlh", 2, ("not a locale", "en-US")),
        ("locale new nl", 2, ("names no market",)),
        ("locale new nl-NL --like xx-XX", 2, ("no script", "locale list")),
    ],
)
def test_a_mistake_is_one_sentence_with_a_remedy(livestream, tmp_path, command, code, said):
    before = files(tmp_path)
    is_a_sentence(livestream(*command.split()), code, *said)
    assert files(tmp_path) == before


def test_what_standards_refuse_is_no_sample(livestream, tmp_path):
    ended = livestream("voices", "en-US", "--sample", "a.wav", "--text", "We refund everybody.")
    assert ended.code == 5
    assert not (tmp_path / "a.wav").exists()


def test_locale_list_fits_eighty_columns_with_a_tick_a_room(livestream, monkeypatch):
    from rich.console import Console

    monkeypatch.setattr("livestream.cli.locale.out", Console(width=80, highlight=False, color_system=None))
    monkeypatch.setattr("livestream.channel.locales.rooms.known_locales", lambda: ["de-DE", "en-GB", "hi-IN"])
    ended = livestream("locale", "list")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["locale", "voice", "script", "answers", "numbers", "rules", "fonts", "sample"]
    german = next(line for line in lines if line.startswith("de-DE"))
    assert re.search(r"German \(Germany\)( +✓){7} *$", german)
    assert sum(bool(re.match(r"[a-z]{2}-[A-Z]{2} ", line)) for line in lines) == 3


def test_a_new_locale_is_written_and_its_gaps_are_named(livestream, tmp_path, monkeypatch):
    ended = livestream("locale", "new", "nl-NL", "--into", "mine")
    assert ended.code == 0
    assert f"export LIVESTREAM_DATA={tmp_path / 'mine'}" in ended.out
    assert tomllib.loads((tmp_path / "mine" / "voices" / "nl-NL" / "voice.toml").read_text())["engines"]
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path / "mine"))
    checked = livestream("locale", "check", "nl-NL")
    assert checked.code == 1
    assert "scripts/nl-NL/show.toml: write 4 wordings or more each of opening, disclosure" in " ".join(
        checked.out.split()
    )
    report = json.loads(livestream("locale", "check", "nl-NL", "--json").out)[0]
    assert report["complete"] is False
    assert {item["state"] for item in report["items"]} == {"ok", "note", "lacking"}
    is_a_sentence(livestream("locale", "new", "nl-NL", "--into", "mine"), 2, "there already", "--into")


@pytest.mark.needs("espeak-ng")
def test_a_voice_of_preview_quality_is_told_by_commands_that_name_its_locale(livestream, mine):
    for command in ("preview good.csv --duration 20 --locale en-GB", "check good.csv --locale en-GB", "voices en-GB"):
        poor = livestream(*command.split())
        assert PREVIEWED in poor.out + poor.err, command
    good = livestream("check", "good.csv", "--locale", "en-US")
    assert PREVIEWED not in good.out + good.err
    silent = livestream("preview", "good.csv", "--duration", "20", "--locale", "en-GB", "--quiet")
    assert silent.err == ""


@pytest.mark.needs("espeak-ng")
def test_nobody_goes_on_air_unattended_in_a_voice_for_previews(livestream, mine, tmp_path):
    before = files(tmp_path)
    is_a_sentence(livestream("run", "good.csv", "--locale", "en-GB"), 2, PREVIEWED, "--preview-voice", "--assist")
    (tmp_path / "channel.toml").write_text('catalogue = "good.csv"\nlocale = "en-GB"\n')
    is_a_sentence(livestream("run", "channel.toml"), 2, PREVIEWED, "preview_voice = true")
    (tmp_path / "channel.toml").unlink()
    assert files(tmp_path) == before


@pytest.mark.needs("espeak-ng")
@pytest.mark.parametrize(
    ("said", "options"), [("preview_voice = true\n", ()), ("", ("--preview-voice",)), ('mode = "assist"\n', ())]
)
def test_a_merchants_word_or_a_person_lets_it_pass(livestream, mine, tmp_path, said, options):
    (tmp_path / "empty.csv").write_text("title,price\n")  # the next thing that is looked at ends it
    (tmp_path / "channel.toml").write_text(f'catalogue = "empty.csv"\nlocale = "en-GB"\n{said}')
    ended = livestream("run", "channel.toml", *options)
    assert ended.code == 3, ended
    assert "error: the voice" not in ended.err


def test_nobody_goes_on_air_unattended_in_a_language_that_no_rules_read(livestream, mine, tmp_path):
    (tmp_path / "empty.csv").write_text("title,price\n")
    said = 'catalogue = "empty.csv"\nlocale = "tr-TR"\npreview_voice = true\n'
    (tmp_path / "channel.toml").write_text(said)
    is_a_sentence(livestream("run", "channel.toml"), 2, "tr-TR has no rule pack", "--union-rules")
    assert livestream("run", "channel.toml", "--union-rules").code == 3
    (tmp_path / "channel.toml").write_text(said.replace("tr-TR", "en-AU"))
    assert "has no rule pack" not in livestream("run", "channel.toml").err
