"""Kokoro's network says other languages, and tells how long each of its sounds lasts."""

import numpy as np
import pytest

from livestream.errors import MachineError, SpeechError
from livestream.media import SAMPLE_RATE
from livestream.speech.editing import energy
from livestream.speech.engine import PAUSE
from livestream.speech.kokoro import KokoroEngine
from livestream.speech.kokoro_phonemes import clauses
from livestream.speech.limits import Checked
from livestream.speech.resample import resample
from livestream.speech.voice import Voice

pytestmark = pytest.mark.needs("espeak-ng")
TEXT = "A capa é bonita, prática."
PORTUGUESE = Voice("pt-BR", ("kokoro",))


@pytest.fixture(scope="module")
def engine():
    return KokoroEngine(PORTUGUESE)


@pytest.fixture(scope="module")
def spoken(engine):
    return Checked(engine, PORTUGUESE.rate).synthesise(TEXT, locale="pt-BR", seed=1)


def test_the_phones_cover_the_sound_and_every_word_has_some(spoken):
    assert spoken.exact
    assert 1 < spoken.seconds < 4
    said = [phone for phone in spoken.phones if phone.symbol != PAUSE]
    assert {phone.word for phone in said} == set(range(len(TEXT.split())))
    assert "".join(phone.symbol for phone in said if phone.word == 1) == "kapæ"
    assert spoken.phones[-1].end == pytest.approx(spoken.seconds, abs=0.06)


def test_stops_lie_where_the_sound_is_quiet(spoken):
    curve = energy(resample(spoken.pcm, spoken.rate, SAMPLE_RATE))

    def level(symbols):
        spans = [(round(p.start * 200), round(p.end * 200)) for p in spoken.phones if p.symbol in symbols]
        return np.mean([curve[a : max(b, a + 1)].mean() for a, b in spans])

    assert level({"a", "o", "i"}) - level({"p", "t", "k"}) > 15


def test_nothing_sayable_and_unknown_voices_are_sentences(engine):
    with pytest.raises(SpeechError, match="nothing to say"):
        engine.synthesise("— …", locale="pt-BR", seed=1)
    with pytest.raises(MachineError, match="has no voice 'nobody'"):
        KokoroEngine(Voice("pt-BR", ("kokoro",), options={"kokoro": {"voice": "nobody"}}))


def test_what_shapes_the_sound_is_in_the_version(engine):
    faster = Voice("pt-BR", ("kokoro",), speed=1.2)
    assert len({engine.version, KokoroEngine(faster).version, KokoroEngine(Voice("es-MX", ("kokoro",))).version}) == 3


@pytest.mark.parametrize(
    ("locale", "text", "said"),
    [
        ("es-MX", "¿Qué taza, la azul?", "k e | t a s a , l a a s u l ?"),
        ("it-IT", "Ciao!", "ʧ a o !"),
        ("hi-IN", "नमस्ते। यह", None),
        ("tr-TR", "Çok güzel.", "ʧ ɔ k | ɟ y z æ l ."),
    ],
)
def test_phonemes_are_of_the_networks_alphabet(engine, locale, text, said):
    signs = KokoroEngine(Voice(locale, ("kokoro",)))._phonemes(text)
    assert {sign.character for sign in signs} <= engine._alphabet.keys()
    assert {sign.word for sign in signs if sign.word >= 0} == set(range(len(text.split())))
    if said:
        assert "".join(s.character for s in signs if s.character not in " ˈˌ") == said.translate({32: "", 124: ""})


def test_clauses_keep_the_number_of_their_first_word():
    assert [(first, stop) for _, first, stop in clauses("Um, dois e três: quatro")] == [(0, ","), (1, ":"), (4, "")]
    assert list(clauses("…")) == []
