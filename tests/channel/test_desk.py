from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from livestream.catalogue import Catalogue, Fact, FactKind, Product, Source
from livestream.catalogue.edits import with_price
from livestream.catalogue.pictures import Pictures
from livestream.channel.desk import AT_ONCE, Desk
from livestream.errors import RundownError, SpeechError
from livestream.locales import locale
from livestream.media import SAMPLE_RATE, Speech
from livestream.rundown import TOLERANCE, line_key

POINTS = (("stylish", "adjective"), ("warm", "adjective"), ("a narrow collar", "noun"), ("long sleeves", "noun"))


def product(handle: str, title: str, points=POINTS) -> Product:
    def fact(name, kind, value, **more):
        return Fact(f"{handle}.{name}", kind, handle, value, Source("shop.csv", 2, "Title"), **more)

    facts = [fact("title", FactKind.TITLE, title), fact("price", FactKind.PRICE, Decimal("49.99"), currency="USD")]
    facts += [fact(f"point.{n}", FactKind.POINT, text, grammar=g) for n, (text, g) in enumerate(points, 1)]
    return Product(handle, title, "", "", "", (), (), (), tuple(facts), 2)


def desk(tmp_path, *products: Product, **more) -> Desk:
    shop = Catalogue(
        Path("shop.csv"),
        products or tuple(product(f"p{n}", f"Silk Shirt {'ABCDEF'[n]}") for n in range(6)),
        (),
        "USD",
        "argument",
    )
    return Desk(shop, locale=locale("en-US"), seed=3, pictures=Pictures(tmp_path), **more)


class Speaker:
    """Speaks at its own pace, not at the calibrated one."""

    def __init__(self, pace: float = 0.075):
        self.pace = pace
        self.calls: list[tuple[str, str]] = []
        self.at_once = self.most_at_once = 0

    async def __call__(self, line):
        self.calls.append((line.id, line.caption))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        samples = round((0.2 + self.pace * len(line.spoken)) * SAMPLE_RATE)
        pcm = np.ones(samples, np.int16)
        return Speech(line.id, line.locale, line.caption, line.spoken, pcm, (), (), (), line.facts, "test", "exact")


@pytest.mark.parametrize("pace", [0.04, 0.06, 0.09])
@pytest.mark.parametrize("target", [60.0, 240.0])
async def test_a_pass_fits_by_the_speech_it_really_has(tmp_path, pace, target):
    programming = await desk(tmp_path).prepare(Speaker(pace), target=target, loop=0)
    lines = list(programming.ready_lines(7))
    heard = sum(len(ready.speech.pcm) + ready.gap for ready in lines) / SAMPLE_RATE
    assert heard == pytest.approx(target, rel=TOLERANCE)
    assert programming.seconds == pytest.approx(heard, abs=0.01)
    assert [ready.seq for ready in lines] == list(range(7, 7 + len(lines)))


async def test_each_line_is_approved_spoken_and_numbered_once(tmp_path):
    programming = await desk(tmp_path).prepare(Speaker(), target=120.0, loop=2)
    lines = list(programming.ready_lines(0))
    assert [ready.speech.line_id for ready in lines] == [line.id for line in programming.rundown.lines]
    assert programming.approved.keys() == programming.speeches.keys()
    assert all(ready.instance == f"2.{ready.part}" and ready.loop == 2 for ready in lines)
    cues = {(cue.kind, cue.value) for ready in lines for cue in ready.cues}
    assert {handle for kind, handle in cues if kind == "card"} <= programming.cards.keys()
    assert {name for kind, name in cues if kind == "lower_third"} <= programming.lower_thirds.keys()


async def test_a_line_spoken_once_is_not_spoken_again_and_few_are_asked_for_at_a_time(tmp_path):
    speaker = Speaker(0.1)
    await desk(tmp_path).prepare(speaker, target=90.0, loop=0)
    assert speaker.most_at_once <= AT_ONCE
    assert len(speaker.calls) == len(set(speaker.calls))


async def test_loops_differ_and_what_was_measured_is_remembered(tmp_path):
    room = desk(tmp_path)
    first = await room.prepare(Speaker(), target=120.0, loop=0)
    second = await room.prepare(Speaker(), target=120.0, loop=1)
    said = [{line_key(line) for line in each.rundown.lines if line.product} for each in (first, second)]
    assert len(said[0] & said[1]) <= len(said[0]) // 4
    assert not {line.id for line in first.rundown.lines} & {line.id for line in second.rundown.lines}


