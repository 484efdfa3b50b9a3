"""Recording: MP4 files that survive whatever ends them."""

from __future__ import annotations

import errno
import os
import shutil
import struct
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import av

from livestream.egress.destination import Start, Status
from livestream.egress.gate import Gate
from livestream.egress.marks import add_xmp
from livestream.egress.mux import Mp4
from livestream.egress.source import PacketSource
from livestream.errors import LivestreamError, MachineError, UsageError
from livestream.media import Packet, StreamHeaders

ROOM_BYTES = 64 << 20
"""Free space that a recording waits for before it begins again after a full disk."""
ROOM_CHECK_SECONDS = 2.0
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NUMBERS = 10_000


class FileWriter:
    """Writes video and AAC to an MP4 that begins on a key frame at time 0, sound and picture in step.

    Args:
        path: where to. A live recording never touches a file that is there: it takes the next
            numbered name (`out-2.mp4`), which `path` then tells. Otherwise the file is replaced,
            in one step, when it is complete.
        headers: the streams' parameters.
        live: fragments for a recording that may end at any moment; else an ordinary MP4 with its
            index in front.

    Raises:
        UsageError: the folder is missing or the path is one.
        MachineError: the file cannot be written here.
    """

    def __init__(self, path: Path, headers: StreamHeaders, *, live: bool = True) -> None:
        self.headers = headers
        self.path = _claim(path) if live else path
        self.bytes = 0
        """Bytes of packets written."""
        self.packets = 0
        self._live = live
        self._target = self.path if live else _claim(path.with_name(f".{path.name}.part"))
        self._gate = Gate()
        self._mp4: Mp4 | None = None
        self._failed = False
        self._closed = False

    @property
    def dropped(self) -> int:
        """Video frames that are missing in the file."""
        return self._gate.dropped

    def write(self, packet: Packet) -> None:
        """Write one packet; Opus and what comes before the first key frame are left out.

        Raises:
            MachineError: the disk is full or the file cannot be written; what was written plays.
            EgressError: the packets are not what the headers say.
        """
        for admitted in self._gate.admit(packet):
            try:
                if self._mp4 is None:
                    self._mp4 = Mp4(
                        self._target,
                        self.headers,
                        admitted,
                        origin=self._gate.origin or 0,
                        fragmented=self._live,
                    )
                self._mp4.write(admitted)
            except (av.FFmpegError, OSError) as error:
                self._failed = True
                raise _explain(error.errno or 0, self.path, kept=self._live) from error
            self.packets += 1
            self.bytes += len(admitted.data)

    def close(self) -> None:
        """Finish the file; one without a picture is removed.

        Raises:
            MachineError: the end could not be written. A live recording plays nevertheless.
        """
        if self._closed:
            return
        self._closed = True
        error = self._finish()
        if self._failed and self._live and self._mp4 is not None:
            if not trim_fragments(self._target):
                self._target.unlink(missing_ok=True)
        elif self._failed or self._mp4 is None:
            self._target.unlink(missing_ok=True)
        elif not self._live:
            error = self._put_in_place()
        if error is not None:
            raise error

    def abort(self) -> None:
        """Give up: a live recording keeps what it has, an ordinary one leaves nothing behind."""
        self._failed = self._failed or not self._live
        try:
            self.close()
        except MachineError:
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()

    def _put_in_place(self) -> LivestreamError | None:
        """Replace the file of that name by the complete one, or leave nothing behind."""
        try:
            self._target.replace(self.path)
        except OSError as error:
            self._target.unlink(missing_ok=True)
            return _explain(error.errno or 0, self.path)
        return None

    def _finish(self) -> LivestreamError | None:
        """Write the trailer; return the error of a file that had none before."""
        if self._mp4 is None:
            return None
        try:
            self._mp4.close()
        except (av.FFmpegError, OSError) as error:
            if not self._failed:
                self._failed = True
                return _explain(error.errno or 0, self.path, kept=self._live)
        if self._live and not self._failed and not _has_index(self._target):
            self._failed = True  # libavformat tells nobody when the very last write fails
            return _explain(errno.ENOSPC, self.path, kept=True)
        return self._mark()

    def _mark(self) -> LivestreamError | None:
        """Add the machine-readable mark, beside the tags that the file has from its beginning."""
        if self._failed:
            return None
        try:
            add_xmp(self._target)
        except OSError as error:
            self._failed = not self._live
            return _explain(error.errno or 0, self.path, kept=self._live)
        return None


