"""A small OpenAI-compatible server on loopback that behaves as scripted: well, slowly, wrongly or not at all."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Literal

Script = Callable[[dict[str, Any]], str]
"""Writes what the model says to a request."""
Manner = (
    Literal[
        "first",
        "last",
        "drip",
        "bad_json",
        "forged",
        "prose",
        "400",
        "500",
        "hang",
        "huge",
        "html",
        "flood",
        "half",
        "tool",
    ]
    | Script
)
"""`first` and `last` choose that candidate; `drip` sends a right answer a byte at a time; `forged` names ids that
were not offered; `prose` is text where JSON was asked for; `html` is a page, as of a gateway; `hang` never answers;
`flood` sends ten megabytes; `half` leaves in the middle of its answer; `tool` calls one instead of answering."""
DRIP = 0.05
_STATUSES = {"400": "400 Bad Request", "500": "500 Internal Server Error"}
PAGE = b"<!doctype html><title>Sign in</title>"


class ModelServer:
    """Serves `/v1/chat/completions`. `manners` are used in turn, the last one for ever.

    `requests` keeps the bodies; `gone` counts clients that left before the answer was complete.
    """

    def __init__(self, manners: Iterable[Manner] = ("first",)) -> None:
        self._manners = list(manners)
        self.requests: list[dict[str, object]] = []
        self.gone = 0
        self.url = ""
        self._asked = threading.Condition()

    @property
    def calls(self) -> int:
        """How often it was asked."""
        return len(self.requests)

    def asked(self, times: int, *, within: float) -> bool:
        """Wait, from another thread, until it was asked so often; False where that took too many seconds."""
        with self._asked:
            return self._asked.wait_for(lambda: self.calls >= times, within)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, one request."""
        try:
            _, body = await json_request(reader)
            manner = self._manners[min(self.calls, len(self._manners) - 1)]
            with self._asked:
                self.requests.append(body)
                self._asked.notify_all()
            await self._answer(manner, body, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.gone += 1
        finally:
            writer.close()

    async def _answer(
        self, manner: Manner, body: dict[str, object], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if manner == "hang":
            await reader.read()  # ends when the client leaves
            self.gone += 1
            return
        status = _STATUSES.get(manner, "200 OK") if isinstance(manner, str) else "200 OK"
        kind = "text/html" if manner == "html" else "application/json"
        content = PAGE if manner == "html" else json.dumps(_completion(_message(manner, body))).encode()
        head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(content)}\r\n"
        writer.write(f"{head}connection: close\r\n\r\n".encode())
        if manner == "half":
            writer.write(content[: len(content) // 2])
            await writer.drain()
            return
        step = 1 if manner == "drip" else len(content)
        for at in range(0, len(content), step):
            if reader.at_eof():
                raise ConnectionError("the client left")
            writer.write(content[at : at + step])
            await writer.drain()
            if manner == "drip":
                await asyncio.sleep(DRIP)


def _message(manner: Manner, body: dict[str, object]) -> dict[str, object]:
    if manner == "tool":
        call = {"id": "t1", "type": "function", "function": {"name": "refund", "arguments": '{"amount": 50}'}}
        return {"role": "assistant", "content": None, "tool_calls": [call]}
    return {"role": "assistant", "content": _content(manner, body)}


def _content(manner: Manner, body: dict[str, object]) -> str:
    if callable(manner):
        return manner(body)
    if manner == "flood":
        return "x" * 10_000_000
    if manner in ("half", "400", "500"):
        return "{}" * 100
    if manner == "bad_json":
        return '{"template_id": "pri'
    if manner == "prose":
        return "It is free today, with a full refund!"
    if manner == "huge":
        return "x" * 100_000
    if manner == "forged":
        return json.dumps({"template_id": "safe_refund.0", "slot_ids": ["lamp.price_of_my_own"]})
    offered = _offered(body)
    chosen = offered[-1 if manner == "last" else 0]
    return json.dumps({"template_id": chosen["template_id"], "slot_ids": chosen["slot_ids"]})


def _offered(body: dict[str, object]) -> list[dict[str, object]]:
    messages = body["messages"]
    if not isinstance(messages, list):
        raise TypeError("messages is a list")
    system: str = messages[0]["content"]
    listed: list[dict[str, object]] = json.loads(system.partition("\n")[2])["candidates"]
    return listed


def _completion(message: dict[str, object]) -> dict[str, object]:
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
    }


def drafts(body: dict[str, Any]) -> str:
    """Draft lines as a good model does: a `Script` for what `livestream write` asks."""
    facts = {
        fact["kind"]: {"fact": fact["id"]} for fact in reversed(json.loads(body["messages"][1]["content"])["facts"])
    }
    title, noun, price = facts["title"], facts.get("noun"), facts.get("price")
    lines: list[dict[str, object]] = [
        {"beat": "hook", "pieces": ["Welcome, friends! Here's ", title, ", and I love it."]},
        {"beat": "hook", "pieces": ["Are you ready? Let me introduce ", title, "."]},
        {"beat": "call_to_action", "pieces": ["If you love it, you know where the shop is."]},
    ]
    if noun:
        lines.append({"beat": "benefit", "pieces": ["I want you to notice ", noun, ", friends."]})
    if price:
        lines.append({"beat": "quick", "pieces": ["Meet ", title, ", yours for ", price, "."]})
        lines.append({"beat": "offer", "pieces": ["You can take ", title, " with you for ", price, "."]})
    return json.dumps({"lines": lines})


async def json_request(reader: asyncio.StreamReader) -> tuple[dict[str, str], dict[str, object]]:
    """Return the headers, their names in lower case, and the JSON body of the request a connection begins with."""
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[1:]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    content: dict[str, object] = json.loads(await reader.readexactly(int(headers["content-length"])))
    return headers, content


@asynccontextmanager
async def model_server(*manners: Manner) -> AsyncIterator[ModelServer]:
    """Serve on a free port of loopback while the block lasts."""
    model = ModelServer(manners or ("first",))
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        server.close()
        await server.wait_closed()


@contextmanager
def model_server_beside(*manners: Manner) -> Iterator[ModelServer]:
    """Serve in a thread of its own while the block lasts, for commands that bring their own event loop."""
    ready, leave = threading.Event(), threading.Event()
    serving: list[ModelServer] = []

    async def work() -> None:
        async with model_server(*manners) as model:
            serving.append(model)
            ready.set()
            await asyncio.to_thread(leave.wait)

    thread = threading.Thread(target=asyncio.run, args=(work(),))
    thread.start()
    ready.wait(10)
    try:
        yield serving[0]
    finally:
        leave.set()
        thread.join()
