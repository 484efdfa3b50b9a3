"""Encoded packets out: file, RTMP, WebRTC.

The air process publishes on a `PacketHub`; each destination is a process of its own
(`livestream.egress.process`) that reads a `PacketSource` and runs one entry point of the group
`livestream.egress`, whose signature is `livestream.egress.destination.Runner`.
"""

from livestream.egress.hub import HubStats, PacketHub
from livestream.egress.source import PacketSource

__all__ = ["HubStats", "PacketHub", "PacketSource"]
