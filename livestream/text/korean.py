"""Numbers in Korean words: Sino-Korean ones, and the native ones that count things."""

from __future__ import annotations

DIGITS = "영일이삼사오육칠팔구"
TENS = ((1000, "천"), (100, "백"), (10, "십"))
MYRIADS = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
LARGEST = 10**16
"""Cardinals from here on are read digit by digit."""
NATIVE_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_BEFORE_A_NOUN = {"하나": "한", "둘": "두", "셋": "세", "넷": "네", "스물": "스무"}
MOST_NATIVE = 99
"""From a hundred on, things are counted in Sino-Korean too."""


def cardinal(number: int) -> str:
    """Return an integer in Sino-Korean, parted at each myriad: `1299` is "천이백구십구", `39900` "삼만 구천구백"."""
    if number < 0:
        return f"마이너스 {cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    if not number:
        return DIGITS[0]
    groups = []
    for size, name in MYRIADS:
        count, number = divmod(number, size)
        if count:
            groups.append(f"{'' if count == 1 and size == 10**4 else _below_a_myriad(count)}{name}")
    return " ".join([*groups, *([_below_a_myriad(number)] if number else [])])


def counting(number: int) -> str:
    """Return an integer as it stands before a native counter: `2` is "두", `20` "스무", `24` "스물네"."""
    if not 0 < number <= MOST_NATIVE:
        return cardinal(number)
    tens, ones = NATIVE_TENS[number // 10], NATIVE_ONES[number % 10]
    return tens + _BEFORE_A_NOUN.get(ones, ones) if ones else _BEFORE_A_NOUN.get(tens, tens)


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "일이영사"."""
    return "".join(DIGITS[int(digit)] for digit in text)


def share(upper: int, lower: int) -> str:
    """Return a fraction: 3/4 is "사분의 삼"."""
    return f"{cardinal(lower)}분의 {cardinal(upper)}"


def _below_a_myriad(number: int) -> str:
    words = ""
    for size, name in TENS:
        count, number = divmod(number, size)
        if count:
            words += f"{DIGITS[count] if count > 1 else ''}{name}"
    return words + (DIGITS[number] if number else "")
