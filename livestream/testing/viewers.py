"""Viewers and a moderator of a running channel: comments pushed as a bridge would, acts sent as a page would."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import httpx
from websockets.sync.client import ClientConnection, connect

from livestream.media import SAMPLE_RATE
from livestream.playout.asrun import AsRun, read_as_run
from livestream.running import Running
from livestream.testing.links import fresh_link

_SECONDS = 20.0


class Viewers:
    """A bridge that brings comments; `with Viewers(channel) as viewers`."""

    def __init__(self, channel: Running, source: str = "ws") -> None:
        self._channel, self._source = channel, source
        self._numbers = itertools.count(1)
        self._open = ExitStack()
        self._socket: ClientConnection

    def __enter__(self) -> Self:
        bearer = {"Authorization": f"Bearer {self._channel.tokens[self._source]}"}
        address = f"ws://{self._channel.origin}/comments/{self._source}"
        self._socket = self._open.enter_context(
            connect(address, additional_headers=bearer, open_timeout=_SECONDS, close_timeout=1)
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def ask(self, text: str, name: str = "Ana") -> float:
        """Have a new viewer write something; return when, in Unix time, after it is acknowledged.

        Raises:
            AssertionError: it was not stored.
        """
        number = next(self._numbers)
        sent = time.time()
        comment = {"type": "comment", "id": f"{sent}-{number}", "user": f"u{number}", "name": name, "text": text}
        self._socket.send(json.dumps(comment))
        receipt = json.loads(self._socket.recv(_SECONDS))
        assert receipt.get("status") == "stored", receipt  # noqa: S101 - this is a test's helper
        return sent


class Moderator:
    """An owner at the console's WebSocket, who reads until what they wait for has come."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.rows: dict[str, dict[str, Any]] = {}

    def act(self, name: str, target: str = "", value: str = "", seen: int = 0) -> dict[str, Any]:
        """Do something and return the outcome."""
        number = next(self._numbers)
        act = {"name": name, "target": target, "value": value, "seen": seen}
        self._socket.send(json.dumps({"type": "act", "request": number, "act": act}))
        return self.read(lambda message: message["type"] == "done" and message["request"] == number)

    def row(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first row that is as wanted, now or as soon as it is."""
        while True:
            if found := next((row for row in self.rows.values() if wanted(row)), None):
                return found
            self.read(lambda message: message["type"] == "rows")

    def read(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the next message that is wanted.

        Raises:
            TimeoutError: none came.
        """
        deadline = time.monotonic() + _SECONDS
        while True:
            message: dict[str, Any] = json.loads(self._socket.recv(max(0.0, deadline - time.monotonic())))
            if message["type"] == "rows":
                self.rows |= {row["id"]: row for row in message["rows"]}
            if wanted(message):
                return message


@contextmanager
def moderating(channel: Running, since: int = 0) -> Iterator[Moderator]:
    """Sign in at a running channel and follow it."""
    link = fresh_link(channel)
    origin, _, ticket = link.partition("/enter?ticket=")
    with httpx.Client(trust_env=False, timeout=_SECONDS) as client:
        client.post(f"{origin}/enter", data={"ticket": ticket}, headers={"Origin": origin})
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    headers = {"Cookie": cookie, "Origin": origin}
    with connect(
        f"ws://{channel.origin}/ws", additional_headers=headers, open_timeout=_SECONDS, close_timeout=1
    ) as socket:
        socket.send(json.dumps({"type": "follow", "since": since}))
        yield Moderator(socket)


@dataclass(frozen=True, slots=True)
class Answered:
    """An ad-lib as the as-run log has it: `began` in Unix time, the rest in seconds of programme time.

    `captions` are those of its lines that have begun, `heard` the words of those that are over.
    """

    name: str
    began: float
    start: float
    end: float
    heard: str
    product: str | None
    captions: str


def answers_in(as_run: Path) -> list[Answered]:
    """Return the ad-libs that began, in order; one still on air ends with what has been heard so far."""
    lines: dict[str, list[AsRun]] = {}
    for record in read_as_run(as_run) if as_run.exists() else []:
        if record.seq < 0:
            lines.setdefault(record.instance, []).append(record)
    return [
        Answered(
            name=name,
            began=datetime.fromisoformat(records[0].at).timestamp(),
            start=records[0].start / SAMPLE_RATE,
            end=records[-1].end / SAMPLE_RATE,
            heard=" ".join(record.heard for record in records if record.kind == "line"),
            product=records[0].product,
            captions=" ".join(record.caption for record in records if record.kind == "begin"),
        )
        for name, records in lines.items()
    ]
