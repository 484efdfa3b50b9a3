"""Phones of a text, for sound whose engine tells none.

Seven languages have small rules of their own, which need nothing; others are asked of the espeak-ng program where it
is installed, and else read by their letters.
"""

from __future__ import annotations

from livestream.errors import LivestreamError
from livestream.speech.engine import PAUSE
from livestream.speech.espeak import EspeakEngine
from livestream.speech.phones.japanese import kana_names, with_lengths
from livestream.speech.phones.letters import LANGUAGES, word_phones
from livestream.speech.voice import Voice

_SIGNS = frozenset(",;:—–.!?…、。，．！？；：،؛؟।")


def phones_of(spoken: str, locale: str) -> list[tuple[str, int]]:
    """Return (IPA, word) of a text, words counted by its blanks; `PAUSE` with word −1 stands where a sign does."""
    language = locale.partition("-")[0].lower()
    if language not in LANGUAGES | {"ja"}:
        told = _by_program(spoken, locale)
        if told:
            return told
    named: list[tuple[str, int]] = []
    for number, word in enumerate(spoken.split()):
        phones = kana_names(word) if language == "ja" else word_phones(word, language)
        named += [(phone, number) for phone in phones]
        if word[-1] in _SIGNS and named:
            named.append((PAUSE, -1))
    return [(symbol, word) for symbol, word, _ in with_lengths(named)] if language == "ja" else named


def _by_program(spoken: str, locale: str) -> list[tuple[str, int]]:
    """Return what espeak-ng would say; nothing where it is absent or does not speak the language."""
    try:
        engine = EspeakEngine(Voice(locale, (EspeakEngine.name,), options={EspeakEngine.name: {"voice": locale[:2]}}))
        return [(phone.symbol, phone.word) for phone in engine.phones(spoken)]
    except LivestreamError:
        return []
