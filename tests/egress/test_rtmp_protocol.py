import asyncio
import contextlib
import ssl
import struct
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from livestream.clock import SystemClock
from livestream.disclosure import SOURCE_TYPE
from livestream.egress import amf, flv
from livestream.egress.destination import Destination, Start, Status, stream_key
from livestream.egress.gate import Interleaver
from livestream.egress.process import find_runner
from livestream.egress.rtmp import Publisher
from livestream.egress.rtmp_chunks import ChunkReader, cut
from livestream.egress.rtmp_connection import Ingest, RtmpConnection
from livestream.egress.source import PacketSource
from livestream.errors import EgressError, IngestRefused, UsageError, WireError
from livestream.media import Packet
from livestream.testing.air import TestAir
from livestream.testing.packets import test_packets

KEY = "topsecret"
HEADERS, PACKETS = test_packets(4.0)


class Server:
    """An RTMP server that does as a test says, and keeps (type, timestamp, payload) of what it gets."""

    def __init__(self) -> None:
        self.got: list[tuple[int, int, bytes]] = []
        self.connections = 0
        self.start_publish = amf.encode("onStatus", 0, None, {"level": "status", "code": "NetStream.Publish.Start"})
        self.end_after: int | None = None

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(asyncio.IncompleteReadError, OSError), contextlib.closing(writer):
            c1 = (await reader.readexactly(1537))[1:]
            writer.write(b"\3" + bytes(1536) + c1)
            await reader.readexactly(1536)
            size = 128
            media = 0
            while media != self.end_after:
                kind, timestamp, payload = await self.message(reader, size)
                if kind == 1:
                    (size,) = struct.unpack(">I", payload)
                elif kind == 20:
                    self.answer(writer, amf.decode(payload))
                else:
                    self.got.append((kind, timestamp, payload))
                    media += kind in (8, 9)

    @staticmethod
    async def message(reader: asyncio.StreamReader, size: int) -> tuple[int, int, bytes]:
        head = await reader.readexactly(12)
        assert head[0] >> 6 == 0
        timestamp, length = int.from_bytes(head[1:4]), int.from_bytes(head[4:7])
        extended = timestamp == 0xFFFFFF
        if extended:
            timestamp = int.from_bytes(await reader.readexactly(4))
        payload = b""
        while len(payload) < length:
            if payload:
                assert (await reader.readexactly(1))[0] == head[0] | 0xC0
                assert not extended or int.from_bytes(await reader.readexactly(4)) == timestamp
            payload += await reader.readexactly(min(size, length - len(payload)))
        return head[7], timestamp, payload

    def answer(self, writer: asyncio.StreamWriter, values: list[object]) -> None:
        if values[0] == "connect":
            writer.write(cut(3, 0, 20, 0, amf.encode("_result", values[1], {}, {}), 128))
        elif values[0] == "createStream":
            writer.write(cut(3, 0, 20, 0, amf.encode("_result", values[1], None, 1), 128))
        elif values[0] == "publish":
            writer.write(cut(3, 0, 20, 1, self.start_publish, 128))


@pytest.fixture
async def serve() -> AsyncIterator[Callable]:
    servers = []

    async def serve(handler, **how) -> Ingest:
        servers.append(await asyncio.start_server(handler, "127.0.0.1", 0, **how))
        port = servers[-1].sockets[0].getsockname()[1]
        return Ingest.parse(f"rtmp{'s' if how else ''}://127.0.0.1:{port}/live", KEY)

    yield serve
    for server in servers:
        server.close()
        await server.wait_closed()


async def test_timestamps_go_on_over_reconnections_each_beginning_with_headers_and_a_key_frame(serve, listener):
    server = Server()
    server.end_after = 40
    ingest = await serve(server)
    status = Status()
    source = PacketSource.connect(listener[1])
    publisher = Publisher(ingest, source, status)
    with TestAir(listener[0], seconds=20, speed=4):
        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            tasks = [group.create_task(publisher.keep_connected()), group.create_task(publisher.feed())]
            while server.connections < 3:
                await asyncio.sleep(0.01)
            for task in tasks:
                task.cancel()
        await publisher.close()
    assert status.reconnects >= 2
    starts = [n for n, (kind, _, _) in enumerate(server.got) if kind == 18]
    for start in starts[:2]:
        assert b"ai-generated" in server.got[start][2]
        assert SOURCE_TYPE.encode() in server.got[start][2]
        assert server.got[start + 1][2][:2] == b"\x17\x00"
        assert server.got[start + 2][2] == b"\xaf\x00" + HEADERS.aac_extradata
        assert server.got[start + 3][2][:2] == b"\x17\x01"
    timestamps = [timestamp for kind, timestamp, _ in server.got if kind in (8, 9)]
    assert timestamps[0] == 0
    assert timestamps == sorted(timestamps)
    assert timestamps[-1] > 1500


