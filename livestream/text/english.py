"""Numbers in English words: cardinals, ordinals, decimals, years, digits, letters."""

from __future__ import annotations

from decimal import Decimal

_TEENS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety"
ONES = tuple(_TEENS.split())
TENS = tuple(_TENS.split())
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def cardinal(number: int) -> str:
    """Return an integer in words, American style: `105` is "one hundred five"."""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return f"{TENS[tens]}-{ONES[ones]}" if ones else TENS[tens]
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{ONES[hundreds]} hundred{f' {cardinal(rest)}' if rest else ''}"
    size, name = next(scale for scale in SCALES if number >= scale[0])
    count, rest = divmod(number, size)
    return f"{cardinal(count)} {name}{f' {cardinal(rest)}' if rest else ''}"


def ordinal(number: int) -> str:
    """Return an ordinal in words: `21` is "twenty-first"."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:cut], words[cut:]
    if last in ORDINALS:
        return head + ORDINALS[last]
    return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def number(value: Decimal) -> str:
    """Return a decimal number in words, its decimals digit by digit: `1.50` is "one point five zero"."""
    sign, whole, decimals = _split(value)
    words = cardinal(int(whole))
    if decimals:
        words = f"{words} point {digits(decimals)}"
    return f"minus {words}" if sign else words


def year(value: int) -> str:
    """Return a year as it is said: 1999 "nineteen ninety-nine", 2005 "two thousand five", 2026 "twenty twenty-six"."""
    century, rest = divmod(value, 100)
    if not 1000 <= value <= 9999 or (century % 10 == 0 and rest < 10):
        return cardinal(value)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {f'oh {ONES[rest]}' if rest < 10 else cardinal(rest)}"


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "one two zero four"."""
    return " ".join(ONES[int(digit)] for digit in text)


def letters(text: str) -> str:
    """Return letters one by one, in capitals: "AB" is "A B"."""
    return " ".join(text.upper())


def _split(value: Decimal) -> tuple[bool, str, str]:
    """Return sign, whole digits and decimal digits, as written."""
    plain = format(value, "f")
    whole, _, decimals = plain.lstrip("-").partition(".")
    return plain.startswith("-"), whole, decimals
