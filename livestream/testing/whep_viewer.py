"""A person who watches the live page: Chromium, driven and measured from inside the page.

Used by tests and benches: `async with chromium() as browser`, then `await Watcher.open(browser, link)`.
"""

from __future__ import annotations

import asyncio
import shutil
from bisect import bisect_left
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from statistics import median
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from livestream.errors import MachineError

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
)
PAIR_MS = 900.0
"""A flash and a beep further apart than this are not of the same instant."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a viewer saw in `seconds` of watching; `frames` are the times in seconds at which pictures were shown.

    `first_picture` is milliseconds from the WHEP offer to the first picture shown. `av_offsets` are
    (seconds since then, milliseconds the picture came after the sound) for each flash with its beep;
    `av_playout` the same difference from the browser's own playout estimates, one each second, for
    a programme without flashes.
    """

    seconds: float
    fps: float
    frames: tuple[float, ...]
    longest_gap: float
    first_picture: float
    av_offsets: tuple[tuple[float, float], ...]
    av_playout: tuple[tuple[float, float], ...]
    statistics: dict[str, Any]

    def best_fps(self, window: float) -> float:
        """Return the frame rate of the best `window` seconds: what the stream gave while the machine had time."""
        ends = [bisect_left(self.frames, start + window) for start in self.frames]
        return max(end - index for index, end in enumerate(ends)) / window

    def settled_offset(self, after: float) -> float:
        """Return the median offset in milliseconds of flashes and beeps later than `after` seconds."""
        return median(offset for at, offset in self.av_offsets if at >= after)

    def settled_playout(self, after: float) -> float:
        """Return the same from the browser's playout estimates."""
        return median(offset for at, offset in self.av_playout if at >= after)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start the system's Chromium, headless.

    Raises:
        MachineError: there is none.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise MachineError("there is no Chromium on this machine", remedy="apt install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


class Watcher:
    """One open page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def open(cls, browser: Browser, link: str, **context: Any) -> Watcher:  # noqa: ANN401 - Playwright's own
        """Open the printed link in a browser profile of its own; `context` as Playwright's `new_context`."""
        profile = await browser.new_context(bypass_csp=True, **context)
        page = await profile.new_page()
        await page.add_init_script(files("livestream.testing").joinpath("whep_viewer.js").read_text())
        await page.goto(link)
        await page.wait_for_url(lambda url: "/enter" not in url)  # a one-time link leads on by itself
        return cls(page)

    async def until_playing(self, seconds: float = 10.0) -> float:
        """Wait for the first picture and return the milliseconds from offer to picture."""
        await self.page.wait_for_function("livestreamProbe.firstPictureAt !== null", timeout=seconds * 1000)
        first: float = await self.page.evaluate("livestreamProbe.firstPictureAt - livestreamProbe.offeredAt")
        return first

    async def watch(self, seconds: float) -> Watched:
        """Watch for so long and return what was seen in that time."""
        first = await self.until_playing()
        start = float(await self.page.evaluate("performance.now()"))
        await asyncio.sleep(seconds)
        probe: dict[str, Any] = await self.page.evaluate("({...livestreamProbe, end: performance.now()})")
        origin = probe["firstPictureAt"]
        frames = [shown for shown in probe["frames"] if start <= shown <= probe["end"]]
        gaps = [later - earlier for earlier, later in pairwise(frames)]
        return Watched(
            seconds=(probe["end"] - start) / 1000,
            fps=len(frames) * 1000 / (probe["end"] - start),
            frames=tuple(shown / 1000 for shown in frames),
            longest_gap=max(gaps, default=float("inf")),
            first_picture=first,
            av_offsets=tuple(((flash - origin) / 1000, offset) for flash, offset in _pairs(probe)),
            av_playout=tuple(
                ((entry["at"] - origin) / 1000, entry["audio"]["playout"] - entry["video"]["playout"])
                for entry in probe["stats"]
                if entry["audio"].get("playout") and entry["video"].get("playout")
            ),
            statistics=probe["stats"][-1] if probe["stats"] else {},
        )

    async def close(self) -> None:
        """Close the page as a person closes a tab."""
        await self.page.close(run_before_unload=False)
        await self.page.context.close()


def _pairs(probe: dict[str, Any]) -> list[tuple[float, float]]:
    """Return (time of the flash, flash minus its nearest beep) in milliseconds."""
    pairs = []
    for flash in probe["flashes"]:
        nearest = min(probe["beeps"], key=lambda beep: abs(beep - flash), default=None)
        if nearest is not None and abs(nearest - flash) < PAIR_MS:
            pairs.append((flash, flash - nearest))
    return pairs
