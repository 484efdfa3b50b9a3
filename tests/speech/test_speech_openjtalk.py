"""Japanese by OpenJTalk: tokens are its words, its phones last as long as their morae."""

import time
from itertools import pairwise

import numpy as np
import pytest

from livestream.errors import SpeechError
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.media import SAMPLE_RATE, Viseme
from livestream.speech.engine import PAUSE, make_engine
from livestream.speech.studio import Studio
from livestream.speech.voice import load_voice
from livestream.standards import Standards

TEXT = "この コップは, 二千九百八十円 です. USB Type Cも, 散歩にも."


def say(engine, text=TEXT):
    return engine.synthesise(text, locale="ja-JP", seed=1)


@pytest.fixture(scope="module")
def engine():
    engine = make_engine("openjtalk", load_voice("ja-JP"))
    engine.warm_up()
    return engine


def test_words_are_counted_by_blanks_that_are_not_heard(engine):
    raw = say(engine)
    by_word = ["".join(p.symbol for p in raw.phones if p.word == number) for number in range(len(TEXT.split()))]
    assert by_word[1] == "koppuwa"
    assert by_word[2] == "niseɴkuuçakuhatɕidʑuueɴ"
    assert by_word[3] == "desu"
    assert by_word[7] == "samponimo"
    assert all(by_word)
    assert sum(phone.symbol == PAUSE for phone in raw.phones) == 4
    assert len(say(engine, "あおいうみ").pcm) == len(say(engine, "あおい うみ").pcm)


def test_the_same_words_sound_the_same(engine):
    first = say(engine)
    say(engine, "ほかの文です.")
    assert np.array_equal(say(engine).pcm, first.pcm)
    assert (first.engine, first.exact, first.rate) == ("openjtalk", False, SAMPLE_RATE)


@pytest.mark.parametrize("text", [TEXT, "いかがでしょうか."])
def test_loud_peaks_are_not_clipped(engine, text):
    magnitude = np.abs(say(engine, text).pcm)
    assert 0.2 < magnitude.max() < 0.9


def test_it_costs_little(engine):
    before = time.process_time()
    raw = say(engine, TEXT * 2)
    assert (time.process_time() - before) / raw.seconds < 0.08


@pytest.mark.parametrize("text", ["", "。", "— , ."])
def test_nothing_to_say_is_an_error(engine, text):
    with pytest.raises(SpeechError, match="nothing to say"):
        say(engine, text)


def test_a_line_has_its_mouth_shapes_and_word_times(engine):
    caption = "はい、ポンプは黒と白があります。サンプルはプレゼントです。"
    line = Standards({}, locale("ja-JP")).approve(Line("a", "ja-JP", Beat.ANSWER, (caption,)))
    speech = Studio(engine, load_voice("ja-JP"), seed=1).speak(line)
    assert "".join(word.text for word in speech.words) == caption
    assert all(word.end - word.start > 0.1 * SAMPLE_RATE for word in speech.words)
    assert all(a.end <= b.start for a, b in pairwise(speech.words))
    assert sum(span.viseme is Viseme.PP for span in speech.visemes) >= 4
    assert speech.timing == "estimated"
    assert speech.visemes[-1].end == len(speech.pcm)
