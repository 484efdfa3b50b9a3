"""Text set in lines: shaping, fallback, wrapping, and cutting to fit, for every script.

Skia's paragraph shapes and wraps, Thai by its dictionary. It takes no direction, no line limit, no
ellipsis and no strictness of line breaks from Python, so right-to-left text is wrapped in isolates,
signs that forbid a break are put in, and cutting is done here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from livestream.programme.fonts import families, font_manager, runs_right_to_left, written
from livestream.programme.graphics import Canvas, colour, skia

Align = Literal["start", "centre"]

_RLI, _PDI, _ELLIPSIS = "\u2067", "\u2069", "…"
_JOINERS = "\u200c\u200d"
_HELD = "\u2060"
"""A word joiner: no line ends there, and nothing is seen of it."""
_MEASURE = re.compile(r"(?<=\d) (?=(?:[^\W\d_]{1,3}|%)(?![^\W_]))")
"""The space of "38 cm"."""
_WITHIN = {
    # Words of Korean are parted by spaces, so a line ends only there.
    "ko": re.compile(r"(?<=[\uac00-\ud7a3])(?=[^\W_])|(?<=[^\W_])(?=[\uac00-\ud7a3])"),
    # No line begins with a small kana or a mark of length (JIS X 4051), and none within a short foreign word.
    "ja": re.compile(
        r"(?<=\S)(?=[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶーゝゞヽヾ々])|"
        r"(?<=[ァ-ヺー])(?<![ァ-ヺー]{8})(?=[ァ-ヺー]{1,7}(?![ァ-ヺー]))"
    ),
}
"""Where a line must not end, by language, beyond what the paragraph knows itself."""
_LOOSE_END = re.compile(r"(?<=\w{3})[ ,]+(?P<word>[^\W\d_]{1,2})$")
"""A small word that is better left out before an ellipsis: "lampka LED z…"."""
_SMALLEST = 0.6
"""The size, as a share of what is wanted, down to which type shrinks to keep a long word whole."""


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


def right_to_left(text: str, locale: str = "") -> bool:
    """Return whether text runs right to left.

    In a locale that is written so, text does as soon as one of its letters does; elsewhere its first letter decides.
    """
    strong = (direction for char in text if (direction := unicodedata.bidirectional(char)) in ("L", "R", "AL"))
    if locale and runs_right_to_left(locale):
        return any(direction != "L" for direction in strong)
    return next(strong, "L") != "L"


def flush_right(text: str, locale: str) -> bool:
    """Return whether text begins at the right edge: where it, or its locale, runs right to left."""
    return runs_right_to_left(locale) or right_to_left(text)


def unbroken(text: str) -> str:
    """Return text within which no line ends; for letters that stand alone, such as kana and Chinese characters."""
    return _HELD.join(text)


def space_before(word: str, before: str) -> str:
    """Return the space between two words: no line ends between "38" and "cm"."""
    return _MEASURE.sub("\u00a0", f"{before[-1:]} {word}")[len(before[-1:])]


def held(text: str, locale: str) -> str:
    """Return text as it is set: without signs that no font has, and with its breaks where its language has them."""
    within = _WITHIN.get(locale.partition("-")[0])
    kept = _MEASURE.sub("\u00a0", written(text, locale))
    return within.sub(_HELD, kept) if within else kept


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

    def tight(self) -> Block:
        """Return it set within its own measure, so that text flush right ends where the block does."""
        self.paragraph.layout(self.width + 1)
        return self

    @property
    def longest_word(self) -> float:
        """Pixels of the longest stretch that no line may end in."""
        return float(self.paragraph.MinIntrinsicWidth)


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

    Text that runs right to left, and all text of a locale that does, is set flush right.
    """
    layout = skia().textlayout
    whole = "".join(text for text, _ in runs)
    rtl = right_to_left(whole, locale)
    look = runs[0][1]
    style = layout.ParagraphStyle()
    style.setTextStyle(_text_style(look, locale))
    if align == "centre":
        style.setTextAlign(layout.TextAlign.kCenter)
    elif flush_right(whole, locale):
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
        opened, closed = _RLI if rtl and index == 0 else "", _PDI if rtl and index == len(runs) - 1 else ""
        builder.addText(f"{opened}{held(text, locale)}{closed}")
        builder.pop()
    paragraph = builder.Build()
    paragraph.layout(width)
    lines = round(paragraph.Height / look.line_height)
    return Block(paragraph, max(0.0, paragraph.LongestLine), paragraph.Height, lines)  # nothing has a line of −∞


