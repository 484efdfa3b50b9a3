"""Numbers in Turkish words: cardinals, ordinals, shares, decimals, digits, and the endings of their words."""

from __future__ import annotations

import re

_ONES = "sıfır bir iki üç dört beş altı yedi sekiz dokuz"
_TENS = "- on yirmi otuz kırk elli altmış yetmiş seksen doksan"
ONES = tuple(_ONES.split())
TENS = tuple(_TENS.split())
SCALES = ((10**12, "trilyon"), (10**9, "milyar"), (10**6, "milyon"), (1000, "bin"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
_LONGEST_DECIMALS = 3
"""Decimals that are said as one number; more are said one by one."""
_VOWELS, _BACK, _VOICELESS = "aıoueiöü", "aıou", "fstkçşhp"
_HIGH = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}
"""The vowel of a suffix by the last vowel before it."""
_LOCATIVES = {2: "ikide", 3: "üçte", 4: "dörtte", 5: "beşte", 6: "altıda", 7: "yedide", 8: "sekizde", 9: "dokuzda"}

_ENDINGS = {
    "y?[ae]": "yA", "y?[ıiuü]": "yI", "n?[ıiuü]n": "nIn", "[dt][ae]": "DA", "[dt][ae]n": "DAn", "l[ıiuü]": "lI",
    "l[ıiuü]k": "lIk", "s?[ıiuü]": "sI",
}  # fmt: skip
"""Endings as they are written, and as they follow any word: A and I by its vowels, D by its last consonant."""


def cardinal(number: int) -> str:
    """Return an integer in words: `1299` is "bin iki yüz doksan dokuz"."""
    if number < 0:
        return f"eksi {cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    said, rest = [], number
    for size, name in SCALES:
        count, rest = divmod(rest, size)
        if count:
            said += [name] if (count, size) == (1, 1000) else [_below_thousand(count), name]
    if rest or not said:
        said.append(_below_thousand(rest))
    return " ".join(said)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = [ONES[hundreds]] if hundreds > 1 else []
    said += ["yüz"] if hundreds else []
    said += [TENS[tens]] if tens else []
    said += [ONES[ones]] if ones or not number else []
    return " ".join(said)


def ordinal(number: int) -> str:
    """Return an ordinal: `3` is "üçüncü", `20` "yirminci"."""
    return ordered(cardinal(number))


def ordered(said: str) -> str:
    """Return the ordinal of a cardinal in words."""
    high = _HIGH[_last_vowel(said)]
    return f"{_softened(said)}{'' if said[-1] in _VOWELS else high}nc{high}"


def suffixed(said: str, suffix: str) -> str:
    """Return words with an ending as it is said behind them: "TL'ye" is "liraya", "4'ü" is "dördü"."""
    if re.fullmatch("[ıiuü]?nc[ıiuü]", suffix):
        return ordered(said)
    ending = next((as_said for written, as_said in _ENDINGS.items() if re.fullmatch(written, suffix)), "")
    if not ending:
        return f"{said}{suffix}"
    vowel, after_vowel = _last_vowel(said), said[-1] in _VOWELS
    if ending[0] in "yns":
        ending = ending if after_vowel else ending[1:]
        said = said if after_vowel else _softened(said)
    low, stop = "a" if vowel in _BACK else "e", "t" if said[-1] in _VOICELESS else "d"
    return said + ending.replace("A", low).replace("I", _HIGH[vowel]).replace("D", stop)


def _last_vowel(said: str) -> str:
    return next((char for char in reversed(said) if char in _VOWELS), "e")


def _softened(said: str) -> str:
    """Return "dört" as it is before a vowel."""
    return f"{said[:-1]}d" if said.endswith("dört") else said


def decimals(text: str) -> str:
    """Return the digits behind the decimal sign: "05" is "sıfır beş", "25" "yirmi beş"."""
    bare = text.lstrip("0")
    if len(bare) > _LONGEST_DECIMALS:
        return digits(text)
    zeros = ["sıfır"] * (len(text) - len(bare))
    return " ".join([*zeros, cardinal(int(bare))] if bare else zeros)


def share(upper: int, lower: int) -> str:
    """Return a fraction: 1/2 is "yarım", 3/4 "dörtte üç"; "" where it is not said so."""
    if (upper, lower) in {(1, 2), (1, 4)}:
        return "yarım" if lower == 2 else "çeyrek"
    return f"{_LOCATIVES[lower]} {cardinal(upper)}" if lower in _LOCATIVES and upper < lower else ""


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "bir iki sıfır dört"."""
    return " ".join(ONES[int(digit)] for digit in text)
