"""Small servers on loopback that speak the protocols of real platforms, with their faults to order."""

from livestream.testing.platforms.twitch import TwitchServer
from livestream.testing.platforms.youtube import YouTubeServer

__all__ = ["TwitchServer", "YouTubeServer"]
