"""What a locale lacks is said, exactly; a new one lacks everything that is to be written, and nothing of it breaks."""

import tomllib
from dataclasses import replace

import pytest

from livestream import datafiles, scripts
from livestream.answers.wordings import SECTIONS as ANSWERS
from livestream.channel.locales import judging
from livestream.channel.locales.rooms import ROOMS, examine, known_locales
from livestream.channel.locales.scaffold import guidance, scaffold
from livestream.errors import MachineError, UsageError
from livestream.rundown.playbook import SECTIONS as BEATS
from livestream.rundown.playbook import load_playbook

EIGHTEEN = (
    *("en-US", "en-GB", "de-DE", "fr-FR", "it-IT", "es-ES", "es-MX", "pt-BR", "ja-JP"),
    *("id-ID", "ru-RU", "tr-TR", "pl-PL", "ko-KR", "ar-SA", "hi-IN", "th-TH", "vi-VN"),
)
WRITTEN = [tag for tag in EIGHTEEN if scripts.paths(tag, "answers", "wordings.toml")]


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A folder of one's own, searched first."""
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path / "mine"))
    return tmp_path / "mine"


def item(report, name):
    return next(each for each in report.items if each.name == name)


def test_all_eighteen_are_known():
    assert set(EIGHTEEN) <= set(known_locales())


@pytest.mark.parametrize("tag", WRITTEN)
def test_all_that_a_written_locale_is_made_of_is_there(tag):
    report = examine(tag, judged=False)
    assert not report.missing
    assert [report.state(room) for room in ROOMS[1:4]] == ["ok"] * 3


@pytest.fixture
def one_product(monkeypatch):
    """The sample, shortened: judging every wording over all of it takes seconds."""
    whole = judging.sample("en-US")
    short = replace(whole, products=whole.products[:1])
    monkeypatch.setattr(judging, "sample", lambda tag: short)


def test_a_refused_wording_is_told_once_with_its_place_and_rule(mine, one_product):
    scaffold("en-US", mine)
    show, answers = (mine / "scripts" / "en-US" / name for name in ("product.toml", "answers/wordings.toml"))
    show.write_text(show.read_text().replace("hook = [", 'hook = [\n  "{{ title.cap }} cures headaches.",', 1))
    answers.write_text(answers.read_text().replace("praise = [", 'praise = [\n  "We refund everybody.",', 1))
    report = examine("en-US")
    for name, place, said in (
        ("playbook", "product.toml, hook 1: ", "cures headaches"),
        ("answers", "wordings.toml, praise 1: ", "We refund everybody."),
    ):
        lines = item(report, f"lines of {name}")
        assert lines.state == "lacking"
        assert int(lines.detail.split()[0]) > 100
        assert [text for text in lines.missing if text.startswith(place) and said in text] == list(lines.missing)
        assert len(lines.missing) == 1
    assert len(report.missing) == 2


def test_a_new_locale_lacks_what_is_to_be_written_and_says_where(mine):
    files = scaffold("nl-NL", mine)
    assert all(path.is_file() for path in files)
    report = examine("nl-NL")
    assert not report.complete
    told = "\n".join(report.missing)
    for section in (*BEATS, *ANSWERS):
        assert section in told
    for file in ("show.toml", "product.toml", "quick.toml", "wordings.toml", "reading.toml", "names.txt", "nl.toml"):
        assert file in told
    assert item(report, "answers").detail == f"0 of {len(ANSWERS)} kinds"
    assert "lines" not in {each.room for each in report.items}  # there is nothing to judge yet


def test_what_has_been_written_is_no_longer_missing(mine):
    scaffold("nl-NL", mine)
    show = mine / "scripts" / "nl-NL" / "show.toml"
    own = '"Hallo.", "Dag.", "Welkom.", "Goedenavond.",'
    show.write_text(
        show.read_text().replace("opening = [", f"opening = [\n{own}").replace("closing = [", 'closing = ["Dag.",')
    )
    playbook = item(examine("nl-NL", judged=False), "playbook")
    assert playbook.detail == "1 of 22 beats"
    text = next(each for each in playbook.missing if "show.toml" in each)
    assert "opening" not in text.replace("quick_opening", "")
    assert "closing (1 so far)" in text


