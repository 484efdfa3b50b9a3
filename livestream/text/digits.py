"""Numbers written in digits, by the decimal sign of a language: "1,299.50" and "1.299,50"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Literal

Sign = Literal[".", ","]

_AMERICAN = r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"
"""Written with a decimal point beyond doubt, wherever it stands."""


@cache
def digits_pattern(sign: Sign = ".", *, spaced: bool = False) -> str:
    """Return the pattern, without groups, of a number that stands in a text.

    With a decimal comma "1.299,00" and "1.299" are thousands while "5.2" and "0.125" are not, and
    the parts of "22.11.2026" are three numbers. `spaced`: thousands may be parted by spaces, "1 299,00".
    """
    if sign == ".":
        grouped = r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # the latter by lakh and crore
        return rf"(?:{grouped})(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\d.])\.\d+"
    thousands = r"[1-9]\d{0,2}(?:\.\d{3})+(?!\d)(?!\.\d)(?:,\d+)?"
    if spaced:
        thousands += r"|[1-9]\d{0,2}(?: \d{3})+(?!\d)(?:,\d+)?"
    return rf"(?<![\d.,])(?:{_AMERICAN})(?![\d,])|{thousands}|\d+,\d+|(?<![\d.])\d+\.\d+(?!\.?\d)|\d+|(?<![\d,]),\d+"


def digits_value(text: str, sign: Sign = ".") -> Decimal:
    """Return the value of a text that `digits_pattern` matched whole."""
    if sign == "." or re.fullmatch(_AMERICAN, text):
        return Decimal(text.replace(",", ""))
    joined = text.replace(" ", "")
    if "," in joined or re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", joined):
        joined = joined.replace(".", "")
    return Decimal(joined.replace(",", "."))
