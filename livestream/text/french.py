"""Numbers in French words, as they are said in France: cardinals, ordinals, decimals."""

from __future__ import annotations

_TO_SIXTEEN = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS = "- dix vingt trente quarante cinquante soixante"
ONES = tuple(_TO_SIXTEEN.split())
TENS = tuple(_TENS.split())
SCALES = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""


def cardinal(number: int) -> str:
    """Return an integer in words: `291` is "deux cent quatre-vingt-onze"."""
    return counted(number, "")


def counted(number: int, gender: str) -> str:
    """Return an integer before a noun of a gender: `21` is "vingt et une" before a feminine one ("f")."""
    if number < 0:
        return f"moins {counted(-number, gender)}"
    if number >= LARGEST:
        return digits(str(number))
    if not number:
        return ONES[0]
    said = []
    for size, name in SCALES:
        count, number = divmod(number, size)
        if count:
            said.append(f"{_below_thousand(count)} {name}{'s' if count > 1 else ''}")
    thousands, rest = divmod(number, 1000)
    if thousands:
        head = "" if thousands == 1 else f"{_below_thousand(thousands, last=False)} "
        said.append(f"{head}mille")
    if rest:
        said.append(_below_thousand(rest))
    words = " ".join(said)
    return f"{words}e" if gender == "f" and number % 100 != 11 and words.endswith("un") else words


def _below_thousand(number: int, *, last: bool = True) -> str:
    """Return a number below a thousand; where it is not the last of its number, "cent" and "vingt" have no s."""
    hundreds, rest = divmod(number, 100)
    said = []
    if hundreds:
        head = "" if hundreds == 1 else f"{ONES[hundreds]} "
        said.append(f"{head}cent{'s' if hundreds > 1 and not rest and last else ''}")
    if rest:
        said.append(f"{_below_hundred(rest)}{'s' if rest == 80 and last else ''}")
    return " ".join(said)


def _below_hundred(number: int) -> str:
    if number < 17:
        return ONES[number]
    if number < 20:
        return f"dix-{ONES[number - 10]}"
    if number >= 80:
        return f"quatre-vingt-{_below_hundred(number - 80)}" if number > 80 else "quatre-vingt"
    tens, ones = (6, number - 60) if number >= 60 else divmod(number, 10)
    if ones in {1, 11}:
        return f"{TENS[tens]} et {ONES[ones]}"
    return f"{TENS[tens]}-{_below_hundred(ones)}" if ones else TENS[tens]


def ordinal(number: int, gender: str = "") -> str:
    """Return an ordinal in words: `1` is "premier" or "première", `21` "vingt et unième"."""
    if number == 1:
        return "première" if gender == "f" else "premier"
    words = cardinal(number)
    if words.endswith(("vingts", "cents", "illions", "illiards")):
        words = words[:-1]
    if words.endswith("cinq"):
        return f"{words}uième"
    if words.endswith("neuf"):
        return f"{words[:-1]}vième"
    return f"{words.removesuffix('e')}ième"


def decimals(text: str) -> str:
    """Return the digits behind the decimal sign: "05" is "zéro cinq", "25" is "vingt-cinq"."""
    rest = text.lstrip("0")
    zeros = ["zéro"] * (len(text) - len(rest))
    return " ".join((*zeros, *([cardinal(int(rest)) if len(rest) <= 3 else digits(rest)] if rest else ())))


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "un deux zéro quatre"."""
    return " ".join(ONES[int(digit)] for digit in text)
