"""Amounts of money in Spanish words, as they are said in Mexico."""

from __future__ import annotations

from decimal import Decimal

from livestream.text.money import at_least_precise, currency_name
from livestream.text.spanish import Gender, cardinal, number

UNITS: dict[str, tuple[Gender, str, str, str, str]] = {
    "MXN": ("m", "peso", "pesos", "centavo", "centavos"),
    "USD": ("m", "dólar", "dólares", "centavo", "centavos"),
    "EUR": ("m", "euro", "euros", "céntimo", "céntimos"),
    "GBP": ("f", "libra", "libras", "penique", "peniques"),
    "CAD": ("m", "dólar canadiense", "dólares canadienses", "centavo", "centavos"),
    "AUD": ("m", "dólar australiano", "dólares australianos", "centavo", "centavos"),
    "NZD": ("m", "dólar neozelandés", "dólares neozelandeses", "centavo", "centavos"),
    "SGD": ("m", "dólar de Singapur", "dólares de Singapur", "centavo", "centavos"),
    "HKD": ("m", "dólar de Hong Kong", "dólares de Hong Kong", "centavo", "centavos"),
    "BRL": ("m", "real", "reales", "centavo", "centavos"),
    "JPY": ("m", "yen", "yenes", "", ""),
    "CNY": ("m", "yuan", "yuanes", "", ""),
    "KRW": ("m", "won", "wones", "", ""),
    "INR": ("f", "rupia", "rupias", "paisa", "paisas"),
    "CHF": ("m", "franco suizo", "francos suizos", "céntimo", "céntimos"),
    "PLN": ("m", "esloti", "eslotis", "grosz", "groszy"),
    "TRY": ("f", "lira turca", "liras turcas", "kurus", "kurus"),
    "RUB": ("m", "rublo", "rublos", "kopek", "kopeks"),
}
"""Gender, one, many, one hundredth, many hundredths by ISO 4217 code; empty where none is said."""


def spanish_money(amount: Decimal, currency: str, short: bool = False) -> str:
    """Return an amount as it is said, "cuarenta y nueve pesos con noventa centavos", short without their names."""
    if amount < 0:
        return f"menos {spanish_money(-amount, currency, short)}"
    whole, rest = divmod(amount, 1)
    cents = rest * 100
    name = "" if currency in UNITS else currency_name(currency, "es_MX")
    gender, one, many, hundredth, hundredths = UNITS.get(currency, ("m", name, name, "", ""))
    if cents != int(cents) or (cents and not hundredth):
        return f"{number(at_least_precise(amount, currency))} {many}"
    if short and cents >= 10 and whole:
        return f"{cardinal(int(whole))} con {cardinal(int(cents))}"
    of = "de " if whole and not whole % 10**6 else ""
    coins = f"{cardinal(int(cents), 'm')} {hundredth if cents == 1 else hundredths}"
    notes = f"{cardinal(int(whole), gender)} {of}{one if whole == 1 else many}"
    if not cents:
        return notes
    return f"{notes} con {coins}" if whole else coins
