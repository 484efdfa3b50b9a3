import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programme_fakes import speech

from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME, Speech, WordTime
from livestream.programme.caption import CaptionTrack, cells, chunks, draw_caption, tokens
from livestream.programme.layout import CAPTION, SAFE, intersection
from livestream.programme.typesetting import printable

LONG = (
    "The Linen Camp Shirt is $49.99 today, down from $64.00, and it comes in sand, olive and navy — "
    "breathable, machine washable, and cut a little wider than you would expect from a shirt like this."
)
SCRIPTS = [
    ("en-US", LONG),
    ("de-DE", "Donaudampfschifffahrtsgesellschaftskapitänsmütze für nur 19,90 €, und das bleibt so."),
    ("ar-AE", "هذا القميص من الكتان الطبيعي، وهو متوفر الآن بثلاثة ألوان جميلة تناسب كل الأذواق."),
    ("he-IL", "החולצה הזו עשויה פשתן טבעי, והיא זמינה עכשיו בשלושה צבעים."),
    ("hi-IN", "यह शर्ट प्राकृतिक लिनन से बनी है और तीन रंगों में उपलब्ध है।"),
    ("th-TH", "เสื้อเชิ้ตตัวนี้ทำจากผ้าลินินธรรมชาติ มีให้เลือกสามสี สวมใส่สบายทุกวัน"),
    ("ja-JP", "このシャツは天然リネンで作られており、三色からお選びいただけます。"),
]


@pytest.mark.parametrize(("locale", "text"), SCRIPTS)
def test_chunks_hold_every_word_once_and_fit_two_lines(locale, text):
    made = chunks(speech(text, locale=locale))
    joined = " ".join(chunk.text for chunk in made)
    assert joined.split() == printable(text).split()
    for chunk in made:
        assert len(chunk.tokens) == 1 or cells(chunk.text) <= 46


def test_a_chunk_ends_with_a_clause_where_it_can():
    made = [chunk.text for chunk in chunks(speech("It is soft. It is light, too. " + LONG))]
    assert made[0] == "It is soft. It is light, too."
    assert made[1].startswith("The Linen")


@pytest.mark.parametrize(("locale", "text"), SCRIPTS)
def test_no_word_is_shown_more_than_80_ms_off_its_time(locale, text):
    said = speech(text, locale=locale, word_seconds=0.23)
    track = CaptionTrack(said)
    shown: dict[str, int] = {}
    for start in (0, 700, 1919):  # sentences do not begin on frames
        shown.clear()
        for n in range(len(said.pcm) // SAMPLES_PER_FRAME + 2):
            at = track.at(n * SAMPLES_PER_FRAME + SAMPLES_PER_FRAME // 2 - start)
            if at is not None and (key := f"{at[0]}.{at[1]}") not in shown:
                shown[key] = n * SAMPLES_PER_FRAME - start
        assert len(shown) == len(said.words)
        for word, first in zip(said.words, shown.values(), strict=True):
            assert abs(first - word.start) <= 0.08 * SAMPLE_RATE, word


def test_text_that_no_word_time_names_stays_with_the_word_before():
    said = speech("Soft linen — light")
    said = Speech(
        *[getattr(said, name) for name in Speech.__slots__[:6]],
        words=(
            WordTime("Soft", 100, 200),
            WordTime("linen", 300, 400),
            WordTime("light", 900, 1000),
        ),
        cut_points=(),
        facts=(),
        engine="fake",
        timing="exact",
    )
    assert [(token.text, token.start) for token in tokens(said)] == [("Soft", 100), ("linen —", 300), ("light", 900)]


def test_a_caption_without_word_times_is_shown_from_the_first_sample():
    said = Speech("l", "en-US", "Hello there", "", np.zeros(9, np.int16), (), (), (), (), "fake", "estimated")
    assert CaptionTrack(said).at(0) == (0, 0)


@pytest.mark.parametrize(("locale", "text"), SCRIPTS)
def test_a_drawn_caption_keeps_to_its_place(locale, text):
    for index, chunk in enumerate(chunks(speech(text, locale=locale))):
        box = draw_caption(chunk, index % len(chunk.tokens), locale).box
        assert intersection(box, CAPTION) == box
        assert intersection(box, SAFE) == box


def test_the_word_being_heard_is_tinted():
    chunk = chunks(speech("Soft and light"))[0]
    first, last = draw_caption(chunk, 0, "en-US"), draw_caption(chunk, 2, "en-US")
    assert first.box == last.box
    changed = np.argwhere((first.v != last.v).any(axis=0)).ravel()
    assert changed.min() < first.v.shape[1] * 0.35
    assert changed.max() > first.v.shape[1] * 0.65


ANY = st.text(alphabet=st.one_of(
    st.characters(),
    st.sampled_from("سلامעבריתไทยกี日本語한국어कि🙂\u202e\u2067\u200d\u0301 .,—"),
), max_size=70)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_any_text_can_be_captioned(text):
    said = speech(text)
    for chunk in chunks(said)[:2]:
        box = draw_caption(chunk, 0, "en-US").box
        assert intersection(box, CAPTION) == box
