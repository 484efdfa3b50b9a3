"""Numbers in Russian words: cardinals in three genders, ordinals, decimals, years."""

from __future__ import annotations

from decimal import Decimal

from livestream.text.nouns import Noun, plural_form

_TO_TWENTY = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_TENS = "- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
_HUNDREDS = "- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"
ONES, TENS, HUNDREDS = tuple(_TO_TWENTY.split()), tuple(_TENS.split()), tuple(_HUNDREDS.split())
SCALES = (
    (10**12, Noun("триллион", "триллионов", "m", "триллиона")),
    (10**9, Noun("миллиард", "миллиардов", "m", "миллиарда")),
    (10**6, Noun("миллион", "миллионов", "m", "миллиона")),
    (10**3, Noun("тысяча", "тысяч", "f", "тысячи")),
)
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
GENDERED = {1: {"m": "один", "f": "одна", "n": "одно"}, 2: {"m": "два", "f": "две", "n": "два"}}
ORDINAL_STEMS = {
    1: "перв", 2: "втор", 3: "трет", 4: "четвёрт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм", 9: "девят",
    10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат",
    16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
    40: "сороков", 50: "пятидесят", 60: "шестидесят", 70: "семидесят", 80: "восьмидесят", 90: "девяност", 100: "сот",
    200: "двухсот", 300: "трёхсот", 400: "четырёхсот", 500: "пятисот", 600: "шестисот", 700: "семисот",
    800: "восьмисот", 900: "девятисот", 1000: "тысячн", 2000: "двухтысячн",
}  # fmt: skip
_STRESSED = frozenset({2, 6, 7, 8, 40})
"""Ordinals that end in -ой for a masculine noun."""
_PARTS = {1: "десят", 2: "сот", 3: "тысячн"}
_PREFIXES = {1: "одно", 2: "двух", 3: "трёх", 4: "четырёх", 40: "сорока", 90: "девяносто", 100: "сто", 1000: "тысяче"}
_PREFIXES |= {tens * 10: f"{head}идесяти" for tens, head in ((5, "пят"), (6, "шест"), (7, "сем"), (8, "восьм"))}
_PREFIXES |= {200: "двухсот", 300: "трёхсот", 400: "четырёхсот", 500: "пятисот", 600: "шестисот"}
_VALUES = dict(
    zip((*ONES, *TENS[2:], *HUNDREDS[1:]), (*range(20), *range(20, 100, 10), *range(100, 1000, 100)), strict=True)
)


def cardinal(number: int) -> str:
    """Return an integer in words, a thousand without a one: `1101` is "тысяча сто один"."""
    return counted(number, "")


def counted(number: int, gender: str) -> str:
    """Return an integer before a noun.

    A gender is "m", "f" or "n"; "a" and "i" are nouns that end so: "одна чашка", but "два часа", and "две чашки".
    """
    if number < 0:
        return f"минус {counted(-number, gender)}"
    if number >= LARGEST:
        return digits(str(number))
    said: list[str] = []
    for size, name in SCALES:
        count, number = divmod(number, size)
        if count:
            lead = [] if count == 1 else [_below_thousand(count, name.gender)]
            said += [*lead, name.behind(plural_form(Decimal(count), "ru"))]
    if number or not said:
        said.append(_below_thousand(number, gender))
    return " ".join(said)


def _below_thousand(number: int, gender: str) -> str:
    hundreds, rest = divmod(number, 100)
    said = [HUNDREDS[hundreds]] if hundreds else []
    if rest >= 20:
        tens, rest = divmod(rest, 10)
        said.append(TENS[tens])
    if rest in GENDERED:
        said.append(GENDERED[rest][_gender(rest, gender)])
    elif rest or not said:
        said.append(ONES[rest])
    return " ".join(said)


def _gender(one_or_two: int, gender: str) -> str:
    if gender == "a":
        return "f" if one_or_two == 1 else "m"
    if gender == "i":
        return "m" if one_or_two == 1 else "f"
    return gender or "m"


def fraction(whole: int, decimals: str) -> str:
    """Return a number with up to three decimals, "одна целая пять десятых"; with more, digit by digit."""
    short = decimals.rstrip("0") or "0"
    if len(short) > len(_PARTS):
        return f"{cardinal(whole)} запятая {digits(decimals)}"
    upper = int(short)
    wholes = "целая" if _is_one(whole) else "целых"
    parts = "ая" if _is_one(upper) else "ых"
    return f"{counted(whole, 'f')} {wholes} {counted(upper, 'f')} {_PARTS[len(short)]}{parts}"


def _is_one(number: int) -> bool:
    return plural_form(Decimal(number), "ru") == "one"


def ordinal(number: int, end: str = "ый") -> str:
    """Return an ordinal with the ending of a hard adjective: `22` is "двадцать второй", with "ое" "двадцать второе"."""
    last = next((size for size in (number, number % 100, number % 10, number % 1000) if size in ORDINAL_STEMS), 0)
    if not last:
        return cardinal(number)
    head = f"{cardinal(number - last)} " if number > last else ""
    return head + ORDINAL_STEMS[last] + _ending(last, end)


def _ending(last: int, end: str) -> str:
    if last == 3:
        return {"ый": "ий", "ое": "ье", "ая": "ья", "ую": "ью"}.get(end, f"ь{end.replace('о', 'е', 1)}")
    return "ой" if end == "ый" and last in _STRESSED else end


def year(number: int, end: str = "ый") -> str:
    """Return a year as it is said, the last word an ordinal: `1998` is "тысяча девятьсот девяносто восьмой"."""
    return ordinal(number, end)


def digits(text: str) -> str:
    """Return digits one by one."""
    return " ".join(ONES[int(digit)] for digit in text)


def prefix(number: int) -> str:
    """Return a number as an adjective begins with it: "двух" of "двухлитровый", "сорока" of "сорокадюймовый"."""
    if number in _PREFIXES:
        return _PREFIXES[number]
    return "".join(_PREFIXES.get(_VALUES[word], f"{word[:-1]}и") for word in cardinal(number).split())
