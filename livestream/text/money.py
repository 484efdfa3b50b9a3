"""Amounts of money, as a caption shows them and as a voice says them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale as BabelLocale
from babel.numbers import format_currency, get_currency_name, get_currency_precision

from livestream.text.fold import HIDDEN
from livestream.text.languages import language

_CODE_BEFORE = re.compile(r"(?<=[A-Z]{3})(?=\d)")


def money_caption(amount: Decimal, currency: str, locale: str) -> str:
    """Return an amount as the locale writes it, exact, whole amounts without decimals: "$49.99", "$50".

    Without the marks by which CLDR turns the writing: what shows it sets each text in its own direction. Without
    the stop of a shortened name at its end, "ر.س" for "ر.س.": it would end a sentence.
    """
    cldr = locale.replace("-", "_")
    if amount == amount.to_integral_value():
        shown = format_currency(amount, currency, format=_whole(cldr), locale=cldr, currency_digits=False)
    else:
        shown = format_currency(amount, currency, locale=cldr, decimal_quantization=False)
    return _CODE_BEFORE.sub("\u00a0", HIDDEN.sub("", shown).removesuffix("."))


def money_spoken(amount: Decimal, currency: str, locale: str, *, short: bool = False) -> str:
    """Return an amount as it is said, "forty-nine dollars and ninety-nine cents".

    `short` drops the unit where a listener still understands: "forty-nine ninety-nine". Whole
    amounts, less than ten cents, thousands and round hundreds ("one hundred ten") keep it.

    Raises:
        UsageError: the language has no spoken forms.
    """
    return language(locale).money(amount, currency, short)


def at_least_precise(amount: Decimal, currency: str) -> Decimal:
    """Return an amount with the decimals of its currency, or with more where it has more: 12.5 baht are 12.50."""
    precise = Decimal(1).scaleb(-get_currency_precision(currency))
    return max(amount, amount.quantize(precise), key=_places)


def whole_only(currency: str) -> bool:
    """Whether a currency has no hundredths, as yen and won."""
    return get_currency_precision(currency) == 0


@lru_cache(maxsize=256)
def currency_name(currency: str, cldr: str) -> str:
    """Return a currency's name in the plural, as CLDR has it in a language."""
    return get_currency_name(currency, count=2, locale=cldr)


def _places(amount: Decimal) -> int:
    return -int(amount.as_tuple().exponent)


@lru_cache(maxsize=64)
def _whole(cldr: str) -> str:
    return str(BabelLocale.parse(cldr).currency_formats["standard"].pattern).replace(".00", "")
