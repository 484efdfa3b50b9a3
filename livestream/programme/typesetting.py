"""Text set in lines: shaping, fallback, wrapping, and cutting to fit, for every script.

Skia's paragraph shapes and wraps. It takes no direction, no line limit and no ellipsis from
Python, so right-to-left text is wrapped in isolates and cutting is done here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from livestream.programme.fonts import families, font_manager
from livestream.programme.graphics import Canvas, colour, skia

Align = Literal["start", "centre"]

_RLI, _PDI, _ELLIPSIS = "\u2067", "\u2069", "…"
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Type:
    """How a run of text looks; `size` in pixels, line height 1.25 of it."""

    size: float
    ink: str
    bold: bool = False
    struck: bool = False
    opacity: float = 1.0

    @property
    def line_height(self) -> float:
        """Pixels from one baseline to the next."""
        return round(self.size * 1.25)


Run = tuple[str, Type]
Style = Any
"""Skia's text style."""


@cache
def _collection() -> tuple[Any, Any]:
    fonts = skia().textlayout.FontCollection()
    fonts.setDefaultFontManager(font_manager())
    return fonts, skia().Unicodes.ICU.Make()


def printable(text: str) -> str:
    """Return text in one line without control, surrogate and direction-override characters."""
    kept = (
        " " if char.isspace() else char
        for char in text
        if char in _JOINERS or char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )
    return " ".join("".join(kept).split())


def right_to_left(text: str) -> bool:
    """Return whether the first strongly directed character of `text` runs right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Set text: `width` of its longest line, `height` of all, and the number of `lines`."""

    paragraph: Any
    width: float
    height: float
    lines: int

    def paint(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw it with the top left corner of its measure at picture coordinates."""
        self.paragraph.paint(canvas, x, y)

    def paint_centred(self, canvas: Canvas, centre: float, y: float) -> None:
        """Draw it with the middle of its measure at `centre`."""
        self.paragraph.paint(canvas, centre - self.paragraph.Width / 2, y)


def _text_style(look: Type, locale: str) -> Style:
    layout = skia().textlayout
    style = layout.TextStyle()
    style.setFontFamilies(list(families(locale)))
    weight = skia().FontStyle.Bold() if look.bold else skia().FontStyle.Normal()
    style.setFontStyle(weight)
    style.setFontSize(look.size)
    style.setColor(colour(look.ink, look.opacity))
    style.setLocale(locale)
    style.setHeight(look.line_height / look.size)
    style.setHeightOverride(True)
    if look.struck:
        style.setDecoration(layout.TextDecoration.kLineThrough)
        style.setDecorationColor(colour(look.ink, look.opacity))
        style.setDecorationThicknessMultiplier(1.4)
    return style


def block(runs: Sequence[Run], *, width: float, locale: str, align: Align = "start") -> Block:
    """Set runs of text within `width` pixels. Every run has the size of the first.

    Text that begins with a right-to-left letter is set flush right.
    """
    layout = skia().textlayout
    rtl = right_to_left("".join(text for text, _ in runs))
    look = runs[0][1]
    style = layout.ParagraphStyle()
    style.setTextStyle(_text_style(look, locale))
    if align == "centre":
        style.setTextAlign(layout.TextAlign.kCenter)
    elif rtl:
        style.setTextAlign(layout.TextAlign.kRight)
    strut = layout.StrutStyle()
    strut.setStrutEnabled(True)
    strut.setForceStrutHeight(True)  # a fallback font's taller metrics must not move the lines
    strut.setFontFamilies(list(families(locale)))
    strut.setFontSize(look.size)
    strut.setHeight(look.line_height / look.size)
    strut.setHeightOverride(True)
    style.setStrutStyle(strut)
    builder = layout.ParagraphBuilder.make(style, *_collection())
    for index, (text, run) in enumerate(runs):
        builder.pushStyle(_text_style(run, locale))
        builder.addText(f"{_RLI if rtl and index == 0 else ''}{text}{_PDI if rtl and index == len(runs) - 1 else ''}")
        builder.pop()
    paragraph = builder.Build()
    paragraph.layout(width)
    lines = round(paragraph.Height / look.line_height)
    return Block(paragraph, paragraph.LongestLine, paragraph.Height, lines)


def ellipsised(text: str, look: Type, *, width: float, locale: str, lines: int = 1) -> Block:
    """Set text within so many lines, cut at the end with an ellipsis where it does not fit."""
    clean = printable(text)
    whole = block([(clean, look)], width=width, locale=locale)
    if whole.lines <= lines and whole.width <= width:
        return whole
    low, high = 0, len(clean)
    while low < high:
        middle = (low + high + 1) // 2
        shown = block([(_cut(clean, middle), look)], width=width, locale=locale)
        if shown.lines <= lines and shown.width <= width:
            low = middle
        else:
            high = middle - 1
    space = clean.rfind(" ", 0, low + 1)
    return block([(_cut(clean, space if space > 0.7 * low else low), look)], width=width, locale=locale)


def _cut(text: str, index: int) -> str:
    """Return the first `index` letters and an ellipsis; combining marks stay with their letter."""
    while index < len(text) and unicodedata.category(text[index]).startswith("M"):
        index += 1
    return text[:index].rstrip(" ,;:·–-") + _ELLIPSIS


def shrunk(text: str, look: Type, *, width: float, locale: str, smallest: float) -> Block:
    """Set text in one line, smaller where it would not fit, cut where `smallest` is still too big.

    The block's measure is its own width.
    """
    size = look.size
    while size >= smallest:
        fitted = block([(printable(text), replace(look, size=size))], width=10_000, locale=locale)
        if fitted.width <= width:
            fitted.paragraph.layout(fitted.width + 1)
            return fitted
        size -= 2
    return ellipsised(text, replace(look, size=smallest), width=width, locale=locale)


def balanced(runs: Sequence[Run], *, width: float, locale: str, lines: int = 2) -> Block:
    """Set centred runs in as few lines as they need, at most `lines`, of nearly equal length.

    Type shrinks, to a third at most, where the text would need more lines.
    """
    sized = list(runs)
    whole = block(sized, width=width, locale=locale, align="centre")
    while (whole.lines > lines or whole.width > width) and sized[0][1].size > runs[0][1].size / 3:
        sized = [(text, replace(look, size=look.size - 2)) for text, look in sized]
        whole = block(sized, width=width, locale=locale, align="centre")
    if whole.lines == 1:
        return whole
    low, high = whole.paragraph.MinIntrinsicWidth, width
    while high - low > 6:
        middle = (low + high) / 2
        whole.paragraph.layout(middle)
        if round(whole.paragraph.Height / sized[0][1].line_height) > whole.lines:
            low = middle
        else:
            high = middle
    whole.paragraph.layout(high)
    return Block(whole.paragraph, whole.paragraph.LongestLine, whole.paragraph.Height, whole.lines)
