"""What tests ask of received media: decoded, not believed."""

import json
import subprocess
from pathlib import Path

import av
import numpy as np

from livestream.media import SAMPLE_RATE
from livestream.testing.packets import read_barcode


def complaints(path: Path) -> str:
    """Return what ffmpeg says while it decodes the whole file; nothing is right."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "null", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def packets(path: Path) -> dict[str, list[tuple[float, bool]]]:
    """Return (pts in seconds, key frame) of each packet, by kind of stream, as ffprobe sees them."""
    command = ["ffprobe", "-v", "error", "-show_entries", "packet=codec_type,pts_time,flags", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, list[tuple[float, bool]]] = {"video": [], "audio": []}
    for packet in json.loads(done.stdout)["packets"]:
        found[packet["codec_type"]].append((float(packet["pts_time"]), "K" in packet["flags"]))
    return found


def tags(path: Path) -> dict[str, str]:
    command = ["ffprobe", "-v", "error", "-export_xmp", "1", "-show_entries", "format_tags", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["format"]["tags"]


def frames(path: Path) -> list[tuple[float, int]]:
    """Return (seconds, frame number read from the barcode) of each decoded picture."""
    with av.open(str(path)) as container:
        return [
            (float(frame.time or 0), read_barcode(frame.to_ndarray(format="gray")))
            for frame in container.decode(video=0)
        ]


def beeps(path: Path) -> list[float]:
    """Return the seconds at which a beep begins in the decoded sound."""
    with av.open(str(path)) as container:
        pieces = [(round((f.time or 0) * SAMPLE_RATE), f.to_ndarray()[0]) for f in container.decode(audio=0)]
    sound = np.zeros(pieces[-1][0] + len(pieces[-1][1]))
    for at, piece in pieces:
        sound[at : at + len(piece)] = piece
    loud = np.abs(sound) > 0.05
    ever = np.concatenate([[0], np.cumsum(loud)])
    quiet_before = ever[:-1] - ever[np.maximum(np.arange(len(loud)) - SAMPLE_RATE // 10, 0)] == 0
    return [float(n) / SAMPLE_RATE for n in np.flatnonzero(loud & quiet_before)]
