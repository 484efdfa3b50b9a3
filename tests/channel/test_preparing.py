"""Speaking ahead, with an engine that stands for one too slow to be made on air."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from livestream.answers.wordings import Wordings
from livestream.channel import preparing
from livestream.channel.preparing import lengths, prepare, readiness
from livestream.datafiles import cache_dir
from livestream.errors import SpeechError
from livestream.rundown.playbook import Wording
from livestream.settings import make_channel
from livestream.speech.cache import SpeechCache
from livestream.speech.chain import make_chain
from livestream.speech.engine import About
from livestream.speech.studio import Studio
from livestream.speech.voice import Voice
from livestream.testing import FakeEngine

SLOW = About("neural", "exact", "Apache-2.0", live=False)
VOICE = Voice("en-US", ("slow", "quick"))
ACKNOWLEDGED = ("There's a question in the comments.", "Good, a question.", "{{ name }} is asking something.")
LIST = """Handle,Title,Variant Price,Option1 Name,Option1 Value
mug,Enamel mug,12.00,Color,Blue
tote,Harbor tote,34.00,Color,Black
"""


FEW = Wordings(
    "en-US",
    {
        "opening": tuple(Wording(f"opening.{n}", "opening", (text,)) for n, text in enumerate(ACKNOWLEDGED)),
        "price": (Wording("price.0", "price", ("It costs {{ price }}.",)),),
    },
    {},
)


class Slow(FakeEngine):
    about = SLOW
    version = "slow.1"

    def __init__(self):
        super().__init__(name="slow")
        self.said = []

    def synthesise(self, spoken, *, locale, seed):
        self.said.append(spoken)
        return super().synthesise(spoken, locale=locale, seed=seed)


@pytest.fixture
def channel(tmp_path, monkeypatch):
    """A channel whose voice is a slow engine with a quick one behind it; sounds are made in this process."""
    slow, quick = Slow(), FakeEngine(name="quick")
    engines = {"slow": slow, "quick": quick}
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(preparing, "load_voice", lambda _: VOICE)
    monkeypatch.setattr(preparing, "make_engine", lambda name, _: engines[name])
    monkeypatch.setattr("livestream.speech.chain.make_engine", lambda name, _: engines[name])
    monkeypatch.setattr("livestream.speech.ahead.make_engine", lambda name, _: engines[name])
    monkeypatch.setattr("livestream.speech.ahead.factory_of", lambda name: type(engines[name]))

    @asynccontextmanager
    async def worker(_, *, seed):
        studio = Studio(make_chain(VOICE, SpeechCache(cache_dir() / "speech")), VOICE, seed=seed)

        async def speak(line):
            if slow.calls >= channel.stop_after:
                raise SpeechError("the worker has gone", retryable=True)
            return SimpleNamespace(speech=await asyncio.get_running_loop().run_in_executor(thread, studio.speak, line))

        with ThreadPoolExecutor(1) as thread:  # as the real one, whose end waits for the sentence in hand
            yield SimpleNamespace(speak=speak)

    monkeypatch.setattr(preparing, "speech_worker", worker)
    monkeypatch.setattr(preparing, "load_wordings", lambda _: FEW)
    path = tmp_path / "products.csv"
    path.write_text(LIST)
    settings = make_channel({"catalogue": path, "currency": "USD", "duration": 40}, where="test")
    channel = SimpleNamespace(settings=settings, slow=slow, quick=quick, path=path, stop_after=10_000)
    return channel


async def test_what_was_prepared_is_there_on_air_and_only_once_made(channel):
    before = readiness(channel.settings)
    assert (before.engine, before.instead, before.lines, before.share) == ("slow", "quick", 0, 0.0)
    shares = []
    done = await prepare(channel.settings, progress=shares.append)
    assert done.loops == 1
    assert done.ready == done.lines == done.made > 4
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert readiness(channel.settings).share == 1.0
    assert set(ACKNOWLEDGED[:2]) <= set(channel.slow.said)
    assert channel.quick.calls == 0
    calls = channel.slow.calls

    again = await prepare(channel.settings)
    assert (again.ready, again.made) == (done.ready, 0)
    assert channel.slow.calls == calls, "what is there is not made again"

    on_air = make_chain(VOICE, SpeechCache(cache_dir() / "speech"), on_air=True)
    text = "There's a question in the comments."
    assert on_air.synthesise(text, locale="en-US", seed=1).engine == "slow"
    assert on_air.synthesise("Nobody prepared this.", locale="en-US", seed=1).engine == "quick"
    assert (on_air.unready, on_air.rejected) == (1, 0)

    changed = channel.path.read_text().replace("Enamel", "Steel")
    channel.path.write_text(changed)
    assert readiness(channel.settings).lines == 0, "another list is another show"


async def test_preparing_that_was_stopped_goes_on_where_it_was(channel):
    channel.stop_after = 2
    with pytest.raises(SpeechError, match="has gone"):
        await prepare(channel.settings)
    channel.stop_after = 10_000
    done = await prepare(channel.settings)
    assert done.made < done.lines == channel.slow.calls
    assert readiness(channel.settings).share == 1.0


async def test_a_line_that_the_slow_voice_cannot_say_is_not_counted_as_ready(channel, monkeypatch):
    said = Slow.synthesise

    def refusing(self, spoken, *, locale, seed):
        if "question" in spoken:
            raise SpeechError("no")
        return said(self, spoken, locale=locale, seed=seed)

    monkeypatch.setattr(Slow, "synthesise", refusing)
    done = await prepare(channel.settings)
    assert 0 < done.ready < done.lines
    assert channel.quick.calls == done.lines - done.ready
    assert readiness(channel.settings).ready == done.ready


def test_passes_are_as_long_as_on_air(channel):
    def of(**fields):
        return list(lengths(channel.settings.model_copy(update=fields), 3))

    assert of(duration=None, loop_minutes=5) == [300, 300, 300]
    assert of(duration=40, loop_minutes=5) == [39]
    assert of(duration=800, loop_minutes=5) == [300, 300, 199]


def test_a_voice_that_keeps_up_needs_no_preparing(channel, monkeypatch):
    monkeypatch.setattr(Slow, "about", FakeEngine.about)
    assert readiness(channel.settings) is None
