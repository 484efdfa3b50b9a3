from itertools import pairwise

import numpy as np
import pytest

from livestream.media import SAMPLE_RATE, Viseme, VisemeSpan
from livestream.speech.editing import tighten
from livestream.speech.engine import PAUSE, Phone
from livestream.speech.placing import CLAUSE, Placed, place, word_times
from livestream.speech.resample import resample
from livestream.speech.visemes import visemes
from livestream.standards import Token

MS = SAMPLE_RATE // 1000


def gaps_heard(pcm, around, reach=60):
    """Where a closure is heard near a sample: the quietest 20 ms if 12 dB or more below both sides, else None.

    Found in the sound alone, by plain RMS over 10 ms: none of the code under test is used.
    """
    first = max(0, around - reach * MS)
    window = pcm[first : around + reach * MS].astype(np.float64)
    rms = np.array([np.sqrt(np.mean(window[i : i + 10 * MS] ** 2)) for i in range(0, len(window) - 10 * MS, 2 * MS)])
    lowest = int(rms.argmin())
    if min(rms[: lowest + 1].max(), rms[lowest:].max()) < 4 * max(rms[lowest], 1.0):
        return None
    return first + lowest * 2 * MS + 5 * MS


def closed_share(speeches, delay=0):
    """Of the lip closures of p and b that can be heard as a gap, the share in which the lips are shut."""
    shut, heard = 0, 0
    for speech in speeches:
        lips = [span for span in speech.visemes if span.viseme is Viseme.PP]
        for word, place_ in stops_of(speech):
            gap = gaps_heard(np.roll(speech.pcm, delay), place_ + delay)
            if gap is not None:
                heard += 1
                shut += any(span.start - 10 * MS <= gap <= span.end + 10 * MS for span in lips)
                assert word
    return shut / heard, heard


def stops_of(speech):
    """The sample about which the stop of each word that begins with p or b between two vowels must lie."""
    for before, word in pairwise(speech.words):
        if word.text[0].lower() in "pb" and word.text[1].lower() in "aeiou" and before.text[-1].lower() not in "sfz,;":
            yield word.text, word.start


def test_the_mouth_is_shut_where_the_stop_gaps_are_heard(speeches):
    share, heard = closed_share(speeches)
    assert heard >= 10
    assert share >= 0.95


def test_the_same_gate_fails_when_the_sound_is_late(speeches):
    share, _ = closed_share(speeches, delay=120 * MS)
    assert share < 0.5


def test_the_engines_phones_lie_where_they_are_heard(raw):
    # Before any snapping to the sound: the middle of p and b against the gap that is heard.
    offsets = []
    for spoken in raw.values():
        pcm = resample(spoken.pcm, spoken.rate, SAMPLE_RATE) * 32768
        for phone in spoken.phones:
            middle = round((phone.start + phone.end) / 2 * SAMPLE_RATE)
            gap = gaps_heard(pcm, middle, reach=80) if phone.symbol in {"p", "b"} and phone.start > 0.5 else None
            if gap is not None:
                offsets.append((gap - middle) / MS)
    assert len(offsets) >= 25
    assert abs(np.median(offsets)) <= 15


def test_mouth_shapes_cover_each_sentence_to_the_sample(speeches):
    for speech in speeches:
        spans = speech.visemes
        assert spans[0].start == 0
        assert spans[-1].end == len(speech.pcm)
        assert all(a.end == b.start and a.start < a.end for a, b in pairwise(spans))
        assert speech.timing == "exact"


def test_the_mouth_rests_where_nothing_is_heard_and_only_there(speeches):
    for speech in speeches:
        pcm = speech.pcm / 32768
        for span in speech.visemes[1:-1]:
            if span.viseme is Viseme.SIL:
                loudness = np.sqrt(np.mean(pcm[span.start + 10 * MS : span.end - 10 * MS] ** 2))
                assert 20 * np.log10(loudness + 1e-9) < -45, speech.caption
                assert span.end - span.start <= 0.9 * SAMPLE_RATE


def test_open_vowels_are_loud(speeches):
    quiet = 0
    spans = [(s, span) for s in speeches for span in s.visemes if span.viseme is Viseme.AA]
    for speech, span in spans:
        rms = np.sqrt(np.mean((speech.pcm[span.start : span.end] / 32768) ** 2))
        quiet += 20 * np.log10(rms + 1e-9) < -30
    assert len(spans) > 50
    assert quiet / len(spans) < 0.05


def test_every_caption_token_has_its_time_in_order(speeches):
    for speech in speeches:
        assert [word.text for word in speech.words] == speech.caption.split()
        assert all(a.end <= b.start for a, b in pairwise(speech.words))
        assert all(0 <= word.start < word.end <= len(speech.pcm) for word in speech.words)
        assert speech.words[0].start < 0.15 * SAMPLE_RATE
        assert len(speech.pcm) - speech.words[-1].end < 0.2 * SAMPLE_RATE


def test_a_token_said_in_several_words_lasts_as_long_as_they_do():
    placed = [Placed("a", 100 * n, 100 * (n + 1), n) for n in range(5)]
    tokens = (Token("Only", "Only"), Token("$50", "fifty U S"), Token("—", ""), Token("today", "today"))
    times = word_times(placed, tokens, 500)
    assert [(t.text, t.start, t.end) for t in times] == [
        ("Only", 0, 100),
        ("$50", 100, 400),
        ("—", 400, 400),
        ("today", 400, 500),
    ]


