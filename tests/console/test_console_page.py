"""What a moderator does at the page, by keyboard and by mouse, comes to the channel as meant."""

import re
from collections import OrderedDict

import pytest
import pytest_asyncio
from page_desk import PHONE, at_desk, until
from playwright.async_api import expect

from livestream.console.backend import Outcome, Person, Role
from livestream.testing.console import FakeBackend
from livestream.testing.scene import LAMP, NOW, THROW
from livestream.testing.whep_viewer import chromium

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(60)]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser():
    async with chromium() as started:
        yield started


KEYS = [
    ("A", "approve", "sunny_day"),
    ("S", "say_now", "Lucía"),
    ("H", "hold", "Kofi"),
    ("X", "hide", "MaraVanDerMeer"),
    ("P", "pin", "نور"),
    ("P", "unpin", "نور"),
    ("T", "timeout", "小雨"),
    ("B", "ban", "sleepless"),
]


async def test_every_act_on_a_comment_has_its_key(browser):
    async with at_desk(browser) as desk:
        for key, act, name in KEYS:
            row = desk.named(name)
            seen = desk.backend.row(row).seq
            await expect(desk.row(row)).to_have_attribute("data-version", re.compile(f"^{seen} "))
            await desk.focus(row)
            await desk.key(key)
            asked = await desk.acted(act, row, "300" if act == "timeout" else "")
            assert asked.seen == seen
        await desk.key("2")
        row = desk.named("Theo R.")
        await desk.focus(row)
        await desk.key("R")
        await desk.acted("restore", row)


async def test_every_act_on_a_comment_has_its_button(browser):
    async with at_desk(browser) as desk:
        for _, act, name in KEYS:
            row = desk.row(desk.named(name))
            await row.locator(".comment-text").hover()
            await row.locator(f"[data-act={act}]").click()
            await desk.acted(act, desk.named(name))
        await desk.page.click("#lane-hidden")
        for act, name in (("restore", "MaraVanDerMeer"), ("unban", "sleepless")):
            row = desk.row(desk.named(name))
            await row.locator(".comment-text").hover()
            await row.locator(f"[data-act={act}]").click()
            await desk.acted(act, desk.named(name))


async def test_the_channel_is_driven_from_the_page(browser):
    async with at_desk(browser) as desk:
        page = desk.page
        await desk.key("I")
        await page.keyboard.type("Ten minutes to go.")
        await desk.key("Enter")
        await desk.acted("say", value="Ten minutes to go.")
        await expect(page.locator("#say-words")).to_have_value("")
        await page.click("#pause")
        await desk.acted("pause")
        await expect(page.locator("#pause")).to_have_text("Resume answers")
        await page.click("#pause")
        await desk.acted("resume")
        await page.click("#skip")
        await desk.acted("skip")
        await expect(page.locator("#rundown [aria-current]")).to_contain_text("Offer")
        await page.click("#products li:nth-child(2) > button")
        await desk.acted("jump", THROW)
        await page.fill("#products li:first-child .product-price input", "44,50")
        await desk.key("Enter")
        await desk.acted("price", LAMP, "44.50")
        await page.fill("#products li:first-child .product-stock input", "9")
        await desk.key("Enter")
        await desk.acted("stock", LAMP, "9")
        await expect(page.locator("#products li:first-child .product-stock input")).to_have_value("9")


async def test_what_is_no_amount_is_not_sent(browser):
    async with at_desk(browser) as desk:
        price = desk.page.locator("#products li:first-child .product-price input")
        for wrong in ("free", "-1", "1e9", "49.99 or so"):
            await price.fill(wrong)
            await desk.key("Enter")
            assert await price.evaluate("field => !field.validity.valid")
        await desk.key("Escape")
        await expect(price).to_have_value("45.00")
        assert desk.backend.done == []


async def test_who_waits_for_a_person_is_counted_in_sight_and_closed_one_by_one(browser):
    async with at_desk(browser) as desk:
        page, badge = desk.page, desk.page.locator("#count-tickets")
        await expect(badge).to_have_text("1")
        row = desk.backend.row(desk.named("Kofi"))
        first, second = desk.backend.tickets()[0], desk.backend.open_ticket(row, "refund")
        await expect(badge).to_have_text("2")
        await expect(page.locator("#announcer")).to_contain_text("2 tickets wait")
        await desk.key("W")
        listed = page.locator("#ticket-list li")
        await expect(listed).to_have_count(2)
        await expect(listed.first).to_contain_text("my order 4471 never came")
        await expect(listed.last).to_contain_text("Refund")
        await page.get_by_role("button", name="Done with Theo R.").press("Enter")
        await desk.acted("close_ticket", str(first.n))
        await expect(listed).to_have_count(1)
        await expect(page.get_by_role("button", name="Done with Kofi")).to_be_focused()
        await desk.key("Enter")
        await expect(page.locator("#tickets-empty")).to_be_visible()
        await desk.acted("close_ticket", str(second.n))
        await expect(page.locator("#tickets [data-close]")).to_be_focused()
        await expect(badge).to_be_hidden()
        await desk.key("Escape")
        await desk.key("U")
        await expect(badge).to_have_text("1")


