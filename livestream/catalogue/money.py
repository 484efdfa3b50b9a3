"""Amounts of money out of cells: exact, or refused. A price that is not certain is never quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import is_currency
from price_parser import Price

HIGHEST = Decimal(1_000_000_000)
"""Amounts from here on are taken for a mistake."""

_DOLLARS = frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"])
SIGNS: dict[str, frozenset[str]] = {
    "$": _DOLLARS,
    "¥": frozenset({"JPY", "CNY"}),
    "￥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    **{
        sign: frozenset({code})
        for sign, code in {
            "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₫": "VND", "₺": "TRY", "₽": "RUB", "฿": "THB",
            "₴": "UAH", "₪": "ILS", "₦": "NGN", "₱": "PHP", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "R$": "BRL",
            "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
            "S$": "SGD", "SG$": "SGD", "NT$": "TWD", "MX$": "MXN", "RM": "MYR", "Rp": "IDR",
        }.items()
    },
}  # fmt: skip
"""Currency signs and the currencies each may stand for."""

_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_CELL = re.compile(
    rf"(?P<minus>[-−(])?\s*(?P<before>{_SIGN}|[A-Za-z]{{3}})?\s*(?P<inner>[-−])?"
    rf"(?P<number>\d[\d.,'’  \u202f]*?)(?:[.,][-–])?\s*(?P<after>{_SIGN}|[A-Za-z]{{3}})?\)?"
)
_GROUPED = re.compile(r"\d{1,3}(?:([.,'’  \u202f])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")
_PLAIN = re.compile(r"\d+(?:[.,]\d{1,2})?")
_PADDED = re.compile(r"\d+\.\d{2}00+")


class NotMoney(ValueError):
    """The cell holds no amount that can be quoted; `remedy` says what to write instead."""

    def __init__(self, message: str, remedy: str = "Write digits, for example 49.99, or leave it empty.") -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, and the currencies that the sign or code beside it allows; none beside it: empty."""

    amount: Decimal
    currencies: frozenset[str] = frozenset()


def parse_money(text: str) -> Money | None:
    """Return the amount a cell states, or None for an empty cell.

    Raises:
        NotMoney: the cell states something else, or something that can be read in two ways.
    """
    cell = text.strip()
    if not cell:
        return None
    found = _CELL.fullmatch(cell)
    if found is None:
        raise NotMoney(f"{_short(cell)} is not a price")
    if found["minus"] or found["inner"]:
        raise NotMoney("a price cannot be negative")
    amount = _amount(found["number"].strip())
    if amount >= HIGHEST:
        raise NotMoney("the price is absurdly high")
    return Money(amount, _currencies(found["before"] or "", found["after"] or ""))


def _amount(number: str) -> Decimal:
    if re.fullmatch(r"\d+\.\d{3}", number):
        raise NotMoney(
            f"{number} can be read as thousands or as a fraction",
            f"Write {number.replace('.', '')} or {number[:-1]}, whichever is meant.",
        )
    if _PADDED.fullmatch(number):
        return Decimal(number).quantize(Decimal("0.01"))
    if not (_PLAIN.fullmatch(number) or _GROUPED.fullmatch(number)):
        raise NotMoney(f"{_short(number)} is not an amount of money")
    amount: Decimal | None = Price.fromstring(number).amount
    if amount is None:
        raise NotMoney(f"{_short(number)} is not an amount of money")
    return amount


def _currencies(*marks: str) -> frozenset[str]:
    allowed: frozenset[str] = frozenset()
    for mark in filter(None, marks):
        named = SIGNS.get(mark) or (frozenset({mark.upper()}) if is_currency(mark.upper()) else None)
        if named is None:
            raise NotMoney(f"{mark} is not a currency", "Write an ISO code such as USD, or the amount alone.")
        if allowed and not allowed & named:
            raise NotMoney("the price bears two currencies", "Write one currency a price.")
        allowed = allowed & named if allowed else named
    return allowed


def currency_code(text: str) -> str:
    """Return the ISO 4217 code that a cell or an argument names.

    Raises:
        NotMoney: it names none.
    """
    code = text.strip().upper()
    if not is_currency(code):
        raise NotMoney(f"{_short(text)} is not a currency", "Write an ISO 4217 code such as USD, EUR or JPY.")
    return code


def _short(text: str) -> str:
    return repr(text if len(text) <= 24 else text[:23] + "…")
