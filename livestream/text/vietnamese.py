"""Numbers in Vietnamese words, as they are said in the north: cardinals and shares."""

from __future__ import annotations

_ONES = "không một hai ba bốn năm sáu bảy tám chín"
ONES = tuple(_ONES.split())
SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (1000, "nghìn"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""


def cardinal(number: int) -> str:
    """Return an integer in words: `1005` is "một nghìn không trăm linh năm", `25` "hai mươi lăm"."""
    if number < 0:
        return f"âm {cardinal(-number)}"
    if number >= LARGEST:
        return " ".join(ONES[int(digit)] for digit in str(number))
    said: list[str] = []
    for size, name in SCALES:
        count, number = divmod(number, size)
        if count:
            said.append(f"{cardinal(count) if size == 10**9 else _group(count, first=not said)} {name}")
    if number or not said:
        said.append(_group(number, first=not said))
    return " ".join(said)


def ordinal(number: int) -> str:
    """Return an ordinal: `1` is "thứ nhất", `4` "thứ tư", all others by their cardinal."""
    return f"thứ {({1: 'nhất', 4: 'tư'}).get(number) or cardinal(number)}"


def share(upper: int, lower: int) -> str:
    """Return a fraction: 1/2 is "một phần hai", 3/4 "ba phần tư"."""
    return f"{cardinal(upper)} phần {'tư' if lower == 4 else cardinal(lower)}"


def _group(number: int, *, first: bool) -> str:
    """Return up to three digits; behind others a hundred is said even where there is none."""
    hundreds, rest = divmod(number, 100)
    if first and not hundreds:
        return _below_hundred(rest)
    said = f"{ONES[hundreds]} trăm"
    if not rest:
        return said
    return f"{said} linh {ONES[rest]}" if rest < 10 else f"{said} {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    tens, one = divmod(number, 10)
    if not tens:
        return ONES[one]
    head = "mười" if tens == 1 else f"{ONES[tens]} mươi"
    if not one:
        return head
    last = {5: "lăm", 1: "mốt" if tens > 1 else "một"}.get(one, ONES[one])
    return f"{head} {last}"