async def test_a_viewer_of_the_console_sees_tickets_and_cannot_close_them(browser):
    async with at_desk(browser, person=Person("p-2", "Eve", Role.VIEWER)) as desk:
        await desk.page.click("[data-dialog=tickets]")
        await expect(desk.page.locator("#ticket-list li")).to_have_count(1)
        assert await desk.page.locator("#ticket-list button").count() == 0


async def test_a_page_that_cannot_catch_up_drops_what_it_has(browser):
    async with at_desk(browser) as desk:
        await expect(desk.row(desk.named("Kofi"))).to_be_visible()
        gone, desk.backend._seq = desk.named("Kofi"), 100
        desk.backend.change(gone, pinned=True)
        await expect(desk.row(gone)).to_have_class(re.compile("pinned"))
        desk.backend._rows, desk.backend._seq = OrderedDict(), 50
        kept = desk.backend.arrive("is this a new show?", name="Noa")
        await desk.stage.cut()
        await expect(desk.row(kept.id)).to_be_visible()
        await expect(desk.row(gone)).to_have_count(0)


async def test_how_answers_are_handled_is_chosen_in_a_dialog(browser):
    async with at_desk(browser) as desk:
        page = desk.page
        await desk.key("M")
        await page.select_option("#mode-price", "hold")
        await desk.acted("mode", "price", "hold")
        await page.select_option("#slow", "10")
        await desk.acted("slow", value="10")
        await page.fill("#block-word", "casino")
        await desk.key("Enter")
        await desk.acted("block_word", value="casino")
        await expect(page.locator("#blocked li")).to_have_text("casino")
        await page.fill("#block-word", "casino")
        await page.click("#unblock")
        await desk.acted("unblock_word", value="casino")
        await page.click("#all-modes [data-mode=manual]")
        await until(lambda: set(desk.backend.shown.modes.values()) == {"manual"})
        await desk.key("Escape")
        await expect(page.locator("#automation")).to_be_hidden()


async def test_panic_is_one_key_from_anywhere_and_calm_is_pressed_on_purpose(browser):
    async with at_desk(browser) as desk:
        await desk.page.fill("#search", "lamp")
        await desk.key("Shift+Escape")
        await desk.acted("panic")
        await expect(desk.page.locator("#state")).to_have_text("Panic")
        await expect(desk.page.locator("#panic-banner")).to_be_visible()
        await desk.key("Shift+Escape")
        await expect(desk.page.locator(".controls [data-panic-button]")).to_be_focused()
        assert [act.name for _, act in desk.backend.done] == ["panic"]
        await desk.key("Enter")
        await desk.acted("calm")
        await expect(desk.page.locator("#panic-banner")).to_be_hidden()


async def test_an_edited_answer_is_checked_again_and_a_refusal_shows_its_rule(browser):
    async with at_desk(browser) as desk:
        row = desk.named("sunny_day")
        await desk.focus(row)
        await desk.key("E")
        words = desk.row(row).locator("textarea")
        await expect(words).to_be_focused()
        await expect(words).to_have_value("It's forty-five dollars.")
        await words.fill("We guarantee it.")
        await desk.key("Control+Enter")
        await expect(desk.row(row).locator("[role=alert]")).to_contain_text("promise.guarantee")
        await words.fill("It's on the card right now.")
        await desk.key("Control+Enter")
        await expect(desk.row(row).locator(".plan-caption")).to_have_text("It's on the card right now.")
        await expect(desk.row(row)).to_be_focused()
        await desk.acted("edit", row, "It's on the card right now.")


async def test_typing_survives_a_change_of_the_row(browser):
    async with at_desk(browser) as desk:
        row = desk.named("sunny_day")
        await desk.focus(row)
        await desk.key("E")
        await desk.page.keyboard.press("Control+A")
        await desk.page.keyboard.type("Half a sen")
        desk.backend.change(row, asked=99)
        await expect(desk.row(row).locator(".asked")).to_contain_text("99")
        await desk.page.keyboard.type("tence.")
        await expect(desk.row(row).locator("textarea")).to_have_value("Half a sentence.")
        await desk.key("Escape")
        await expect(desk.row(row).locator("textarea")).to_have_count(0)
        assert desk.backend.done == []


