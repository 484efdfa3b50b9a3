"""How headers and packets travel from the air process to the egress processes: `wire` messages.

One `packets` message holds everything of one publication (usually one frame and its sound), so
that a message costs one JSON header a tick. Payloads are the packets' bytes back to back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from livestream.errors import WireError
from livestream.media import Packet, StreamHeaders, StreamName
from livestream.wire import Message

STREAMS: tuple[StreamName, ...] = ("video", "aac", "opus")
_EXTRADATA = ("video_extradata", "aac_extradata", "opus_extradata")
_NUMBERS = ("width", "height", "fps", "sample_rate", "aac_channels", "opus_channels")


def pack_headers(headers: StreamHeaders) -> Message:
    """Return the `headers` message."""
    blobs = [cast("bytes", getattr(headers, name)) for name in _EXTRADATA]
    body = {name: getattr(headers, name) for name in _NUMBERS}
    return Message("headers", {**body, "labels": headers.labels, "sizes": [len(b) for b in blobs]}, b"".join(blobs))


def unpack_headers(message: Message) -> StreamHeaders:
    """Return the headers of a `headers` message.

    Raises:
        WireError: the message is not one.
    """
    try:
        numbers = {name: int(message.body[name]) for name in _NUMBERS}
        labels = {str(key): str(value) for key, value in message.body["labels"].items()}
        video, aac, opus = _split(message.payload, [int(size) for size in message.body["sizes"]])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WireError("a headers message is malformed") from error
    return StreamHeaders(**numbers, video_extradata=video, aac_extradata=aac, opus_extradata=opus, labels=labels)


def pack_packets(packets: Sequence[Packet]) -> Message:
    """Return one `packets` message that holds them all, in this order."""
    rows = [[STREAMS.index(p.stream), p.pts, p.dts, p.duration, int(p.key), len(p.data)] for p in packets]
    return Message("packets", {"p": rows}, b"".join([p.data for p in packets]))


def unpack_packets(message: Message) -> list[Packet]:
    """Return the packets of a `packets` message.

    Raises:
        WireError: the message is not one.
    """
    try:
        rows = message.body["p"]
        pieces = _split(message.payload, [row[5] for row in rows])
        return [
            Packet(STREAMS[code], pts, dts, duration, bool(key), data)
            for (code, pts, dts, duration, key, _), data in zip(rows, pieces, strict=True)
        ]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise WireError("a packets message is malformed") from error


def _split(payload: bytes, sizes: list[int]) -> list[bytes]:
    if min(sizes, default=0) < 0 or sum(sizes) != len(payload):
        raise ValueError(sizes)
    pieces, at = [], 0
    for size in sizes:
        pieces.append(payload[at : at + size])
        at += size
    return pieces
