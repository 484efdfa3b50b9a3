"""The prompter: what a person who hosts the show reads, in assist mode. Nobody's face and nobody's voice is in it.

The line that is due is large, the word that is due in it tinted; beneath stands the line after it, above
the product's card and what a viewer asked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import av
import numpy as np
from numpy.typing import NDArray

from livestream.disclosure import prompter_label
from livestream.locales import Locale
from livestream.media import SAMPLES_PER_FRAME, Box, Card, Figure, LowerThird, Speech
from livestream.programme.badge import draw_badge
from livestream.programme.bed import Bed
from livestream.programme.caption import Token, tokens
from livestream.programme.card import draw_card
from livestream.programme.compositor import Compositor, Layer
from livestream.programme.fonts import require_fonts
from livestream.programme.graphics import Drawing, Sprite, paint, skia
from livestream.programme.layout import PICTURE
from livestream.programme.mixer import Mixer
from livestream.programme.slate import SLATE, draw_slate
from livestream.programme.state import ProgrammeState
from livestream.programme.typesetting import Block, Run, Type, block, for_words, printable

ASIDE = Box(356, 160, 332, 370)
"""Beside the card: what a viewer asked."""
NOW = Box(40, 570, 640, 480)
NEXT = Box(40, 1086, 640, 160)
_GROUND = "#121015"
_DUE, _SAID, _ELSE = Type(60, "#ffd49a", bold=True), Type(60, "#8d8792", bold=True), Type(60, "#ffffff", bold=True)
_NEXT = Type(34, "#b9b3bd")
_HEADING, _TEXT = Type(30, "#ffc98a", bold=True), Type(34, "#ffffff")
_SMALLEST, _STEP = 22, 4


class Nobody:
    """No presenter: takes what a presenter is told, and is not to be seen."""

    def __init__(self) -> None:
        empty = np.zeros((2, 2), np.uint8)
        half = np.zeros((1, 1), np.uint8)
        self._figure = Figure(Box(0, 0, 2, 2), empty, half, half, empty, half, ())

    def push(self, speech: Speech, start: int) -> None:
        """Say nothing."""

    def cut(self, at: int) -> None:
        """Forget nothing."""

    def event(self, at: int, kind: Literal["gesture", "gaze", "state"], name: str) -> None:
        """Do nothing."""

    def render(self, n: int) -> Figure:
        """Return a figure of which nothing shows."""
        return self._figure

    def close(self) -> None:
        """Let go of nothing."""


class Prompter:
    """Draws frame after frame what the host reads; takes the place of `Programme`.

    Args:
        locale: the language of what is shown.
        bed: the music, which keeps the host company.
        seed: of the channel; it chooses the jingle.

    Raises:
        MachineError: a library or the locale's font is missing.
    """

    def __init__(self, *, locale: Locale, bed: Bed, seed: int = 0) -> None:
        self._locale = locale.tag
        require_fonts(locale.tag)
        self._card, self._aside, self._now, self._next, self._slate, label = layers = [Layer() for _ in range(6)]
        label.show(draw_badge(prompter_label(self._locale), self._locale))
        ground = Drawing(PICTURE)
        ground.canvas.drawRect(skia().Rect.MakeWH(PICTURE.width, PICTURE.height), paint(_GROUND))
        self._compositor = Compositor(ground.sprite(), layers)
        self._nobody = Nobody().render(0)
        self._mixer = Mixer(bed, seed=seed)
        self._said: tuple[Speech, int] | None = None
        self._tokens: list[Token] = []
        self._word = -1

    def prepare(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Draw, from any thread, what will soon be shown."""
        if card is not None:
            draw_card(card, self._locale)
        if lower_third is not None and lower_third.id == SLATE:
            draw_slate(lower_third, self._locale)

    def picture(self, state: ProgrammeState) -> av.VideoFrame:
        """Return the frame's picture, I420 720x1280; the next call overwrites it."""
        self._show_line(state)
        self._card.show(draw_card(state.card, self._locale) if state.card else None)
        self._aside.show(_draw_aside(state.lower_third, self._locale) if state.lower_third else None)
        self._next.show(_draw_next(state.following, self._locale) if state.following else None)
        self._slate.show(draw_slate(state.slate, self._locale) if state.slate else None)
        return self._compositor.compose(self._nobody)

    def sound(self, state: ProgrammeState) -> NDArray[np.int16]:
        """Return the frame's sound, s16 of shape (1920, 2): the bed."""
        return self._mixer.mix(state)

    def _show_line(self, state: ProgrammeState) -> None:
        """Show the line that is due; the last one stands until the next, or until there is none."""
        said = None if state.speech is None else (state.speech, state.speech_start)
        if said is None or state.speech is None:
            if not state.following:
                self._now.show(None)
            return
        if said != self._said:
            self._said, self._word, self._tokens = said, -2, tokens(state.speech)
        sample = state.n * SAMPLES_PER_FRAME + SAMPLES_PER_FRAME // 2 - state.speech_start
        word = bisect_right([token.start for token in self._tokens], sample) - 1
        if word != self._word:
            self._word = word
            self._now.show(draw_line(self._tokens, word, self._locale))


def draw_line(words: Sequence[Token], due: int, locale: str) -> Sprite:
    """Draw a whole line: what has been read dimmed, the word `due` tinted."""
    runs: list[Run] = []
    for index, token in enumerate(words):
        look = _DUE if index == due else _SAID if index < due else _ELSE
        runs.append((f" {token.text}" if token.spaced and index else token.text, look))
    return _drawn(NOW, [_fitted(runs, NOW, locale)])


@lru_cache(maxsize=8)
def _draw_next(text: str, locale: str) -> Sprite:
    return _drawn(NEXT, [_fitted([(printable(text), _NEXT)], NEXT, locale)])


@lru_cache(maxsize=8)
def _draw_aside(strip: LowerThird, locale: str) -> Sprite:
    """Draw heading and text beside the card, each in half of the room at most."""
    half = replace(ASIDE, height=ASIDE.height // 2)
    shown = [(strip.heading, _HEADING), (strip.text, _TEXT)]
    return _drawn(ASIDE, [_fitted([(printable(text), look)], half, locale) for text, look in shown if text])


def _fitted(runs: list[Run], room: Box, locale: str) -> Block:
    """Set runs in the largest type, down from their own, at which they fit a room and no word is parted."""
    look = runs[0][1]
    size = for_words(block(runs, width=room.width, locale=locale), look, room.width).size
    while True:
        sized = [(text, replace(look, size=size)) for text, look in runs]
        made = block(sized, width=room.width, locale=locale)
        if (made.height <= room.height and made.width <= room.width) or size - _STEP < _SMALLEST:
            return made
        size -= _STEP


def _drawn(room: Box, blocks: Sequence[Block]) -> Sprite:
    drawing = Drawing(room)
    top = float(room.y)
    for each in blocks:
        each.paint(drawing.canvas, room.x, top)
        top += each.height
    return drawing.sprite()
