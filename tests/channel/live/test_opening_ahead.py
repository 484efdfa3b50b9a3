"""Where the voice of an answer takes long, its acknowledgement goes on air by itself."""

import asyncio

import pytest

from livestream import wire
from livestream.answers.plan import AdLib
from livestream.channel.live import voice
from livestream.channel.live.voice import voiced
from livestream.errors import ClaimRefused, SpeechError
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.standards import Sealer, Standards, new_key


def line(name, text):
    return Line(name, "en-US", Beat.ANSWER, (text,))


AD_LIB = AdLib(
    "a1",
    (line("a1.opening.0", "Good, a question."),),
    (line("a1.0", "It is blue."), line("a1.1", "It comes with a lid.")),
    (line("a1.re_entry.0", "So, where were we?"),),
    (("a question",), ("what colour",)),
)


class Mouth:
    """Speaks openings at once and everything else when it is let to."""

    def __init__(self, *, fails=""):
        self.open, self.fails = asyncio.Event(), fails

    async def __call__(self, approved):
        if ".opening" not in approved.id:
            await self.open.wait()
        if self.fails and self.fails in approved.id:
            raise SpeechError("no")
        return wire.Message("speech", {"line": approved.id})


async def made(mouth, early):
    standards, sealer = Standards({}, locale("en-US")), Sealer(new_key())
    return await voiced(AD_LIB, standards, sealer, mouth, card=False, early=early)


def said(ad_lib):
    return [message.body["line"] for _, message in ad_lib.entries]


async def test_an_answer_that_is_spoken_in_time_is_one_ad_lib():
    mouth, ahead = Mouth(), []
    mouth.open.set()
    whole = await made(mouth, lambda name, voiced: ahead.append(name))
    assert ahead == []
    assert said(whole) == ["a1.opening.0", "a1.0", "a1.1", "a1.re_entry.0"]


async def test_an_opening_goes_ahead_with_its_question_and_the_answer_follows(monkeypatch):
    monkeypatch.setattr(voice, "PATIENCE", 0.01)
    mouth, ahead = Mouth(), {}

    def early(name, opening):
        ahead[name] = opening
        mouth.open.set()

    rest = await made(mouth, early)
    (opening,) = ahead.values()
    assert list(ahead) == ["a1.opening"]
    assert said(opening) == ["a1.opening.0"]
    assert said(rest) == ["a1.0", "a1.1", "a1.re_entry.0"]
    (ready, _) = opening.entries[0]
    assert (ready.instance, ready.gap) == ("a1.opening", voice.THOUGHT)
    assert opening.graphics == rest.graphics != ()
    for ad_lib in (opening, rest):
        assert [cue.kind for cue in ad_lib.entries[0][0].cues] == ["gaze", "lower_third"]
    assert rest.entries[-1][0].cues[-1].value == "camera"
    assert rest.captions == "It is blue. It comes with a lid."


@pytest.mark.parametrize("fails", ["opening", "a1.1"])
async def test_an_answer_that_nothing_can_speak_is_an_error_as_ever(monkeypatch, fails):
    monkeypatch.setattr(voice, "PATIENCE", 0.01)
    mouth = Mouth(fails=fails)
    with pytest.raises(SpeechError):
        await made(mouth, lambda name, opening: mouth.open.set())


async def test_nothing_goes_ahead_of_an_answer_that_standards_refuse():
    ahead = []
    refused = AdLib("a2", AD_LIB.opening, (line("a2.0", "It costs $5."),), (), ((), ()))
    with pytest.raises(ClaimRefused):
        await voiced(
            refused, Standards({}, locale("en-US")), Sealer(new_key()), Mouth(), card=False, early=ahead.append
        )
    assert ahead == []
