"""One viewer of the live preview: its peer connection, fed with packets that are already encoded.

aiortc sends an `av.Packet` as it is. What it leaves to its user on that road, done here: a viewer's
wish for a key frame reaches the shared encoder; a viewer's picture begins with a key frame and its
sound with the picture; nothing that waited while the connection was being made is sent in a burst,
which would swell the browser's audio buffer; and a queue that a stalled loop has filled is dropped
up to the next key frame.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
from aiortc import (
    InvalidAccessError,
    InvalidStateError,
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpSender,
    RTCRtpTransceiver,
    RTCSessionDescription,
)
from aiortc.exceptions import OperationError
from aiortc.mediastreams import MediaStreamError
from aiortc.rtcrtpparameters import RTCRtpCodecCapability
from aiortc.sdp import SessionDescription

from livestream.errors import ViewerRefused
from livestream.media import SAMPLE_RATE, Packet

log = logging.getLogger(__name__)

MAX_SDP = 64 * 1024
ANSWER_SECONDS = 5.0
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 15.0
VIDEO_RATE = 90_000
QUEUE_SECONDS = 1.0
PROFILES = ("42e01f", "42001f")
NOT_SDP = "the offer is not a session description"

# What aiortc raises where a description is not one; a StopIteration leaves a coroutine as RuntimeError.
_MALFORMED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, StopIteration, RuntimeError)
_UNACCEPTABLE = (OperationError, InvalidAccessError, InvalidStateError)

if TYPE_CHECKING:
    Encoded = av.Packet[Any]  # generic for type checkers only


class PacketTrack(MediaStreamTrack):
    """A track whose packets come from the shared encode."""

    def __init__(self, kind: str, limit: int) -> None:
        super().__init__()
        self.kind = kind
        self._queue: asyncio.Queue[Encoded] = asyncio.Queue(limit)

    async def recv(self) -> Encoded:
        """Return the next packet, as `RTCRtpSender` asks for it."""
        if self.readyState != "live":
            raise MediaStreamError
        return await self._queue.get()

    def put(self, packet: Encoded) -> bool:
        """Queue a packet; False where the queue is full and nothing was queued."""
        if self._queue.full():
            return False
        self._queue.put_nowait(packet)
        return True

    def flush(self) -> None:
        """Drop what waits."""
        while not self._queue.empty():
            self._queue.get_nowait()


class Viewer:
    """One peer connection, from the offer to the goodbye."""

    def __init__(
        self,
        ident: str,
        *,
        host: str,
        ask_key: Callable[[], None],
        connect_seconds: float = CONNECT_SECONDS,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        self.id = ident
        self.dropped = 0
        self._host = host
        self._ask_key = ask_key
        self._connect_seconds = connect_seconds
        self._silence_seconds = silence_seconds
        self._video = PacketTrack("video", int(QUEUE_SECONDS * 25))
        self._audio = PacketTrack("audio", int(QUEUE_SECONDS * 50))
        self._peer = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        self._peer.on("connectionstatechange", self._state_changed)
        self._connected = asyncio.Event()
        self._ended = asyncio.Event()
        self._waits_for_key = True

    @property
    def connected(self) -> bool:
        """Whether media flows."""
        return self._connected.is_set() and not self._ended.is_set()

    async def answer(self, offer: str) -> str:
        """Return the SDP answer to this offer.

        Raises:
            ViewerRefused: 400 where the offer is not SDP, 413 where it is too long, 422 where it does
                not ask for one H.264 and one Opus stream as this channel encodes them.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._negotiate(offer)
        except _MALFORMED as error:
            raise ViewerRefused(NOT_SDP, status=400) from error
        except _UNACCEPTABLE as error:
            raise ViewerRefused(f"the offer cannot be answered: {error}", status=422) from error

    def send(self, packet: Packet, encoded: Encoded) -> None:
        """Queue one packet of the shared encode, or drop it while it would be of no use."""
        if not self.connected:
            return
        if packet.stream == "video":
            if packet.key:
                self._waits_for_key = False
            if self._waits_for_key:
                return
            if not self._video.put(encoded):
                self._drop_to_key()
        elif not self._waits_for_key and not self._audio.put(encoded):
            self._drop_to_key()

    async def stay(self) -> None:
        """Return when this viewer has left, never came, or fell silent; the connection is closed then."""
        try:
            async with asyncio.timeout(self._connect_seconds):
                await self._connected.wait()
            await self._until_silent()
        except TimeoutError:
            log.info("viewer %s never connected", self.id)
        finally:
            self._ended.set()
            await self._peer.close()

    def leave(self) -> None:
        """End this viewer's stay."""
        self._ended.set()
        self._connected.set()

    async def _negotiate(self, offer: str) -> str:
        if len(offer) > MAX_SDP:
            raise ViewerRefused(f"the offer is longer than {MAX_SDP} bytes", status=413)
        if not offer.startswith("v=0"):
            raise ViewerRefused(NOT_SDP, status=400)
        kinds = sorted(media.kind for media in SessionDescription.parse(offer).media)
        if kinds != ["audio", "video"]:
            raise ViewerRefused(
                f"the offer holds {', '.join(kinds) or 'no media'}; it must hold one audio and one video", status=422
            )
        video = self._peer.addTransceiver(self._video, direction="sendonly")
        audio = self._peer.addTransceiver(self._audio, direction="sendonly")
        # Codec preferences count only before the offer is applied.
        video.setCodecPreferences(_video_preferences())
        audio.setCodecPreferences(_audio_preferences())
        video.sender._send_keyframe = self._ask_key  # type: ignore[method-assign]  # a hook of ours, held by tests
        _restrict_to_host(video, self._host)
        await self._peer.setRemoteDescription(RTCSessionDescription(_without_candidates(offer), "offer"))
        await self._peer.setLocalDescription(await self._peer.createAnswer())
        _check_codecs(video, audio)
        return str(self._peer.localDescription.sdp)

    def _state_changed(self) -> None:
        state = self._peer.connectionState
        if state == "connected" and not self._connected.is_set():
            self._video.flush()
            self._audio.flush()
            self._connected.set()
            self._ask_key()
        elif state in ("failed", "closed"):
            self.leave()

    def _drop_to_key(self) -> None:
        self.dropped += 1
        self._video.flush()
        self._audio.flush()
        self._waits_for_key = True
        self._ask_key()

    async def _until_silent(self) -> None:
        """Return when the viewer has ended or its reports have stopped coming."""
        heard = -1
        while not self._ended.is_set():
            count = await self._received()
            if count == heard:
                log.info("viewer %s sent nothing for %.0f s and is dropped", self.id, self._silence_seconds)
                return
            heard = count
            try:
                async with asyncio.timeout(self._silence_seconds):
                    await self._ended.wait()
            except TimeoutError:
                continue

    async def _received(self) -> int:
        report = await self._peer.getStats()
        return sum(entry.packetsReceived for entry in report.values() if entry.type == "transport")


