"""Muxing packets that are already encoded, with libavformat.

PyAV opens an encoder for every stream it adds by name and lets nobody set `extradata`, so headers
would describe an encoder that never ran. A stream demuxed from a file has the right parameters,
and the NUT format keeps H.264 in Annex B and the AAC profile as they are: so a NUT file of one key
frame is written in memory, and the output's streams are made from its streams.
"""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av
import av.logging
from av.container import InputContainer, OutputContainer

from livestream.disclosure import FILE_TAGS
from livestream.errors import EgressError
from livestream.media import Packet, StreamHeaders

TIME_BASE = Fraction(1, 48_000)
ORIGIN_TAG = "livestream_origin"
"""The tag that tells which programme sample is time 0 of a recording."""
FRAGMENT_SECONDS = 2

av.logging.set_level(None)


def template(headers: StreamHeaders, key: Packet) -> InputContainer:
    """Return an opened in-memory file whose streams are the video and the AAC of these headers.

    Args:
        headers: the streams' parameters.
        key: a key frame with its SPS and PPS.

    Raises:
        EgressError: libavformat does not read back the parameters that the headers name.
    """
    memory = io.BytesIO()
    with av.open(memory, "w", format="nut") as nut:
        video = nut.add_mux_stream("h264", rate=headers.fps, width=headers.width, height=headers.height)
        nut.add_stream("aac", rate=headers.sample_rate, layout="stereo" if headers.aac_channels == 2 else "mono")
        packet = av.Packet(key.data)
        packet.pts = packet.dts = 0
        packet.time_base, packet.is_keyframe, packet.stream = TIME_BASE, True, video
        nut.mux(packet)
    memory.seek(0)
    made = av.open(memory, "r", format="nut")
    context = made.streams.video[0].codec_context
    sound = bytes(made.streams.audio[0].codec_context.extradata or b"")
    if (context.width, context.height) != (headers.width, headers.height) or sound != headers.aac_extradata:
        made.close()
        raise EgressError("the encoded streams are not what their headers say")
    return made


class Mp4:
    """One MP4 file being written: H.264 and AAC, marked as AI-generated.

    Args:
        path: the file, written from its beginning.
        headers: the streams' parameters; their `labels` go into the file's tags, beside our own.
        key: the first key frame.
        origin: the programme sample that is time 0 of the file.
        fragmented: write self-contained fragments of at most 2 s, so that a crash loses at most the
            last; else one index, at the front of the finished file.

    Raises:
        av.FFmpegError: the file cannot be written; `errno` says why.
    """

    def __init__(self, path: Path, headers: StreamHeaders, key: Packet, *, origin: int, fragmented: bool) -> None:
        flags = ["use_metadata_tags", *(_FRAGMENTED if fragmented else ["faststart"])]
        options = {"movflags": "+".join(flags), "video_track_timescale": "48000", "flush_packets": "1"}
        if fragmented:
            options["frag_duration"] = str(FRAGMENT_SECONDS * 1_000_000)
        self._origin = origin
        self._container: OutputContainer = av.open(f"file:{path}", "w", format="mp4", options=options)
        with template(headers, key) as made:
            self._streams = {
                "video": self._container.add_stream_from_template(made.streams.video[0]),
                "aac": self._container.add_stream_from_template(made.streams.audio[0]),
            }
        for stream in self._streams.values():
            stream.time_base = TIME_BASE
        self._container.metadata.update({**headers.labels, **FILE_TAGS, ORIGIN_TAG: str(origin)})
        self._container.start_encoding()

    def write(self, packet: Packet) -> None:
        """Write one packet; raises av.FFmpegError where the file takes no more."""
        made = av.Packet(packet.data)
        made.pts, made.dts = packet.pts - self._origin, packet.dts - self._origin
        made.duration, made.time_base, made.is_keyframe = packet.duration, TIME_BASE, packet.key
        made.stream = self._streams[packet.stream]
        self._container.mux(made)

    def close(self) -> None:
        """Write the trailer; raises av.FFmpegError where the file takes no more."""
        self._container.close()


_FRAGMENTED = ["frag_keyframe", "empty_moov", "default_base_moof"]
