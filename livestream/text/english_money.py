"""Amounts of money in English words."""

from __future__ import annotations

from decimal import Decimal

from livestream.text.english import cardinal, number
from livestream.text.money import at_least_precise, currency_name

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


def english_money(amount: Decimal, currency: str, short: bool = False) -> str:
    """Return an amount as it is said; `money_spoken` tells what is short."""
    if amount < 0:
        return f"minus {english_money(-amount, currency, short)}"
    whole, rest = divmod(amount, 1)
    cents = rest * 100
    one, many, hundredth, hundredths = UNITS.get(currency) or (*[currency_name(currency, "en_US")] * 2, "", "")
    if cents != int(cents) or (cents and not hundredth):
        return f"{number(at_least_precise(amount, currency))} {many}"
    if short and cents >= 10 and 0 < whole < 1000 and whole % 100:
        return f"{cardinal(int(whole))} {cardinal(int(cents))}"
    coins = f"{cardinal(int(cents))} {hundredth if cents == 1 else hundredths}"
    notes = f"{cardinal(int(whole))} {one if whole == 1 else many}"
    if not cents:
        return notes
    return f"{notes} and {coins}" if whole else coins
