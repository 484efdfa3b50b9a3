import asyncio
import socket
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livestream import wire
from livestream.clock import SystemClock
from livestream.egress.destination import Destination, Start, Status
from livestream.egress.whep import Whep, run
from livestream.egress.whep_viewer import MAX_SDP, Viewer, _restrict_to_host, _without_candidates
from livestream.errors import UsageError, ViewerRefused
from livestream.media import StreamHeaders
from livestream.testing.flash import FlashAndBeep, play

PEERS: list["Peer"] = []
SPS = 7
STAP_A = 24


class Peer:
    """A viewer without a browser: takes RTP as it comes."""

    def __init__(self, *, video="recvonly", codecs=None):
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        self.video = self.pc.addTransceiver("video", direction=video)
        self.audio = self.pc.addTransceiver("audio", direction="recvonly")
        if codecs:
            self.video.setCodecPreferences(codecs)
        _restrict_to_host(self.video, "127.0.0.1")
        self.packets = {"video": [], "audio": []}
        PEERS.append(self)
        for transceiver in (self.video, self.audio):
            self._listen(transceiver)

    def _listen(self, transceiver):
        async def handle(packet, arrival_time_ms):
            self.packets[transceiver.kind].append((asyncio.get_running_loop().time(), packet))

        transceiver.receiver._handle_rtp_packet = handle

    async def offer(self):
        await self.pc.setLocalDescription(await self.pc.createOffer())
        return self.pc.localDescription.sdp

    async def accept(self, sdp):
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))

    async def until(self, count, kind="video", seconds=5):
        async with asyncio.timeout(seconds):
            while len(self.packets[kind]) < count:
                await asyncio.sleep(0.01)

    def vanish(self):
        """Go as a machine goes that lost its power: no goodbye, and nothing is answered any more."""
        connection = self.video.receiver.transport.transport._connection
        for protocol in connection._protocols:
            protocol.transport.abort()


@pytest.fixture(autouse=True)
async def all_peers_closed():
    yield
    while PEERS:
        await PEERS.pop().pc.close()


class Room:
    """A WHEP egress on air, and its signalling socket."""

    def __init__(self, whep, path, keys):
        self.whep, self.path, self.keys = whep, path, keys

    async def ask(self, kind, **body):
        reader, writer = await asyncio.open_unix_connection(str(self.path))
        writer.write(wire.encode(wire.Message(kind, body)))
        reply = await wire.read(reader)
        writer.close()
        await writer.wait_closed()
        return reply

    async def join(self):
        peer = Peer()
        answer = await self.ask("offer", sdp=await peer.offer())
        assert answer.kind == "answer", answer.body
        await peer.accept(answer.body["sdp"])
        return peer, answer.body["id"]


@asynccontextmanager
async def on_air(tmp_path, **options):
    path = tmp_path / "whep.sock"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    listener.setblocking(False)
    programme, keys = FlashAndBeep(size=(180, 320), bitrate=200_000), []

    def request_key():
        keys.append(asyncio.get_running_loop().time())
        programme.request_key()

    whep = Whep(request_key, **options)
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(whep.serve(listener)),
            group.create_task(play(programme, whep.feed, SystemClock(), first=1)),
        ]
        try:
            yield Room(whep, path, keys)
        finally:
            for task in tasks:
                task.cancel()


def nal_type(packet):
    kind = packet.payload[0] & 31
    return packet.payload[3] & 31 if kind == STAP_A else kind


async def test_a_viewer_gets_a_key_frame_first_and_asked_for_it_once(tmp_path):
    async with on_air(tmp_path) as room:
        await asyncio.sleep(0.3)
        peer, _ = await room.join()
        await peer.until(10)
        await peer.until(10, "audio")
        assert nal_type(peer.packets["video"][0][1]) == SPS
        assert len(room.keys) == 1
        assert room.whep.stats().viewers == 1


