"""Numbers in Arabic words, as they are spoken: cardinals of both genders, counted nouns, ordinals.

The forms are those of careful speech, which hold behind a preposition too ("بخمسة وعشرين"), without case endings. From
three to ten the number takes the other gender than what it counts; one follows its noun, and two is the noun's dual.
"""

from __future__ import annotations

_ONES = "صفر واحد اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة"
_ONES_F = "صفر واحدة اثنتين ثلاث أربع خمس ست سبع ثماني تسع عشر"
_TENS = "- عشرة عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين"
_HUNDREDS = "- مئة مئتين ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة"
_ORDINALS = "- الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر"
_ORDINALS_F = "- الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة"
ONES, ONES_F, TENS, HUNDREDS = (tuple(row.split()) for row in (_ONES, _ONES_F, _TENS, _HUNDREDS))
ORDINALS, ORDINALS_F = tuple(_ORDINALS.split()), tuple(_ORDINALS_F.split())
SCALES = (
    (10**12, "تريليون", "تريليونين", "تريليونات"),
    (10**9, "مليار", "مليارين", "مليارات"),
    (10**6, "مليون", "مليونين", "ملايين"),
    (10**3, "ألف", "ألفين", "آلاف"),
)
"""What a scale is called alone, twice, and three to ten times."""
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
_LONGEST_DECIMALS = 2
"""Decimals that are said as one number; more are said one by one."""


def cardinal(number: int) -> str:
    """Return an integer in words, as one counts: `1299` is "ألف ومئتين وتسعة وتسعين"."""
    return counted(number, "")


def counted(number: int, gender: str) -> str:
    """Return an integer before a noun of a gender, "m" or "f"; "" where nothing is counted.

    Before a noun a dual that ends the number loses its last letter: "مئتي ريال".
    """
    if number < 0:
        return f"سالب {counted(-number, gender)}"
    if number >= LARGEST:
        return digits(str(number))
    said, rest = [], number
    for size, one, two, few in SCALES:
        count, rest = divmod(rest, size)
        if count == 1:
            said.append(one)
        elif count == 2:
            said.append(two)
        elif count:
            said.append(f"{_joined(_below_thousand(count, 'm'))} {few if 3 <= count % 100 <= 10 else one}")
    if rest or not said:
        said += _below_thousand(rest, gender)
    words = _joined(said)
    ends_dual = said[-1] in {HUNDREDS[2], *(two for _, _, two, _ in SCALES)}
    return words[:-1] if gender and ends_dual else words


def _below_thousand(number: int, gender: str) -> list[str]:
    """Return the parts of a number that "and" joins; the ones stand before the tens."""
    ones = ONES_F if gender == "f" else ONES
    hundreds, rest = divmod(number, 100)
    said = [HUNDREDS[hundreds]] if hundreds else []
    if rest > 20 and rest % 10:
        first = {1: "إحدى"}.get(rest % 10, ones[rest % 10]) if gender == "f" else ones[rest % 10]
        said += [first, TENS[rest // 10]]
    elif rest >= 20:
        said.append(TENS[rest // 10])
    elif rest > 10:
        said.append(_teen(rest - 10, gender))
    elif rest or not said:
        said.append(ones[rest])
    return said


def _teen(ones: int, gender: str) -> str:
    if gender == "f":
        return f"{ {1: 'إحدى', 2: 'اثنتي'}.get(ones, ONES_F[ones]) } عشرة"
    return f"{ {1: 'أحد', 2: 'اثني'}.get(ones, ONES[ones]) } عشر"


def _joined(words: list[str]) -> str:
    return " و".join(words)


def dual(noun: str) -> str:
    """Return a noun twice, "ريالين", "قطعتين", and so what describes it; what hangs on a preposition stays."""
    head, _, rest = noun.partition(" ")
    doubled = f"{head[:-1]}تين" if head.endswith("ة") else head if head.endswith(("و", "ا")) else f"{head}ين"
    if not rest or rest.split()[0] in {"في", "لكل"} or rest.startswith("ال") or doubled == head:
        return f"{doubled} {rest}".strip()
    return f"{doubled} {dual(rest)}"


def ordinal(number: int, gender: str = "m") -> str:
    """Return the ordinal of a definite noun up to ninety-nine: `3` is "الثالث"; beyond, "رقم" and the number."""
    names = ORDINALS_F if gender == "f" else ORDINALS
    tens, ones = divmod(number, 10)
    if 1 <= number <= 10:
        return names[number]
    if number > 99 or number < 1:
        return f"رقم {cardinal(number)}"
    first = {1: "الحادية" if gender == "f" else "الحادي"}.get(ones, names[ones])
    if tens == 1:
        return f"{first} {'عشرة' if gender == 'f' else 'عشر'}"
    return f"{first} وال{TENS[tens]}" if ones else f"ال{TENS[tens]}"


def decimals(text: str) -> str:
    """Return the digits behind the decimal sign: as one number, digit by digit where there are zeros first or many."""
    return digits(text) if text[0] == "0" or len(text) > _LONGEST_DECIMALS else cardinal(int(text))


def digits(text: str) -> str:
    """Return digits one by one."""
    return " ".join(ONES[int(digit)] for digit in text)
