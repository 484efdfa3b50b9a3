"""Numbers in Indonesian words: cardinals, ordinals, shares."""

from __future__ import annotations

_ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan"
ONES = tuple(_ONES.split())
SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""


def cardinal(number: int) -> str:
    """Return an integer in words, a single ten, hundred and thousand with "se-": `1111` is "seribu seratus sebelas"."""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number >= LARGEST:
        return " ".join(ONES[int(digit)] for digit in str(number))
    if number < 10:
        return ONES[number]
    if 10 < number < 20:
        return "sebelas" if number == 11 else f"{ONES[number - 10]} belas"
    size, name = next(scale for scale in SCALES if number >= scale[0])
    count, rest = divmod(number, size)
    head = f"se{name}" if count == 1 and size <= 1000 else f"{cardinal(count)} {name}"
    return f"{head} {cardinal(rest)}" if rest else head


def ordinal(number: int) -> str:
    """Return an ordinal: `1` is "pertama", `21` "kedua puluh satu"."""
    return "pertama" if number == 1 else f"ke{cardinal(number)}"


def share(upper: int, lower: int) -> str:
    """Return a fraction: 1/2 is "setengah", 1/4 "seperempat", 3/4 "tiga perempat"."""
    if (upper, lower) == (1, 2):
        return "setengah"
    return f"{'se' if upper == 1 else f'{cardinal(upper)} '}per{cardinal(lower)}"
