"""Captions into speech, word by word."""

from __future__ import annotations

import re
from decimal import Decimal

from livestream.text.english import number

_NUMBER = re.compile(r"\d[\d,]*(\.\d+)?")


def speak(text: str, locale: str) -> list[tuple[str, str]]:
    """Return caption tokens in reading order, each with what is said for it.

    The captions joined by one space are the text with its white space collapsed.
    """
    del locale
    return [(word, _NUMBER.sub(lambda m: number(Decimal(m.group().replace(",", ""))), word)) for word in text.split()]


def spoken_form(text: str, locale: str) -> str:
    """Return what is said for a text."""
    return " ".join(spoken for _, spoken in speak(text, locale) if spoken)
