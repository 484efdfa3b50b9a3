"""Numbers in Spanish words, as they are said in Mexico: cardinals, ordinals, decimals, digits, letters."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Gender = Literal["", "m", "f"]
"""Of the noun that a number counts; "" where none follows: "veintiuno", "veintiún pesos", "veintiuna piezas"."""

_TO_THIRTY = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
)
_TENS = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_HUNDREDS = "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
ONES = tuple(_TO_THIRTY.split())
TENS = tuple(_TENS.split())
HUNDREDS = tuple(_HUNDREDS.split())
SCALES = ((10**12, "billón", "billones"), (10**6, "millón", "millones"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
BEFORE_NOUN: dict[str, dict[Gender, str]] = {
    "uno": {"m": "un", "f": "una"},
    "veintiuno": {"m": "veintiún", "f": "veintiuna"},
}
_ORDINALS = (
    "- primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo decimotercero "
    "decimocuarto decimoquinto decimosexto decimoséptimo decimoctavo decimonoveno"
)
_ORDINAL_TENS = "- - vigésimo trigésimo cuadragésimo quincuagésimo sexagésimo septuagésimo octogésimo nonagésimo"
ORDINALS = tuple(_ORDINALS.split())
ORDINAL_TENS = tuple(_ORDINAL_TENS.split())
LETTERS = {
    "B": "be", "C": "ce", "D": "de", "F": "efe", "G": "ge", "H": "hache", "J": "jota", "K": "ka", "L": "ele",
    "M": "eme", "N": "ene", "Ñ": "eñe", "P": "pe", "Q": "cu", "R": "erre", "S": "ese", "T": "te", "V": "ve",
    "W": "dobleú", "X": "equis", "Y": "ye", "Z": "zeta",
}  # fmt: skip
"""Names of the letters that are not their own."""


def cardinal(number: int, noun: Gender = "") -> str:
    """Return an integer in words that agree with the noun they count: `21` is "veintiún" before "pesos"."""
    if number < 0:
        return f"menos {cardinal(-number, noun)}"
    if number >= LARGEST:
        return digits(str(number))
    if not number:
        return ONES[0]
    said = []
    for size, one, many in SCALES:
        count, number = divmod(number, size)
        if count:
            said.append(f"un {one}" if count == 1 else f"{cardinal(count, 'm')} {many}")
    thousands, rest = divmod(number, 1000)
    if thousands:
        said.append("mil" if thousands == 1 else f"{_below_thousand(thousands, noun or 'm')} mil")
    if rest:
        said.append(_below_thousand(rest, noun))
    return " ".join(said)


def _below_thousand(number: int, noun: Gender) -> str:
    if number == 100:
        return "cien"
    hundreds, rest = divmod(number, 100)
    said = []
    if hundreds:
        word = HUNDREDS[hundreds]
        said.append(f"{word[:-2]}as" if noun == "f" and hundreds > 1 else word)
    if rest >= 30:
        tens, rest = divmod(rest, 10)
        said += [TENS[tens], "y"] if rest else [TENS[tens]]
    if rest:
        word = ONES[rest]
        said.append(BEFORE_NOUN.get(word, {}).get(noun, word))
    return " ".join(said)


def ordinal(number: int, noun: Gender = "") -> str:
    """Return an ordinal in words up to 99, "vigésimo primero", and beyond as the cardinal that people say."""
    if not 1 <= number <= 99:
        return cardinal(number, noun)
    tens, ones = divmod(number, 10)
    words = [ORDINALS[number]] if number < 20 else [ORDINAL_TENS[tens], *([ORDINALS[ones]] if ones else [])]
    if noun == "f":
        words = [f"{word[:-1]}a" for word in words]
    elif noun == "m" and words[-1] in {"primero", "tercero"}:
        words[-1] = words[-1][:-1]
    return " ".join(words)


def number(value: Decimal, noun: Gender = "") -> str:
    """Return a decimal number in words, its decimals digit by digit: `1.50` is "uno punto cinco cero"."""
    plain = format(value, "f")
    whole, _, decimals = plain.lstrip("-").partition(".")
    words = f"{cardinal(int(whole))} punto {digits(decimals)}" if decimals else cardinal(int(whole), noun)
    return f"menos {words}" if plain.startswith("-") else words


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "uno dos cero cuatro"."""
    return " ".join(ONES[int(digit)] for digit in text)


def letters(text: str) -> str:
    """Return letters one by one by their names: "AB" is "A be"."""
    return " ".join(LETTERS.get(letter, letter) for letter in text.upper())
