"""The catalogues of the web port's pages: complete, in step, and used."""

import re
from pathlib import Path

import pytest

from livestream.audience.comment import Intent
from livestream.console import texts
from livestream.console.backend import ACTS, Role
from livestream.lines import Beat

ROOM = Path(texts.__file__).parent
PLACE = re.compile(r"\{\w+\}")
USED = re.compile(r"""\b(?:t|count)\(\s*[`"']([a-z][\w.\-/?+↑]*)[`"']""")


@pytest.mark.parametrize("language", [tag for tag in texts.LANGUAGES if tag != "en"])
def test_every_language_has_every_text_and_no_other(language):
    plural = {key for key in texts.own_keys("en") if key.endswith(".one")}
    assert texts.own_keys("en") - texts.own_keys(language) - plural == set()
    assert texts.own_keys(language) - texts.own_keys("en") == set()


@pytest.mark.parametrize("language", [*texts.LANGUAGES, *texts.PSEUDO])
def test_translations_keep_the_places(language):
    for key, english in texts.texts("en").items():
        if not key.endswith(".one"):
            assert sorted(PLACE.findall(texts.texts(language)[key])) == sorted(PLACE.findall(english)), key


@pytest.mark.parametrize("language", ["es", "zh"])
def test_what_is_translated_is_not_left_in_english(language):
    same = {key for key, text in texts.texts(language).items() if text and text == texts.texts("en")[key]}
    # Names of keys, units, and words that are the same in both.
    assert len(same) <= 12, sorted(same)


def test_the_page_asks_only_for_texts_there_are():
    known = texts.texts("en")
    for file in (*ROOM.glob("static/*.js"), *ROOM.glob("templates/*.html")):
        for key in USED.findall(file.read_text("utf-8")):
            assert key in known or f"{key}.other" in known or any(name.startswith(key) for name in known), (file, key)


def test_what_the_channel_names_has_a_text():
    known = texts.texts("en")
    groups = {"intent": Intent, "role": Role, "part": Beat, "act": ACTS}
    assert {f"{group}.{name}" for group, names in groups.items() for name in names} <= known.keys()


@pytest.mark.parametrize(
    ("accepted", "chosen", "language"),
    [
        ("", "", "en"),
        ("es-MX,es;q=0.9,en;q=0.8", "", "es"),
        ("de, zh-Hans-CN;q=0.3, es;q=0.2", "", "zh"),
        ("fr, de", "", "en"),
        ("es;q=0, zh;q=0.1", "", "zh"),
        ("es;q=0", "", "en"),
        ("es;q=nan, zh;q=-1, *", "", "en"),
        ("zh", "es", "es"),
        ("zh", "../../etc", "zh"),
        ("zh", "ar-XB", "ar-XB"),
        (",;=;q=,," * 5000, "", "en"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_browsers(accepted, chosen, language):
    assert texts.choose(accepted, chosen) == language


def test_the_right_to_left_languages_are_known():
    assert [texts.direction(tag) for tag in ("en", "es", "zh", "en-XA", "ar-XB", "ar", "he")] == [
        "ltr", "ltr", "ltr", "ltr", "rtl", "rtl", "rtl",
    ]  # fmt: skip
