"""The web port's end of WHEP signalling: offers go to the egress process that serves the viewers."""

from __future__ import annotations

import asyncio
from pathlib import Path

from livestream import wire
from livestream.errors import ViewerRefused, WireError

ANSWER_SECONDS = 8.0


class WhepSignaller:
    """Speaks to `whep.sock`, one connection a question, so that a restarted egress process is found."""

    def __init__(self, path: Path, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._path = path
        self._answer_seconds = answer_seconds

    async def offer(self, sdp: str) -> tuple[str, str]:
        """Return id and SDP answer of a new viewer.

        Raises:
            ViewerRefused: the offer was refused, or the preview does not answer (503, 504).
        """
        answer = await self._ask(wire.Message("offer", {"sdp": sdp}))
        return str(answer.body["id"]), str(answer.body["sdp"])

    async def hangup(self, ident: str) -> None:
        """Send a viewer home.

        Raises:
            ViewerRefused: with status 404 where there is no such viewer.
        """
        await self._ask(wire.Message("hangup", {"id": ident}))

    async def _ask(self, question: wire.Message) -> wire.Message:
        try:
            async with asyncio.timeout(self._answer_seconds):
                reader, writer = await asyncio.open_unix_connection(str(self._path))
                try:
                    writer.write(wire.encode(question))
                    await writer.drain()
                    answer = await wire.read(reader)
                finally:
                    writer.close()
        except TimeoutError as error:
            raise ViewerRefused("the live preview does not answer", status=504) from error
        except (OSError, WireError) as error:
            raise ViewerRefused("the live preview is not running", status=503) from error
        if answer is None:
            raise ViewerRefused("the live preview ended while it was asked", status=503)
        if answer.kind == "error":
            raise ViewerRefused(str(answer.body.get("message", "")), status=int(answer.body.get("status", 500)))
        return answer