def ellipsised(
    text: str, look: Type, *, width: float, locale: str, lines: int = 1, smallest: float | None = None
) -> Block:
    """Set text within so many lines, cut at the end with an ellipsis where it does not fit.

    Type shrinks down to `smallest` where the text then fits, and by four tenths where one word is
    longer than a line.
    """
    clean = printable(text)

    def fitting(shown: str, size: float) -> Block | None:
        made = block([(shown, replace(look, size=size))], width=width, locale=locale)
        return made if made.lines <= lines and made.width <= width else None

    whole = block([(clean, look)], width=width, locale=locale)
    size = look.size if lines == 1 else for_words(whole, look, width, ending=1).size
    while True:
        if made := fitting(clean, size):
            return made
        if smallest is None or size - 2 < smallest:
            break
        size -= 2
    low, high = 0, len(clean)
    while low < high:
        middle = (low + high + 1) // 2
        if fitting(_cut(clean, middle), size):
            low = middle
        else:
            high = middle - 1
    space = clean.rfind(" ", 0, low + 1)
    at = space if space > 0.7 * low else low
    return block([(_cut(clean, at), replace(look, size=size))], width=width, locale=locale)


def for_words(shown: Block, look: Type, width: float, ending: float = 0) -> Type:
    """Return type in which no word, with an `ending` in ems, is longer than a line; the same where it would be tiny."""
    size = float(int(width / max(shown.longest_word / look.size + ending, 0.1)))
    return replace(look, size=size) if _SMALLEST * look.size <= size < look.size else look


def _cut(text: str, index: int) -> str:
    """Return the first `index` letters and an ellipsis; combining marks stay with their letter."""
    while index < len(text) and unicodedata.category(text[index]).startswith("M"):
        index += 1
    kept = text[:index].rstrip(" ,;:·–-")
    loose = _LOOSE_END.search(kept) if text[index : index + 1] == " " else None
    return (kept[: loose.start()] if loose and loose["word"].islower() else kept) + _ELLIPSIS


def shrunk(text: str, look: Type, *, width: float, locale: str, smallest: float) -> Block:
    """Set text in one line, smaller where it would not fit, cut where `smallest` is still too big.

    The block's measure is its own width.
    """
    size = look.size
    while size >= smallest:
        fitted = block([(printable(text), replace(look, size=size))], width=10_000, locale=locale)
        if fitted.width <= width:
            return fitted.tight()
        size -= 2
    return ellipsised(text, replace(look, size=smallest), width=width, locale=locale)


def balanced(runs: Sequence[Run], *, width: float, locale: str, lines: int = 2) -> Block:
    """Set centred runs in as few lines as they need, at most `lines`, of nearly equal length.

    Type shrinks, to a third at most, where the text would need more lines, and to six tenths to keep a
    word whole.
    """
    whole = block(runs, width=width, locale=locale, align="centre")
    sized = [(text, for_words(whole, look, width)) for text, look in runs]
    whole = block(sized, width=width, locale=locale, align="centre")
    while (whole.lines > lines or whole.width > width) and sized[0][1].size > runs[0][1].size / 3:
        sized = [(text, replace(look, size=look.size - 2)) for text, look in sized]
        whole = block(sized, width=width, locale=locale, align="centre")
    if whole.lines == 1:
        return whole
    low, high = whole.longest_word, width
    while high - low > 6:
        middle = (low + high) / 2
        whole.paragraph.layout(middle)
        if round(whole.paragraph.Height / sized[0][1].line_height) > whole.lines:
            low = middle
        else:
            high = middle
    whole.paragraph.layout(high)
    return Block(whole.paragraph, whole.paragraph.LongestLine, whole.paragraph.Height, whole.lines)
