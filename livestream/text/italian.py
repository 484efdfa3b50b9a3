"""Numbers in Italian words: cardinals, ordinals, digits, letters."""

from __future__ import annotations

_ONES = (
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove"
)
_TENS = "- - venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
ONES = tuple(_ONES.split())
TENS = tuple(_TENS.split())
SCALES = ((10**12, "bilione", "bilioni"), (10**9, "miliardo", "miliardi"), (10**6, "milione", "milioni"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
_ORDINALS_WORDS = "- primo secondo terzo quarto quinto sesto settimo ottavo nono decimo"
ORDINALS = tuple(_ORDINALS_WORDS.split())
LETTERS = {
    "B": "bi", "C": "ci", "D": "di", "F": "effe", "G": "gi", "H": "acca", "J": "i lunga", "K": "cappa", "L": "elle",
    "M": "emme", "N": "enne", "P": "pi", "Q": "cu", "R": "erre", "S": "esse", "T": "ti", "V": "vu", "W": "vu doppia",
    "X": "ics", "Y": "ipsilon", "Z": "zeta",
}  # fmt: skip
"""Names of the letters that are not their own."""


def cardinal(number: int) -> str:
    """Return an integer in words, below a million in one: `1299` is "milleduecentonovantanove"."""
    if number < 0:
        return f"meno {cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    said = []
    rest = number
    for size, one, many in SCALES:
        count, rest = divmod(rest, size)
        if count:
            said.append(f"un {one}" if count == 1 else f"{cardinal(count)} {many}")
    if rest or not number:
        said.append(_below_million(rest))
    return " ".join(said)


def _below_million(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return below_thousand(number)
    head = "mille" if thousands == 1 else f"{below_thousand(thousands).replace('é', 'e')}mila"
    return head + (below_thousand(rest, alone=False) if rest else "")


def below_thousand(number: int, *, alone: bool = True) -> str:
    """Return an integer below 1,000 in one word; a last "tre" bears its accent where more stands before it."""
    hundreds, rest = divmod(number, 100)
    word = ""
    if hundreds:
        word = "cento" if hundreds == 1 else f"{ONES[hundreds]}cento"
        if rest == 8 or 80 <= rest < 90:
            word = word[:-1]  # "centotto", "centottanta", but "centouno"
    if rest >= 20:
        tens, rest = divmod(rest, 10)
        ten = TENS[tens]
        word += ten[:-1] if rest in {1, 8} else ten  # "ventuno", "ventotto"
    elif not word and not rest:
        return ONES[0]
    if not rest:
        return word
    return word + ("tré" if rest == 3 and (word or not alone) else ONES[rest])


def ordinal(number: int, *, feminine: bool = False) -> str:
    """Return an ordinal in words, `23` is "ventitreesimo", up to 999; beyond it the cardinal that people say."""
    if not 1 <= number <= 999:
        return cardinal(number)
    if number <= 10:
        said = ORDINALS[number]
    else:
        whole = below_thousand(number).replace("é", "e")
        said = f"{whole if number % 10 in {3, 6} and number % 100 not in {13, 16} else whole[:-1]}esimo"
    return f"{said[:-1]}a" if feminine else said


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "uno due zero quattro"."""
    return " ".join(ONES[int(digit)] for digit in text)


def letters(text: str) -> str:
    """Return letters one by one by their names: "AB" is "A bi"."""
    return " ".join(LETTERS.get(letter, letter) for letter in text.upper())
