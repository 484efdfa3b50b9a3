"""Phones into mouth shapes: IPA to the Oculus-15 set."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from livestream.media import Viseme, VisemeSpan
from livestream.speech.placing import Placed

_SHAPES: dict[Viseme, str] = {
    Viseme.PP: "p b m",
    Viseme.FF: "f v ʋ ɸ β",
    Viseme.TH: "θ ð",
    Viseme.DD: "t d ʈ ɖ",
    Viseme.KK: "k g ɡ q x ɣ χ ħ ʕ ʔ c ɟ ç ʝ",
    Viseme.CH: "ʃ ʒ tʃ dʒ tɕ dʑ ʧ ʤ ɕ ʑ ʂ ʐ",
    Viseme.SS: "s z ts dz",
    Viseme.NN: "n ŋ ɲ ɳ ɴ l ɫ ɭ ʎ",
    Viseme.RR: "r ɹ ɾ ɽ ɻ ʀ ʁ ɚ ɝ",
    Viseme.AA: "a ɑ æ ʌ ɐ ɒ",
    Viseme.E: "e ɛ ə ɘ ɜ ɪ ᵻ ɤ",
    Viseme.I: "i j ɨ ɯ ɰ",
    Viseme.O: "o ɔ",
    Viseme.U: "u ʊ ʉ w ɥ",
}
_VISEME: dict[str, tuple[Viseme, float]] = {
    symbol: (viseme, 1.0) for viseme, symbols in _SHAPES.items() for symbol in symbols.split()
}
# Rounded front vowels stand between the round and the spread shape; the neutral vowel barely opens.
_VISEME |= {
    "y": (Viseme.U, 0.6),
    "ʏ": (Viseme.U, 0.6),
    "ø": (Viseme.O, 0.6),
    "œ": (Viseme.O, 0.6),
    "ə": (Viseme.E, 0.7),
}
FIRST_OF_DIPHTHONG = 0.6
_VOWELS = frozenset("aɑæʌɐɒeɛəɘɜɪᵻɤiɨɯoɔuʊʉyʏøœɚɝ")
CLOSURES = frozenset({"p", "b", "m"})
"""Phones during which the lips are shut."""


def is_vowel(symbol: str) -> bool:
    """Whether an IPA symbol is a vowel or begins as one."""
    return bare(symbol)[:1] in _VOWELS


def bare(symbol: str) -> str:
    """Return an IPA symbol without stress, length, tone and tie marks."""
    return "".join(
        c for c in unicodedata.normalize("NFD", symbol) if unicodedata.category(c)[0] == "L" and c not in "ːˑʰʲʷˠˤ˞"
    )


def visemes(placed: Iterable[Placed]) -> tuple[VisemeSpan, ...]:
    """Return the mouth shapes of phones that follow one another without a gap.

    The spans cover exactly the samples the phones do. An [h] has no shape of its own and takes the
    next vowel's; a phone outside the table opens the mouth a little.
    """
    phones = list(placed)
    spans: list[VisemeSpan] = []
    for index, phone in enumerate(phones):
        symbol = bare(phone.symbol)
        if symbol in {"h", "ɦ"} and index + 1 < len(phones):
            symbol = bare(phones[index + 1].symbol)[:1]
        spans += _shapes(phone, symbol)
    return tuple(span for span in spans if span.end > span.start)


def _shapes(phone: Placed, symbol: str) -> list[VisemeSpan]:
    if not phone.symbol:
        return [VisemeSpan(phone.start, phone.end, Viseme.SIL)]
    if symbol in _VISEME:
        viseme, weight = _VISEME[symbol]
        return [VisemeSpan(phone.start, phone.end, viseme, weight)]
    known = [_VISEME[c] for c in symbol if c in _VISEME]
    if not known:
        return [VisemeSpan(phone.start, phone.end, Viseme.E, 0.5)]
    if len(known) == 1:
        return [VisemeSpan(phone.start, phone.end, *known[0])]
    glide = (Viseme.I, 1.0) if symbol.endswith("ɪ") else known[-1]
    turn = phone.start + round(FIRST_OF_DIPHTHONG * (phone.end - phone.start))
    return [VisemeSpan(phone.start, turn, *known[0]), VisemeSpan(turn, phone.end, *glide)]
