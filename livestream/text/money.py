"""Amounts of money, as a caption shows them and as a voice says them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel import Locale as BabelLocale
from babel.numbers import format_currency, get_currency_name, get_currency_precision

from livestream.text.english import cardinal, number

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


def money_caption(amount: Decimal, currency: str, locale: str) -> str:
    """Return an amount as the locale writes it, whole amounts without decimals: "$49.99", "$50"."""
    return (
        format_currency(
            amount,
            currency,
            format=_pattern(locale, amount == amount.to_integral_value()),
            locale=locale.replace("-", "_"),
            currency_digits=False,
        )
        if amount == amount.to_integral_value()
        else format_currency(amount, currency, locale=locale.replace("-", "_"))
    )


def money_spoken(amount: Decimal, currency: str, locale: str, *, short: bool = False) -> str:
    """Return an amount as it is said, "forty-nine dollars and ninety-nine cents".

    `short` drops the unit where a listener still understands: "forty-nine ninety-nine". A whole
    amount, one below 1.10 or of another currency than the locale's own keeps its unit.
    """
    del locale
    whole, cents = int(amount), int((abs(amount) % 1 * 100).to_integral_value())
    exact = abs(amount) % 1 * 100 == cents
    names = UNITS.get(currency)
    if names is None or not exact or (cents and not names[2]):
        name = names[1] if names else _name(currency)
        return f"{number(amount.normalize() if amount % 1 else amount.to_integral_value())} {name}"
    one, many, hundredth, hundredths = names
    if amount < 0:
        return f"minus {money_spoken(-amount, currency, 'en-US', short=short)}"
    if short and whole and cents >= 10:
        return f"{cardinal(whole)} {cardinal(cents)}"
    dollars = f"{cardinal(whole)} {one if whole == 1 else many}"
    coins = f"{cardinal(cents)} {hundredth if cents == 1 else hundredths}"
    if not cents:
        return dollars
    return f"{dollars} and {coins}" if whole else coins


def decimals_of(currency: str) -> int:
    """Return how many decimals a currency has: 2 for USD, 0 for JPY."""
    return get_currency_precision(currency)


@lru_cache(maxsize=64)
def _pattern(locale: str, whole: bool) -> str:
    pattern = str(BabelLocale.parse(locale, sep="-").currency_formats["standard"].pattern)
    return pattern.replace(".00", "") if whole else pattern


@lru_cache(maxsize=256)
def _name(currency: str) -> str:
    return get_currency_name(currency, count=2, locale="en_US")