async def test_sound_begins_with_the_picture_and_comes_evenly(tmp_path):
    async with on_air(tmp_path) as room:
        peer, _ = await room.join()
        await peer.until(60, "audio")
        times = [at for at, _ in peer.packets["audio"]]
        assert abs(times[0] - peer.packets["video"][0][0]) < 0.05
        steps = sorted(later - earlier for earlier, later in pairwise(times[10:]))
        assert steps[len(steps) // 4] > 0.005, "sound comes in pairs"
        stamps = [packet.timestamp for _, packet in peer.packets["audio"]]
        assert {(b - a) % 2**32 for a, b in pairwise(stamps)} == {960}


async def test_a_lost_picture_asks_the_shared_encoder_for_a_key(tmp_path):
    async with on_air(tmp_path) as room:
        peer, _ = await room.join()
        await peer.until(10)
        await asyncio.sleep(0.4)
        before = len(room.keys)
        for _ in range(5):
            await peer.video.receiver._send_rtcp_pli(peer.packets["video"][0][1].ssrc)
        async with asyncio.timeout(2):
            while len(room.keys) == before:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        assert len(room.keys) == before + 1


async def test_the_ceiling_holds_and_a_goodbye_frees_a_place(tmp_path):
    async with on_air(tmp_path, ceiling=1) as room:
        _, ident = await room.join()
        refused = await room.ask("offer", sdp=await Peer().offer())
        assert (refused.kind, refused.body["status"]) == ("error", 503)
        assert (await room.ask("hangup", id=ident)).kind == "closed"
        async with asyncio.timeout(5):
            while (await room.ask("offer", sdp=await Peer().offer())).kind == "error":
                await asyncio.sleep(0.05)
        assert (await room.ask("hangup", id=ident)).body["status"] == 404


async def test_a_viewer_who_vanished_is_noticed(tmp_path):
    async with on_air(tmp_path, silence_seconds=1.6) as room:
        peer, _ = await room.join()
        await peer.until(5)
        peer.vanish()
        async with asyncio.timeout(8):
            while room.whep._viewers:
                await asyncio.sleep(0.05)


async def test_a_viewer_who_never_connects_frees_its_place(tmp_path):
    async with on_air(tmp_path, connect_seconds=0.2) as room:
        answer = await room.ask("offer", sdp=await Peer().offer())
        assert answer.kind == "answer"
        async with asyncio.timeout(5):
            while room.whep._viewers:
                await asyncio.sleep(0.02)


async def test_the_answer_names_one_address_and_it_is_loopback(tmp_path):
    async with on_air(tmp_path) as room:
        answer = await room.ask("offer", sdp=await Peer().offer())
        candidates = [line for line in answer.body["sdp"].splitlines() if line.startswith("a=candidate:")]
        assert candidates
        assert all(line.split()[4] == "127.0.0.1" and line.split()[7] == "host" for line in candidates)


def vp8():
    return [c for c in RTCRtpSender.getCapabilities("video").codecs if c.mimeType == "video/VP8"]


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        (lambda sdp: "", 400, "not a session description"),
        (lambda sdp: "v=0", 422, "no media"),
        (lambda sdp: "hello", 400, "not a session description"),
        (lambda sdp: sdp.replace("opus", "speex"), 422, ""),
        (lambda sdp: sdp.replace("packetization-mode=1", "packetization-mode=0"), 422, ""),
        (lambda sdp: sdp.replace("recvonly", "sendonly"), 422, "does not ask to receive"),
        (lambda sdp: sdp + "\r\n" * MAX_SDP, 413, "longer"),
        (lambda sdp: sdp[: sdp.index("m=audio")] if "m=audio" in sdp else sdp, 422, "one audio"),
    ],
)
async def test_an_offer_that_cannot_be_served_is_refused_and_says_why(tmp_path, change, status, says):
    async with on_air(tmp_path) as room:
        refused = await room.ask("offer", sdp=change(await Peer().offer()))
        assert refused.kind == "error"
        assert refused.body["status"] == status
        assert says in refused.body["message"]
        async with asyncio.timeout(2):
            while room.whep._viewers:
                await asyncio.sleep(0.01)
        peer, _ = await room.join()
        await peer.until(1)


async def test_a_browser_without_h264_is_refused(tmp_path):
    async with on_air(tmp_path) as room:
        refused = await room.ask("offer", sdp=await Peer(codecs=vp8()).offer())
        assert (refused.kind, refused.body["status"]) == ("error", 422)


async def test_a_message_of_an_unknown_kind_is_answered(tmp_path):
    async with on_air(tmp_path) as room:
        assert (await room.ask("dance")).body["status"] == 400


async def test_one_stuck_signaller_holds_nobody_up(tmp_path):
    async with on_air(tmp_path) as room:
        _, stuck = await asyncio.open_unix_connection(str(room.path))
        stuck.write(b"\0\0")
        await room.join()
        stuck.close()


def test_the_addresses_of_an_offer_are_not_taken_over():
    offer = "v=0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\na=end-of-candidates\r\na=mid:0\r\n"
    assert _without_candidates(offer) == "v=0\r\na=mid:0\r\n"


OFFER: list[str] = []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_the_offer_holds_it_is_answered_or_refused(data):
    if not OFFER:
        OFFER.extend((await Peer().offer()).splitlines())
    lines, outcomes = list(OFFER), set()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] = data.draw(
            st.one_of(
                st.just(""),
                st.text(max_size=40),
                st.sampled_from(OFFER),
                st.integers(0, len(lines[at])).map(lambda cut, line=lines[at]: line[:cut]),
            )
        )
    viewer = Viewer("x", host="127.0.0.1", ask_key=lambda: None)
    try:
        assert "m=video" in await viewer.answer("\r\n".join(lines) + "\r\n")
    except ViewerRefused as refusal:
        outcomes.add(refusal.status)
    finally:
        viewer.leave()
        await viewer.stay()
    assert outcomes <= {400, 413, 422}


async def test_the_runner_reports_what_it_does(tmp_path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "whep.sock"))
    listener.listen()
    packets = FlashAndBeep(size=(180, 320), bitrate=200_000).frame(0)

    class Source:
        connections = 2

        def request_key(self):
            pass

        async def __aiter__(self):
            yield StreamHeaders()
            for packet in packets:
                yield packet
            await asyncio.Event().wait()

    status = Status()
    start = Start(Destination("preview", "whep"), tmp_path / "packets.sock", listener.detach())
    async with asyncio.TaskGroup() as group:
        task = group.create_task(run(start, Source(), status))
        async with asyncio.timeout(2):
            while status.packets < len(packets):
                await asyncio.sleep(0.01)
        task.cancel()
    assert (status.state, status.reconnects, status.extra["viewers"]) == ("publishing", 1, 0)


async def test_the_runner_needs_its_socket(tmp_path):
    with pytest.raises(UsageError, match="signalling socket"):
        await run(Start(Destination("preview", "whep"), tmp_path), None, Status())
