"""The console's page under a flood: how long a frame takes at 1,000 comments a second, and a key press."""

import asyncio
import itertools

from playwright.async_api import Page

from livestream.console.backend import Planned
from livestream.testing.scene import NOW, evening
from livestream.testing.stage import Stage, staged
from livestream.testing.whep_viewer import chromium
from tests.bench.figures import Figures, say

RATE = 1000
SECONDS = 10
TICK = 0.1
KEYS = 12
TEXTS = (
    "how much is the lamp?",
    "¿Hacen envíos a México?",
    "这个灯有黑色的吗？",
    "هل يأتي مع مصباح؟",
    "love it 😍😍😍",
    "first",
    "is it solid wood or veneer, and does the finish hold up near a window with a lot of sun?",
)
ANSWER = Planned("It's solid oak.", "answer", "material", "Harbor Table Lamp", (("f", "Material", "solid oak"),))

WATCH = """() => {
  const seen = (window.seen = { frames: [], tasks: [], on: true });
  let before = performance.now();
  const frame = (now) => {
    seen.frames.push(now - before);
    before = now;
    if (seen.on) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({ entryTypes: ["longtask"] });
}"""

PRESS = """() => new Promise((done) => {
  const row = document.activeElement;
  const from = performance.now();
  row.dispatchEvent(new KeyboardEvent("keydown", { key: "x", bubbles: true, cancelable: true }));
  requestAnimationFrame(() => setTimeout(() => done(row.isConnected ? 1e4 : performance.now() - from)));
})"""


def run(figures: Figures) -> None:
    """Measure and note all figures."""
    asyncio.run(measure(figures))


async def measure(figures: Figures) -> None:
    """One page, idle first and then flooded."""
    async with staged(evening()) as stage, chromium() as browser:
        page = await (await browser.new_context(viewport={"width": 1440, "height": 900})).new_page()
        foreign = []
        page.on("request", lambda request: foreign.append(request.url) if stage.link not in request.url else None)
        await page.goto(stage.link)
        await page.wait_for_selector("#feed article")
        say(f"idle, then {RATE}/s for {SECONDS} s")
        idle = await _watched(page, asyncio.sleep(3))
        heap = await _heap(page)
        flooded = await _watched(page, _flood(stage))
        await page.get_by_text(f"comment {RATE * SECONDS - 1} ").first.wait_for()
        figures.add("worst_frame_idle", max(idle["frames"]), "ms")
        figures.add("worst_frame", max(flooded["frames"]), "ms", "<= 100")
        figures.add("frames_over_50_ms", sum(frame > 50 for frame in flooded["frames"]), "frames")
        figures.add("worst_task", max(flooded["tasks"], default=0), "ms")
        figures.add("rows_in_the_page", await page.locator("#feed article").count(), "rows", "<= 200")
        figures.add("heap_growth", (await _heap(page) - heap) / 2**20, "MB", "<= 5")
        figures.add("key_to_change_p95", await _key_ms(page, stage), "ms", "<= 100")
        figures.add("requests_to_foreign_hosts", len(foreign), "requests", "<= 0")


async def _watched(page: Page, doing) -> dict:
    """Note the frames and the long tasks of the page while something is done."""
    await page.evaluate(WATCH)
    await doing
    return await page.evaluate("(window.seen.on = false, window.seen)")


async def _flood(stage: Stage) -> None:
    """Let comments in at the rate, a batch each tick, as intake hands them on."""
    numbers, loop = itertools.count(), asyncio.get_running_loop()
    due = loop.time()
    for _ in range(round(SECONDS / TICK)):
        for n in itertools.islice(numbers, round(RATE * TICK)):
            held = {"state": "held", "note": "Link"} if n % 20 == 0 else {}
            planned = ANSWER if n % 10 == 0 else None
            text = f"comment {n} {TEXTS[n % len(TEXTS)]}"
            stage.backend.arrive(text, name=f"viewer {n % 977}", at=NOW + n / RATE, planned=planned, **held)
        due += TICK
        await asyncio.sleep(max(0, due - loop.time()))


async def _key_ms(page: Page, stage: Stage) -> float:
    """Return how long it takes from a key to its change in the page, 95th percentile, while comments come in."""
    async with asyncio.TaskGroup() as group:
        flood = group.create_task(_flood(stage))
        await page.keyboard.press("j")
        took = [await page.evaluate(PRESS) for _ in range(KEYS)]
        flood.cancel()
    return sorted(took)[round(0.95 * (len(took) - 1))]


async def _heap(page: Page) -> int:
    """Return the bytes of the page's heap after a collection."""
    session = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    usage = await session.send("Runtime.getHeapUsage")
    await session.detach()
    return usage["usedSize"]