def trim_fragments(path: Path) -> bool:
    """Cut an MP4 after its last complete fragment; return whether there is one.

    Box layout after ISO/IEC 14496-12, 4.2. A `moof` without its `mdat` goes too.
    """
    end = kept = fragments = 0
    size = path.stat().st_size
    with path.open("r+b") as file:
        while end + 8 <= size:
            file.seek(end)
            length, kind = struct.unpack(">I4s", file.read(8))
            if length == 1 and end + 16 <= size:
                (length,) = struct.unpack(">Q", file.read(8))
            if length < 8 or end + length > size:
                break
            end += length
            if kind != b"moof":
                kept = end
            fragments += kind == b"mdat"
        file.truncate(kept)
    return fragments > 0


def _has_index(path: Path) -> bool:
    """Tell whether a fragmented MP4 ends with its `mfro` box, the last thing that is written."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 16))
        return file.read()[4:8] == b"mfro"


async def serve(start: Start, source: PacketSource, status: Status) -> None:
    """Record to `destination.path` until cancelled: the runner of kind `file`.

    On a full disk it keeps what was written and goes on in a further file once there is room.

    Raises:
        UsageError: the path names no place for a file.
        MachineError: the folder cannot be written to.
    """
    recording = _Recording(Path(start.destination.path), status)
    try:
        async for item in source:
            if isinstance(item, StreamHeaders):
                status.reconnects = source.connections - 1
                recording.begin(item)
            else:
                recording.write(item)
    finally:
        recording.finish()


class _Recording:
    """The files of one recording, one after the other, and the status they add up to."""

    def __init__(self, path: Path, status: Status) -> None:
        self._path = path
        self._status = status
        self._headers: StreamHeaders | None = None
        self._writer: FileWriter | None = None
        self._earlier = (0, 0, 0)
        self._retry_at: float | None = None

    def begin(self, headers: StreamHeaders) -> None:
        """Go on with these headers: in the same file where they are the same."""
        if headers != self._headers:
            self.finish()
        self._headers = headers

    def write(self, packet: Packet) -> None:
        """Write a packet, unless the disk has no room."""
        if self._headers is None or (self._writer is None and not self._has_room()):
            return
        try:
            self._writer = self._writer or FileWriter(self._path, self._headers)
            self._writer.write(packet)
        except MachineError as error:
            self.finish()
            if not error.retryable:
                raise
            self._status.fail("refused", error)
            self._retry_at = time.monotonic() + ROOM_CHECK_SECONDS
            return
        self._count()
        if self._writer.packets:
            self._status.become("publishing", f"recording to {self._writer.path}")
            self._status.last_pts = packet.pts

    def finish(self) -> None:
        """Close the file that is open; what was written stays."""
        if self._writer is not None:
            self._count()
            self._earlier = (self._status.packets, self._status.bytes, self._status.dropped)
            self._writer.abort()
            self._writer = None

    def _count(self) -> None:
        if self._writer is not None:
            packets, size, dropped = self._earlier
            self._status.packets = packets + self._writer.packets
            self._status.bytes = size + self._writer.bytes
            self._status.dropped = dropped + self._writer.dropped

    def _has_room(self) -> bool:
        if self._retry_at is None:
            return True
        if time.monotonic() < self._retry_at:
            return False
        self._retry_at = time.monotonic() + ROOM_CHECK_SECONDS
        return shutil.disk_usage(self._path.absolute().parent).free >= ROOM_BYTES


def _claim(path: Path) -> Path:
    """Create a file under the first free of `out.mp4`, `out-2.mp4`, … and return its path."""
    for n in range(1, _NUMBERS):
        candidate = path if n == 1 else path.with_name(f"{path.stem}-{n}{path.suffix}")
        try:
            os.close(os.open(candidate, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        except FileExistsError:
            continue
        except OSError as error:
            raise _explain(error.errno or 0, path) from error
        return candidate
    raise UsageError("there are thousands of recordings of this name", where=str(path), remedy="Choose another name.")


def _explain(code: int, path: Path, *, kept: bool = False) -> LivestreamError:
    where = str(path)
    if code in _FULL:
        return MachineError(
            "the disk is full",
            where=where,
            retryable=True,
            remedy="Free some space, or record to another disk." + " What was recorded up to here plays." * kept,
        )
    if code in (errno.ENOENT, errno.ENOTDIR):
        return UsageError("the folder does not exist", where=where, remedy="Create it, or write elsewhere.")
    if code == errno.EISDIR:
        return UsageError("this is a folder", where=where, remedy="Name a file, say out.mp4.")
    return MachineError(
        f"the file cannot be written: {os.strerror(code) if code > 0 else 'unknown reason'}",
        where=where,
        remedy="Check the permissions of the folder, or write elsewhere.",
    )
