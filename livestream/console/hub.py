"""The WebSocket of the console: what the channel does goes to every page, what a moderator does to the channel.

One page costs a place in the changes and two tasks. What all pages are told is encoded once. A page
that does not read is let go after five seconds and never waited for by the others; it comes again and
names the last change it saw.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from livestream.audience.comment import Intent
from livestream.clock import Clock
from livestream.console.backend import (
    ACTS,
    Act,
    Acted,
    ChangeFeed,
    LiveBackend,
    Outcome,
    Person,
    Role,
    Row,
)
from livestream.console.encoding import as_json
from livestream.console.state import State
from livestream.errors import ConsoleTooSlow, LivestreamError

log = logging.getLogger(__name__)

TICK_SECONDS = 0.1
TICKS_A_SNAPSHOT = 5
SLOW_CONSOLE_SECONDS = 5.0
GREETING_SECONDS = 10.0
MAX_MESSAGE = 64 * 1024
MAX_BATCH = 64 * 1024
"""Characters of one message of rows."""
MESSAGES_A_SECOND, MESSAGES_AT_ONCE = 20.0, 60.0
MAX_CONSOLES_A_PERSON = 20
MAX_ACTS_AT_ONCE = 8
KEPT_ROWS = 4_096
OF_PEOPLE = frozenset({"timeout", "ban", "unban"})
"""What only those are told who may do it."""

NORMAL, POLICY, TOO_BIG, TRY_AGAIN_LATER = 1000, 1008, 1009, 1013

Present = Callable[[], Person | None]
"""Who is signed in on a connection by now; None where the session has ended."""

_ROW: TypeAdapter[Row] = TypeAdapter(Row)


class _Said(BaseModel):
    """A message from a page."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: Literal["follow", "act"]
    since: int = Field(default=0, ge=0, lt=2**53)
    request: int | str = Field(default=0, union_mode="left_to_right")
    act: dict[str, Any] = Field(default_factory=dict)


