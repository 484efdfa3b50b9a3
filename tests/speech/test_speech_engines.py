import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from livestream.errors import MachineError, SpeechError, UsageError
from livestream.media import SAMPLE_RATE
from livestream.speech.engine import plain
from livestream.speech.espeak import EspeakEngine
from livestream.speech.hibari import MOST_PHONEMES, HibariEngine
from livestream.speech.limits import Checked
from livestream.speech.network import network_alphabet
from livestream.speech.resample import resample
from livestream.speech.studio import Studio
from livestream.speech.voice import Quality, Voice, load_voice, quality, read_voice
from livestream.testing import FakeEngine

RATE = "[rate]\nper_sentence = 0\nper_word = 0\nper_letter = 0"


def say(engine, text, seed=1):
    return engine.synthesise(text, locale="en-US", seed=seed)


def test_the_same_words_sound_the_same_and_another_seed_differs(voice):
    first, second = HibariEngine(voice), HibariEngine(voice)
    text = "The bottle keeps your drink cold."
    assert np.array_equal(say(first, text).pcm, say(second, text).pcm)
    assert not np.array_equal(say(first, text).pcm, say(first, text, seed=2).pcm)


def test_durations_cover_the_sound_exactly(raw):
    for spoken in raw.values():
        assert spoken.phones[0].start == 0.0
        assert spoken.phones[-1].end == pytest.approx(spoken.seconds, abs=1e-9)
        assert all(a.end == pytest.approx(b.start) and a.start <= a.end for a, b in pairwise(spoken.phones))


def test_every_word_has_phones(raw):
    for text, spoken in raw.items():
        assert {phone.word for phone in spoken.phones if phone.symbol} == set(range(len(text.split())))


def test_words_keep_their_number_over_several_sentences_and_signs(hibari):
    text = "Hello there! It is a — so to say — two-in-one bag. Price: nine dollars."
    spoken = say(hibari, text)
    words = text.split()
    by_word = {word: "".join(p.symbol for p in spoken.phones if p.word == word) for word in range(len(words))}
    assert by_word[words.index("bag.")] == "bæg"
    assert by_word[words.index("dollars.")] == "dɑləɹz"
    assert by_word[words.index("—")] == ""


def test_a_very_long_sentence_is_said_in_pieces(hibari):
    text = ", ".join(["the blanket is woven from recycled wool"] * 14) + "."
    spoken = say(hibari, text)
    assert len(hibari._utterances(text)) >= 2
    assert all(len(signs) <= MOST_PHONEMES for signs in hibari._utterances(text))
    assert {p.word for p in spoken.phones if p.symbol} == set(range(len(text.split())))


def test_markup_in_a_text_is_no_way_into_the_engine(hibari):
    plain = say(hibari, "See (this)(/bˈæd/) here.")
    assert np.array_equal(say(hibari, "See [this](/bˈæd/) here.").pcm, plain.pcm)


def test_pronunciations_are_taken_from_the_voice_file(hibari, voice):
    assert "".join(p.symbol for p in say(hibari, "a ceramide").phones if p.word == 1) == "sɛɹəmaɪd"
    bare = HibariEngine(Voice("en-US", ("hibari",)))
    assert "".join(p.symbol for p in say(bare, "a ceramide").phones if p.word == 1) != "sɛɹəmaɪd"
    assert bare.version != hibari.version
    for ipa in voice.pronunciation.values():
        assert all(sign in hibari._alphabet for sign in network_alphabet(ipa)), ipa


def test_signs_nobody_sees_do_not_split_a_word(hibari):
    assert plain("foo\u200bbar\tand\u202e <b>more</b>") == "foobar and (b)more(/b)"
    words = [p.word for p in say(hibari, "wash\u00adable wool").phones if p.symbol]
    assert set(words) == {0, 1}