async def test_an_answer_can_be_written_where_none_was_planned(browser):
    async with at_desk(browser) as desk:
        row = desk.named("Kofi")
        await desk.focus(row)
        await desk.key("A")
        await desk.toast("There is no answer that may be said.")
        await desk.key("E")
        await desk.page.keyboard.type("Welcome in!")
        await desk.key("Control+Enter")
        await expect(desk.row(row).locator(".plan-caption")).to_have_text("Welcome in!")
        await desk.key("A")
        await desk.acted("approve", row)


async def test_a_line_that_standards_refuse_stays_to_be_mended(browser):
    async with at_desk(browser) as desk:
        await desk.page.fill("#say-words", "We guarantee it.")
        await desk.page.click("#say [type=submit]")
        await expect(desk.page.locator("#say-problem")).to_contain_text("promise.guarantee")
        await expect(desk.page.locator("#say-words")).to_have_value("We guarantee it.")


class Beaten(FakeBackend):
    """A channel where somebody else was always first."""

    async def act(self, person, act):
        self.done.append((person, act))
        return Outcome(False, conflict="already hidden by Ana")


async def test_who_was_first_is_a_notice_and_the_row_is_as_it_was(browser):
    backend = Beaten()
    row = backend.arrive("hello")
    backend.show(products=1)
    async with at_desk(browser, backend, shown=False) as desk:
        await desk.focus(row.id)
        await desk.key("X")
        await desk.toast("Somebody was first: already hidden by Ana")
        await expect(desk.page.locator("#toasts li").last).to_have_attribute("data-kind", "note")
        await expect(desk.row(row.id)).to_be_visible()


async def test_undo_by_key_and_by_button(browser):
    async with at_desk(browser) as desk:
        for undo in ("key", "button"):
            row = desk.named("Kofi")
            await desk.focus(row)
            await desk.key("X")
            await desk.acted("hide", row)
            await expect(desk.row(row)).to_have_count(0)
            if undo == "key":
                await desk.toast("Hidden Kofi")
                await desk.key("U")
            else:
                await desk.page.locator("#toasts li").last.get_by_role("button").click()
            await desk.acted("undo")
            await until(lambda row=row: desk.backend.row(row).state == "new")
            await desk.page.click("#lane-new")
            await expect(desk.row(row)).to_be_visible()


async def test_the_next_comment_is_at_hand_after_one_was_dealt_with(browser):
    async with at_desk(browser) as desk:
        await desk.key("J")
        first = await desk.page.evaluate("document.activeElement.dataset.id")
        await desk.key("J")
        second = await desk.page.evaluate("document.activeElement.dataset.id")
        assert first != second
        await desk.key("X")
        await desk.acted("hide", second)
        third = await desk.page.evaluate("document.activeElement.dataset.id")
        assert third not in (first, second)
        await desk.key("K")
        assert await desk.page.evaluate("document.activeElement.dataset.id") == first


async def test_the_list_stands_still_under_a_persons_hands(browser):
    async with at_desk(browser) as desk:
        row = desk.named("desk&chair")
        await desk.focus(row)
        before = await desk.row(row).bounding_box()
        for n in range(30):
            desk.backend.arrive(f"new one {n}", at=NOW + n)
        await expect(desk.page.locator("#fresh")).to_have_text("30 new comments")
        assert await desk.row(row).bounding_box() == before
        await expect(desk.row(row)).to_be_focused()
        await desk.page.click("#fresh")
        await expect(desk.page.locator("#feed article").first).to_contain_text("new one 29")
        await desk.page.focus("#feed article >> nth=0")
        desk.backend.arrive("the newest", at=NOW + 99)
        await expect(desk.page.locator("#fresh")).to_have_text("1 new comment")
        await desk.key("K")
        await expect(desk.page.locator("#feed article:focus")).to_contain_text("the newest")


async def test_lanes_filters_and_search(browser):
    async with at_desk(browser) as desk:
        page = desk.page
        for key, lane, rows in (("2", "held", 2), ("3", "answered", 1), ("4", "hidden", 1), ("1", "new", 9)):
            await desk.key(key)
            await expect(page.locator(f"#lane-{lane}")).to_have_attribute("aria-selected", "true")
            await expect(page.locator("#feed article")).to_have_count(rows)
            await expect(page.locator(f"#count-{lane}")).to_have_text(str(rows))
        await page.select_option("#filter", "refused")
        await expect(page.locator("#feed article")).to_have_count(1)
        await expect(page.locator("#feed .plan-refused")).to_contain_text("health.claim")
        await page.select_option("#filter", "all")
        await page.select_option("#platform", "youtube")
        await expect(page.locator("#feed article")).to_have_count(2)
        await page.select_option("#platform", "")
        await page.select_option("#sort", "worth")
        await expect(page.locator("#feed article").first).to_contain_text("how much is the lamp?")
        await page.locator("#lane-new").focus()
        await desk.key("/")
        await page.keyboard.type("METAL")
        await expect(page.locator("#feed article")).to_have_count(1)
        await desk.key("Escape")
        await expect(page.locator("#feed article")).to_have_count(9)


