"""Captions: what is being said, in short chunks timed with the words.

A sentence is shown in chunks of at most two lines. Each appears when its first word is heard and
stays until the next one's; the word being heard is tinted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from livestream.media import Box, Speech
from livestream.programme.graphics import Drawing, Sprite, paint, round_rect
from livestream.programme.layout import CAPTION, even
from livestream.programme.typesetting import Run, Type, balanced, printable, space_before, unbroken

LINE_CELLS = 24
"""Half-width cells that one caption line holds comfortably; a wide (CJK) letter takes two."""

_CHUNK_CELLS = 2 * LINE_CELLS - 2
_CLAUSE_END = tuple(".,;:!?…—。、，；：！？،؛؟।")
_LOOK = Type(41, "#ffffff", bold=True)
_NOW = Type(41, "#ffd49a", bold=True)
_PAD_X, _PAD_Y = 22, 8
_ALONE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
"""Letters that a line may end between, wherever they stand."""
_WHOLE_HYPHEN = "\u2011"
"""A hyphen at which no line ends."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word as shown, and the sample of its speech at which it begins to be heard."""

    text: str
    start: int
    spaced: bool
    """Whether a space stands before it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words shown together from sample `start` of their speech."""

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """The sample of the speech at which the chunk appears."""
        return self.tokens[0].start

    @property
    def text(self) -> str:
        """The chunk as it is read."""
        return "".join(
            f"{' ' if token.spaced and index else ''}{token.text}" for index, token in enumerate(self.tokens)
        )


def cells(text: str) -> int:
    """Return the width of text in half-width cells; combining marks take none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def tokens(speech: Speech) -> list[Token]:
    """Return the caption as timed words.

    The caption's own text is shown; a stretch of it that no word time names, such as a dash,
    goes with the word before it.
    """
    caption = printable(speech.caption)
    marks: list[tuple[int, int]] = []  # where a word begins in the caption, and when it is heard
    position = 0
    for word in speech.words:
        text = printable(word.text)
        found = caption.find(text, position) if text else -1
        if found >= 0:
            marks.append((found, word.start))
            position = found + len(text)
    if not marks:
        marks = [(0, 0)]
    marks[0] = (0, marks[0][1])
    made: list[Token] = []
    for (begin, start), (end, _) in pairwise([*marks, (len(caption), 0)]):
        text = caption[begin:end]
        made.append(Token(text.strip(), start, spaced=begin > 0 and caption[begin - 1] == " "))
    return [token for token in made if token.text]


def chunks(speech: Speech) -> list[Chunk]:
    """Split a sentence into chunks: at clause ends, and evenly where a clause is too long."""
    clauses: list[list[Token]] = [[]]
    for token in tokens(speech):
        clauses[-1].append(token)
        if token.text.endswith(_CLAUSE_END):
            clauses.append([])
    pieces = [piece for clause in clauses if clause for piece in _halved(clause)]
    joined: list[list[Token]] = []
    for piece in pieces:
        if joined and _cells([*joined[-1], *piece]) <= _CHUNK_CELLS:
            joined[-1] = [*joined[-1], *piece]
        else:
            joined.append(piece)
    return [Chunk(tuple(piece)) for piece in joined]


def _cells(words: list[Token]) -> int:
    return cells(Chunk(tuple(words)).text)


def _halved(words: list[Token]) -> list[list[Token]]:
    """Split words into pieces that fit one chunk, of nearly equal length."""
    total = _cells(words)
    if total <= _CHUNK_CELLS or len(words) == 1:
        return [words]
    count = -(-total // _CHUNK_CELLS)
    target = total / count
    cut = min(range(1, len(words)), key=lambda index: abs(_cells(words[:index]) - target))
    return [*_halved(words[:cut]), *_halved(words[cut:])]


def _whole(word: str) -> str:
    """Return a word, or a phrase of Chinese or Japanese, within which no line ends if it fits one."""
    if cells(word) > LINE_CELLS:
        return word
    return unbroken(word) if _ALONE.search(word) else word.replace("-", _WHOLE_HYPHEN)


class CaptionTrack:
    """The captions of one sentence: which chunk and which word belong to a sample of it."""

    def __init__(self, speech: Speech) -> None:
        self.chunks = chunks(speech)
        self._starts = [chunk.start for chunk in self.chunks]

    def at(self, sample: int) -> tuple[int, int] | None:
        """Return (chunk, word within it) for a sample of the speech, None before the first word.

        Word −1 means that none of the chunk has begun.
        """
        chunk = bisect_right(self._starts, sample) - 1
        if chunk < 0:
            return None
        word = bisect_right([token.start for token in self.chunks[chunk].tokens], sample) - 1
        return chunk, word


def draw_caption(chunk: Chunk, word: int, locale: str) -> Sprite:
    """Draw a chunk centred on a dark pill, with word number `word` tinted."""
    runs: list[Run] = []
    for index, token in enumerate(chunk.tokens):
        space = space_before(token.text, chunk.tokens[index - 1].text) if token.spaced and index else ""
        runs.append((space + _whole(token.text), _NOW if index == word else _LOOK))
    text = balanced(runs, width=CAPTION.width - 2 * _PAD_X, locale=locale)
    width, height = even(text.width + 2 * _PAD_X + 1), even(text.height + 2 * _PAD_Y)
    centre = CAPTION.x + CAPTION.width / 2
    box = Box(even(centre - width / 2), even(CAPTION.y + (CAPTION.height - height) / 2), width, height)
    drawing = Drawing(box)
    drawing.canvas.drawRRect(round_rect(box, 22), paint("#17131a", 0.74))
    text.paint_centred(drawing.canvas, box.x + box.width / 2, box.y + _PAD_Y)
    return drawing.sprite()
