"""The console's pictures for the documents: the page itself, on a stage, in Chromium."""

import asyncio
import base64
from pathlib import Path

import cv2
import numpy as np
from playwright.async_api import Browser, Page

from livestream.console import texts
from livestream.testing.scene import evening
from livestream.testing.stage import staged
from livestream.testing.whep_viewer import chromium

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
MARGIN = 16
DESKS = {
    "console.jpg": {"keys": "j"},
    "console-dark.jpg": {"keys": "jjjjje", "color_scheme": "dark"},
    "console-answers.jpg": {"keys": "m", "language": "es"},
    "console-keys.jpg": {"keys": "?"},
    "console-rtl.jpg": {"keys": "j", "language": "ar-XB"},
}
PHONES = {
    "picture": {"color_scheme": "light"},
    "comments": {"color_scheme": "light"},
    "rundown": {"color_scheme": "dark"},
    "more": {"color_scheme": "dark"},
}
# The stage sends no picture: one of the show's own frames stands in its place.
SHOW_FRAME = """(frame) => {
  document.getElementById("picture").poster = frame;
  document.getElementById("picture-status").remove();
}"""


def make(frame: np.ndarray, folder: Path) -> None:
    """Write all pictures; `frame` is a moment of the show as BGR."""
    asyncio.run(_make(frame, folder))


async def _make(frame: np.ndarray, folder: Path) -> None:
    poster = "data:image/jpeg;base64," + base64.b64encode(cv2.imencode(".jpg", frame)[1].tobytes()).decode()
    async with chromium() as browser:
        for name, context in DESKS.items():
            _save(await _picture(browser, poster, **context), folder / name)
        phones = [
            await _picture(browser, poster, tab=tab, viewport=PHONE, **context) for tab, context in PHONES.items()
        ]
        beside = [np.pad(phone, ((0, 0), (0, MARGIN), (0, 0)), constant_values=255) for phone in phones]
        _save(np.hstack(beside)[:, :-MARGIN], folder / "console-phone.jpg")


async def _picture(browser: Browser, poster: str, *, language="en", keys="", tab="", **context) -> np.ndarray:
    """Open the page, do something, and return what it looks like as BGR."""
    async with staged(evening()) as stage:
        # The policy is bypassed for the poster alone, which is a picture in an address.
        profile = await browser.new_context(**{"viewport": DESK, "timezone_id": "UTC", "bypass_csp": True, **context})
        await profile.add_cookies([{"name": texts.COOKIE, "value": language, "url": stage.link}])
        page: Page = await profile.new_page()
        await page.add_init_script("delete window.RTCPeerConnection")
        await page.goto(stage.link)
        await page.locator("#products li").first.wait_for(state="attached")
        await page.locator("#feed article").first.wait_for(state="attached")
        await page.evaluate(SHOW_FRAME, poster)
        if tab:
            await page.click(f"[data-choose={tab}]")
        for key in keys:
            await page.keyboard.press(key)
        await page.evaluate("new Promise((drawn) => setTimeout(drawn, 400))")
        picture = await page.screenshot()
        await profile.close()
    return cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)


def _save(picture: np.ndarray, path: Path) -> None:
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
