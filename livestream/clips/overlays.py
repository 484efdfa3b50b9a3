"""What a clip shows beside the recorded picture: the title card, and captions where the crop took them away.

Drawn with the programme's own brushes, so that every script is shaped as on air. Pictures here are
RGB, shape (height, width, 3), as moviepy passes them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from livestream.clips.reading import Picture
from livestream.disclosure import host_label
from livestream.media import Box, Speech, WordTime
from livestream.playout.asrun import AsRun
from livestream.programme.badge import draw_badge
from livestream.programme.caption import CaptionTrack, Chunk, draw_caption
from livestream.programme.graphics import Drawing, Sprite, paint, round_rect
from livestream.programme.typesetting import Type, balanced, printable

Layer = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Premultiplied RGB, and how much of the picture shows through, both 0 to 255 or 0 to 1."""

_TITLE = Type(64, "#ffffff", bold=True)
_ACCENT = "#ffc98a"
_BAR, _GAP, _MARGIN = Box(0, 0, 72, 8), 34, 64
_BOTTOM = 16
"""Pixels between a caption and the lower edge."""


class Captions:
    """The captions of sentences, timed by the words' times in the as-run log."""

    def __init__(self, lines: Sequence[AsRun]) -> None:
        self._lines = lines
        self._starts = [line.start for line in lines]
        self._tracks = [CaptionTrack(_speech(line)) for line in lines]

    def at(self, sample: int) -> tuple[Chunk, int, str] | None:
        """Return the chunk at a programme sample, the number of its word being heard, and its locale."""
        index = bisect_right(self._starts, sample) - 1
        place = self._tracks[index].at(sample - self._starts[index]) if index >= 0 else None
        if place is None:
            return None
        return self._tracks[index].chunks[place[0]], place[1], self._lines[index].locale

    def lay(self, picture: Picture, sample: int) -> None:
        """Lay the caption of a programme sample over the lower edge of a picture."""
        shown = self.at(sample)
        if shown is not None:
            layer = _caption(*shown)
            height, width = layer[0].shape[:2]
            _lay(picture, layer, (picture.shape[1] - width) // 2, picture.shape[0] - _BOTTOM - height)


def title_card(backdrop: Picture, title: str, locale: str, *, top: int) -> Picture:
    """Return a picture with a product's name on the backdrop, blurred and dimmed.

    The AI label stands where it does in the recorded picture, of which `top` rows are cut off.
    """
    height, width = backdrop.shape[:2]
    small = cv2.resize(backdrop, (width // 8, height // 8), interpolation=cv2.INTER_AREA)
    soft = cv2.resize(cv2.GaussianBlur(small, (0, 0), 5), (width, height), interpolation=cv2.INTER_CUBIC)
    card: Picture = cv2.convertScaleAbs(soft, alpha=0.42).astype(np.uint8, copy=False)
    text = balanced([(printable(title), _TITLE)], width=width - 2 * _MARGIN, locale=locale, lines=4)
    drawing = Drawing(Box(0, 0, width, height))
    head = (height - text.height - _GAP - _BAR.height) / 2
    bar = Box((width - _BAR.width) // 2, round(head), _BAR.width, _BAR.height)
    drawing.canvas.drawRRect(round_rect(bar, _BAR.height / 2), paint(_ACCENT))
    text.paint_centred(drawing.canvas, width / 2, head + _BAR.height + _GAP)
    rgba = drawing.rgba().astype(np.float32)
    _lay(card, (rgba[..., :3], 1 - rgba[..., 3:] / np.float32(255)), 0, 0)
    badge = draw_badge(host_label(locale), locale)
    _lay(card, _layer(badge), badge.box.x, badge.box.y - top)
    return card


def _speech(line: AsRun) -> Speech:
    """Return a sentence as captions know it: its words and their times, without sound."""
    return Speech(
        line_id=line.line,
        locale=line.locale,
        caption=line.heard,
        spoken="",
        pcm=np.zeros(0, np.int16),
        visemes=(),
        words=tuple(WordTime(text, start, end) for text, start, end in line.words),
        cut_points=(),
        facts=(),
        engine="",
        timing="exact",
    )


@lru_cache(maxsize=64)
def _caption(chunk: Chunk, word: int, locale: str) -> Layer:
    return _layer(draw_caption(chunk, word, locale))


def _layer(sprite: Sprite) -> Layer:
    """Turn a sprite's planes, BT.709 in studio range, back into premultiplied RGB and its transparency."""
    size = (sprite.box.width, sprite.box.height)
    opacity = sprite.alpha.astype(np.float32) / np.float32(255)
    half = sprite.alpha_half.astype(np.float32) / np.float32(255)
    luma = (sprite.y - 16 * opacity) * (255 / 219)
    blue, red = (
        cv2.resize((plane - 128 * half) * np.float32(255 / 224), size, interpolation=cv2.INTER_LINEAR)
        for plane in (sprite.u, sprite.v)
    )
    rgb = np.dstack([luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue])
    return rgb.astype(np.float32), (1 - opacity[..., None]).astype(np.float32)


def _lay(picture: Picture, layer: Layer, x: int, y: int) -> None:
    ink, through = layer
    area = picture[y : y + ink.shape[0], x : x + ink.shape[1]]
    area[:] = np.clip(area * through + ink + 0.5, 0, 255)
