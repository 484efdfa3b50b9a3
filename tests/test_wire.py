from __future__ import annotations

import asyncio
import socket
import struct
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream import wire
from livestream.errors import WireError
from livestream.wire import MAX_HEADER, MAX_PAYLOAD, Message, decode_header, encode

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
MESSAGES = st.builds(
    Message,
    st.text(max_size=20),
    st.dictionaries(st.text(max_size=9).filter(lambda name: name != "kind"), JSON, max_size=4),
    st.binary(max_size=200),
)


def frame(header: bytes, payload: bytes = b"") -> bytes:
    return struct.pack(">II", len(header), len(payload)) + header + payload


def both(raw: bytes) -> list[Message | WireError | None]:
    """Return what the asyncio reader and the blocking one make of the same bytes and the end of the stream."""

    async def reading() -> Message | None:
        reader = asyncio.StreamReader()
        reader.feed_data(raw)
        reader.feed_eof()
        return await wire.read(reader)

    found: list[Message | WireError | None] = []
    try:
        found.append(asyncio.run(reading()))
    except WireError as error:
        found.append(error)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sender = threading.Thread(target=lambda: (theirs.sendall(raw), theirs.shutdown(socket.SHUT_WR)))
        sender.start()
        try:
            found.append(wire.receive(ours))
        except WireError as error:
            found.append(error)
        sender.join()
    return found


@given(MESSAGES)
def test_what_is_sent_is_what_is_received(message):
    raw = encode(message)
    header_size, payload_size = struct.unpack(">II", raw[:8])
    kind, body = decode_header(raw[8 : 8 + header_size])
    assert Message(kind, body, raw[8 + header_size :]) == message
    assert payload_size == len(message.payload)


def test_both_readers_read_the_same():
    message = Message("speech", {"line": "ä", "n": 3}, bytes(range(256)) * 999)
    assert both(encode(message)) == [message, message]
    assert both(b"") == [None, None]


@pytest.mark.parametrize("keep", [1, 7, 8, 20, -1])
def test_an_end_inside_a_message_is_no_end(keep):
    raw = encode(Message("status", {"a": 1}, b"payload"))
    for found in both(raw[:keep]):
        assert isinstance(found, WireError)


@pytest.mark.parametrize(
    "raw",
    [
        struct.pack(">II", MAX_HEADER + 1, 0),
        struct.pack(">II", 2, MAX_PAYLOAD + 1),
        struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF),
        frame(b"not json"),
        frame(b"[]"),
        frame(b"{}"),
        frame(b'{"kind": 3}'),
        frame(b"\xff\xfe"),
        frame(b"[" * 100_000),
    ],
)
def test_what_is_not_the_protocol_is_refused(raw):
    for found in both(raw):
        assert isinstance(found, WireError)


def test_nothing_over_a_bound_is_sent():
    with pytest.raises(WireError, match="over the bound"):
        encode(Message("a", {"text": "x" * MAX_HEADER}))