@pytest.mark.parametrize("origin", [0xFFFFFF - 100, 0xFFFFFFFF - 100], ids=["4.66 hours", "49.7 days"])
async def test_a_day_long_publication_passes_the_limits_of_its_timestamps(serve, origin):
    server = Server()
    connection = await RtmpConnection.open(await serve(server), SystemClock())
    big = Packet("video", 0, 0, 1920, True, b"\0\0\1\x65" + b"\x55" * 150_000)
    for n in range(10):
        connection.send(big, origin + 40 * n)
    async with asyncio.timeout(5):
        await connection.drain()
        await connection.close()
        while len(server.got) < 11:
            await asyncio.sleep(0.01)
    media = [(timestamp, len(payload)) for kind, timestamp, payload in server.got if kind == 9]
    assert media == [((origin + 40 * n) & 0xFFFFFFFF, 5 + 4 + 150_001) for n in range(10)]


def refusal(code: str, level: str = "error") -> bytes:
    return amf.encode("onStatus", 0, None, {"level": level, "code": code, "description": f"bad key {KEY}"})


@pytest.mark.parametrize(
    ("code", "shown"),
    [("NetStream.Publish.BadName", True), (f"NetStream.{KEY}", False), ("<b>\x1b[31mNet", False)],
)
async def test_a_refusal_names_the_servers_code_and_never_its_words(serve, code, shown):
    server = Server()
    server.start_publish = refusal(code)
    ingest = await serve(server)
    with pytest.raises(IngestRefused) as caught:
        await RtmpConnection.open(ingest, SystemClock())
    assert (code in str(caught.value)) is shown
    for text in (str(caught.value), repr(caught.value), repr(ingest), ingest.where):
        assert KEY not in text
        assert "\x1b" not in text


async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def speak_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 200)
    writer.close()


async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readexactly(1537)
    writer.write(b"\3" + bytes(3072) + b"\x02\0\0\0\xff\xff\xff\x14\0\0\0\0" + bytes(128))
    with contextlib.suppress(OSError):
        await reader.read()
    writer.close()


@pytest.mark.parametrize("handler", [hang_up, speak_http, flood])
async def test_what_does_not_speak_rtmp_is_a_refusal(serve, handler):
    with pytest.raises(IngestRefused, match="refused the stream"):
        await RtmpConnection.open(await serve(handler), SystemClock())


async def test_a_silent_server_is_a_timeout_and_not_a_refusal(serve, monkeypatch):
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    monkeypatch.setattr("livestream.egress.rtmp_connection.HANDSHAKE_SECONDS", 0.1)
    with pytest.raises(TimeoutError):
        await RtmpConnection.open(await serve(silent), SystemClock())


async def test_pings_are_answered_and_a_late_refusal_ends_it(serve):
    server = Server()
    writers = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        await server(reader, writer)

    connection = await RtmpConnection.open(await serve(handler), SystemClock())
    writers[0].write(cut(2, 0, 4, 0, struct.pack(">HI", 6, 77)))
    writers[0].write(cut(3, 0, 20, 1, refusal("NetStream.Publish.Denied")))
    async with asyncio.timeout(5):
        with pytest.raises(IngestRefused, match=r"Publish\.Denied"):
            await connection.serve()
        await connection.close()
        while (4, 0, struct.pack(">HI", 7, 77)) not in server.got:
            await asyncio.sleep(0.01)


