"""An answer in Mexican Spanish is spoken: approved, at broadcast loudness, its words in time."""

from itertools import pairwise

import numpy as np
import pytest

from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.loudness import integrated
from livestream.media import SAMPLE_RATE, Viseme
from livestream.speech.espeak import EspeakEngine
from livestream.speech.studio import Studio
from livestream.speech.voice import load_voice
from livestream.standards import Standards

ANSWERS = (
    "Claro que sí, la lámpara viene en blanco y en negro.",
    "Eso no viene en mi lista, y prefiero no adivinar. La página del producto puede decirte más.",
    "¿Cuál de todos? Dime el nombre y lo reviso.",
    "Eso es de un pedido y lo tiene que ver una persona. Ya se lo pasé al equipo de la tienda.",
)
pytestmark = pytest.mark.needs("espeak-ng")


@pytest.fixture(scope="module")
def spoken():
    voice = load_voice("es-MX")
    studio = Studio(EspeakEngine(voice), voice, seed=1)
    standards = Standards({}, locale("es-MX"))
    return [
        studio.speak(standards.approve(Line(f"a.{n}", "es-MX", Beat.ANSWER, (text,)))) for n, text in enumerate(ANSWERS)
    ]


def test_answers_are_as_loud_as_the_show(spoken):
    for speech in spoken:
        assert integrated(speech.pcm.astype(np.float32) / 32768) == pytest.approx(-16.0, abs=0.7)
        assert np.abs(speech.pcm.astype(np.int32)).max() < 32767


def test_words_come_in_order_and_take_the_time_that_words_take(spoken):
    for speech in spoken:
        assert [word.text for word in speech.words] == speech.caption.split()
        assert all(0.03 * SAMPLE_RATE < word.end - word.start < 2.5 * SAMPLE_RATE for word in speech.words)
        assert all(one.end <= other.start for one, other in pairwise(speech.words))
        assert speech.words[-1].end <= len(speech.pcm)
        assert speech.timing == "estimated"


def test_lips_close_where_spanish_closes_them(spoken):
    for speech in spoken:
        lips = sum(span.viseme is Viseme.PP for span in speech.visemes)
        assert lips >= sum(letter in "bpmv" for letter in speech.spoken.lower()) // 3
        assert len({span.viseme for span in speech.visemes}) >= 8
