"""Nouns behind numbers: units and currencies, in as many forms as a language counts with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale as BabelLocale


@dataclass(frozen=True, slots=True)
class Noun:
    """What is said for one and for many, and the gender as `Words.counted` takes it.

    `few` and `part` are what is said behind two to four and behind a number with decimals, where a
    language tells them from many ("dwa złote, pięć złotych, półtora złotego").
    """

    one: str
    many: str
    gender: str = ""
    few: str = ""
    part: str = ""

    def behind(self, form: str) -> str:
        """Return the noun in a form, as CLDR calls it: `one`, `few`, `many` or `other`."""
        if form == "one":
            return self.one
        return {"few": self.few, "other": self.part}.get(form, "") or self.many


@dataclass(frozen=True, slots=True)
class Coinage:
    """The names of a currency and of its hundredth; None where no hundredth is said."""

    notes: Noun
    coins: Noun | None = None


@lru_cache(maxsize=4096)
def plural_form(value: Decimal, cldr: str) -> str:
    """Return the form of a noun behind an amount in a language, as CLDR calls it."""
    return BabelLocale.parse(cldr).plural_form(value)


def nouns(table: str) -> dict[str, Noun]:
    """Return nouns by their short forms, from rows such as "ml mL; m; millilitre; millilitres".

    A row of a language with more forms goes on: one, many, few, part.
    """
    known: dict[str, Noun] = {}
    for row in table.strip().splitlines():
        shorts, gender, one, *more = (cell.strip() for cell in row.split(";"))
        many, few, part = (*more, "", "", "")[:3]
        known |= dict.fromkeys(shorts.split(), Noun(one, many or one, gender, few, part))
    return known


def coinages(table: str) -> dict[str, Coinage]:
    """Return currencies by code, from rows such as "GBP; f; livre; livres; m; penny; pence", or without hundredths.

    Where a language has more forms they follow many, parted by strokes: "złoty; złotych/złote/złotego".
    """
    known = {}
    for row in table.strip().splitlines():
        code, gender, one, many, *coins = (cell.strip() for cell in row.split(";"))
        known[code] = Coinage(_noun(one, many, gender), _noun(coins[1], coins[2], coins[0]) if coins else None)
    return known


def _noun(one: str, more: str, gender: str) -> Noun:
    many, few, part = (*more.split("/"), "", "")[:3]
    return Noun(one, many, gender, few, part)
