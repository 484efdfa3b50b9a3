"""A YouTube of one's own: `videos.list` and `liveChatMessages.list`, `streamList` and `insert`, with quota.

Written from developers.google.com/youtube/v3/live/docs and the error format of Google's JSON APIs.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from livestream.testing.platforms.loopback import LoopbackServer

CHAT = "live-chat-id"
SLOWNESS = 60.0
"""Seconds that a slow call takes: longer than any client should wait."""
COSTS = {"videos": 1, "list": 5, "stream": 5, "insert": 50}


class YouTubeServer(LoopbackServer):
    """One video with one live chat; knows its keys, counts quota, keeps what was posted.

    `framing` is how a streamed answer is written: the items of a list that grows, or one object
    after another. `streams` says whether the method is there at all.
    """

    def __init__(
        self, *, quota: int = 10_000, polling: int = 1_000, framing: str = "list", streams: bool = True
    ) -> None:
        self.keys = {"AIza-good-key"}
        self.access_tokens = {"ya29.good"}
        self.refresh_tokens: set[str] = set()
        self.live = True
        self.disabled = False
        self.offline_at = ""
        self.quota = quota
        self.used = 0
        self.calls: list[str] = []
        self.posted: list[str] = []
        self.items: list[dict[str, Any]] = []
        self.failing = 0
        self.slow = 0
        self.asked_pages: list[str] = []
        self._polling = polling
        self._framing = framing
        self._streams = streams
        self._numbers = itertools.count(1)
        self._changed = asyncio.Condition()
        self._epoch = 0
        super().__init__(
            [
                Route("/token", self._refresh, methods=["POST"]),
                Route("/youtube/v3/videos", self._videos),
                Route("/youtube/v3/liveChat/messages", self._list, methods=["GET"]),
                Route("/youtube/v3/liveChat/messages", self._insert, methods=["POST"]),
                *([Route("/youtube/v3/liveChat/messages/stream", self._stream)] if streams else []),
            ]
        )

    # what tests order

    async def say(self, text: str, *, kind: str = "textMessageEvent", name: str = "Ann", **author: object) -> str:
        """Add a message of the chat; return its id."""
        id_ = f"yt-{next(self._numbers)}"
        detail = {
            "textMessageEvent": {"textMessageDetails": {"messageText": text}},
            "superChatEvent": {"superChatDetails": {"userComment": text, "currency": "USD", "amountMicros": "5000000"}},
        }
        item = {
            "kind": "youtube#liveChatMessage",
            "id": id_,
            "snippet": {
                "type": kind,
                "liveChatId": CHAT,
                "publishedAt": datetime.now(UTC).isoformat(),
                "hasDisplayContent": True,
                "displayMessage": text,
                **detail.get(kind, {}),
            },
            "authorDetails": {
                "channelId": f"UC-{name}",
                "displayName": name,
                "isVerified": False,
                "isChatOwner": False,
                "isChatSponsor": False,
                "isChatModerator": False,
                **author,
            },
        }
        self.items.append(item)
        await self._tell()
        return id_

    async def go_offline(self) -> None:
        """End the stream: the next page says since when."""
        self.offline_at = datetime.now(UTC).isoformat()
        await self._tell()

    async def cut(self) -> None:
        """End every streamed answer; a client may come again with its page token."""
        self._epoch += 1
        await self._tell()

    async def called(self, name: str, times: int = 1) -> None:
        """Return when a method was called so often."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.calls.count(name) >= times)

    # the API

    async def _refusal(self, request: Request, name: str, *, write: bool = False) -> Response | None:
        """Return the error of a call that is not allowed, and count its units."""
        self.calls.append(name)
        await self._tell()
        if self.slow:
            self.slow -= 1
            await asyncio.sleep(SLOWNESS)
        if self.failing:
            self.failing -= 1
            return _failed(503, "backendError")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        key = request.headers.get("x-goog-api-key") or request.query_params.get("key", "")
        if scheme:
            if scheme != "Bearer" or token not in self.access_tokens:
                return _failed(401, "authError")
        elif key not in self.keys:
            return _failed(400, "badRequest", detail="API_KEY_INVALID")
        elif write:
            return _failed(401, "required")
        if self.used + COSTS[name] > self.quota:
            return _failed(403, "quotaExceeded")
        self.used += COSTS[name]
        return None

    async def _videos(self, request: Request) -> Response:
        if refusal := await self._refusal(request, "videos"):
            return refusal
        if request.query_params.get("id") != "video-1":
            return JSONResponse({"kind": "youtube#videoListResponse", "items": []})
        details = {"actualStartTime": "2026-01-01T00:00:00Z"} | ({"activeLiveChatId": CHAT} if self.live else {})
        item = {"kind": "youtube#video", "id": "video-1", "liveStreamingDetails": details}
        return JSONResponse({"kind": "youtube#videoListResponse", "items": [item]})

    def _wrong(self, request: Request) -> tuple[int, Response | None]:
        """Return where a call begins in the chat, or why it cannot be answered."""
        asked = request.query_params
        if asked.get("liveChatId") != CHAT:
            return 0, _failed(404, "liveChatNotFound")
        if self.disabled:
            return 0, _failed(403, "liveChatDisabled")
        if not self.live:
            return 0, _failed(403, "liveChatEnded")
        if (
            not set(asked.get("part", "").split(",")) >= {"snippet"}
            or not 200 <= int(asked.get("maxResults", 500)) <= 2000
        ):
            return 0, _failed(400, "invalidParameter")
        page = asked.get("pageToken", "page-0")
        self.asked_pages.append(page)
        if not page.startswith("page-"):
            return 0, _failed(400, "pageTokenInvalid")
        return int(page.removeprefix("page-")), None

    def _page(self, begin: int) -> dict[str, Any]:
        page = {
            "kind": "youtube#liveChatMessageListResponse",
            "pageInfo": {"totalResults": len(self.items), "resultsPerPage": 500},
            "nextPageToken": f"page-{len(self.items)}",
            "items": self.items[begin:],
        }
        return page | ({"offlineAt": self.offline_at} if self.offline_at else {})

    async def _list(self, request: Request) -> Response:
        if refusal := await self._refusal(request, "list"):
            return refusal
        begin, wrong = self._wrong(request)
        return wrong or JSONResponse(self._page(begin) | {"pollingIntervalMillis": self._polling})

    async def _stream(self, request: Request) -> Response:
        if refusal := await self._refusal(request, "stream"):
            return refusal
        begin, wrong = self._wrong(request)
        return wrong or StreamingResponse(self._pushed(begin, self._epoch), media_type="application/json")

    async def _pushed(self, begin: int, epoch: int) -> AsyncIterator[bytes]:
        first = True
        while True:
            page = json.dumps(self._page(begin), indent=2).encode()
            begin = len(self.items)
            head = (b"[" if first else b",\r\n") if self._framing == "list" else b""
            first = False
            middle = len(page) // 2  # a network cuts where it likes
            yield head + page[:middle]
            yield page[middle:] + (b"" if self._framing == "list" else b"\n")
            if self.offline_at:
                break
            async with self._changed:
                while len(self.items) == begin and self._epoch == epoch and not self.offline_at:
                    await self._changed.wait()
            if self._epoch != epoch:
                break
        if self._framing == "list":
            yield b"]\n"

    async def _insert(self, request: Request) -> Response:
        if refusal := await self._refusal(request, "insert", write=True):
            return refusal
        snippet = (await request.json())["snippet"]
        text = snippet["textMessageDetails"]["messageText"]
        if snippet["liveChatId"] != CHAT or snippet["type"] != "textMessageEvent" or not 0 < len(text) <= 200:
            return _failed(400, "messageTextInvalid")
        self.posted.append(text)
        id_ = await self.say(text, name="My shop", isChatOwner=True)
        return JSONResponse({"kind": "youtube#liveChatMessage", "id": id_, "snippet": snippet})

    async def _refresh(self, request: Request) -> Response:
        self.calls.append("refresh")
        form = dict(parse_qsl((await request.body()).decode()))
        if form.get("refresh_token") not in self.refresh_tokens or form.get("grant_type") != "refresh_token":
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = f"ya29.{next(self._numbers)}"
        self.access_tokens = {token}
        return JSONResponse({"access_token": token, "expires_in": 3599, "token_type": "Bearer"})

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _failed(code: int, reason: str, *, detail: str = "") -> Response:
    error: dict[str, Any] = {
        "code": code,
        "message": reason,
        "errors": [{"domain": "youtube.liveChat", "reason": reason}],
    }
    if detail:
        error["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": detail}]
    return JSONResponse({"error": error}, code)
