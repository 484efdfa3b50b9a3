from __future__ import annotations

import time
import unicodedata

import pytest
from audience_samples import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.audience.cleaning import LIMIT, MARKS, clean, evidence

ANY_TEXT = st.text(st.characters(), max_size=700)
TRICK_SIGNS = (
    "a é1 \u0301\u0316\u200d\u200c\u200b\u202e\ufdfa\u1e9b\u0323\ud800\x00\n\ufe0f❤\u3164\uffa0\u1100\u1161\u11a8´"
)
TRICKS = st.text(st.sampled_from(TRICK_SIGNS), max_size=700)


@settings(deadline=None)
@given(st.one_of(ANY_TEXT, TRICKS))
def test_any_text_comes_out_bounded_composed_and_stays_so(text):
    done = clean(text)
    assert clean(done) == done
    assert len(done) <= LIMIT
    assert unicodedata.is_normalized("NFKC", done)
    assert done.encode("utf-8").decode("utf-8") == done
    assert done == done.strip()
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Co"} for char in done)
    assert not set(done) & set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u3164")
    run = 0
    for char in done:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        assert run <= MARKS


def test_every_character_alone_and_in_a_word_stays_clean():
    codes = [*range(0x3000), *range(0xD7A4, 0x1_0000), *range(0x1_0000, 0x2_0000), 0xE0041, 0xF0000]
    for code in codes:
        once = clean(f"a{chr(code)}b")
        assert clean(once) == once, hex(code)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  two\n\tlines ", "two lines"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("pay\u200bpal \u202egnorw", "paypal gnorw"),
        ("e\u0301te\u0301", "été"),
        ("👩\u200d🍳 cook", "👩\u200d🍳 cook"),
        ("I ❤\ufe0f it", "I ❤\ufe0f it"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("น้ำหนักเท่าไหร่", "น\u0e49\u0e4d\u0e32หนักเท่าไหร่"),
        ("Z\u0301\u0302\u0303\u0304\u0306algo", "Ź\u0302\u0303algo"),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("nul\x00byte \x1b[31mred", "nulbyte [31mred"),
        ("\ud83d half", "half"),
        ("", ""),
    ],
)
def test_what_hides_goes_and_what_is_needed_stays(text, wanted):
    assert clean(text) == wanted


def test_a_ligature_that_grows_is_cut_at_the_limit():
    assert len(clean("\ufdfa" * LIMIT)) <= LIMIT


def test_the_work_is_bounded_by_the_limit_not_by_the_text():
    def cost(text):
        best = float("inf")
        for _ in range(5):
            start = time.process_time()
            for _ in range(20):
                clean(text)
            best = min(best, time.process_time() - start)
        return best

    for text in HOSTILE:
        assert cost(text * 200) < 3 * cost(text) + 0.01


def test_evidence_keeps_what_came_in_a_form_that_databases_take():
    assert evidence("a\x00b\ud800") == "a\\x00b\\ud800"
    assert evidence("zalg\u0301o \u202e") == "zalg\u0301o \u202e"
    assert len(evidence("x" * 100_000)) == LIMIT