async def test_progress_grows_to_one(tmp_path):
    shares: list[float] = []
    await desk(tmp_path).prepare(Speaker(), target=60.0, loop=0, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


async def test_a_point_that_standards_refuse_is_replaced_and_reported(tmp_path):
    claim = product(
        "cure", "Copper Mug", (("cures cancer", "verb"), ("a wide handle", "noun"), ("stylish", "adjective"))
    )
    room = desk(tmp_path, claim)
    programming = await room.prepare(Speaker(), target=60.0, loop=0)
    assert not [line for line in programming.approved.values() if "cure" in line.caption.casefold()]
    assert "cure" in programming.rundown.products


async def test_a_product_whose_name_is_refused_is_left_out_and_reported(tmp_path):
    room = desk(tmp_path, product("good", "Copper Mug"), product("bad", "Mug that cures cancer"))
    programming = await room.prepare(Speaker(), target=60.0, loop=0)
    assert programming.left_out == ("bad",)
    assert [refusal.product for refusal in room.refusals if refusal.product == "bad"]
    assert "bad" not in programming.cards


def reduced(handle: str, title: str) -> Product:
    plain = product(handle, title)
    former = tuple(
        Fact(f"{handle}.{kind}", kind, handle, Decimal("59.99"), Source("shop.csv", 2, kind), "USD")
        for kind in (FactKind.COMPARE_AT, FactKind.LOWEST_30D)
    )
    return replace(plain, facts=(*plain.facts, *former))


async def test_a_price_raised_above_the_former_one_while_cards_are_made_waits_for_the_next_pass(tmp_path):
    shop = tuple(reduced(f"p{n}", f"Silk Shirt {'ABC'[n]}") for n in range(3))
    room = desk(tmp_path, *shop)

    class Edited(dict):
        def __getitem__(self, handle):
            room.update(with_price(Catalogue(Path("shop.csv"), shop, (), "USD", "argument"), "p2", Decimal(80)))
            return super().__getitem__(handle)

    fetch_all = room._pictures.fetch_all
    room._pictures.fetch_all = lambda catalogue: Edited(fetch_all(catalogue))
    programming = await room.prepare(Speaker(), target=120.0, loop=0)
    assert {card.card.was for card in programming.cards.values()} == {"$59.99"}
    room._pictures.fetch_all = fetch_all
    later = await room.prepare(Speaker(), target=120.0, loop=1)
    assert {card.card.price for card in later.cards.values()} == {"$49.99", "$80"}


async def test_what_is_said_and_what_is_written_rest_on_the_same_facts_whenever_they_change(tmp_path):
    shop = Catalogue(
        Path("shop.csv"), tuple(product(f"p{n}", f"Silk Shirt {'AB'[n]}") for n in range(2)), (), "USD", "argument"
    )
    room, speaker = desk(tmp_path, *shop.products), Speaker(0.09)

    async def speak(line):
        if not speaker.calls:
            room.update(with_price(with_price(shop, "p0", Decimal(80)), "p1", Decimal(90)))
        return await speaker(line)

    programming = await room.prepare(speak, target=120.0, loop=0)
    refs = [ref for line in programming.approved.values() for ref in line.facts]
    assert [ref for ref in refs if ref.version != shop.facts[ref.id].version] == []
    assert any("$49.99" in line.caption for line in programming.approved.values())
    for name, line in programming.approved.items():
        assert programming.speeches[name].caption == line.caption


async def test_without_prices_none_is_said_or_shown(tmp_path):
    programming = await desk(tmp_path, quote_prices=False).prepare(Speaker(), target=60.0, loop=0)
    assert not [line for line in programming.approved.values() if "$" in line.caption]
    assert {card.card.price for card in programming.cards.values()} == {""}


async def test_a_voice_that_fails_ends_the_work_with_its_own_error(tmp_path):
    async def mute(line):
        raise SpeechError("no engine", where=line.id)

    with pytest.raises(SpeechError, match="no engine"):
        await desk(tmp_path).prepare(mute, target=60.0, loop=0)


def test_too_short_a_show_is_a_rundown_error(tmp_path):
    with pytest.raises(RundownError):
        desk(tmp_path).draft(target=2.0, loop=0)


async def test_a_line_no_engine_can_speak_is_said_in_other_words(tmp_path):
    speaker, mute = Speaker(), []

    async def speak(line):
        if not mute:
            mute.append(line.caption)
        if line.caption in mute:
            raise SpeechError("no engine can speak this")
        return await speaker(line)

    writer = desk(tmp_path)
    programming = await writer.prepare(speak, target=120, loop=0)
    assert mute[0] not in {line.caption for line in programming.approved.values()}
    assert [refusal.rule for refusal in writer.refusals] == ["speech"]
