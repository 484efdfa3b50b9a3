"""Numbers in German words: cardinals, ordinals, years."""

from __future__ import annotations

_TO_TWENTY = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
)
_TENS = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
ONES = tuple(_TO_TWENTY.split())
TENS = tuple(_TENS.split())
SCALES = ((10**12, "Billion"), (10**9, "Milliarde"), (10**6, "Million"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
BEFORE_NOUN = {"": "eins", "m": "ein", "n": "ein", "f": "eine"}
_ORDINALS = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}


def cardinal(number: int) -> str:
    """Return an integer in words, "hundert" and "tausend" without a one: `1101` is "tausendeinhunderteins"."""
    return counted(number, "")


def counted(number: int, gender: str) -> str:
    """Return an integer before a noun of a gender, "" for none: `1` is "eins", "ein" or "eine"."""
    if number < 0:
        return f"minus {counted(-number, gender)}"
    if number >= LARGEST:
        return " ".join(ONES[int(digit)] for digit in str(number))
    said = []
    for size, name in SCALES:
        count, number = divmod(number, size)
        if count:
            many = f"{name}{'n' if name.endswith('e') else 'en'}"
            said.append(f"eine {name}" if count == 1 else f"{_below_million(count, 'f')} {many}")
    if number or not said:
        said.append(_below_million(number, gender))
    return " ".join(said)


def _below_million(number: int, gender: str) -> str:
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest, gender)
    head = "" if thousands == 1 else _below_thousand(thousands, "m")
    return f"{head}tausend{_below_thousand(rest, gender, inside=True) if rest else ''}"


def _below_thousand(number: int, gender: str, *, inside: bool = False) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest, gender)
    head = ("ein" if inside else "") if hundreds == 1 else ONES[hundreds]
    return f"{head}hundert{_below_hundred(rest, gender) if rest else ''}"


def _below_hundred(number: int, gender: str) -> str:
    if number == 1:
        return BEFORE_NOUN[gender]
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{'ein' if ones == 1 else ONES[ones]}und{TENS[tens]}" if ones else TENS[tens]


def ordinal(number: int, end: str = "er") -> str:
    """Return an ordinal below a million with an ending: `22` is "zweiundzwanzigster"."""
    rest = number % 100
    if rest in _ORDINALS:
        return f"{cardinal(number).removesuffix(ONES[rest])}{_ORDINALS[rest]}{end}"
    return f"{cardinal(number)}{'t' if 0 < rest < 20 else 'st'}{end}"


def year(number: int) -> str:
    """Return a year as it is said: `1998` is "neunzehnhundertachtundneunzig"."""
    hundreds, rest = divmod(number, 100)
    if not 11 <= hundreds <= 19:
        return cardinal(number)
    return f"{ONES[hundreds]}hundert{_below_hundred(rest, '') if rest else ''}"


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "eins zwei null vier"."""
    return " ".join(ONES[int(digit)] for digit in text)
