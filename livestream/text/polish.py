"""Numbers in Polish words: cardinals in three genders and in the genitive, ordinals, years."""

from __future__ import annotations

from decimal import Decimal

from livestream.text.nouns import Noun, plural_form

_TO_TWENTY = (
    "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście "
    "piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście"
)
_TENS = (
    "- - dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
)
_HUNDREDS = "- sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset"
_TO_TWENTY_OF = (
    "zera jednego dwóch trzech czterech pięciu sześciu siedmiu ośmiu dziewięciu dziesięciu jedenastu dwunastu "
    "trzynastu czternastu piętnastu szesnastu siedemnastu osiemnastu dziewiętnastu"
)
_TENS_OF = (
    "- - dwudziestu trzydziestu czterdziestu pięćdziesięciu sześćdziesięciu siedemdziesięciu osiemdziesięciu "
    "dziewięćdziesięciu"
)
_HUNDREDS_OF = "- stu dwustu trzystu czterystu pięciuset sześciuset siedmiuset ośmiuset dziewięciuset"
ONES, TENS, HUNDREDS = tuple(_TO_TWENTY.split()), tuple(_TENS.split()), tuple(_HUNDREDS.split())
ONES_OF, TENS_OF, HUNDREDS_OF = tuple(_TO_TWENTY_OF.split()), tuple(_TENS_OF.split()), tuple(_HUNDREDS_OF.split())
SCALES = (
    (10**12, Noun("bilion", "bilionów", "m", "biliony")),
    (10**9, Noun("miliard", "miliardów", "m", "miliardy")),
    (10**6, Noun("milion", "milionów", "m", "miliony")),
    (10**3, Noun("tysiąc", "tysięcy", "m", "tysiące")),
)
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
_ORDINALS = {
    "ones": "- pierwsz drug trzec czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast trzynast czternast "
    "piętnast szesnast siedemnast osiemnast dziewiętnast",
    "tens": "- - dwudziest trzydziest czterdziest pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt "
    "dziewięćdziesiąt",
    "hundreds": "- setn dwusetn trzechsetn czterechsetn pięćsetn sześćsetn siedemsetn osiemsetn dziewięćsetn",
}
ORDINAL_STEMS = {
    step * at: stem
    for step, name in ((1, "ones"), (10, "tens"), (100, "hundreds"))
    for at, stem in enumerate(_ORDINALS[name].split())
    if stem != "-"
} | {1000: "tysięczn", 2000: "dwutysięczn"}
_SOFT = frozenset({"drug", "trzec"})


def cardinal(number: int) -> str:
    """Return an integer in words, a thousand without a one: `1101` is "tysiąc sto jeden"."""
    return counted(number, "")


def counted(number: int, gender: str) -> str:
    """Return an integer before a noun of a gender: "jedna", "dwie", but "dwadzieścia jeden" of all."""
    if number < 0:
        return f"minus {counted(-number, gender)}"
    if number >= LARGEST:
        return digits(str(number))
    if number == 1:
        return {"f": "jedna", "n": "jedno"}.get(gender, "jeden")
    said: list[str] = []
    for size, name in SCALES:
        count, number = divmod(number, size)
        if count:
            lead = [] if count == 1 else _below_thousand(count, "")
            said += [*lead, name.behind(plural_form(Decimal(count), "pl"))]
    if number or not said:
        said += _below_thousand(number, gender)
    return " ".join(said)


def _below_thousand(number: int, gender: str) -> list[str]:
    hundreds, rest = divmod(number, 100)
    said = [HUNDREDS[hundreds]] if hundreds else []
    if rest >= 20:
        tens, rest = divmod(rest, 10)
        said.append(TENS[tens])
    if rest or not said:
        said.append("dwie" if rest == 2 and gender == "f" else ONES[rest])
    return said


def genitive(number: int) -> str:
    """Return an integer below a thousand in the genitive, as it stands behind "od" and "do"."""
    hundreds, rest = divmod(number, 100)
    said = [HUNDREDS_OF[hundreds]] if hundreds else []
    if rest >= 20:
        tens, rest = divmod(rest, 10)
        said.append(TENS_OF[tens])
    if rest or not said:
        said.append("jeden" if rest == 1 and said else ONES_OF[rest])
    return " ".join(said)


def decimals(text: str) -> str:
    """Return the digits behind the decimal sign: as one number, digit by digit where there are zeros first or many."""
    return digits(text) if text[0] == "0" or len(text) > 2 else cardinal(int(text))


def ordinal(number: int, end: str = "y") -> str:
    """Return an ordinal with the ending of a hard adjective: `22` is "dwudziesty drugi", "a" "dwudziesta druga"."""
    if number in ORDINAL_STEMS:
        return _ended(ORDINAL_STEMS[number], end)
    head, rest = divmod(number, 100)
    if not rest:
        return cardinal(number)
    lead = [cardinal(head * 100)] if head else []
    if rest not in ORDINAL_STEMS:
        lead.append(_ended(ORDINAL_STEMS[rest - rest % 10], end))
        rest %= 10
    return " ".join((*lead, _ended(ORDINAL_STEMS[rest], end)))


def _ended(stem: str, end: str) -> str:
    if stem in _SOFT:
        hard = stem == "drug" and end in {"a", "ą"}
        return stem + (end if hard else "i" if end in {"y", "i"} else f"i{end.removeprefix('y')}")
    return stem + end


def digits(text: str) -> str:
    """Return digits one by one."""
    return " ".join(ONES[int(digit)] for digit in text)
