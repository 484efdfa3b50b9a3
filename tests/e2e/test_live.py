"""A viewer asks while the show is on: what is heard, seen and kept, also when the orchestrator is killed."""

import asyncio
import contextlib
import re
import threading
import time
from pathlib import Path

import av
import numpy as np
import pytest

from livestream.egress.mux import ORIGIN_TAG
from livestream.media import SAMPLE_RATE
from livestream.playout.asrun import aired, read_as_run
from livestream.programme.layout import LOWER_THIRD
from livestream.running import running
from livestream.testing.channel import OnAir
from livestream.testing.judge import levels, sound_of
from livestream.testing.links import fresh_link
from livestream.testing.viewers import Viewers, answers_in, moderating
from livestream.testing.whep_viewer import chromium

pytestmark = [pytest.mark.timeout(240)]

ORCHESTRATOR = "livestream.channel.orchestrator"
CHANNEL = 'catalogue = "{catalogue}"\nname = "{name}"\n[[destinations]]\nto = "{recording}"\n'


@pytest.fixture
def live(tmp_path, pytestconfig):
    """A channel on air, its log and recording, and how to find it."""
    recording = tmp_path / "live.mp4"
    file = tmp_path / "channel.toml"
    name = f"live-{tmp_path.name}"[:60]
    sample = pytestconfig.rootpath / "assets" / "catalogue" / "sample.csv"
    file.write_text(CHANNEL.format(catalogue=sample, recording=recording, name=name))
    with OnAir(file, "--json") as on_air:
        as_run = recording.with_suffix(".as-run.jsonl")
        on_air.wait_for(lambda: as_run.exists() and aired(read_as_run(as_run)), 90)
        channel = on_air.wait_for(
            lambda: [each for each in running() if each.store.endswith(f"{slug(name)}.sqlite")], 60
        )
        yield on_air, channel[0], as_run, recording


def slug(name):
    return name.replace(" ", "-")


def sentences(as_run):
    return [record for record in aired(read_as_run(as_run)) if record.seq >= 0]


@pytest.mark.needs("chromium")
def test_a_question_is_answered_on_air_shown_and_the_script_goes_on(live):
    on_air, channel, as_run, recording = live
    with Viewers(channel) as viewers, moderating(channel) as moderator:
        viewers.ask("How much is the Folding LED Desk Lamp?")
        row = moderator.row(lambda row: row["planned"] is not None)
        assert row["planned"]["caption"]
        assert "$45" in row["planned"]["caption"]
        assert any(fact[2] == "$45" for fact in row["planned"]["facts"])
        on_air.wait_for(lambda: answers_in(as_run), 20)
        key = row["id"]
        moderator.row(lambda row: row["id"] == key and row["state"] == "answered")
        asyncio.run(page_shows_as_answered(fresh_link(channel), "How much is the Folding LED Desk Lamp?"))
        said = len(sentences(as_run))
        on_air.wait_for(lambda: len(sentences(as_run)) > said + 1, 40)
    on_air.end()
    (answer,) = answers_in(as_run)
    assert "$45" in answer.heard
    with av.open(str(recording)) as container:
        origin = int(container.metadata.get(ORIGIN_TAG, "0")) / SAMPLE_RATE
    (level,) = levels(sound_of(recording), [(answer.start - origin, answer.end - origin)])
    assert level > -30.0, "the answer is heard"
    assert strip_luma(recording, answer.start - origin + 1.0) > 190, "the question stands in the lower third"
    whole = [record.seq for record in sentences(as_run) if record.complete]
    assert len(whole) == len(set(whole)), "no sentence is heard twice"
    kept = {record.seq for record in sentences(as_run) if not record.note}
    assert set(range(max(kept))) <= kept, "and none is left out"


async def page_shows_as_answered(link, text):
    """Open the console in Chromium and find the comment among the answered ones."""
    async with chromium() as browser:
        page = await browser.new_page()
        await page.goto(link)
        await page.get_by_role("tab", name=re.compile("Answered")).click()
        await page.get_by_text(text).first.wait_for()


def strip_luma(recording: Path, at: float) -> float:
    """Return the brightness of the lower third's place at a time: its plate is nearly white."""
    with av.open(str(recording)) as container:
        for frame in container.decode(video=0):
            if frame.time >= at:
                luma = frame.to_ndarray(format="gray")
                box = LOWER_THIRD
                return float(np.median(luma[box.y + 8 : box.y + box.height - 8, box.x + 40 : box.x + box.width - 8]))
    return 0.0


def test_killing_the_orchestrator_loses_nothing_that_was_acknowledged(live):
    on_air, channel, _, _ = live
    acknowledged: list[str] = []
    texts = [f"hello number {n} from me" for n in range(200)]
    stopped = threading.Event()

    def chat():
        with Viewers(channel) as viewers:
            for text in texts:
                if stopped.is_set():
                    return
                viewers.ask(text)
                acknowledged.append(text)

    with moderating(channel) as moderator:
        moderator.act("mode", "price", "manual")
        moderator.act("block_word", value="umbrella")
    chatting = threading.Thread(target=lambda: quietly(chat), daemon=True)
    chatting.start()
    on_air.wait_for(lambda: len(acknowledged) >= 50, 30)
    on_air.kill(ORCHESTRATOR)
    stopped.set()
    chatting.join(30)
    known = list(acknowledged)
    with back(channel) as moderator:
        for text in known:
            moderator.row(lambda row, text=text: row["text"] == text)
        modes = moderator.read(lambda message: message["type"] == "snapshot")["snapshot"]["modes"]
        assert modes["price"] == "manual"


def quietly(chat):
    """Run until the web port goes away under it: the socket breaks in many ways when its process is killed."""
    with contextlib.suppress(Exception):
        chat()


def back(channel, seconds=60.0):
    """Return a console of the restarted orchestrator, as soon as there is one."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        try:
            console = moderating(channel)
            moderator = console.__enter__()
        except (OSError, TimeoutError, AssertionError):
            assert time.monotonic() < deadline, "the web port does not come back"
            pause.wait(0.2)
            continue
        return _Closing(console, moderator)


class _Closing:
    def __init__(self, console, moderator):
        self._console, self._moderator = console, moderator

    def __enter__(self):
        return self._moderator

    def __exit__(self, *failure):
        return self._console.__exit__(*failure)
