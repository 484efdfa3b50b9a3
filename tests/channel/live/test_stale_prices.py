"""Once a change is acknowledged, its former value is neither said nor shown nor posted, by whatever way."""

import pytest

from livestream.console.backend import Act
from tests.channel.live.live_fakes import ANA, Bench, make_truth


@pytest.mark.parametrize("when", ["on air", "a moment ago"])
async def test_no_reply_tells_a_former_price(tmp_path, when):
    bench = Bench(make_truth(tmp_path), pause=0.0)
    first = await bench.say("price?")
    await bench.turn()
    ad_lib = bench.stage.given[-1][0]
    await bench.answerer.heard(ad_lib, "on_air")
    await bench.answerer.heard(ad_lib, "aired") if when != "on air" else None
    posted = len(bench.replies)
    assert (await bench.moderation.act(ANA, Act("price", "lamp", "99.00"))).done
    await bench.answerer.heard(ad_lib, "aired")
    assert (bench.row(first).state, len(bench.replies)) == ("answered", posted)
    bench.clock.advance(10)
    second = await bench.say("price of it?", user="u2")
    await bench.turn()
    await bench.heard()
    assert bench.replies[-1] == (second, "AI · It is $99.")
