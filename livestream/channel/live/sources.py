"""The sources that a channel file names, opened; a pushed one without a key of its own gets a token."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping, Sequence
from importlib.metadata import entry_points

from livestream.audience.sources import Source
from livestream.audience.sources.push import PushDoor
from livestream.clock import Clock
from livestream.errors import UsageError
from livestream.settings import CommentSource

_TOKEN = "TOKEN"  # noqa: S105 - the name under which a door is told its token
_PUSHED = frozenset({"ws", "webhook"})


def open_sources(settings: Sequence[CommentSource], clock: Clock, tokens: Mapping[str, str]) -> list[Source]:
    """Open the sources; `tokens` are those of `tokens_of`.

    Raises:
        UsageError: no installed plug-in serves one, or its key cannot be read.
    """
    plugins = {point.name: point for point in entry_points(group="livestream.comment_sources")}
    opened: list[Source] = []
    for source in settings:
        if source.label in tokens:
            keyed = source.model_copy(update={"key_env": _TOKEN})
            opened.append(PushDoor(keyed, clock=clock, environ={_TOKEN: tokens[source.label]}))
        elif source.kind in plugins:
            opened.append(plugins[source.kind].load()(source, clock=clock))
        else:
            raise UsageError(
                f"there is no source of comments named {source.kind!r}",
                where=f"comments, {source.label}",
                remedy=f"There are: {', '.join(sorted(plugins))}.",
            )
    return opened


def tokens_of(settings: Sequence[CommentSource], key: bytes) -> dict[str, str]:
    """Return a token for each pushed source without a key of its own, by label.

    They follow from the channel's key, so that a restarted web port still knows its bridges.
    """
    tokens = {}
    for source in settings:
        if source.kind in _PUSHED and not (source.key_file or source.key_env):
            digest = hmac.digest(key, f"comments {source.label}".encode(), "sha256")
            tokens[source.label] = digest.hex() if source.kind == "ws" else f"whsec_{base64.b64encode(digest).decode()}"
    return tokens
