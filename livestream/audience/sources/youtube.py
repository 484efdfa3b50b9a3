"""Comments of a YouTube live stream: `liveChatMessages`, streamed or polled within the daily quota.

Written from developers.google.com/youtube/v3/live/docs: `liveChatMessages` (the resource), `list`,
`streamList`, `insert`, and `videos.list`; the HTTP address of `streamList` is the one of Google's
API discovery document, `GET youtube/v3/liveChat/messages/stream`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from datetime import datetime

from livestream.audience.comment import Comment
from livestream.audience.sources import SourceStatus
from livestream.audience.sources.base import (
    AUTH_PAUSE,
    Hindered,
    Over,
    Recent,
    Refused,
    Standing,
    check_options,
    checked_url,
    fitted,
    needed_target,
    number_option,
    persevere,
)
from livestream.audience.sources.credential import Credential
from livestream.audience.sources.protocol import SchemaError, comment_of
from livestream.audience.sources.quota import Quota
from livestream.audience.sources.web import Answer, Documents, Web, list_at, number_at, read_answer, text_at, within
from livestream.clock import Clock
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource

MAX_REPLY = 200
"""Characters of a chat message."""
DAILY = 10_000
"""Units of a project's quota a day, unless Google granted more."""
LIST_COST, VIDEO_COST, INSERT_COST = 5, 1, 50
"""Units of `liveChatMessages.list` and `.streamList`, of `videos.list`, of `liveChatMessages.insert`."""
EXHAUSTED_PAUSE = 600.0
"""Seconds between attempts when the day's quota is gone; it is back at midnight Pacific time."""
STREAM_SILENCE = 300.0
"""Seconds without a byte after which a streamed answer is opened again."""
REOPEN_PAUSE = 1.0
"""Seconds before a streamed answer that came to its end is opened again."""
_TEXTS = {
    "textMessageEvent": ("textMessageDetails", "messageText"),
    "superChatEvent": ("superChatDetails", "userComment"),
    "memberMilestoneChatEvent": ("memberMilestoneChatDetails", "userComment"),
}
"""Where a message keeps what a viewer wrote, by its type; other types say nothing."""
_BADGES = {"isChatOwner": "owner", "isChatModerator": "moderator", "isChatSponsor": "member", "isVerified": "verified"}


