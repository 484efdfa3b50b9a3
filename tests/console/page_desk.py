"""A moderator at the console's page in Chromium."""

import asyncio
from contextlib import asynccontextmanager

from playwright.async_api import expect

from livestream.console import texts
from livestream.testing.scene import evening
from livestream.testing.stage import staged

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


class Desk:
    """One open page, the stage it is on, and what broke."""

    def __init__(self, page, stage):
        self.page, self.stage, self.backend = page, stage, stage.backend
        self.broken, self.foreign = [], []
        page.on("console", lambda message: self.broken.append(message.text) if self._is_broken(message) else None)
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.on("dialog", lambda dialog: self.broken.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self._note(request.url))

    @staticmethod
    def _is_broken(message):
        # The stage has no picture, and says so by status; links are lost on purpose.
        return (
            message.type == "error"
            and "Failed to load resource" not in message.text
            and "WebSocket" not in message.text
        )

    def _note(self, url):
        if not url.startswith((self.stage.link, self.stage.link.replace("http", "ws"))):
            self.foreign.append(url)

    def row(self, row):
        """The article of a comment."""
        return self.page.locator(f'#feed [data-id="{row}"]')

    def named(self, name):
        """The id of the row of a viewer."""
        return next(row.id for row in self.backend.rows() if row.name == name)

    async def focus(self, row):
        await self.row(row).focus()

    async def key(self, *keys):
        for key in keys:
            await self.page.keyboard.press(key)

    async def acted(self, name, target=None, value=None):
        """Wait until the channel was asked for this, as the last thing, and return it."""
        await until(lambda: self.backend.done and self.backend.done[-1][1].name == name)
        act = self.backend.done[-1][1]
        assert target in (None, act.target)
        assert value in (None, act.value)
        return act

    async def toast(self, text):
        await expect(self.page.locator("#toasts li").last).to_contain_text(text)

    async def shown(self):
        """Wait until the page shows all that the channel has told."""
        await expect(self.page.locator("#state")).to_have_attribute("data-state", "on_air")
        await expect(self.page.locator("#feed article").first).to_be_visible()
        await expect(self.page.locator("#products li").first).to_be_attached()


async def until(true, seconds=5.0):
    """Wait until something is true of the channel."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def at_desk(browser, backend=None, *, person=None, language="en", shown=True, **context):
    """Open the page of a channel, an evening's by default."""
    async with staged(backend or evening()) as stage:
        if person is not None:
            stage.person = person
        profile = await browser.new_context(**{"viewport": DESK, **context})
        await profile.add_cookies([{"name": texts.COOKIE, "value": language, "url": stage.link}])
        desk = Desk(await profile.new_page(), stage)
        try:
            await desk.page.goto(stage.link)
            if shown:
                await desk.shown()
            yield desk
            assert desk.broken == []
            assert desk.foreign == []
        finally:
            await profile.close()
