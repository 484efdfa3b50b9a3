"""The pages of sign-in, account and people in a real browser: opened by the link, by keyboard, by everybody."""

import json
import re
from contextlib import asynccontextmanager
from importlib.resources import files

import pytest
import pytest_asyncio
from playwright.async_api import expect

from livestream.console.backend import Role
from livestream.testing.webport import served
from livestream.testing.whep_viewer import chromium

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(60)]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "correct horse battery"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser():
    async with chromium() as started:
        yield started


@asynccontextmanager
async def visiting(browser, role=Role.OWNER, **context):
    """Come in by a link as a person does."""
    async with served() as web:
        profile = await browser.new_context(**context)
        page = await profile.new_page()
        foreign, complaints = [], []
        page.on("request", lambda request: None if web.origin in request.url else foreign.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        await page.goto(web.guard.port.link(await web.guard.accounts.link_for_role(role)))
        yield web, page
        assert (foreign, complaints) == ([], [])
        await profile.close()


async def violations(page):
    await page.evaluate(AXE)
    found = await page.evaluate(f"axe.run({{runOnly: {json.dumps(WCAG)}}})")
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found["violations"]]


async def test_the_link_leads_to_the_console_without_a_click_and_leaves_no_trace(browser):
    async with visiting(browser) as (web, page):
        await page.wait_for_url(f"{web.origin}/")
        await page.goto(f"{web.origin}/account")
        await page.go_back()
        assert "ticket" not in page.url
        cookies = await page.context.cookies()
        assert [(cookie["httpOnly"], cookie["sameSite"]) for cookie in cookies] == [(True, "Lax")]


async def test_without_scripts_the_link_leads_there_by_a_button(browser):
    async with visiting(browser, java_script_enabled=False) as (web, page):
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url(f"{web.origin}/")


async def test_everything_is_done_by_keyboard(browser):
    async with visiting(browser) as (web, page):
        await page.wait_for_url(f"{web.origin}/")
        await page.goto(f"{web.origin}/people")
        await page.get_by_label("Name").focus()
        await page.keyboard.type("Ana")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="A link for Ana")).to_be_visible()
        link = await page.locator("code.link").inner_text()
        await page.context.clear_cookies()

        await page.goto(link)
        await page.wait_for_url(f"{web.origin}/")
        await page.goto(f"{web.origin}/account")
        await page.get_by_label("New password", exact=True).focus()
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Tab")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("New password again")).to_have_value("")
        await page.get_by_role("button", name="Sign out").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{web.origin}/signin")

        await page.get_by_label("Name").focus()
        await page.keyboard.type("Ana")
        await page.keyboard.press("Tab")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{web.origin}/")
        await page.goto(f"{web.origin}/account")
        await expect(page.get_by_text("Signed in as Ana (Moderator).")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar-XB"])
async def test_axe_finds_nothing(browser, scheme, language):
    small = {"width": 360, "height": 740}
    async with visiting(browser, color_scheme=scheme, viewport=small, bypass_csp=True) as (web, page):
        await page.wait_for_url(f"{web.origin}/")
        chosen = {"name": "livestream_language", "value": language, "url": web.origin}
        await page.context.add_cookies([chosen])
        await web.guard.accounts.add("نور <b>", Role.VIEWER)
        for path in ("/account", "/people", "/signin", "/enter"):
            await page.route("**/enter.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
            await page.goto(web.origin + path)
            assert await violations(page) == [], path
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert await page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar-XB" else "ltr")
        await page.goto(f"{web.origin}/signin")
        await page.locator("[name=name]").fill("Nobody")
        await page.locator("[name=password]").fill("wrong password")
        await page.locator("button").click()
        await expect(page.get_by_role("alert")).to_have_text(re.compile("."))
        assert await violations(page) == []
