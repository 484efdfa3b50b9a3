"""Whatever is given to post leaves with the mark of AI: every reply goes through one door."""

import ast
import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

import livestream
from livestream.channel.live.ears import Ears
from livestream.lines import FactRef
from livestream.testing import ManualClock


@pytest.mark.parametrize(
    ("given", "posted"), [("It is $45.", "AI · It is $45."), ("IA · Cuesta $45.", "IA · Cuesta $45.")]
)
async def test_a_reply_is_posted_with_the_mark_and_one_of_a_former_price_is_not(given, posted):
    got = asyncio.Queue()

    async def reply(text, to):
        got.put_nowait((text, to.id))

    async def get(key):
        return SimpleNamespace(source="ws", key=key, platform="x", user="u", name="Ana", text="?", at=0.0)

    async def comments():
        await asyncio.Event().wait()
        yield

    async def close():
        pass

    source = SimpleNamespace(name="ws", can_reply=True, reply=reply, comments=comments, close=close)
    book = SimpleNamespace(get=get, dropped=0)
    ears = Ears(
        [source], intake=None, book=book, consider=None, failed=None, outdated=lambda refs: refs, clock=ManualClock()
    )
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        running = group.create_task(ears.run())
        await ears.reply("ws:6", "It is $99.", [FactRef("lamp.price", "old")])
        await ears.reply("ws:7", given)
        assert await got.get() == (posted, "7")
        running.cancel()


def test_no_other_part_of_the_product_posts_at_a_source():
    package = Path(livestream.__file__).parent
    posting = set()
    for path in [*package.glob("channel/**/*.py"), *package.glob("console/**/*.py"), *package.glob("answers/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "source.reply":
                posting.add(path.name)
    assert posting == {"ears.py"}
