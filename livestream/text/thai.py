"""Numbers in Thai words."""

from __future__ import annotations

DIGITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
PLACES = ((10**5, "แสน"), (10**4, "หมื่น"), (1000, "พัน"), (100, "ร้อย"))
TEN, TWENTY, LAST_ONE, MILLION = "สิบ", "ยี่", "เอ็ด", "ล้าน"
HALF = "ครึ่ง"
LARGEST = 10**18
"""Cardinals from here on are read digit by digit."""


def cardinal(number: int) -> str:
    """Return an integer in words: `21` is "ยี่สิบเอ็ด", `1299` "หนึ่งพันสองร้อยเก้าสิบเก้า"."""
    if number < 0:
        return f"ลบ{cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    millions, rest = divmod(number, 10**6)
    if millions:
        return f"{cardinal(millions)}{MILLION}{_below_a_million(rest) if rest else ''}"
    return _below_a_million(rest) if rest else DIGITS[0]


def digits(text: str) -> str:
    """Return digits one by one."""
    return "".join(DIGITS[int(digit)] for digit in text)


def share(upper: int, lower: int) -> str:
    """Return a fraction: 1/2 is "ครึ่ง", 3/4 "เศษสามส่วนสี่"."""
    return HALF if (upper, lower) == (1, 2) else f"เศษ{cardinal(upper)}ส่วน{cardinal(lower)}"


def _below_a_million(number: int) -> str:
    words, whole = "", number
    for size, name in PLACES:
        count, number = divmod(number, size)
        words += f"{DIGITS[count]}{name}" if count else ""
    tens, ones = divmod(number, 10)
    if tens:
        words += {1: "", 2: TWENTY}.get(tens, DIGITS[tens]) + TEN
    if ones == 1 and tens:
        return words + LAST_ONE
    return words + (DIGITS[ones] if ones or not whole else "")
