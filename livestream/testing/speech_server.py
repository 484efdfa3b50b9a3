"""A speech server with the OpenAI API's `audio/speech`, on loopback: it answers well, badly, slowly or not at all."""

from __future__ import annotations

import asyncio
import io
import threading
import wave
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Literal

import numpy as np

from livestream.testing.model_server import json_request
from livestream.testing.speech import FakeEngine

Manner = Literal["ok", "500", "drip", "garbage", "noise", "hang", "short", "long", "flood", "half"]
"""`drip` sends a right answer, a byte a second; `garbage` is no sound at all, `noise` a WAV of random samples; `hang`
never answers; `short` and `long` are a tenth and forty times of what is right; `flood` does not end; `half` leaves in
the middle."""
DRIP = 1.0


class SpeechServer:
    """Serves `/v1/audio/speech` as WAV. `manners` are used in turn, the last one for ever.

    `requests` keeps the bodies, `keys` the authorisations they came with; `manners` may be replaced at any time.
    """

    def __init__(self, manners: Iterable[Manner] = ("ok",)) -> None:
        self.manners = list(manners)
        self.requests: list[dict[str, object]] = []
        self.keys: list[str] = []
        self.url = ""

    @property
    def calls(self) -> int:
        """How often it was asked."""
        return len(self.requests)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, one request."""
        try:
            head, body = await json_request(reader)
            manner = self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]
            self.requests.append(body)
            self.keys.append(head.get("authorization", ""))
            await self._answer(manner, str(body["input"]), reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, manner: Manner, text: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if manner == "hang":
            await reader.read()  # ends when the client leaves
            return
        if manner == "500":
            writer.write(b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            return
        sound = _sound(manner, text)
        length = "" if manner == "flood" else f"content-length: {len(sound)}\r\n"
        writer.write(f"HTTP/1.1 200 OK\r\ncontent-type: audio/wav\r\n{length}connection: close\r\n\r\n".encode())
        if manner == "drip":
            for at in range(len(sound)):
                writer.write(sound[at : at + 1])
                await _pause(reader, DRIP)
            return
        while True:
            writer.write(sound[: len(sound) // 2] if manner == "half" else sound)
            await writer.drain()
            if manner != "flood":
                break


async def _pause(reader: asyncio.StreamReader, seconds: float) -> None:
    """Wait, and notice where the client leaves."""
    try:
        async with asyncio.timeout(seconds):
            if not await reader.read(1):
                raise ConnectionError("the client left")
    except TimeoutError:
        return


def _sound(manner: Manner, text: str) -> bytes:
    if manner == "garbage":
        return np.random.default_rng(1).bytes(20_000)
    mishap = {"short": "short", "long": "endless"}.get(manner, "")
    raw = FakeEngine(mishap=mishap).synthesise(text, locale="en-US", seed=1)
    pcm = np.rint(np.clip(raw.pcm, -1, 1) * 32767).astype("<i2")
    if manner == "noise":
        pcm = np.random.default_rng(1).integers(-9000, 9000, len(pcm)).astype("<i2")
    with io.BytesIO() as file:
        with wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(raw.rate)
            sound.writeframes(pcm.tobytes())
        return file.getvalue()


@asynccontextmanager
async def speech_server(*manners: Manner) -> AsyncIterator[SpeechServer]:
    """Serve on a free port of loopback while the block lasts."""
    speaker = SpeechServer(manners or ("ok",))
    server = await asyncio.start_server(speaker.serve, "127.0.0.1", 0)
    speaker.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield speaker
    finally:
        server.close()
        await server.wait_closed()


@contextmanager
def speech_server_beside(*manners: Manner) -> Iterator[SpeechServer]:
    """Serve in a thread of its own while the block lasts, for whoever blocks: engines do."""
    ready, leave = threading.Event(), threading.Event()
    serving: list[SpeechServer] = []

    async def work() -> None:
        async with speech_server(*manners) as server:
            serving.append(server)
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