class YouTubeSource:
    """One video's live chat.

    With the option `mode = "stream"`, the default, the chat is pushed over one long answer; where
    the server has no such method, or with `mode = "list"`, it is polled.
    """

    def __init__(self, settings: CommentSource, *, clock: Clock, environ: Mapping[str, str] | None = None) -> None:
        """Read the key.

        Raises:
            UsageError: no video or key is given, or an option or address is wrong.
        """
        check_options(settings, "mode", "quota")
        where = f"comments, {settings.label}"
        self.name = settings.label
        self._video = needed_target(settings, "VIDEO_ID")
        if not self._video.isascii() or not self._video.replace("-", "").replace("_", "").isalnum():
            raise UsageError("this is not the id of a video", where=where, remedy="It follows watch?v= in the address.")
        base = checked_url(settings.url or "https://www.googleapis.com", where=where)
        self._api = f"{base}/youtube/v3"
        mode = settings.options.get("mode", "stream")
        if mode not in ("stream", "list"):
            raise UsageError(f"there is no mode {mode}", where=where, remedy="Write mode = 'stream' or 'list'.")
        self._streamed = mode == "stream"
        self._clock = clock
        self._web = Web(base)
        token_url = f"{base}/token" if settings.url else "https://oauth2.googleapis.com/token"
        self._credential = Credential(settings, token_url=token_url, environ=environ)
        self.can_reply = settings.reply
        daily = number_option(settings, "quota", DAILY, least=500, most=1e9)
        share = 0.3 if self.can_reply else 0.0
        self._reading = Quota(daily * (1 - share), clock)
        self._writing = Quota(daily * share, clock)
        self._standing = Standing(self.name, "youtube", clock)
        self._seen = Recent()
        self._said: deque[str] = deque(maxlen=100)
        self._chat = ""
        self._page = ""

    @property
    def status(self) -> SourceStatus:
        """How it fares now."""
        return self._standing.status

    def comments(self) -> AsyncIterator[Comment]:
        """Yield the chat's messages, those from before the start included; connects again by itself."""
        return persevere(self._session, self._standing, self._clock, sum(self._video.encode()))

    async def _session(self) -> AsyncGenerator[Comment, None]:
        if not self._credential.token:
            await self._credential.renew(self._web)
        if not self._chat:
            await self._find_chat()
        while not self._standing.closing:
            async with aclosing(self._stream() if self._streamed else self._list()) as pages:
                async for page in pages:
                    self._page = text_at(page, "nextPageToken") or self._page
                    for item in list_at(page, "items"):
                        for comment in self._taken(item):
                            yield comment
                    if text_at(page, "offlineAt"):
                        raise Over("the live stream is over")

    async def _find_chat(self) -> None:
        """Learn the chat's id from the video.

        Raises:
            Hindered: the stream has no live chat yet, or any more.
            Refused: there is no such video.
        """
        await self._afford(VIDEO_COST)
        answer = await self._call("GET", "videos", {"part": "liveStreamingDetails", "id": self._video})
        if not list_at(answer.body, "items"):
            raise Refused(f"there is no video {self._video} that this key may see", where=self.name)
        self._chat = text_at(answer.body, "items", 0, "liveStreamingDetails", "activeLiveChatId")
        if not self._chat:
            raise Hindered("the video has no live chat now", after=AUTH_PAUSE, state="waiting")

    async def _list(self) -> AsyncGenerator[Mapping[str, object], None]:
        """Yield one page, and wait as long as it says, or as the quota demands."""
        await self._afford(LIST_COST)
        answer = await self._call("GET", "liveChat/messages", self._asked())
        self._connected()
        yield answer.body
        pause = number_at(answer.body, "pollingIntervalMillis", default=5_000.0) / 1000.0
        await self._clock.sleep_until(self._clock.monotonic() + min(pause, 120.0))

    async def _stream(self) -> AsyncGenerator[Mapping[str, object], None]:
        """Yield the pages of one long answer, a JSON object each, as they are pushed."""
        await self._afford(LIST_COST)
        url, documents = f"{self._api}/liveChat/messages/stream", Documents()
        headers = {**self._headers(), "Accept-Encoding": "identity"}  # compression would hold messages back
        async with self._web.stream(
            "GET", url, headers=headers, params=self._asked(), silence=STREAM_SILENCE
        ) as response:
            if response.status_code != 200:
                answer = await read_answer(response)
                if answer.status in (404, 405, 501) and not _reason(answer):
                    self._streamed = False  # no such method here; an error of the chat itself has a reason
                    return
                await self._failed(answer)
            self._connected()
            async for piece in response.aiter_bytes():
                for page in documents.feed(piece):
                    if "error" in page:
                        await self._failed(Answer(int(number_at(page, "error", "code", default=500)), {}, page))
                    yield page
        await self._clock.sleep_until(self._clock.monotonic() + REOPEN_PAUSE)

    def _asked(self) -> dict[str, str]:
        page = {"pageToken": self._page} if self._page else {}
        return {"liveChatId": self._chat, "part": "id,snippet,authorDetails", "maxResults": "500"} | page

    def _connected(self) -> None:
        how = "streamed" if self._streamed else "polled"
        self._standing.become("connected", f"{how}, {self._reading.used:.0f} of {self._reading.daily:.0f} units used")

    async def _afford(self, cost: int) -> None:
        """Wait until the quota has room for a call, and take it."""
        wait = self._reading.wait(cost)
        if wait > 0:
            await self._clock.sleep_until(self._clock.monotonic() + wait)
        self._reading.take(cost)

    def _headers(self) -> dict[str, str]:
        token = self._credential.token
        if self._credential.is_oauth or token.startswith("ya29."):
            return {"Authorization": f"Bearer {token}"}
        return {"X-Goog-Api-Key": token}  # never in the address, which proxies and logs keep

    async def _call(self, method: str, path: str, params: Mapping[str, str], body: object = None) -> Answer:
        answer = await self._web.call(method, f"{self._api}/{path}", headers=self._headers(), params=params, body=body)
        if not answer.ok:
            await self._failed(answer)
        return answer

    async def _failed(self, answer: Answer) -> None:
        """Raise what an error of the API means: go on later, or never."""
        reason = _reason(answer)
        detail = text_at(answer.body, "error", "details", 0, "reason")
        match reason:
            case "quotaExceeded" | "dailyLimitExceeded":
                raise Hindered(
                    "the day's quota is used up; it is back at midnight Pacific time",
                    after=EXHAUSTED_PAUSE,
                    state="waiting",
                )
            case "rateLimitExceeded" | "userRateLimitExceeded":
                raise Hindered("YouTube's rate limit", after=AUTH_PAUSE, state="waiting")
            case "liveChatEnded":
                raise Over("the live chat has ended")
            case "liveChatDisabled":
                raise Hindered("the live chat is switched off", after=AUTH_PAUSE, state="waiting")
            case "liveChatNotFound":
                self._chat = self._page = ""
                raise Hindered("the live chat is gone", after=AUTH_PAUSE, state="waiting")
            case "pageTokenInvalid":
                self._page = ""
                raise Hindered("YouTube forgot where we were")
            case "forbidden" | "accessNotConfigured":
                raise Refused(f"YouTube does not let this key read the chat ({reason})", where=self.name)
        if answer.status == 401 or detail in ("API_KEY_INVALID", "API_KEY_EXPIRED"):
            await self._credential.renew(self._web)
            raise Hindered("the key was turned away", after=1.0)
        raise Hindered(f"YouTube answered HTTP {answer.status}", after=AUTH_PAUSE if answer.status < 500 else 0.0)

    def _taken(self, item: object) -> list[Comment]:
        """Return the comment of a message that was not seen before; our own replies are none."""
        kind = text_at(item, "snippet", "type")
        if kind == "chatEndedEvent":
            raise Over("the live chat has ended")
        path = _TEXTS.get(kind)
        if path is None or not self._seen.is_new(text_at(item, "id")):
            return []
        text = text_at(item, "snippet", *path)
        if not text or text in self._said:
            return []
        author = within(item, "authorDetails")
        comment = comment_of(
            {
                "type": "comment",
                "id": text_at(item, "id"),
                "user": text_at(author, "channelId") or text_at(item, "snippet", "authorChannelId"),
                "name": text_at(author, "displayName"),
                "text": text,
                "at": _unix(text_at(item, "snippet", "publishedAt")),
                "badges": [badge for field, badge in _BADGES.items() if within(author, field) is True],
            },
            source=self.name,
            platform="youtube",
            now=self._clock.time(),
        )
        return [] if isinstance(comment, SchemaError) else [comment]

    async def reply(self, text: str, to: Comment) -> None:
        """Post a message in the chat; YouTube has no replies to one message.

        Raises:
            SourceError: replies are off, the key is none that may write, or the quota is used up.
        """
        if not self.can_reply or not self._chat:
            raise SourceError("replies are off, or YouTube is not connected", where=self.name)
        if "Authorization" not in self._headers():
            raise SourceError("an API key cannot write", where=self.name, remedy="Use an OAuth credential.")
        message = fitted(text, MAX_REPLY)
        if self._writing.wait(INSERT_COST) > 0:
            raise SourceError("the quota for replies is used up for now", where=self.name, retryable=True)
        self._writing.take(INSERT_COST)
        self._said.append(message)
        snippet = {
            "liveChatId": self._chat,
            "type": "textMessageEvent",
            "textMessageDetails": {"messageText": message},
        }
        await self._call("POST", "liveChat/messages", {"part": "snippet"}, {"snippet": snippet})

    async def close(self) -> None:
        """Let go of connections."""
        self._standing.closing = True
        await self._web.close()


def _reason(answer: Answer) -> str:
    """Return why the API refused, in its own word."""
    return text_at(answer.body, "error", "errors", 0, "reason")


def _unix(stamp: str) -> float | None:
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except ValueError:
        return None


def open_source(settings: CommentSource, *, clock: Clock) -> YouTubeSource:
    """Open a video's live chat; `url` puts another server in Google's place."""
    return YouTubeSource(settings, clock=clock)
