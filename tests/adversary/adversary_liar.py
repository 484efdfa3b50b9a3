"""A model that lies: an OpenAI-compatible server on loopback that returns the worst text that the attack asks for."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from adversary_corpus import Attack

CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстувшхыз")


def _message(content: str | None, **more: object) -> dict[str, Any]:
    return {"role": "assistant", "content": content, **more}


def _forged_slots(attack: Attack, offered: list[dict[str, Any]]) -> dict[str, Any]:
    return _message(json.dumps({"template_id": offered[0]["template_id"], "slot_ids": [attack.wish, "mug.refund"]}))


def _forged_facts(attack: Attack, _offered: list[dict[str, Any]]) -> dict[str, Any]:
    return _message(json.dumps({"template_id": attack.wish, "slot_ids": [f"mug.{attack.goal}", "policy.refund"]}))


def _added_words(attack: Attack, offered: list[dict[str, Any]]) -> dict[str, Any]:
    said = {"say": attack.wish, "text": attack.wish, "lines": [attack.wish]}
    return _message(json.dumps({"template_id": offered[0]["template_id"], "slot_ids": [], **said}))


def _tool_call(attack: Attack, _offered: list[dict[str, Any]]) -> dict[str, Any]:
    function = {"name": "say", "arguments": json.dumps({"text": attack.wish})}
    return _message(None, tool_calls=[{"id": "t1", "type": "function", "function": function}])


MANNERS: dict[str, Callable[[Attack, list[dict[str, Any]]], dict[str, Any]]] = {
    "free text": lambda attack, _offered: _message(attack.wish),
    "forged slots": _forged_slots,
    "forged facts": _forged_facts,
    "added words": _added_words,
    "tool call": _tool_call,
    "other script": lambda attack, _offered: _message(attack.wish.lower().translate(CYRILLIC)),
    "half streamed": lambda attack, _offered: _message(json.dumps({"template_id": attack.wish})),
    "last offered": lambda _attack, offered: _message(
        json.dumps({"template_id": offered[-1]["template_id"], "slot_ids": offered[-1]["slot_ids"]})
    ),
}
"""What it answers, given the attack and what it was offered; half of a streamed one is sent."""


class Liar:
    """Serves `/v1/chat/completions` and says what `attack` wants; each manner in turn. `told` counts them."""

    def __init__(self) -> None:
        self.attack: Attack | None = None
        self.told: Counter[str] = Counter()
        self.saw: list[str] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, and close."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = next(int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:"))
            body = json.loads(await reader.readexactly(length))
            self.saw.append(json.dumps(body["messages"], ensure_ascii=False))
            writer.write(self._answer(body))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            self.told["left"] += 1
        finally:
            writer.close()

    def _answer(self, body: dict[str, Any]) -> bytes:
        assert self.attack is not None
        manner = list(MANNERS)[self.told.total() % len(MANNERS)]
        self.told[manner] += 1
        offered = json.loads(body["messages"][0]["content"].partition("\n")[2] or "{}").get("candidates", [])
        message = MANNERS[manner](self.attack, offered or [{"template_id": "", "slot_ids": []}])
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        told = {"id": "c1", "object": "chat.completion", "created": 0, "model": "liar", "choices": [choice]}
        content = json.dumps(told).encode()
        kind = "application/json"
        if manner == "half streamed":
            chunk = {"choices": [{"index": 0, "delta": {"content": self.attack.wish}}]}
            content, kind = f"data: {json.dumps(chunk)}\n\nda".encode(), "text/event-stream"
        length = len(content) + (7 if manner == "half streamed" else 0)
        return f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n".encode() + content


@asynccontextmanager
async def lying() -> AsyncIterator[Liar]:
    """Lie on a free port of loopback while the block lasts."""
    liar = Liar()
    server = await asyncio.start_server(liar.serve, "127.0.0.1", 0)
    liar.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield liar
    finally:
        server.close()
        await server.wait_closed()
