"""Numbers in Japanese words: kanji numerals, as a voice reads them."""

from __future__ import annotations

from decimal import Decimal

NUMERALS = "〇一二三四五六七八九"
ZERO = "ゼロ"
TENS = ((1000, "千"), (100, "百"), (10, "十"))
MYRIADS = ((10**12, "兆"), (10**8, "億"), (10**4, "万"))
LARGEST = 10**16
"""Cardinals from here on are read digit by digit."""


def cardinal(number: int) -> str:
    """Return an integer in kanji: `1299` is "千二百九十九", `10000` "一万", `10_000_000` "一千万"."""
    if number < 0:
        return f"マイナス{cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    if not number:
        return ZERO
    words = ""
    for size, name in MYRIADS:
        count, number = divmod(number, size)
        if count:
            words += f"{'一' if 1000 <= count < 2000 else ''}{_below_a_myriad(count)}{name}"
    return words + _below_a_myriad(number)


def number(value: Decimal) -> str:
    """Return a decimal number, its decimals digit by digit: `1.50` is "一点五ゼロ"."""
    whole, _, decimals = format(abs(value), "f").partition(".")
    words = cardinal(int(whole)) + (f"点{digits(decimals)}" if decimals else "")
    return f"マイナス{words}" if value.is_signed() and value else words


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "一二ゼロ四"."""
    return "".join(NUMERALS[int(digit)] if digit != "0" else ZERO for digit in text)


def _below_a_myriad(number: int) -> str:
    words = ""
    for size, name in TENS:
        count, number = divmod(number, size)
        if count:
            words += f"{NUMERALS[count] if count > 1 else ''}{name}"
    return words + (NUMERALS[number] if number else "")
