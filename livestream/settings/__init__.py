"""A channel's settings: `CHANNEL.toml`, overridden by `LIVESTREAM_…` variables, overridden by the command line.

Stream keys are never settings: a destination names the file or the environment variable that
holds its key, and only the process that serves the destination reads it.
"""

from livestream.settings.channel import (
    LOOPBACK,
    Answering,
    ChannelSettings,
    CommentSource,
    Freshness,
    Handling,
    Mode,
    Model,
    Web,
)
from livestream.settings.destinations import Destination, DestinationKind, check_ingest_url, is_host
from livestream.settings.loading import load_channel, make_channel, override

__all__ = [
    "LOOPBACK",
    "Answering",
    "ChannelSettings",
    "CommentSource",
    "Destination",
    "DestinationKind",
    "Freshness",
    "Handling",
    "Mode",
    "Model",
    "Web",
    "check_ingest_url",
    "is_host",
    "load_channel",
    "make_channel",
    "override",
]
