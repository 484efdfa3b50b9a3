"""What an egress process is told and what it tells: the destination and its status."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from livestream.egress.source import PacketSource
from livestream.errors import LivestreamError, UsageError, WireError

State = Literal["connecting", "publishing", "reconnecting", "refused", "closed"]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a programme goes. The stream key itself is never here, only where it is kept."""

    name: str
    kind: str
    path: str = ""
    url: str = ""
    key_file: str = ""
    key_env: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """The first message of the supervisor: the destination, the hub's socket, WHEP's listening fd."""

    destination: Destination
    packets: Path
    whep: int | None = None

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> Start:
        """Return what a `start` message says; fields of other versions are ignored.

        Raises:
            WireError: the message lacks the destination or the socket.
        """
        try:
            told = body["destination"]
            fields = {name: str(told[name]) for name in Destination.__dataclass_fields__ if told.get(name)}
            whep = body.get("whep")
            return cls(Destination(**fields), Path(body["packets"]), None if whep is None else int(whep))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise WireError("the start message of an egress process is malformed") from error


@dataclass(slots=True)
class Status:
    """How a destination fares, reported each second; a runner writes it as things happen.

    `since` is the monotonic time of the last change of state, `last_pts` the programme sample of
    the newest packet sent, `extra` what only one kind of destination has to say.
    """

    state: State = "connecting"
    detail: str = ""
    packets: int = 0
    bytes: int = 0
    dropped: int = 0
    reconnects: int = 0
    last_pts: int | None = None
    since: float = field(default_factory=time.monotonic)
    extra: dict[str, Any] = field(default_factory=dict)

    def become(self, state: State, detail: str = "") -> None:
        """Change the state; `since` moves only when the state does."""
        if state != self.state:
            self.since = time.monotonic()
        self.state = state
        self.detail = detail

    def fail(self, state: State, error: LivestreamError) -> None:
        """Change the state for an error, and say as sentences what happened and what to do."""
        where = f"{error.where}: " if error.where else ""
        self.become(state, f"{where}{error.message}. {error.remedy}".rstrip())

    def body(self) -> dict[str, Any]:
        """Return the body of a `status` message."""
        names = ("state", "detail", "packets", "bytes", "dropped", "reconnects", "last_pts", "since")
        return {**self.extra, **{name: getattr(self, name) for name in names}}


Runner = Callable[[Start, PacketSource, Status], Awaitable[None]]
"""One kind of destination: an entry point of the group `livestream.egress`, named for the kind.

`await runner(start, source, status)` serves until it is cancelled, and then finishes properly
within two seconds. It reads `source`, keeps `status` true, and raises a LivestreamError only
where nothing but the merchant can help.
"""


def stream_key(destination: Destination, environ: dict[str, str]) -> str:
    """Return the stream key from its file or environment variable; empty where none is configured.

    Raises:
        UsageError: the file cannot be read, the variable is unset, or either is empty.
    """
    if destination.key_file:
        where, hint = f"key file of {destination.name}", "Put the stream key alone into the file."
        try:
            key = Path(destination.key_file).expanduser().read_text("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise UsageError(f"the key file cannot be read: {reason}", where=where, remedy=hint) from error
    elif destination.key_env:
        where, hint = f"{destination.key_env} of {destination.name}", "Export the variable before the start."
        key = environ.get(destination.key_env, "").strip()
    else:
        return ""
    if not key or any(character.isspace() for character in key):
        raise UsageError("the stream key is empty or holds white space", where=where, remedy=hint)
    return key