class _SaidAct(BaseModel):
    """What a page wants done."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = Field(max_length=32)
    target: str = Field(default="", max_length=512)
    value: str = Field(default="", max_length=2_000)
    seen: int = Field(default=0, ge=0, lt=2**53)


class Hub:
    """Everybody who follows one channel."""

    def __init__(
        self, backend: LiveBackend, clock: Clock, *, slow_console_seconds: float = SLOW_CONSOLE_SECONDS
    ) -> None:
        self.backend = backend
        self.clock = clock
        self.slow_console_seconds = slow_console_seconds
        self._consoles: Counter[str] = Counter()
        self._state = State(backend, clock, seconds=(TICKS_A_SNAPSHOT - 0.5) * TICK_SECONDS)
        self._rows: OrderedDict[int, str] = OrderedDict()

    async def attend(self, websocket: WebSocket, present: Present, *, languages: Sequence[str] = ("en",)) -> None:
        """Serve one page until it goes, its session ends, or it does not read."""
        person = present()
        if person is None:
            await websocket.send_denial_response(PlainTextResponse("Sign in first.", 401))
        elif self._consoles[person.id] >= MAX_CONSOLES_A_PERSON:
            await websocket.send_denial_response(PlainTextResponse("Too many consoles are open.", 429))
        else:
            self._consoles[person.id] += 1
            try:
                await _Console(self, websocket, present, languages).serve(person)
            finally:
                self._consoles[person.id] -= 1
                if not self._consoles[person.id]:
                    del self._consoles[person.id]

    def state(self) -> State:
        """Return the channel's state as encoded for everybody, asked for at most once a snapshot's time."""
        self._state.refresh()
        return self._state

    def encoded(self, rows: Iterable[Row]) -> list[str]:
        """Return rows as JSON, each made once for all consoles."""
        return [self._encoded(row) for row in rows]

    def _encoded(self, row: Row) -> str:
        text = self._rows.get(row.seq)
        if text is None:
            text = self._rows[row.seq] = as_json(_ROW, row)
            if len(self._rows) > KEPT_ROWS:
                self._rows.popitem(last=False)
        return text


class _Console:
    """One open page."""

    def __init__(self, hub: Hub, websocket: WebSocket, present: Present, languages: Sequence[str]) -> None:
        self._hub = hub
        self._websocket = websocket
        self._present = present
        self._languages = languages
        self._allowance = _Allowance(hub.clock, MESSAGES_A_SECOND, MESSAGES_AT_ONCE)
        self._acting = 0
        self._seq = 0
        self._known: dict[str, int] = {}
        self._code = NORMAL

    async def serve(self, person: Person) -> None:
        """Talk until one side ends it."""
        await self._websocket.accept()
        try:
            await self._send(hello(person, self._languages))
            async with asyncio.timeout(GREETING_SECONDS):
                since = await self._greeting()
            async with self._hub.backend.follow(since) as feed, asyncio.TaskGroup() as group:
                self._seq = 0 if feed.fresh else since
                if feed.fresh:
                    await self._send(_message("fresh"))
                telling = group.create_task(self._tell(feed))
                await self._listen(group)
                telling.cancel()
        except* WebSocketDisconnect:
            pass
        except* _Closing:
            await self._close(self._code)
        except* ConsoleTooSlow:
            await self._close(TRY_AGAIN_LATER)
        except* (TimeoutError, OSError):
            _abort(self._websocket)

    async def _greeting(self) -> int:
        """Wait for the first message and return the change number to begin after."""
        while True:
            said = await self._hear()
            if said is not None and said.type == "follow":
                return said.since
            await self._send(_error('Say {"type": "follow", "since": 0} first.'))

    async def _tell(self, feed: ChangeFeed) -> None:
        """Send what is new, each tick."""
        hub, tick = self._hub, 0
        while True:
            due = hub.clock.monotonic() + TICK_SECONDS
            if tick % TICKS_A_SNAPSHOT == 0:
                await self._tell_state()
            rows, acts = feed.take()
            if acts and (shown := self._shown(acts)):
                await self._send(_message("acts", acts=[asdict(act) for act in shown]))
            texts, seq = hub.encoded(rows), max((row.seq for row in rows), default=0)
            del rows  # of its own only here, while the texts are everybody's
            for text in batches(texts, self._seq, max(self._seq, seq)):
                await self._send(text)
            self._seq = max(self._seq, seq)
            tick += 1
            await hub.clock.sleep_until(due)

    async def _tell_state(self) -> None:
        """Send the snapshot, and the lists that changed since this page got them."""
        self._person()
        state = self._hub.state()
        await self._send(state.snapshot)
        for kind, (number, text) in list(state.lists.items()):
            if self._known.get(kind) != number:
                self._known[kind] = number
                await self._send(text)

    def _shown(self, acts: Sequence[Acted]) -> list[Acted]:
        viewer = self._person().role is Role.VIEWER
        return [act for act in acts if not (viewer and act.name in OF_PEOPLE)]

    async def _listen(self, group: asyncio.TaskGroup) -> None:
        """Do what the page asks for: several things at once, so that nothing waits behind a slow one."""
        while True:
            said = await self._hear()
            if said is None:
                continue
            if said.type != "act":
                await self._send(_error("This console follows already."))
            elif self._acting >= MAX_ACTS_AT_ONCE:
                await self._answer(said.request, Outcome(False, "Too much at once. Try again."))
            else:
                self._acting += 1
                group.create_task(self._act(said))

    async def _act(self, said: _Said) -> None:
        try:
            outcome = await self._outcome(said)
        except LivestreamError as error:
            outcome = Outcome(False, str(error))
        finally:
            self._acting -= 1
        await self._answer(said.request, outcome)

    async def _outcome(self, said: _Said) -> Outcome:
        person = self._person()
        if person.role is Role.VIEWER:
            return Outcome(False, "You may watch, not act.")
        try:
            act = _SaidAct.model_validate(said.act)
        except ValidationError as error:
            return Outcome(False, _told(error))
        if act.name not in ACTS:
            return Outcome(False, "There is no such act.")
        return await self._hub.backend.act(person, Act(act.name, act.target, act.value, act.seen))

    async def _answer(self, request: int | str, outcome: Outcome) -> None:
        await self._send(_message("done", request=request, **asdict(outcome)))

    async def _hear(self) -> _Said | None:
        """Return the next message, or None after answering one that cannot be understood.

        Who talks too fast is listened to at the pace that is allowed.
        """
        await self._allowance.spend()
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", NORMAL))
        text = message.get("text")
        if len(text or message.get("bytes") or "") > MAX_MESSAGE:
            self._code = TOO_BIG
            raise _Closing
        if text is None:
            await self._send(_error("Messages are JSON text."))
            return None
        try:
            return _Said.model_validate_json(text)
        except ValidationError as error:
            await self._send(_error(_told(error)))
            return None

    def _person(self) -> Person:
        person = self._present()
        if person is None:
            self._code = POLICY
            raise _Closing
        return person

    async def _send(self, text: str) -> None:
        async with asyncio.timeout(self._hub.slow_console_seconds):
            await self._websocket.send_text(text)

    async def _close(self, code: int) -> None:
        try:
            async with asyncio.timeout(self._hub.slow_console_seconds):
                await self._websocket.close(code)
        except (TimeoutError, OSError, RuntimeError, WebSocketDisconnect):
            _abort(self._websocket)


class _Allowance:
    """So many messages a second, and a few more at once."""

    def __init__(self, clock: Clock, rate: float, burst: float) -> None:
        self._clock = clock
        self._rate, self._burst = rate, burst
        self._left = burst
        self._then = clock.monotonic()

    async def spend(self) -> None:
        """Wait until one more is allowed."""
        now = self._clock.monotonic()
        self._left = min(self._burst, self._left + (now - self._then) * self._rate) - 1
        self._then = now
        if self._left < 0:
            await self._clock.sleep_until(now - self._left / self._rate)


class _Closing(Exception):
    """We end this connection."""


def hello(person: Person, languages: Sequence[str]) -> str:
    """Return the first message: who is signed in, and what there is to choose from."""
    return _message(
        "hello",
        person={"id": person.id, "name": person.name, "role": person.role.value},
        modes=[intent.value for intent in Intent],
        languages=list(languages),
    )


def _abort(websocket: WebSocket) -> None:
    """Let go of a peer that does not read: a polite close would wait for it behind all that it has not read."""
    abort = websocket.scope.get("state", {}).get("abort")
    if abort is not None:
        abort()


def _message(kind: str, **body: object) -> str:
    return json.dumps({"type": kind, **body}, separators=(",", ":"))


def batches(rows: Sequence[str], told: int, seq: int) -> Iterator[str]:
    """Yield encoded rows as messages of bounded size; only the last says `seq`: by then all have been told."""
    texts: list[str] = []
    size = 0
    for text in rows:
        if texts and size + len(text) > MAX_BATCH:
            yield _batch(texts, told)
            texts, size = [], 0
        texts.append(text)
        size += len(text)
    if texts:
        yield _batch(texts, seq)


def _batch(texts: Sequence[str], seq: int) -> str:
    return f'{{"type":"rows","rows":[{",".join(texts)}],"seq":{seq}}}'


def _error(message: str) -> str:
    return _message("error", message=message)


def _told(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    field = ".".join(str(step) for step in first["loc"])
    return f"{field}: {first['msg']}" if field else first["msg"]
