"""Amounts of money, as a caption shows them and as a voice says them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale as BabelLocale
from babel.numbers import format_currency, get_currency_name, get_currency_precision

from livestream.text.english import cardinal, number, require_english

UNITS: dict[str, tuple[str, str, str, str]] = {
    "USD": ("dollar", "dollars", "cent", "cents"),
    "EUR": ("euro", "euros", "cent", "cents"),
    "GBP": ("pound", "pounds", "penny", "pence"),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "AUD": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "NZD": ("New Zealand dollar", "New Zealand dollars", "cent", "cents"),
    "SGD": ("Singapore dollar", "Singapore dollars", "cent", "cents"),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "MXN": ("Mexican peso", "Mexican pesos", "centavo", "centavos"),
    "BRL": ("Brazilian real", "Brazilian reais", "centavo", "centavos"),
    "JPY": ("yen", "yen", "", ""),
    "CNY": ("yuan", "yuan", "", ""),
    "KRW": ("won", "won", "", ""),
    "INR": ("rupee", "rupees", "paisa", "paise"),
    "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "PLN": ("zloty", "zlotys", "grosz", "groszy"),
    "TRY": ("Turkish lira", "Turkish lira", "kurush", "kurush"),
    "RUB": ("ruble", "rubles", "kopeck", "kopecks"),
}
"""English names by ISO 4217 code: one, many, one hundredth, many hundredths; empty where none is said."""


_CODE_BEFORE = re.compile(r"(?<=[A-Z]{3})(?=\d)")


def money_caption(amount: Decimal, currency: str, locale: str) -> str:
    """Return an amount as the locale writes it, exact, whole amounts without decimals: "$49.99", "$50"."""
    cldr = locale.replace("-", "_")
    if amount == amount.to_integral_value():
        shown = format_currency(amount, currency, format=_whole(cldr), locale=cldr, currency_digits=False)
    else:
        shown = format_currency(amount, currency, locale=cldr, decimal_quantization=False)
    return _CODE_BEFORE.sub("\u00a0", shown)


def money_spoken(amount: Decimal, currency: str, locale: str, *, short: bool = False) -> str:
    """Return an amount as it is said, "forty-nine dollars and ninety-nine cents".

    `short` drops the unit where a listener still understands: "forty-nine ninety-nine". Whole
    amounts, less than ten cents, thousands and round hundreds ("one hundred ten") keep it.

    Raises:
        UsageError: the language has no spoken forms.
    """
    require_english(locale)
    if amount < 0:
        return f"minus {money_spoken(-amount, currency, locale, short=short)}"
    whole, rest = divmod(amount, 1)
    cents = rest * 100
    one, many, hundredth, hundredths = UNITS.get(currency) or (_name(currency), _name(currency), "", "")
    if cents != int(cents) or (cents and not hundredth):
        precise = Decimal(1).scaleb(-get_currency_precision(currency))
        return f"{number(max(amount, amount.quantize(precise), key=_places))} {many}"
    if short and cents >= 10 and 0 < whole < 1000 and whole % 100:
        return f"{cardinal(int(whole))} {cardinal(int(cents))}"
    coins = f"{cardinal(int(cents))} {hundredth if cents == 1 else hundredths}"
    notes = f"{cardinal(int(whole))} {one if whole == 1 else many}"
    if not cents:
        return notes
    return f"{notes} and {coins}" if whole else coins


def _places(amount: Decimal) -> int:
    return -int(amount.as_tuple().exponent)


@lru_cache(maxsize=64)
def _whole(cldr: str) -> str:
    return str(BabelLocale.parse(cldr).currency_formats["standard"].pattern).replace(".00", "")


@lru_cache(maxsize=256)
def _name(currency: str) -> str:
    return get_currency_name(currency, count=2, locale="en_US")
