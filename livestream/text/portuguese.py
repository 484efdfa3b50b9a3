"""Numbers in Portuguese words, as they are said in Brazil: cardinals, ordinals, digits, letters."""

from __future__ import annotations

_ONES = (
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete "
    "dezoito dezenove"
)
_TENS = "- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"
_HUNDREDS = "- cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos"
_ORDINALS = "- primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono"
_ORDINAL_TENS = "- décimo vigésimo trigésimo quadragésimo quinquagésimo sexagésimo septuagésimo octogésimo nonagésimo"
ONES = tuple(_ONES.split())
TENS = tuple(_TENS.split())
HUNDREDS = tuple(_HUNDREDS.split())
ORDINALS = tuple(_ORDINALS.split())
ORDINAL_TENS = tuple(_ORDINAL_TENS.split())
SCALES = ((10**12, "trilhão", "trilhões"), (10**9, "bilhão", "bilhões"), (10**6, "milhão", "milhões"))
LARGEST = 10**15
"""Cardinals from here on are read digit by digit."""
LETTERS = {
    "B": "bê", "C": "cê", "D": "dê", "F": "efe", "G": "gê", "H": "agá", "J": "jota", "K": "cá", "L": "ele",
    "M": "eme", "N": "ene", "P": "pê", "Q": "quê", "R": "erre", "S": "esse", "T": "tê", "V": "vê", "W": "dáblio",
    "X": "xis", "Y": "ípsilon", "Z": "zê",
}  # fmt: skip
"""Names of the letters that are not their own."""


def cardinal(number: int, *, feminine: bool = False) -> str:
    """Return an integer in words: `1299` is "mil duzentos e noventa e nove", before feminine nouns "duzentas".

    "e" comes before the last group where that is below a hundred or whole hundreds: "mil e duzentos".
    """
    if number < 0:
        return f"menos {cardinal(-number, feminine=feminine)}"
    if number >= LARGEST:
        return digits(str(number))
    if number < 1000:
        return _below_thousand(number, feminine)
    said: list[str] = []
    rest = number
    for size, one, many in SCALES:
        count, rest = divmod(rest, size)
        if count:
            said.append(f"um {one}" if count == 1 else f"{_below_thousand(count, False)} {many}")
    thousands, units = divmod(rest, 1000)
    if thousands:
        words = "mil" if thousands == 1 else f"{_below_thousand(thousands, feminine)} mil"
        said.append(f"e {words}" if said and not units and _joined(thousands) else words)
    if units:
        words = _below_thousand(units, feminine)
        said.append(f"e {words}" if _joined(units) else words)
    return " ".join(said)


def _joined(group: int) -> bool:
    return group < 100 or group % 100 == 0


def _below_thousand(number: int, feminine: bool) -> str:
    if number == 100:
        return "cem"
    hundreds, rest = divmod(number, 100)
    said = []
    if hundreds:
        word = HUNDREDS[hundreds]
        said.append(f"{word[:-2]}as" if feminine and hundreds > 1 else word)
    if rest >= 20:
        tens, rest = divmod(rest, 10)
        said.append(TENS[tens])
    if rest or not number:
        said.append({1: "uma", 2: "duas"}.get(rest, ONES[rest]) if feminine else ONES[rest])
    return " e ".join(said)


def ordinal(number: int, *, feminine: bool = False) -> str:
    """Return an ordinal in words up to 99, "vigésimo primeiro", and beyond it the cardinal that people say."""
    if not 1 <= number <= 99:
        return cardinal(number, feminine=feminine)
    tens, ones = divmod(number, 10)
    words = [*([ORDINAL_TENS[tens]] if tens else []), *([ORDINALS[ones]] if ones else [])]
    return " ".join(f"{word[:-1]}a" if feminine else word for word in words)


def digits(text: str) -> str:
    """Return digits one by one: "1204" is "um dois zero quatro"."""
    return " ".join(ONES[int(digit)] for digit in text)


def letters(text: str) -> str:
    """Return letters one by one by their names: "AB" is "A bê"."""
    return " ".join(LETTERS.get(letter, letter) for letter in text.upper())
