"""A contact sheet of a presenter: `python -m livestream.avatar.sheet FILE.png [NAME]`.

Gestures in the first row, then every viseme, then the lids and glances.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from livestream.avatar import load_presenter_pack
from livestream.avatar.motion import GAZES
from livestream.avatar.pack import Pack
from livestream.avatar.still import Rgba, still
from livestream.errors import AvatarError
from livestream.media import Box, Viseme

_BACKDROP = (226, 216, 207)
_INK = (70, 58, 52)
_WIDTH = 1600
_CAPTION = 26


def contact_sheet(pack: Pack) -> Rgba:
    """Return the sheet, opaque RGB of shape (height, 1600, 3)."""
    gestures = [("at rest", still(pack))]
    gestures += [(name, still(pack, gesture=name)) for name in pack.manifest.gestures]
    face, eyes = pack.manifest.lips_box, pack.manifest.eyes_box
    mouths = [(viseme.name, _cut(pack, still(pack, viseme=viseme), face)) for viseme in Viseme]
    looks = [(f"lids {lid:.0%}", _cut(pack, still(pack, lid=lid), eyes)) for lid in (0.0, 0.5, 1.0)]
    looks += [(f"to the {name}", _cut(pack, still(pack, gaze=gaze), eyes)) for name, gaze in GAZES.items()]
    rows = [_row(gestures), _row(mouths[:8]), _row([*mouths[8:], mouths[0]]), _row(looks)]
    return np.vstack(rows)


def _cut(pack: Pack, picture: Rgba, box: Box) -> Rgba:
    base = pack.manifest.figure_box
    return picture[box.y - base.y : box.y - base.y + box.height, box.x - base.x : box.x - base.x + box.width]


def _row(cells: list[tuple[str, Rgba]]) -> Rgba:
    """Return one row of captioned pictures, all of one size."""
    width = _WIDTH // len(cells)
    row = np.full((0, 0, 3), 0, np.uint8)
    for number, (caption, picture) in enumerate(cells):
        height = round(picture.shape[0] * width / picture.shape[1])
        small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
        if number == 0:
            row = np.full((height + _CAPTION, _WIDTH, 3), _BACKDROP, np.uint8)
        share = small[..., 3:] / 255.0
        place = slice(number * width, (number + 1) * width)
        row[:height, place] = small[..., :3] * share + row[:height, place] * (1 - share)
        left = number * width + 8
        cv2.putText(row, caption, (left, height + 18), cv2.FONT_HERSHEY_SIMPLEX, 0.5, _INK, 1, cv2.LINE_AA)
    return row


def main(arguments: list[str]) -> int:
    """Write the sheet of a presenter."""
    if not arguments:
        sys.stderr.write("usage: python -m livestream.avatar.sheet FILE.png [NAME]\n")
        return 2
    sheet = contact_sheet(load_presenter_pack(*arguments[1:2]))
    target = Path(arguments[0])
    done, data = cv2.imencode(".png", sheet[..., ::-1])
    if not done:
        raise AvatarError("cannot be encoded", where=str(target))
    target.write_bytes(data.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
