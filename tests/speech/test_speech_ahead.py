"""An engine too slow for a show: what it gives on air, and what becomes of a sound that comes too late."""

import asyncio
import math
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest

from livestream.errors import SpeechError
from livestream.speech import SpeechClient
from livestream.speech.ahead import LOWEST_PRIORITY, NotAheadError
from livestream.speech.cache import SpeechCache
from livestream.speech.chain import Chain, dependable
from livestream.speech.engine import About
from livestream.speech.studio import Studio
from livestream.speech.voice import Voice
from livestream.speech.worker import SpeechServer
from livestream.standards import Sealer, new_key
from livestream.testing import FakeEngine

VOICE = Voice("en-US", ("slow", "quick"))
KEY = new_key()


class Slow(FakeEngine):
    """Speaks when it is let to, and remembers how polite its thread was."""

    about = About("neural", "exact", "Apache-2.0", live=False)

    def __init__(self):
        super().__init__(name="slow")
        self.open, self.done, self.niceness = threading.Event(), threading.Event(), None
        self.open.set()

    def synthesise(self, spoken, *, locale, seed):
        self.niceness = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        self.open.wait(10)
        try:
            return super().synthesise(spoken, locale=locale, seed=seed)
        finally:
            self.done.set()


def speak(engine, text="The bottle."):
    return engine.synthesise(text, locale="en-US", seed=0)


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture
def chain(slow, tmp_path):
    cache = SpeechCache(tmp_path)
    return Chain([dependable(engine, VOICE, cache, on_air=True) for engine in (slow, FakeEngine(name="quick"))])


def test_on_air_it_gives_what_is_there_and_makes_only_what_there_is_time_for(slow, chain):
    assert speak(chain).engine == "quick"
    assert slow.calls == 0
    chain.allow(5)
    made = speak(chain)
    assert made.engine == "slow"
    assert slow.niceness == LOWEST_PRIORITY
    assert os.getpriority(os.PRIO_PROCESS, 0) < LOWEST_PRIORITY, "nobody else became so polite"
    chain.allow(0)
    assert np.array_equal(speak(chain).pcm, made.pcm)
    assert (slow.calls, chain.unready, chain.rejected) == (1, 1, 0)


def test_what_comes_too_late_is_kept_for_the_next_time(slow, chain):
    slow.open.clear()
    chain.allow(0.05)
    assert speak(chain).engine == "quick"
    assert speak(chain, "Another line.").engine == "quick", "it is still in the first one"
    slow.open.set()
    slow.done.wait(5)
    limited = chain._engines[0]._limited
    while limited.hangs:
        limited._overdue.result(5)
    assert speak(chain).engine == "slow"
    assert slow.calls == 1


def test_where_nobody_is_on_air_it_has_all_the_time_it_needs(slow, tmp_path):
    ahead = dependable(slow, VOICE, SpeechCache(tmp_path))
    assert ahead.within == math.inf
    assert speak(ahead).engine == "slow"
    assert slow.niceness < LOWEST_PRIORITY


def test_a_line_it_cannot_say_is_a_failure_and_no_lateness(tmp_path):
    broken = Slow()
    broken.mishap = "silence"
    ahead = dependable(broken, VOICE, SpeechCache(tmp_path))
    with pytest.raises(SpeechError, match="gave silence") as caught:
        speak(ahead)
    assert not isinstance(caught.value, NotAheadError)


async def test_the_worker_lets_each_line_wait_as_long_as_whoever_asks_can(slow, chain, approve):
    server = SpeechServer(Studio(chain, VOICE, seed=0), Sealer(KEY), allow=chain.allow)
    with tempfile.TemporaryDirectory(prefix="speech-") as folder:  # a Unix socket's path is short
        path = Path(folder) / "speech.sock"
        async with await asyncio.start_unix_server(server.serve, path), await SpeechClient.connect(path, KEY) as client:
            engines = [
                (await client.speak(approve(text), within=within)).speech.engine
                for text, within in (("One.", 0.0), ("Two.", 5.0), ("Three.", 0.0), ("Two.", 0.0))
            ]
    server.close()
    assert engines == ["quick", "slow", "quick", "slow"]


def test_the_engine_that_works_ahead_is_found_without_loading_any_other():
    code = (
        "import sys\n"
        "from livestream.speech.ahead import slow_engine\n"
        "from livestream.speech.voice import load_voice\n"
        "found = [slow_engine(load_voice(tag)) for tag in ('en-US', 'pt-BR')]\n"
        "print(found[0], found[1].name, sorted({'onnxruntime', 'hibari', 'openai'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "kokoro", "[]"]
