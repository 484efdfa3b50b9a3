"""Random tokens: what opens a link or a session, and what is kept of it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

BYTES = 32
"""Of randomness: 256 bits."""
LINK_SECONDS = 15 * 60.0
"""How long a one-time link lets somebody in."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a one-time link carries; good until a Unix time."""

    token: str = field(repr=False)
    until: float


def new_ticket(now: float) -> Ticket:
    """Return a new ticket; it lets in once the accounts have admitted it."""
    return Ticket(new_token(), now + LINK_SECONDS)


def new_token() -> str:
    """Return a new random token, 256 bits, as it goes into a link or a cookie."""
    return secrets.token_urlsafe(BYTES)


def is_token(text: str) -> bool:
    """Whether a text has the form of a token: anything else is not looked up."""
    return len(text) == 43 and text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def digest(token: str) -> str:
    """Return what is kept of a token. It is random enough that a plain hash cannot be turned round."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