def encoded(packet: Packet) -> Encoded:
    """Return the packet as aiortc takes it: 90 kHz for video, 48 kHz for Opus."""
    result = av.Packet(packet.data)
    if packet.stream == "video":
        result.pts = packet.pts * VIDEO_RATE // SAMPLE_RATE
        result.time_base = Fraction(1, VIDEO_RATE)
    else:
        result.pts = packet.pts
        result.time_base = Fraction(1, SAMPLE_RATE)
    return result


def _video_preferences() -> list[RTCRtpCodecCapability]:
    codecs = RTCRtpSender.getCapabilities("video").codecs
    wanted = [c for p in PROFILES for c in codecs if c.parameters.get("profile-level-id") == p]
    return [*wanted, *(c for c in codecs if c.mimeType == "video/rtx")]


def _audio_preferences() -> list[RTCRtpCodecCapability]:
    return [c for c in RTCRtpSender.getCapabilities("audio").codecs if c.mimeType == "audio/opus"]


def _without_candidates(offer: str) -> str:
    """Return the offer without the viewer's addresses.

    The viewer reaches us at the one address of our answer and shows its own by its first check
    (RFC 8445 §7.3.1.3). So nothing is waited for, no multicast name is looked up, and an offer cannot
    make us send checks to a third party.
    """
    dropped = ("a=candidate:", "a=end-of-candidates")
    return "".join(line + "\r\n" for line in offer.splitlines() if not line.startswith(dropped))


def _restrict_to_host(transceiver: RTCRtpTransceiver, host: str) -> None:
    """Gather one candidate, on `host`: aioice by itself takes every interface but loopback."""
    connection = transceiver.receiver.transport.transport.iceGatherer._connection

    async def gather() -> None:
        connection._local_candidates_start = True
        connection._local_candidates = await connection.get_component_candidates(component=1, addresses=[host])
        connection._local_candidates_end = True
        if not connection._local_candidates:
            raise ViewerRefused(f"no port can be opened on {host}", status=503)

    connection.gather_candidates = gather  # type: ignore[method-assign]  # a hook of ours, held by tests


def _check_codecs(video: RTCRtpTransceiver, audio: RTCRtpTransceiver) -> None:
    """Make sure of what was negotiated: aiortc would send H.264 as whatever the answer names."""
    codec = next(iter(video._codecs))
    right = (
        codec.mimeType.lower() == "video/h264"
        and str(codec.parameters.get("profile-level-id", "")).lower() in PROFILES
        and str(codec.parameters.get("packetization-mode")) == "1"
    )
    if not right:
        raise ViewerRefused(f"the picture is H.264 constrained baseline, not {codec.mimeType}", status=422)
    sound = next(iter(audio._codecs))
    if sound.mimeType.lower() != "audio/opus":
        raise ViewerRefused(f"the sound is Opus, not {sound.mimeType}", status=422)
    wrong: Iterable[str] = (t.kind for t in (video, audio) if t.currentDirection != "sendonly")
    for kind in wrong:
        raise ViewerRefused(f"the offer does not ask to receive {kind}", status=422)