def test_a_sentence_can_be_left_at_its_pauses_and_never_inside_a_word(speeches):
    for speech in speeches:
        assert speech.cut_points[-1] == len(speech.pcm)
        assert list(speech.cut_points) == sorted(set(speech.cut_points))
        assert max(np.diff([0, *speech.cut_points])) <= CLAUSE + SAMPLE_RATE // 2, speech.caption
        for cut in speech.cut_points:
            assert not any(word.start + 30 * MS < cut < word.end - 30 * MS for word in speech.words), speech.caption


def test_a_clause_end_is_a_cut_point(speeches):
    split = next(s for s in speeches if s.caption.startswith("Maybe my mother"))
    semicolon = next(word for word in split.words if word.text == "mat;")
    assert any(abs(cut - semicolon.end) < 0.15 * SAMPLE_RATE for cut in split.cut_points)


def test_pauses_follow_the_sound_and_not_the_durations():
    hum = (0.3 * np.sin(np.arange(SAMPLE_RATE) * 0.05)).astype(np.float32)
    pcm = np.concatenate([hum[: 400 * MS], np.zeros(300 * MS, np.float32), hum[: 400 * MS]])
    edit = tighten(pcm)
    told = (Phone("a", 0.0, 0.6, 0), Phone(PAUSE, 0.6, 0.65), Phone("i", 0.65, 1.1, 1))
    first, pause, second = place(told, edit)
    assert (first.symbol, pause.symbol, second.symbol) == ("a", PAUSE, "i")
    assert first.end == pytest.approx(400 * MS, abs=10 * MS)
    assert second.start == pytest.approx(700 * MS, abs=10 * MS)


def test_silence_is_trimmed_and_long_pauses_are_shortened():
    hum = (0.3 * np.sin(np.arange(SAMPLE_RATE) * 0.05)).astype(np.float32)
    hush = np.zeros(SAMPLE_RATE, np.float32)
    edit = tighten(np.concatenate([hush, hum, hush, hush, hum, hush]))
    assert len(edit.pcm) == pytest.approx((0.04 + 1 + 0.5 + 1 + 0.1) * SAMPLE_RATE, abs=30 * MS)
    assert edit.move(SAMPLE_RATE) == pytest.approx(0.04 * SAMPLE_RATE, abs=10 * MS)
    assert edit.move(4 * SAMPLE_RATE) == pytest.approx(1.54 * SAMPLE_RATE, abs=20 * MS)
    assert edit.move(0) == 0
    assert edit.move(6 * SAMPLE_RATE) == len(edit.pcm)
    moved = [edit.move(sample) for sample in range(0, 6 * SAMPLE_RATE, 997)]
    assert moved == sorted(moved)


def test_a_click_long_after_the_last_word_is_not_speech():
    hum = (0.3 * np.sin(np.arange(SAMPLE_RATE) * 0.05)).astype(np.float32)
    hush = np.zeros(SAMPLE_RATE // 2, np.float32)
    assert len(tighten(np.concatenate([hum, hush, hum[: 20 * MS], hush])).pcm) == pytest.approx(
        1.1 * SAMPLE_RATE, abs=MS * 10
    )
    kept = tighten(np.concatenate([hum, hush[: 100 * MS], hum[: 20 * MS], hush]))
    assert len(kept.pcm) == pytest.approx((1 + 0.1 + 0.02 + 0.1) * SAMPLE_RATE, abs=MS * 20), "a last [t] is"


@pytest.mark.parametrize(
    ("symbols", "shapes"),
    [
        ("p b m f v", "PP PP PP FF FF"),
        ("θ ð t d", "TH TH DD DD"),
        ("k g ŋ n l", "KK KK NN NN NN"),
        ("ʃ tʃ dʒ s z ts", "CH CH CH SS SS SS"),
        ("ɹ ɝ ɑː ˈæ ʌ", "RR RR AA AA AA"),
        ("iː j u w ʊ oː", "I I U U U O"),
        ("aɪ oʊ", "AA I O U"),
        ("h a", "AA AA"),
        ("t͡ʃ ã pʰ", "CH AA PP"),
        ("ǃ", "E"),
    ],
)
def test_every_phone_has_its_mouth_shape(symbols, shapes):
    placed = [Placed(symbol, 100 * n, 100 * (n + 1), 0) for n, symbol in enumerate(symbols.split())]
    spans = visemes(placed)
    assert [span.viseme.name for span in spans] == shapes.split()
    assert sum(span.end - span.start for span in spans) == 100 * len(placed)


def test_a_diphthong_turns_at_three_fifths():
    assert visemes([Placed("eɪ", 0, 1000, 0)]) == (
        VisemeSpan(0, 600, Viseme.E),
        VisemeSpan(600, 1000, Viseme.I),
    )


def test_the_phones_of_the_engine_all_have_a_shape_of_their_own(raw):
    symbols = {phone.symbol for spoken in raw.values() for phone in spoken.phones if phone.symbol not in {PAUSE, "h"}}
    unknown = [s for s in symbols if visemes([Placed(s, 0, 10, 0)])[0].weight == 0.5]
    assert unknown == []


def test_resampling_does_not_move_the_phones(raw):
    spoken = next(iter(raw.values()))
    assert len(resample(spoken.pcm, spoken.rate, SAMPLE_RATE)) == 2 * len(spoken.pcm)
