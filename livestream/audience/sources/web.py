"""The platforms' HTTP: JSON both ways, bounded in size and time, secrets in headers alone."""

from __future__ import annotations

import codecs
import json
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from livestream.audience.sources.base import Hindered, is_loopback

MAX_ANSWER = 4 * 1024 * 1024
"""Bytes of an answer, or of one message of a streamed one."""
TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a platform answered; `body` is empty where it is no JSON object."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        """Whether it did what was asked."""
        return 200 <= self.status < 300


class Web:
    """A client of one platform's API; opened at the first call."""

    def __init__(self, base: str) -> None:
        self._own = is_loopback(urlsplit(base).hostname or "")
        self._client: httpx.AsyncClient | None = None
        self._closed = False

    def _opened(self) -> httpx.AsyncClient:
        if self._client is None:  # loopback is never asked of a proxy
            self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=not self._own, follow_redirects=False)
        return self._client

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: object = None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to a request.

        Raises:
            Hindered: nothing came, or more than `MAX_ANSWER`.
        """
        async with self.stream(method, url, headers=headers, params=params, body=body, form=form) as response:
            return await read_answer(response)

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: object = None,
        form: Mapping[str, str] | None = None,
        silence: float | None = None,
    ) -> AsyncGenerator[httpx.Response, None]:
        """Open an answer that is read piece by piece; `silence` is the longest wait for one, in seconds.

        Raises:
            Hindered: the connection failed, at the start or on the way.
        """
        if self._closed:
            raise Hindered("the source is closed")
        try:
            async with self._opened().stream(
                method,
                url,
                headers=dict(headers),
                params=dict(params or {}),
                json=body,
                data=dict(form) if form else None,
                timeout=httpx.Timeout(TIMEOUT, read=silence or TIMEOUT),
            ) as response:
                yield response
        except httpx.HTTPError as error:  # its own text may repeat the address
            raise Hindered(f"the connection failed ({type(error).__name__})") from None

    async def close(self) -> None:
        """Let go of connections."""
        self._closed = True
        if self._client is not None:
            await self._client.aclose()


async def read_answer(response: httpx.Response) -> Answer:
    """Read a whole answer.

    Raises:
        Hindered: it is too long.
    """
    content = bytearray()
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > MAX_ANSWER:
            raise Hindered("the platform's answer is too long")
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError):
        value = {}
    return Answer(response.status_code, response.headers, value if isinstance(value, dict) else {})


class Documents:
    """Cuts a streamed answer into its JSON objects: one after another, or as the items of one list.

    Google writes a streamed answer as a list that grows; both forms are read, for nothing says so.
    """

    def __init__(self) -> None:
        self._text = ""
        self._bytes = codecs.getincrementaldecoder("utf-8")("replace")
        self._json = json.JSONDecoder()

    def feed(self, piece: bytes) -> Iterator[Mapping[str, object]]:
        """Yield the objects that a piece completes.

        Raises:
            Hindered: this is no JSON, or one object is longer than `MAX_ANSWER`.
        """
        self._text += self._bytes.decode(piece)
        if b"}" not in piece and len(self._text) <= MAX_ANSWER:
            return  # an object in many pieces is not read again for each
        while text := self._text.lstrip(" \t\r\n,[]"):
            try:
                value, end = self._json.raw_decode(text)
            except (ValueError, RecursionError):
                if len(text) > MAX_ANSWER or not text.startswith("{"):
                    raise Hindered("the platform sent something that is not JSON") from None
                break
            self._text = text[end:]
            if isinstance(value, dict):
                yield value


def within(value: object, *path: str | int) -> object:
    """Return what lies in a JSON value at a path, None where nothing does: platforms add and drop fields."""
    for step in path:
        if isinstance(step, str) and isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def list_at(value: object, *path: str | int) -> list[object]:
    """Return the list at a path, empty where there is none."""
    found = within(value, *path)
    return found if isinstance(found, list) else []


def number_at(value: object, *path: str | int, default: float) -> float:
    """Return the number at a path, or the default where there is none above zero."""
    found = within(value, *path)
    return float(found) if isinstance(found, int | float) and found > 0 else default


def text_at(value: object, *path: str | int) -> str:
    """Return the text at a path, empty where there is none."""
    found = within(value, *path)
    return found if isinstance(found, str) else ""
