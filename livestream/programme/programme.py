"""The programme: what playout says of a frame becomes one picture and one sound."""

from __future__ import annotations

from typing import Protocol

import av
import numpy as np
from numpy.typing import NDArray

from livestream.disclosure import host_label
from livestream.locales import Locale
from livestream.media import SAMPLES_PER_FRAME, Card, Figure, LowerThird, Speech
from livestream.programme.badge import draw_badge
from livestream.programme.bed import Bed
from livestream.programme.caption import CaptionTrack, draw_caption
from livestream.programme.card import draw_card
from livestream.programme.compositor import Compositor, Layer
from livestream.programme.fonts import require_fonts
from livestream.programme.lower_third import draw_lower_third
from livestream.programme.mixer import Mixer
from livestream.programme.scene import load_scene
from livestream.programme.slate import SLATE, draw_slate
from livestream.programme.state import ProgrammeState
from livestream.programme.transition import Transition


class FigureSource(Protocol):
    """Who is seen: the one call of a presenter that the picture needs."""

    def render(self, n: int) -> Figure:
        """Return the figure of frame n."""
        ...


class Programme:
    """Draws and mixes frame after frame, in order; a frame may be left out.

    The label that the host is made by AI lies on top of everything, and nothing takes it away.

    Args:
        presenter: who is seen; only its `render` is called.
        locale: the language of what is shown.
        bed: the music.
        scene: a name under `assets/scenes`.
        seed: of the channel; it chooses the jingle.
        adds: words that stand behind the label's own.

    Raises:
        MachineError: a library or the locale's font is missing.
        UsageError: there is no such scene.
        ProgrammeError: the scene's description is broken.
    """

    def __init__(
        self,
        presenter: FigureSource,
        *,
        locale: Locale,
        bed: Bed,
        scene: str = "studio",
        seed: int = 0,
        adds: str = "",
    ) -> None:
        self._presenter, self._locale = presenter, locale.tag
        require_fonts(locale.tag)
        self._caption, card, lower_third, slate, badge = layers = [Layer() for _ in range(5)]
        badge.show(draw_badge(host_label(self._locale, adds), self._locale))
        self._card_in, self._lower_third_in = Transition(card, dx=-64), Transition(lower_third, dx=-96)
        self._slate_in = Transition(slate)
        self._compositor = Compositor(load_scene(scene), layers)
        self._mixer = Mixer(bed, seed=seed)
        self._said: tuple[Speech, int] | None = None
        self._track: CaptionTrack | None = None
        self._word: tuple[int, int] | None = None

    def prepare(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Draw, from any thread, what will soon be shown: a card's picture takes 20 ms to decode."""
        if card is not None:
            draw_card(card, self._locale)
        if lower_third is not None:
            draw = draw_slate if lower_third.id == SLATE else draw_lower_third
            draw(lower_third, self._locale)

    def picture(self, state: ProgrammeState) -> av.VideoFrame:
        """Return the frame's picture, I420 720x1280; the next call overwrites it."""
        self._show_caption(state)
        card, strip = state.card, state.lower_third
        self._card_in.step(draw_card(card, self._locale) if card else None)
        self._lower_third_in.step(draw_lower_third(strip, self._locale) if strip else None)
        self._slate_in.step(draw_slate(state.slate, self._locale) if state.slate else None)
        return self._compositor.compose(self._presenter.render(state.n))

    def sound(self, state: ProgrammeState) -> NDArray[np.int16]:
        """Return the frame's sound, s16 of shape (1920, 2)."""
        return self._mixer.mix(state)

    def _show_caption(self, state: ProgrammeState) -> None:
        said = None if state.speech is None else (state.speech, state.speech_start)
        if said != self._said:
            self._said, self._word = said, None
            self._track = None if state.speech is None else CaptionTrack(state.speech)
            self._caption.show(None)
        if state.speech is None or self._track is None:
            return
        # The frame is seen from its beginning for 40 ms: its middle decides which word it shows.
        word = self._track.at(state.n * SAMPLES_PER_FRAME + SAMPLES_PER_FRAME // 2 - state.speech_start)
        if word is not None and word != self._word:
            self._word = word
            self._caption.show(draw_caption(self._track.chunks[word[0]], word[1], state.speech.locale))
