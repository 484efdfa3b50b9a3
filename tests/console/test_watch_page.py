"""The page in a real browser, on the measuring programme."""

import asyncio
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import expect

from livestream.console.tokens import new_token
from livestream.console.webport import WebPort
from livestream.testing.whep_viewer import Watcher, chromium

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.timeout(120)]


class Preview:
    """The preview process, which a test may kill and start again on the same port."""

    def __init__(self, *arguments):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.tickets = [new_token() for _ in range(3)]
        self.unused = iter(self.tickets)
        self.folder = tempfile.TemporaryDirectory()
        self.arguments = [*arguments, "--state", self.folder.name]
        for ticket in self.tickets:
            self.arguments.append(f"--ticket={ticket}")  # a ticket may begin with a hyphen
        self.start()

    @property
    def link(self):
        """A link that lets one browser in."""
        return WebPort(self.socket.getsockname()[1]).link(next(self.unused))

    def start(self):
        fd = str(self.socket.fileno())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "livestream.testing.preview", "--listen-fd", fd, *self.arguments],
            pass_fds=[self.socket.fileno()],
        )

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        self.socket.close()
        self.folder.cleanup()


@asynccontextmanager
async def previewed(*arguments):
    preview = Preview(*arguments)
    try:
        async with chromium() as browser:
            yield preview, browser
    finally:
        preview.close()


async def test_one_person_watches_in_step_and_without_a_freeze():
    async with previewed() as (preview, browser):
        watcher = await Watcher.open(browser, preview.link)
        seen = await watcher.watch(22)
        assert seen.first_picture <= 1000
        assert seen.best_fps(10) >= 24
        assert abs(seen.settled_offset(after=15)) <= 60
        assert seen.statistics["video"]["keyFramesDecoded"] >= 1


async def test_the_page_shows_the_channel_and_nothing_breaks_the_policy():
    async with previewed() as (preview, browser):
        profile = await browser.new_context()
        page = await profile.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(preview.link)
        await page.wait_for_selector("#state[data-state=on_air]")
        await page.wait_for_selector("#stage[data-picture=playing]")
        assert page.url.endswith("/")
        assert await page.inner_text("#now-price") == "$49.99"
        assert await page.locator("#destinations li").count() == 3
        assert await page.evaluate("picture.muted")
        await page.focus("#sound")
        await page.keyboard.press("Enter")
        assert not await page.evaluate("picture.muted")
        await expect(page.locator("#sound-label")).to_have_text("Mute")
        assert complaints == []


async def test_a_reload_and_three_people_at_once():
    async with previewed() as (preview, browser):
        small = {"width": 320, "height": 480}
        watchers = [await Watcher.open(browser, preview.link, viewport=small) for _ in range(3)]
        for watcher in watchers:
            await watcher.until_playing()
        await watchers[0].page.reload()
        await watchers[0].until_playing()
        for seen in await asyncio.gather(*(watcher.watch(5) for watcher in watchers)):
            received = seen.statistics["video"]
            assert received["packetsLost"] == 0
            assert received["framesDecoded"] >= 50


async def test_the_page_finds_back_by_itself_when_the_server_is_killed():
    async with previewed() as (preview, browser):
        watcher = await Watcher.open(browser, preview.link)
        await watcher.until_playing()
        preview.kill()
        await watcher.page.wait_for_selector("#stage[data-picture=lost]", timeout=10_000)
        await watcher.page.wait_for_selector("#lost:not([hidden])", timeout=10_000)
        preview.start()
        await watcher.page.wait_for_selector("#stage[data-picture=playing]", timeout=20_000)
        await watcher.page.wait_for_selector("#lost[hidden]", state="attached", timeout=10_000)
        assert (await watcher.watch(3)).fps >= 20
