"""Comments pushed to the web port: `WS /comments/{source}` and `POST /webhooks/{source}`.

Programs push, browsers may not: what bears an Origin is refused. A program shows its token or signs,
and a receipt means that the comment is stored. What waits to be stored is bounded for each
connection; beyond it the socket is not read, so that a sender that is too fast feels it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from livestream.audience.comment import Comment
from livestream.audience.sources.protocol import MAX_MESSAGE, SchemaError
from livestream.audience.sources.push import PushDoor, WebhookRefused
from livestream.console.backend import LiveBackend, Receipt
from livestream.errors import LivestreamError

log = logging.getLogger(__name__)

HELLO_SECONDS = 10.0
MAX_HELLO = 4_096
MAX_CONNECTIONS = 16
"""Open connections of one source, those that have not shown their token yet included."""
MAX_WEBHOOKS = 32
"""Webhooks taken at once."""
BODY_SECONDS = 10.0
SEND_SECONDS = 10.0
MAX_WAITING = 64
"""Messages of one connection that are read and wait for the store; then the socket is not read."""
MAX_SLICE = 32
"""Comments given to the channel in one go: a few milliseconds of the loop's time."""
MAX_SLICES = 4
"""Slices of one connection on their way to the store."""
MAX_FAULTS = 100
"""Messages in a row that hold no comment; then the sender is sent away."""
POLICY, TRY_AGAIN_LATER = 1008, 1013

Parsed = Comment | SchemaError


class Ingest:
    """The doors of all pushed sources of a channel, by name."""

    def __init__(self, backend: LiveBackend, doors: Mapping[str, PushDoor]) -> None:
        self._backend = backend
        self._doors = doors
        self._open: Counter[str] = Counter()
        self._webhooks = 0
        self._storing: set[tuple[str, str]] = set()  # deliveries on their way to the store, by door and id

    async def connect(self, websocket: WebSocket) -> None:
        """Take comments from one program until it goes."""
        door = self._doors.get(websocket.path_params["source"])
        token = _bearer(websocket)
        refusal = None
        if "origin" in websocket.headers:
            refusal = PlainTextResponse("Web pages may not push comments.", 403)
        elif door is None or door.kind != "ws":
            refusal = PlainTextResponse("There is no such source.", 404)
        elif token is not None and not door.authorise(token):
            refusal = PlainTextResponse("The token is wrong.", 401)
        elif self._open[door.name] >= MAX_CONNECTIONS:
            refusal = PlainTextResponse("Too many connections are open.", 429)
        if refusal is not None or door is None:
            await websocket.send_denial_response(refusal or Response(status_code=404))
            return
        self._open[door.name] += 1
        try:
            await self._serve(websocket, door, known=token is not None)
        finally:
            self._open[door.name] -= 1

    async def webhook(self, request: Request) -> Response:
        """Take one signed delivery; 200 says that what it brought is stored."""
        door = self._doors.get(request.path_params["source"])
        if "origin" in request.headers:
            return PlainTextResponse("Web pages may not push comments.", 403)
        if door is None or door.kind != "webhook":
            return PlainTextResponse("There is no such source.", 404)
        if self._webhooks >= MAX_WEBHOOKS:
            return PlainTextResponse("Too many deliveries at once.", 503, {"Retry-After": "1"})
        self._webhooks += 1
        try:
            return await self._deliver(request, door)
        except WebhookRefused as refused:
            return PlainTextResponse(str(refused), refused.status)
        finally:
            self._webhooks -= 1

    async def _deliver(self, request: Request, door: PushDoor) -> Response:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except TimeoutError:
            return PlainTextResponse("The delivery took too long.", 408)
        parsed = door.verify(request.headers, body)
        delivery = door.name, request.headers["webhook-id"]
        if delivery in self._storing:
            return PlainTextResponse("This delivery is being stored.", 503, {"Retry-After": "1"})
        self._storing.add(delivery)
        stored = False
        try:
            receipts = await self._backend.receive(door.name, _comments(parsed))
            stored = all(receipt.status != "dropped" for receipt in receipts)
        except LivestreamError as error:
            log.warning("%s: %s", door.name, error)
        finally:
            self._storing.discard(delivery)
            if not stored:  # it will come again
                door.forget(request.headers)
        if not stored:
            return PlainTextResponse("It could not be stored. Send it again.", 503, {"Retry-After": "5"})
        return JSONResponse({"answers": _answers(parsed, iter(receipts))})

    async def _serve(self, websocket: WebSocket, door: PushDoor, *, known: bool) -> None:
        await websocket.accept()
        try:
            if not known:
                async with asyncio.timeout(HELLO_SECONDS):
                    first = await _hear(websocket)
                if len(first) > MAX_HELLO or not door.hello(first):
                    await websocket.close(POLICY, "the token is wrong")
                    return
            sender = _Sender(self._backend, door, websocket)
            await sender.serve()
            if sender.faults > MAX_FAULTS:
                await websocket.close(POLICY, "none of this is a comment")
        except* WebSocketDisconnect:
            pass
        except* (TimeoutError, OSError):
            with contextlib.suppress(RuntimeError, OSError, TimeoutError, WebSocketDisconnect):
                async with asyncio.timeout(1):
                    await websocket.close(TRY_AGAIN_LATER)
        except* LivestreamError as group:
            log.warning("%s: %s", door.name, group.exceptions[0])
            await websocket.close(TRY_AGAIN_LATER, "comments cannot be stored now")