async def test_a_lost_link_is_taken_up_where_it_was(browser):
    async with at_desk(browser) as desk:
        desk.backend.arrive("before", at=NOW + 1)
        await expect(desk.page.locator("#feed")).to_contain_text("before")
        seen = desk.backend.rows()[-1].seq
        await desk.stage.cut()
        await expect(desk.page.locator("#lost")).to_be_visible()
        desk.backend.arrive("meanwhile", at=NOW + 2)
        await expect(desk.page.locator("#lost")).to_be_hidden()
        await expect(desk.page.locator("#feed")).to_contain_text("meanwhile")
        assert desk.backend.followed == [0, seen]
        for text in ("before", "meanwhile"):
            await expect(desk.page.get_by_text(text, exact=True)).to_have_count(1)


async def test_who_is_signed_out_is_led_to_sign_in(browser):
    async with at_desk(browser) as desk:
        desk.stage.person = None
        await expect(desk.page.get_by_text("Sign in first.")).to_be_visible()


async def test_a_viewer_sees_all_and_can_do_nothing(browser):
    async with at_desk(browser, person=Person("v", "Vi", Role.VIEWER)) as desk:
        page = desk.page
        await desk.focus(desk.named("sunny_day"))
        await desk.key("A", "X", "B", "U", "Shift+Escape")
        for selector in ("[data-panic-button]", "#say", "#skip", "#pause", "[data-act]", "#products input"):
            assert await page.locator(selector).filter(visible=True).count() == 0
        await desk.key("M")
        assert await page.locator("#mode-price").is_disabled()
        assert desk.backend.done == []


async def test_single_key_shortcuts_can_be_switched_off(browser):
    async with at_desk(browser) as desk:
        await desk.key("?")
        await desk.page.uncheck("#choose-keys")
        await desk.key("Escape")
        await desk.focus(desk.named("Kofi"))
        await desk.key("X", "B", "?")
        await expect(desk.page.locator("#help")).to_be_hidden()
        await desk.key("ArrowUp")
        await expect(desk.row(desk.named("Lucía"))).to_be_focused()
        await desk.key("Shift+Escape")
        await desk.acted("panic")
        assert len(desk.backend.done) == 1
        await desk.page.reload()
        await desk.key("?")
        await expect(desk.page.locator("#help")).to_be_hidden()


async def test_on_a_phone_everything_is_behind_four_tabs(browser):
    async with at_desk(browser, viewport=PHONE, has_touch=True, is_mobile=True) as desk:
        page = desk.page
        for tab, selector in (
            ("picture", "#stage"),
            ("rundown", "#rundown"),
            ("more", "#products"),
            ("comments", "#feed"),
        ):
            await page.tap(f"[data-choose={tab}]")
            await expect(page.locator(selector)).to_be_visible()
            assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await desk.row(desk.named("Kofi")).tap()
        await desk.row(desk.named("Kofi")).locator("[data-act=hide]").tap()
        await desk.acted("hide", desk.named("Kofi"))
        await page.tap(".strip [data-panic-button]")
        await desk.acted("panic")


async def test_history_shows_acts_and_lines_and_offers_both_files(browser):
    async with at_desk(browser) as desk:
        await desk.focus(desk.named("Kofi"))
        await desk.key("X")
        await desk.toast("Hidden")
        await desk.key("Y")
        await expect(desk.page.locator("#acts li").first).to_contain_text("Sam Hide")
        await expect(desk.page.locator("#as-run li").first).to_contain_text("USB-C")
        links = await desk.page.locator("#history a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
        assert links == ["/export/acts.csv", "/export/as-run.jsonl"]


async def test_a_flood_stays_within_bounds(browser):
    async with at_desk(browser) as desk:
        await desk.page.evaluate(
            "window.told = 0; new MutationObserver(() => told++).observe(announcer, {childList: true})"
        )
        for n in range(4000):
            desk.backend.arrive(f"flood {n}", at=NOW + n)
        await expect(desk.page.locator("#feed article").first).to_contain_text("flood 3999")
        await expect(desk.page.locator("#count-new")).to_have_text(re.compile(r"^[12],\d{3}$"))
        for _ in range(12):
            await desk.page.evaluate("feed.scrollTop = feed.scrollHeight")
            await desk.page.evaluate("new Promise((drawn) => setTimeout(drawn, 160))")
        assert await desk.page.locator("#feed article").count() <= 200
        assert await desk.page.evaluate("told") <= 2