@pytest.mark.parametrize("text", ["$1,299.50 or 10%", "AB-1204X 🙂 中文 naïve", "7:30 a.m., EUR 20", "x" * 60])
def test_what_standards_would_never_let_through_does_not_break_the_engine(hibari, voice, approve, text):
    speech = Studio(Checked(hibari, voice.rate), voice, seed=1).speak(approve(text))
    assert [word.text for word in speech.words] == text.split()
    assert all(a.end <= b.start for a, b in pairwise(speech.words))
    assert speech.visemes[-1].end == len(speech.pcm)


def test_nothing_sayable_is_an_error(hibari):
    for text in ("", "—", "..."):
        with pytest.raises(SpeechError, match="nothing to say"):
            say(hibari, text)


def test_a_voice_that_is_not_on_the_machine_is_named_and_not_fetched():
    with pytest.raises(MachineError, match="not on this machine"):
        HibariEngine(Voice("en-GB", ("hibari",), options={"hibari": {"voice": "emma"}}))
    with pytest.raises(MachineError, match="has no voice 'nobody'"):
        HibariEngine(Voice("en-US", ("hibari",), options={"hibari": {"voice": "nobody"}}))


@pytest.mark.needs("espeak-ng")
def test_espeak_gives_sound_and_estimated_mouth_shapes(voice, approve):
    text = "Pop a question in the chat, and I will do my best to answer."
    speech = Studio(EspeakEngine(voice), voice, seed=1).speak(approve(text))
    assert speech.timing == "estimated"
    assert speech.engine == "espeak-ng"
    assert 2.0 < speech.seconds < 8.0
    assert len({span.viseme for span in speech.visemes}) >= 8
    assert [word.text for word in speech.words] == text.split()
    assert all(a.end <= b.start for a, b in pairwise(speech.words))
    assert speech.visemes[-1].end == len(speech.pcm)


def test_the_fake_is_speech_shaped():
    spoken = FakeEngine().synthesise("pop", locale="en-US", seed=0)
    first = next(phone for phone in spoken.phones if phone.symbol == "p")
    vowel = next(phone for phone in spoken.phones if phone.symbol == "ɑ")
    pcm = resample(spoken.pcm, spoken.rate, SAMPLE_RATE)

    def loudness(phone):
        return float(
            np.abs(pcm[round((phone.start + 0.01) * SAMPLE_RATE) : round((phone.end - 0.01) * SAMPLE_RATE)]).max()
        )

    assert loudness(first) < 0.01
    assert loudness(vowel) > 0.1


def test_the_voice_file_of_en_us_is_whole(voice):
    assert voice.engines == ("hibari", "espeak-ng")
    assert quality(voice) == Quality("hibari", "neural", preview=False)
    assert voice.gender == "female"
    assert voice.lufs("hibari") == pytest.approx(-26, abs=1)


def test_the_calibrated_rate_times_sentences_before_they_are_spoken(voice, speeches):
    expected = sum(voice.rate.seconds(speech.spoken) for speech in speeches)
    assert expected == pytest.approx(sum(speech.seconds for speech in speeches), rel=0.05)
    errors = [voice.rate.seconds(speech.spoken) / speech.seconds - 1 for speech in speeches]
    assert max(map(abs, errors)) < 0.4


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("engines = [", "cannot be read"),
        ("engines = []\n" + RATE, "engines"),
        ('engines = ["hibari"]', "rate"),
        ('engines = ["hibari"]\nspead = 2\n' + RATE, "spead"),
    ],
)
def test_a_wrong_voice_file_is_named_with_its_fault(tmp_path, text, complaint):
    path = tmp_path / "voice.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=complaint) as caught:
        read_voice(path, "en-US")
    assert caught.value.where == str(path)


def test_a_locale_without_a_voice_is_a_sentence():
    with pytest.raises(UsageError, match="there is no voices/tlh-AA"):
        load_voice("tlh-AA")


def test_the_client_imports_no_engine():
    code = (
        "import sys, livestream.speech\n"
        "heavy = {'onnxruntime', 'hibari', 'cv2', 'av'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
