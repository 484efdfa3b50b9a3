from collections.abc import Callable

import pytest
from speech_samples import SENTENCES

from livestream.lines import Beat, FactRef
from livestream.media import Speech
from livestream.speech.engine import RawSpeech
from livestream.speech.hibari import HibariEngine
from livestream.speech.studio import Studio
from livestream.speech.voice import Voice, load_voice
from livestream.standards import ApprovedLine, Token
from livestream.standards.approved import mint


@pytest.fixture(scope="session")
def approve() -> Callable[..., ApprovedLine]:
    """Approves any words, as only these tests may: what is sayable is the business of standards."""

    def approved(text: str, locale: str = "en-US") -> ApprovedLine:
        return mint(
            ApprovedLine,
            rules="test",
            approver="test",
            id="line-1",
            locale=locale,
            beat=Beat.HOOK,
            product=None,
            caption=text,
            spoken=text,
            tokens=tuple(Token(word, word) for word in text.split()),
            facts=(FactRef("bottle.title", "0123456789ab"),),
        )

    return approved


@pytest.fixture(scope="session")
def voice() -> Voice:
    return load_voice("en-US")


@pytest.fixture(scope="session")
def hibari(voice: Voice) -> HibariEngine:
    return HibariEngine(voice)


@pytest.fixture(scope="session")
def raw(hibari: HibariEngine) -> dict[str, RawSpeech]:
    return {text: hibari.synthesise(text, locale="en-US", seed=1) for text in SENTENCES}


@pytest.fixture(scope="session")
def speeches(hibari: HibariEngine, voice: Voice, approve: Callable[[str], ApprovedLine]) -> list[Speech]:
    studio = Studio(hibari, voice, seed=1)
    return [studio.speak(approve(text)) for text in SENTENCES]
