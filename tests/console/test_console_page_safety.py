"""The page is for everyone, and does nothing that a stranger's words say."""

import json
from importlib.resources import files

import pytest
import pytest_asyncio
from page_desk import PHONE, at_desk
from playwright.async_api import expect

from livestream.console.backend import (
    Aired,
    Destination,
    Item,
    Person,
    Planned,
    ProductRow,
    Role,
    RundownItem,
    Snapshot,
    Source,
)
from livestream.testing.console import FakeBackend
from livestream.testing.whep_viewer import chromium

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(60)]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser():
    async with chromium() as started:
        yield started


async def violations(page):
    """What axe finds, as people read it."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    found = await page.evaluate(f"axe.run({{runOnly: {json.dumps(WCAG)}}})")
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar-XB"])
async def test_axe_finds_nothing(browser, scheme, language):
    async with at_desk(browser, language=language, color_scheme=scheme, bypass_csp=True) as desk:
        page = desk.page
        await desk.focus(desk.named("sunny_day"))
        await desk.key("E")
        assert await violations(page) == []
        await desk.key("Escape")
        for key, dialog in (("?", "help"), ("M", "automation"), ("W", "tickets"), ("Y", "history")):
            await desk.key(key)
            await expect(page.locator(f"#{dialog}")).to_be_visible()
            assert await violations(page) == []
            await desk.key("Escape")
        await page.click("[data-dialog=settings]")
        assert await violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_on_a_phone_in_panic(browser, scheme):
    async with at_desk(browser, color_scheme=scheme, viewport=PHONE, bypass_csp=True) as desk:
        await desk.key("Shift+Escape")
        await desk.acted("panic")
        await expect(desk.page.locator("#panic-banner")).to_be_visible()
        for tab in ("picture", "rundown", "more", "comments"):
            await desk.page.click(f"[data-choose={tab}]")
            assert await violations(desk.page) == []


async def test_nothing_to_press_is_smaller_than_24_pixels(browser):
    async with at_desk(browser) as desk:
        await desk.focus(desk.named("sunny_day"))
        small = await desk.page.evaluate(
            """[...document.querySelectorAll("button, input, select, a:not(.skip)")]
            .filter((one) => one.checkVisibility())
            .map((one) => [one.id || one.className, one.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
        )
        assert small == []


async def test_from_right_to_left_the_page_is_mirrored_and_fits(browser):
    async with at_desk(browser, language="ar-XB") as desk:
        boxes = [await desk.page.locator(part).bounding_box() for part in (".left", ".centre", ".right")]
        assert boxes[0]["x"] > boxes[1]["x"] > boxes[2]["x"]
        assert await desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_every_word_of_the_page_comes_from_the_catalogue(browser):
    async with at_desk(browser, language="en-XA") as desk:
        await desk.page.evaluate("document.querySelectorAll('dialog').forEach((one) => one.setAttribute('open', ''))")
        stray = await desk.page.evaluate(
            """(() => {
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const stray = [];
              const OWN = "bdi, [dir=auto], [translate=no], script, kbd, time, body [lang], #picture-status";
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const own = node.parentElement.closest(OWN);
                if (!own && /\\p{L}{2}/u.test(node.data) && !node.data.includes("⟦")) stray.push(node.data.trim());
              }
              for (const name of ["title", "aria-label", "placeholder"])
                for (const one of document.querySelectorAll(`[${name}]`)) {
                  const said = one.getAttribute(name);
                  const others = one.closest("li.place, .comment-meta, .facts");
                  if (said && !said.includes("⟦") && !others) stray.push(`${name}: ${said}`);
                }
              return stray;
            })()"""
        )
        assert stray == []


@pytest.mark.parametrize(
    ("accept", "button"), [("es-MX", "Pausar respuestas"), ("zh-CN", "暂停回答"), ("fr-FR", "Pause answers")]
)
async def test_the_page_speaks_the_language_of_the_browser(browser, accept, button):
    async with at_desk(browser, language="", locale=accept) as desk:
        await expect(desk.page.locator("#pause")).to_have_text(button)


async def test_language_and_theme_are_chosen_and_kept(browser):
    async with at_desk(browser, color_scheme="light") as desk:
        page = desk.page
        await page.click("[data-dialog=settings]")
        await page.select_option("#theme", "dark")
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 17, 20)"
        await page.select_option("#language", "es")
        await expect(page.locator("#pause")).to_have_text("Pausar respuestas")
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 17, 20)"


EVIL = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    '"><svg/onload=alert(3)>',
    "</script><script>alert(4)</script>",
    "javascript:alert(5)",
    "' onfocus=alert(6) autofocus='",
    "{{ 7*7 }}${7*7}<%= 7*7 %>",
    "<a href='javascript:alert(8)'>x</a>",
    "<iframe srcdoc='<script>parent.alert(9)</script>'>",
    "&lt;img src=x onerror=alert(10)&gt;",
    "<img src=https://evil.example/x.png>",
    "\u202ereversed\u2066 <b>",
)


def hostile():
    """A channel in which every word that comes from outside is an attack."""
    evil = " ".join(EVIL)
    backend = FakeBackend(
        Snapshot(
            state="on_air",
            title=evil,
            now=Item(evil, evil, evil, evil, evil),
            next=Item(evil, evil, evil, evil, evil),
            destinations=(Destination(evil, evil, "refused", evil),),
            sources=(Source(evil, evil, evil, evil, 1),),
            aired=(Aired(1, 1.0, evil, evil),),
            rundown=1,
            products=1,
        ),
        products=[ProductRow(evil, evil, "1.00", evil, evil, 1), ProductRow(f"{evil}2", evil, "", evil, evil, None)],
        rundown=[RundownItem("1", evil, evil, evil, evil, 1.0, "on_air")],
    )
    for text in EVIL:
        planned = Planned(text, text, text, text, ((text, text, text),), text, text, 0.5, text)
        backend.arrive(text, name=text, platform=text, user=text, language=text, note=text, by=text, planned=planned)
        backend.arrive(text, name=text, platform=text, state="held", language=text, note=text, by=text, asked=3)
    return backend


async def test_no_word_from_outside_is_ever_markup(browser):
    async with at_desk(browser, hostile(), person=Person("x", EVIL[0], Role.OWNER), language="es") as desk:
        page = desk.page
        await expect(page.locator("#feed article")).to_have_count(len(EVIL))
        await expect(page.locator("#feed .comment-text").last).to_have_text(EVIL[0])
        await desk.key("J", "P", "E")
        await desk.key("Escape", "X", "U", "2", "J", "T", "Y")
        await desk.toast("<")
        assert await page.locator("#history li").count() > 0
        for tag in (
            "img",
            "iframe",
            "svg[onload]",
            "a[href^=javascript]",
            "script:not([src]):not([type='application/json'])",
        ):
            assert await page.locator(f"main {tag}, dialog {tag}, #toasts {tag}").count() == 0
        assert desk.foreign == []
