"""The prompter as docs/guide.md shows it."""

import cv2
import numpy as np

from livestream.lines import Beat
from livestream.locales import locale
from livestream.media import Card, LowerThird
from livestream.programme.bed import Bed
from livestream.programme.prompter import Prompter
from livestream.programme.state import ProgrammeState
from livestream.speech.prompter import Prompter as Pace
from livestream.standards import ApprovedLine, Token
from livestream.standards.approved import mint

LINE = "The shade is made of linen, the base is solid oak, and it folds flat when you don't need it."


def make(height: int) -> np.ndarray:
    """Return a moment of it as BGR, so many pixels high."""
    tokens = tuple(Token(word, word) for word in LINE.split())
    texts = {"id": "line", "locale": "en-US", "caption": LINE, "spoken": LINE}
    line = mint(
        ApprovedLine, **texts, beat=Beat.BENEFIT, product="lamp", tokens=tokens, facts=(), rules="", approver="playbook"
    )
    state = ProgrammeState(
        80,
        Pace().speak(line),
        card=Card("lamp", "Folding LED Desk Lamp", "$45", note="in stock"),
        lower_third=LowerThird("question", "Ana asks", "Does it come with a bulb?"),
        following="It's $45, and you find it by its name in the shop.",
    )
    shown = Prompter(locale=locale("en-US"), bed=Bed.default(0)).picture(state).to_ndarray(format="bgr24")
    return cv2.resize(shown, (height * 720 // 1280, height), interpolation=cv2.INTER_AREA)
