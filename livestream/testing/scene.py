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

LAMP, THROW, COFFEE, PACK = "led-desk-lamp", "washed-linen-throw", "ceramic-pour-over-set", "carry-on-backpack"
TITLES = {
    LAMP: "Folding LED Desk Lamp",
    THROW: "Washed Linen Throw",
    COFFEE: "Ceramic Pour-Over Coffee Set",
    PACK: "Carry-On Travel Backpack",
}
NOW = 1_800_000_000.0
PARTS = ("hook", "benefit", "proof", "offer", "call_to_action")
CAPTIONS = {
    "hook": "A desk gets crowded fast. This one steps aside.",
    "benefit": "It dims with a touch of the base.",
    "proof": "The lamp folds flat to 38 cm, and the base is weighted.",
    "offer": "It's $45 in white or black.",
    "call_to_action": "Tap the card to make it yours.",
}


def evening(clock: Callable[[], float] = lambda: NOW) -> FakeBackend:
    """Return a channel a quarter of an hour into its show, with comments in every lane."""
    backend = FakeBackend(_snapshot(), products=_products(), rundown=_rundown(), clock=clock)
    _comments(backend)
    backend.open_ticket(next(row for row in backend.rows() if row.name == "Theo R."), "order", "Order trouble")
    return backend


def _snapshot() -> Snapshot:
    lines = (
        ("Good evening, and welcome in.", "", True, False),
        ("I'm Mira, an AI-generated host.", "", True, False),
        ("First up tonight: a desk lamp that folds.", LAMP, True, False),
        ("It has five brightness levels and three", LAMP, False, False),
        ("Good question, Ana: yes, it dims.", LAMP, True, True),
        ("There is a USB-C port in the base.", LAMP, True, False),
    )
    return Snapshot(
        state="on_air",
        title="Marlow Quay",
        elapsed=903.0,
        target=3600.0,
        now=Item("proof", CAPTIONS["proof"], TITLES[LAMP], "$45.00"),
        next=Item("hook", "", TITLES[THROW], "$68.00"),
        destinations=(
            Destination("preview", "whep", "publishing", "1 viewer"),
            Destination("main-ingest", "rtmp", "reconnecting", "The server is away; trying each second.", 4.0),
            Destination("recording.mp4", "file", "publishing", "412 MB"),
        ),
        sources=(
            Source("twitch", "twitch", "connected", "", 1204),
            Source("shop", "ws", "connected", "", 310),
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
        ProductRow(LAMP, TITLES[LAMP], "45.00", "$45.00", "USD", 59),
        ProductRow(THROW, TITLES[THROW], "68.00", "$68.00", "USD", 5, edited=True),
        ProductRow(COFFEE, TITLES[COFFEE], "39.00", "$39.00", "USD", None),
        ProductRow(PACK, TITLES[PACK], "", "$79.00 to $95.00", "USD", 60),
    )


def _rundown() -> list[RundownItem]:
    items = [RundownItem("1-0", "opening", "", "", "Good evening, and welcome in.", 14.0, "aired")]
    for number, handle in enumerate((LAMP, THROW, COFFEE, PACK), 2):
        for place, part in enumerate(PARTS):
            on_air = handle == LAMP and part == "proof"
            state: Any = "on_air" if on_air else "aired" if handle == LAMP and place < 2 else "later"
            if (number == 3 and place < 2) or (handle == LAMP and place > 2):
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
            "planned": _lamp("It comes in white and in black.", "variant", "Color=white, black"),
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
            "planned": _lamp("There are fifty-nine left.", "stock", "Stock=59"),
        },
    ),
    (
        "desk&chair",
        "is it metal or plastic",
        {"state": "queued", "worth": 0.6, "planned": _lamp("It's slim aluminum.", "material", "Material=aluminum")},
    ),
    (
        "sunny_day",
        "how much is the lamp?",
        {
            "state": "planned",
            "asked": 12,
            "worth": 0.95,
            "planned": _lamp("It's forty-five dollars.", "price", "Price=$45.00"),
        },
    ),
)
"""Who wrote what, and what is known of it."""