@dataclass(frozen=True, slots=True)
class _Message:
    """What was read from one message; `many` where it was a list."""

    parsed: Sequence[Parsed]
    many: bool


class _Sender:
    """One program that pushes. Its comments are stored together as they come, and answered in their order."""

    def __init__(self, backend: LiveBackend, door: PushDoor, websocket: WebSocket) -> None:
        self._backend = backend
        self._door = door
        self._websocket = websocket
        self._read_already: asyncio.Queue[_Message | None] = asyncio.Queue(MAX_WAITING)
        self._on_the_way: asyncio.Queue[_Slice | None] = asyncio.Queue(MAX_SLICES)
        self._gone = False
        self.faults = 0

    async def serve(self) -> None:
        """Read, store and answer; what was read when the program goes is stored all the same."""
        with self._door.connected(self._send):
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read())
                group.create_task(self._store(group))
                group.create_task(self._answer())

    async def _read(self) -> None:
        with contextlib.suppress(WebSocketDisconnect):
            while self.faults <= MAX_FAULTS:
                text = await _hear(self._websocket)
                parsed = self._door.parse(text)
                self.faults = 0 if _comments(parsed) else self.faults + 1
                await self._read_already.put(_Message(parsed, many=text.lstrip()[:1] in ("[", b"[")))
        await self._read_already.put(None)

    async def _store(self, group: asyncio.TaskGroup) -> None:
        """Give the channel what has been read by now, several slices at a time."""
        while (message := await self._read_already.get()) is not None:
            messages, size, last = [message], len(message.parsed), False
            while size < MAX_SLICE and not self._read_already.empty() and not last:
                following = self._read_already.get_nowait()
                if following is None:
                    last = True
                else:
                    messages.append(following)
                    size += len(following.parsed)
            await self._on_the_way.put((messages, group.create_task(self._receive(messages))))
            if last:
                break
        await self._on_the_way.put(None)

    async def _receive(self, messages: Sequence[_Message]) -> list[Receipt]:
        comments = [comment for message in messages for comment in _comments(message.parsed)]
        receipts: list[Receipt] = []
        for start in range(0, len(comments), MAX_SLICE):
            receipts += await self._backend.receive(self._door.name, comments[start : start + MAX_SLICE])
        return receipts

    async def _answer(self) -> None:
        while (piece := await self._on_the_way.get()) is not None:
            messages, task = piece
            receipts = iter(await task)
            for message in messages:
                answers = _answers(message.parsed, receipts)
                await self._send(_text(answers if message.many or len(answers) != 1 else answers[0]))

    async def _send(self, text: str) -> None:
        if self._gone:
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._websocket.send_text(text)
        except (WebSocketDisconnect, OSError, RuntimeError):
            self._gone = True


_Slice = tuple[Sequence[_Message], asyncio.Task[list[Receipt]]]


def _comments(parsed: Sequence[Parsed]) -> list[Comment]:
    return [each for each in parsed if isinstance(each, Comment)]


def _answers(parsed: Sequence[Parsed], receipts: Iterator[Receipt]) -> list[dict[str, str]]:
    """Return what the sender is told of each comment, in their order."""
    return [_receipt(next(receipts)) if isinstance(each, Comment) else each.answer() for each in parsed]


def _receipt(receipt: Receipt) -> dict[str, str]:
    told = {"type": "receipt", "id": receipt.id, "status": receipt.status}
    return {**told, "verdict": receipt.verdict} if receipt.verdict else told


def _bearer(websocket: WebSocket) -> str | None:
    kind, _, token = websocket.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


async def _hear(websocket: WebSocket) -> str | bytes:
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    text: str | bytes | None = message.get("text")
    return message["bytes"] if text is None else text


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_MESSAGE:
            raise WebhookRefused(f"a webhook is at most {MAX_MESSAGE} bytes long", status=413)
    return bytes(body)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