async def test_rtmps_wants_a_certificate_it_can_trust(serve, tmp_path: Path):
    certificate, key = self_signed(tmp_path)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(certificate, key)
    ingest = await serve(Server(), ssl=theirs)
    with pytest.raises(IngestRefused, match="no safe connection could be made: certificate verify failed"):
        await RtmpConnection.open(ingest, SystemClock())
    trusting = ssl.create_default_context(cafile=str(certificate))
    connection = await RtmpConnection.open(ingest, SystemClock(), trusting)
    await connection.close()


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 and its key."""
    import datetime as dt
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(private, hashes.SHA256())
    )
    certificate, key = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificate, key


@pytest.mark.parametrize(
    "url",
    ["", "http://host/app", "rtmp://host", "rtmp://host/", "rtmp:///app", "rtmp://u:p@host/app", "rtmp://host:x/app"],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(url):
    with pytest.raises(UsageError, match="not the address") as caught:
        Ingest.parse(url, KEY)
    assert "u:p" not in str(caught.value)


def test_an_address_is_taken_apart():
    ingest = Ingest.parse("rtmps://in.example.com/app/inst?x=1", KEY)
    assert (ingest.host, ingest.port, ingest.tls) == ("in.example.com", 443, True)
    assert ingest.app == "app/inst?x=1"
    assert ingest.tc_url == "rtmps://in.example.com/app/inst?x=1"
    assert Ingest.parse("rtmp://h/a", KEY).port == 1935
    with pytest.raises(UsageError, match="no stream key"):
        Ingest.parse("rtmp://h/a", "")


async def test_chunks_come_together_again():
    payloads = [bytes([n]) * size for n, size in enumerate((0, 1, 127, 128, 129, 5000))]
    reader = asyncio.StreamReader()
    for n, payload in enumerate(payloads):
        reader.feed_data(cut(3 + n, 0xFFFFFF + n, 20, 1, payload, 128))
    chunks = ChunkReader(reader)
    assert [(await chunks.read()).payload for _ in payloads] == payloads


def test_amf_survives_the_wire():
    values = ["connect", 1.0, None, True, {"a": "ü", "b": {"c": 2.0}}, amf.EcmaArray(x="y")]
    assert amf.decode(amf.encode(*values)) == values
    assert amf.decode(b"\x0a\0\0\0\2\x05\x06\x0c\0\0\0\1a\x0b" + bytes(10)) == [[None, None], "a", 0.0]


@pytest.mark.parametrize(
    "data", [b"\x02\0\5ab", b"\x00\0", b"\x03\0\1", b"\x63", b"\x03\0\1a" * 20, b"\x0a\xff\xff\xff\xff"]
)
def test_malformed_amf_is_refused(data):
    with pytest.raises(WireError):
        amf.decode(data)


def test_annex_b_becomes_length_prefixed():
    key = next(packet for packet in PACKETS if packet.stream == "video")
    kinds = [unit[0] & 31 for unit in flv.nal_units(key.data)]
    assert kinds == [7, 8, 6, 5]
    kind, body = flv.body(key)
    assert (kind, body[:5]) == (9, b"\x17\1\0\0\0")
    assert sum(4 + len(unit) for unit in flv.nal_units(key.data)) == len(body) - 5
    record = flv.video_header(HEADERS)[5:]
    assert record[:4] == b"\1" + flv.nal_units(HEADERS.video_extradata)[0][1:4]
    with pytest.raises(EgressError, match="SPS"):
        flv.video_header(type(HEADERS)())


def test_streams_are_merged_by_time_and_a_missing_one_is_not_waited_for():
    interleaver = Interleaver()
    order = [("video", 0), ("video", 1920), ("aac", 0), ("aac", 1024), ("aac", 2048), ("video", 3840)]
    out = [packet for name, dts in order for packet in interleaver.push(Packet(name, dts, dts, 1, True, b""))]
    out += interleaver.flush()
    assert [packet.dts for packet in out] == sorted(packet.dts for packet in out)
    assert len(out) == 6
    alone = Interleaver()
    held = [packet for n in range(20) for packet in alone.push(Packet("video", n * 1920, n * 1920, 1, True, b""))]
    assert len(held) == 20 - 8  # 0.3 s are held back


def test_the_key_is_read_where_it_is_kept(tmp_path):
    path = tmp_path / "key"
    path.write_text("\ufeffabc\n", "utf-8")
    assert stream_key(Destination("d", "rtmp", key_file=str(path)), {}) == "abc"
    assert stream_key(Destination("d", "rtmp", key_env="K"), {"K": " abc "}) == "abc"
    assert stream_key(Destination("d", "rtmp"), {}) == ""
    for bad in ("", "two words", "\n"):
        path.write_text(bad)
        with pytest.raises(UsageError, match="empty or holds white space") as caught:
            stream_key(Destination("d", "rtmp", key_file=str(path)), {})
        assert "two" not in str(caught.value)
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        stream_key(Destination("d", "rtmp", key_file=str(tmp_path / "none")), {})
    with pytest.raises(UsageError, match="Export the variable"):
        stream_key(Destination("d", "rtmp", key_env="K"), {})


def test_a_start_message_is_checked():
    body = {"destination": {"name": "n", "kind": "file", "path": "p", "later": 1}, "packets": "/x", "whep": 7}
    assert Start.from_body(body) == Start(Destination("n", "file", path="p"), Path("/x"), 7)
    for bad in ({}, {"destination": 3, "packets": "/x"}, {"destination": {}, "packets": "/x"}):
        with pytest.raises(WireError):
            Start.from_body(bad)


def test_every_kind_of_destination_is_registered():
    with pytest.raises(UsageError, match="no destination of kind 'carrier pigeon'") as caught:
        find_runner("carrier pigeon")
    assert "file" in caught.value.remedy
    assert "rtmp" in caught.value.remedy
    assert callable(find_runner("rtmp"))