def test_guidance_keeps_every_section_and_comments_what_was_in_it():
    for files in scripts.playbook("en-US"):
        path = files[0]
        text = path.read_text()
        before, after = tomllib.loads(text), tomllib.loads(guidance(text))
        assert set(after) == set(before)
        assert not any(after.values())
        assert len(guidance(text)) > len(text)  # nothing is lost
    wordings = scripts.paths("en-US", "answers", "wordings.toml")[0].read_text()
    kept = tomllib.loads(guidance(wordings, {"mark": "IA · "}))
    assert kept["words"] == {"mark": "IA · "}
    assert set(kept["sections"]) == ANSWERS
    assert not any(kept["sections"].values())


def test_a_market_of_the_same_language_is_based_on_the_other_and_lacks_no_script(mine):
    files = scaffold("en-AU", mine, like="en-GB")
    assert {path.name for path in files} == {"locale.toml", "voice.toml"}
    assert scripts.manner("en-AU").based_on == "en-GB"
    assert load_playbook("en-AU").sections["hook"]
    assert examine("en-AU", judged=False).state("answers") == "ok"


@pytest.mark.parametrize(("tag", "nearest"), [("de-AT", "de-DE"), ("pt-PT", "pt-BR"), ("en-AU", "en-US")])
def test_a_new_market_goes_by_a_shipped_one_of_its_language_unasked(mine, tag, nearest):
    scaffold(tag, mine)
    assert scripts.manner(tag).based_on == nearest


def test_a_shipped_locale_is_copied_to_be_edited(mine):
    scaffold("de-DE", mine)
    for path in mine.rglob("*.*"):
        assert path.read_bytes() == (datafiles_root() / path.relative_to(mine)).read_bytes()
    assert not examine("de-DE", judged=False).missing


def datafiles_root():
    return list(datafiles.roots())[-1]


def test_nothing_is_overwritten_and_nothing_written_beside_it(mine):
    taken = mine / "scripts" / "nl-NL" / "show.toml"
    taken.parent.mkdir(parents=True)
    taken.write_text("# mine\n")
    with pytest.raises(UsageError, match="there already") as error:
        scaffold("nl-NL", mine)
    assert error.value.where == str(taken)
    assert [path for path in mine.rglob("*") if path.is_file()] == [taken]


@pytest.mark.parametrize(("tag", "like"), [("../x", ""), ("nl", ""), ("nl-NL", "xx-XX")])
def test_what_is_no_locale_is_refused(mine, tag, like):
    with pytest.raises(UsageError):
        scaffold(tag, mine, like=like)
    assert not mine.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError, match="cannot be written"):
        scaffold("nl-NL", tmp_path / "file")


@pytest.mark.parametrize(
    ("file", "text", "name", "said"),
    [
        ("voices/nl-NL/voice.toml", "engines = []", "voice", "engines"),
        ("scripts/nl-NL/locale.toml", 'formality = "rude"', "manner", "formality"),
        ("scripts/nl-NL/show.toml", "opening = [", "playbook", "show.toml"),
        ("scripts/nl-NL/answers/wordings.toml", "= 1", "answers", "wordings.toml"),
        ("scripts/_intents/nl.toml", "price = 3", "examples", "price"),
    ],
)
def test_a_file_that_is_at_fault_is_what_is_missing(mine, file, text, name, said):
    scaffold("nl-NL", mine)
    (mine / file).write_text(text)
    found = item(examine("nl-NL"), name)
    assert found.state == "lacking"
    assert said in " ".join(found.missing)


def test_the_worst_of_a_room_is_its_tick(mine):
    scaffold("nl-NL", mine)
    report = examine("nl-NL", judged=False)
    assert report.state("voice") == "note"
    assert report.state("answers") == "lacking"
    assert report.state("fonts") == "ok"
    assert report.state("lines") is None
