import pytest

from livestream.errors import UsageError
from livestream.lines import Slot
from livestream.rundown.playbook import LEAST_WORDINGS, SECTIONS, load_playbook, playbook_locales, read_playbook
from livestream.rundown.telling import Slots, telling


def write(folder, **sections):
    lines = ["[kinds]", 'wear = ["shirt"]', ""]
    body = {
        section: [f"Wording {n} of {section}. I'm AI-generated." for n in range(LEAST_WORDINGS)] for section in SECTIONS
    } | sections
    head = [
        f"{section} = {entries if isinstance(entries, str) else repr(entries)}" for section, entries in body.items()
    ]
    path = folder / "all.toml"
    path.write_text("\n".join([*head, *lines]))
    return [[path]]


def test_each_section_of_the_shipped_playbook_has_enough_wordings(playbook):
    assert all(len(playbook.sections[section]) >= LEAST_WORDINGS for section in SECTIONS)
    assert len(playbook.sections["quick"]) >= 12
    assert all(len(playbook.sections[s]) >= 8 for s in ("hook", "benefit", "offer", "call_to_action", "transition"))
    assert {"disclosure", "questions", "slate", "standby"} <= playbook.lower_thirds.keys()


@pytest.mark.parametrize("section", ["disclosure", "quick_opening", "recap"])
def test_every_wording_that_opens_says_that_the_host_is_generated(playbook, section):
    for wording in playbook.sections[section]:
        assert "AI-generated" in " ".join(wording.sentences), wording.id


def test_an_unknown_locale_names_those_there_are():
    with pytest.raises(UsageError) as caught:
        load_playbook("xx-XX")
    assert "en-US" in caught.value.remedy


def test_answers_alone_are_no_playbook(tmp_path, monkeypatch):
    shipped = playbook_locales()
    (tmp_path / "scripts" / "en-US" / "answers").mkdir(parents=True)
    (tmp_path / "scripts" / "nl-NL" / "answers").mkdir(parents=True)
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path))
    with pytest.raises(UsageError, match="no playbook for nl-NL") as caught:
        load_playbook("nl-NL")
    assert caught.value.remedy == f"Locales with a playbook: {', '.join(shipped)}."
    assert load_playbook("en-US").sections


def test_a_locale_based_on_another_says_only_what_differs(tmp_path, monkeypatch):
    own = tmp_path / "scripts" / "en-AU"
    own.mkdir(parents=True)
    (own / "locale.toml").write_text('based_on = "en-US"\n')
    ends = [f"{word}, {{{{ next }}}}." for word in ("On", "Right", "Now", "So")]
    (own / "show.toml").write_text(f"recap_end = {ends!r}")
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path))
    base, played = load_playbook("en-US"), load_playbook("en-AU")
    assert [wording.sentences for wording in played.sections["recap_end"]] == [(end,) for end in ends]
    assert played.sections["hook"] == base.sections["hook"]
    assert played.sections["closing"] == base.sections["closing"]
    assert played.lower_thirds == base.lower_thirds


def test_where_urgency_is_bad_manners_it_is_neither_asked_for_nor_said(tmp_path, monkeypatch, product):
    (tmp_path / "scripts" / "en-AU").mkdir(parents=True)
    (tmp_path / "scripts" / "en-AU" / "locale.toml").write_text('based_on = "en-US"\nurgency = "none"\n')
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path))
    assert load_playbook("en-US").sections["urgency"]
    assert load_playbook("en-AU").sections["urgency"] == ()


def test_a_locale_cannot_be_based_on_itself(tmp_path, monkeypatch):
    for tag, base in (("en-AU", "en-NZ"), ("en-NZ", "en-AU")):
        (tmp_path / "scripts" / tag).mkdir(parents=True)
        (tmp_path / "scripts" / tag / "locale.toml").write_text(f'based_on = "{base}"\n')
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path))
    with pytest.raises(UsageError, match="en-AU → en-NZ → en-AU"):
        load_playbook("en-AU")


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"hook": ["One only."]}, "has 1 wordings"),
        ({"hook": ["{{ title"] * 4}, "not a template"),
        ({"hook": [""] * 4}, "nothing to say"),
        ({"surprise": ["a", "b", "c", "d"]}, "known section"),
        ({"hook": "[{ say = 'x', when = ['ever'] }]"}, "ever, which is not known"),
    ],
)
def test_a_damaged_playbook_is_refused_with_its_place(tmp_path, sections, message):
    with pytest.raises(UsageError, match=message) as caught:
        read_playbook(write(tmp_path, **sections), "en-US")
    assert caught.value.where


def test_a_file_that_is_not_toml_is_refused(tmp_path):
    (tmp_path / "bad.toml").write_text("hook = [")
    with pytest.raises(UsageError, match="cannot be read"):
        read_playbook([[tmp_path / "bad.toml"]], "en-US")


def test_text_of_a_catalogue_is_never_template_syntax(playbook, product):
    evil = product("evil", "{{ 7 * 7 }} {% raw %}", points=(("{{ config }}", "adjective"), ("{{ x }}", "noun")))
    told = telling(evil, playbook, quote_prices=True, turn=0)
    wording = next(w for w in playbook.sections["hook"] if w.points == ())
    slots = Slots()
    pieces = slots.pieces(wording.templates[0].render(told.bind(wording, slots)))
    assert not any("{" in piece for piece in pieces if isinstance(piece, str))
    assert Slot("evil.title") in pieces or Slot("evil.title", "title") in pieces


def test_a_template_cannot_leave_its_sandbox(tmp_path, product):
    reach = "{{ title.__class__.__mro__ }}"
    played = read_playbook(write(tmp_path, hook=[reach, "b", "c", "d"]), "en-US")
    told = telling(product("lamp", "Lamp"), played, quote_prices=True, turn=0)
    slots = Slots()
    values = told.bind(played.sections["hook"][0], slots)
    with pytest.raises(Exception, match="unsafe"):
        played.sections["hook"][0].templates[0].render(values)


def test_agreement_follows_the_title(playbook, product):
    one = telling(product("a", "Copper Lamp"), playbook, quote_prices=True, turn=0).common(Slots(), again=False)
    many = telling(product("b", "Copper Lamps"), playbook, quote_prices=True, turn=0).common(Slots(), again=False)
    assert (one["It_is"], one["this"], one["s"], one["does"]) == ("It's", "this", "s", "does")
    assert (many["It_is"], many["this"], many["s"], many["does"]) == ("They're", "these", "", "do")


def test_an_internal_vendor_id_is_not_said_and_a_name_is(playbook, product):
    slots = Slots()
    spoken = telling(product("a", "Lamp", vendor="Rustic LTD"), playbook, quote_prices=True, turn=0)
    silent = telling(product("b", "Lamp", vendor="partners-demo"), playbook, quote_prices=True, turn=0)
    assert "vendor" in spoken.common(slots, again=False)
    assert "vendor" not in silent.common(slots, again=False)


def test_no_price_is_offered_where_none_may_be_quoted(playbook, product):
    lamp = product("a", "Lamp")
    assert "price" in telling(lamp, playbook, quote_prices=True, turn=0).common(Slots(), again=False)
    assert "price" not in telling(lamp, playbook, quote_prices=False, turn=0).common(Slots(), again=False)
