"""An evening on a small channel, for the console's tests and pictures: `evening()` is a `FakeBackend` full of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from livestream.audience.comment import RISKY, Intent
from livestream.console.backend import (
    Aired,
    Destination,
    Health,
    Item,
    Planned,
    ProductRow,
    RundownItem,
    Snapshot,
    Source,
)
from livestream.testing.console import FakeBackend

LAMP, THROW, MUG, KETTLE = "harbor-lamp", "linen-throw", "field-mug", "gooseneck-kettle"
TITLES = {
    LAMP: "Harbor Table Lamp",
    THROW: "Linen Throw, 130 × 170 cm",
    MUG: "Field Mug, set of two",
    KETTLE: "Gooseneck Kettle, 0.9 l",
}
NOW = 1_800_000_000.0
PARTS = ("hook", "benefit", "proof", "offer", "call_to_action")
CAPTIONS = {
    "hook": "Some lamps light a room. This one warms it.",
    "benefit": "It dims all the way down to candlelight.",
    "proof": "It's turned from solid oak, so no two are quite alike.",
    "offer": "Right now it's $49.99, down from $64.00.",
    "call_to_action": "Tap the card to make it yours.",
}


def evening(clock: Callable[[], float] = lambda: NOW) -> FakeBackend:
    """Return a channel a quarter of an hour into its show, with comments in every lane."""
    backend = FakeBackend(_snapshot(), products=_products(), rundown=_rundown(), clock=clock)
    _comments(backend)
    return backend


def _snapshot() -> Snapshot:
    lines = (
        ("Good evening, and welcome in.", "", True, False),
        ("I'm Mira, an AI-generated host.", "", True, False),
        ("First up tonight: the Harbor lamp.", LAMP, True, False),
        ("It's turned from solid oak, so no two are quite", LAMP, False, False),
        ("Good question, Ana: yes, it dims.", LAMP, True, True),
        ("And it dims all the way down to candlelight.", LAMP, True, False),
    )
    return Snapshot(
        state="on_air",
        title="Northlight Home",
        elapsed=903.0,
        target=3600.0,
        now=Item("offer", CAPTIONS["offer"], "Harbor Table Lamp, brushed brass", "$49.99", "$64.00"),
        next=Item("hook", "", TITLES[THROW], "$38.00"),
        destinations=(
            Destination("preview", "whep", "publishing", "1 viewer"),
            Destination("main-ingest", "rtmp", "reconnecting", "The server is away; trying each second.", 4.0),
            Destination("recording.mp4", "file", "publishing", "412 MB"),
        ),
        sources=(
            Source("twitch", "twitch", "connected", "", 1204),
            Source("shop", "ws", "listening", "", 310),
        ),
        health=Health(late_frames=2, queue=24.6, lateness=3.2, comments=1514, shed=12, waiting=3),
        aired=tuple(
            Aired(seq, 879.0 + 4 * seq, caption, product, complete, answer)
            for seq, (caption, product, complete, answer) in enumerate(lines)
        ),
        modes={intent.value: "hold" if intent in RISKY else "auto" for intent in Intent},
        rundown=1,
        products=1,
    )


def _products() -> tuple[ProductRow, ...]:
    return (
        ProductRow(LAMP, TITLES[LAMP], "49.99", "$49.99", "USD", 14),
        ProductRow(THROW, TITLES[THROW], "38.00", "$38.00", "USD", 52),
        ProductRow(MUG, TITLES[MUG], "24.50", "$24.50", "USD", None),
        ProductRow(KETTLE, TITLES[KETTLE], "", "$59.00 to $79.00", "USD", 3, edited=True),
    )


def _rundown() -> list[RundownItem]:
    items = [RundownItem("1-0", "opening", "", "", "Good evening, and welcome in.", 14.0, "aired")]
    for number, handle in enumerate((LAMP, THROW, MUG, KETTLE), 2):
        for place, part in enumerate(PARTS):
            on_air = handle == LAMP and part == "offer"
            state: Any = "on_air" if on_air else "aired" if handle == LAMP and place < 3 else "later"
            if (number == 3 and place < 2) or (handle == LAMP and place > 3):
                state = "queued"
            seconds = 9.0 + 3 * place
            items.append(RundownItem(f"{number}-{place}", part, handle, TITLES[handle], CAPTIONS[part], seconds, state))
    items.append(RundownItem("6-0", "question_window", "", "Questions", "", 60.0, "later"))
    return items


def _comments(backend: FakeBackend) -> None:
    """One of everything a moderator meets, the oldest first."""
    for place, (name, text, more) in enumerate(COMMENTS):
        backend.arrive(text, name=name, **({"at": NOW - 300 + 11 * place} | more))


def _plan(caption: str, route: Any, intent: str, reason: str, confidence: float, *facts: str, **more: Any) -> Planned:  # noqa: ANN401
    told = tuple((f"fact:{place}", *fact.split("=")) for place, fact in enumerate(facts))
    return Planned(caption, route, intent, facts=told, reason=reason, confidence=confidence, **more)  # type: ignore[arg-type]


def _lamp(caption: str, intent: str, *facts: str) -> Planned:
    return _plan(caption, "answer", intent, "Named nothing: the product on air", 0.94, *facts, product=TITLES[LAMP])


COMMENTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("promo_4411", "buy followers cheap >> t.me/x", {"state": "hidden", "note": "Spam list"}),
    ("Kofi", "first!!", {}),
    ("Ana", "does it dim?", {"state": "answered", "by": "Mod Ana", "planned": _lamp("Yes, it dims.", "use")}),
    (
        "Theo R.",
        "my order 4471 never came",
        {
            "state": "held",
            "note": "Order trouble: a ticket is open",
            "planned": _plan("Our support team can look that up for you.", "deflect", "order", "Fixed safe line", 0.97),
        },
    ),
    ("dealz", "call me at •••• ••• •••• for a deal", {"state": "held", "note": "Phone number masked"}),
    (
        "Lucía",
        "¿Hacen envíos a México?",
        {
            "language": "es",
            "platform": "youtube",
            "asked": 7,
            "worth": 0.8,
            "planned": _plan(
                "Yes, we ship to Mexico.", "answer", "shipping", "Policy: shipping", 0.88, "Ships to=US, CA, MX"
            ),
        },
    ),
    (
        "小雨",
        "这个灯有黑色的吗？",
        {
            "language": "zh",
            "platform": "shop",
            "worth": 0.7,
            "planned": _lamp("It comes in brushed brass and in matte black.", "variant", "Colour=brass, matte black"),
        },
    ),
    ("نور", "هل يأتي مع مصباح؟", {"language": "ar", "platform": "youtube"}),
    (
        "sleepless",
        "does it cure insomnia?",
        {
            "worth": 0.3,
            "planned": _plan(
                "It helps you fall asleep.",
                "answer",
                "health",
                "",
                0.55,
                refused="health.claim: no health effect may be claimed",
            ),
        },
    ),
    ("MaraVanDerMeer", "love the glow 😍", {}),
    (
        "tobias_k",
        "how many left?",
        {
            "state": "on_air",
            "by": "Mod Ana",
            "worth": 0.9,
            "planned": _lamp("There are fourteen left.", "stock", "Stock=14"),
        },
    ),
    (
        "grain&oak",
        "is it solid wood or veneer",
        {"state": "queued", "worth": 0.6, "planned": _lamp("It's solid oak.", "material", "Material=solid oak")},
    ),
    (
        "sunny_day",
        "how much is the lamp?",
        {
            "state": "planned",
            "asked": 12,
            "worth": 0.95,
            "planned": _lamp("It's forty-nine ninety-nine right now.", "price", "Price=$49.99"),
        },
    ),
)
"""Who wrote what, and what is known of it."""
