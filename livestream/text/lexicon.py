"""English words for what captions abbreviate: units, currencies, abbreviations, months."""

from __future__ import annotations

UNITS: dict[str, tuple[str, str]] = {
    short: (one, many or f"{one}s")
    for short, one, many in (
        ("mg", "milligram", ""), ("g", "gram", ""), ("kg", "kilogram", ""), ("oz", "ounce", ""), ("lb", "pound", ""),
        ("lbs", "pound", ""), ("ml", "milliliter", ""), ("mL", "milliliter", ""), ("cl", "centiliter", ""),
        ("l", "liter", ""), ("L", "liter", ""), ("gal", "gallon", ""), ("qt", "quart", ""),
        ("mm", "millimeter", ""), ("cm", "centimeter", ""), ("m", "meter", ""), ("km", "kilometer", ""),
        ("in", "inch", "inches"), ("inch", "inch", "inches"), ("ft", "foot", "feet"), ("yd", "yard", ""),
        ("mi", "mile", ""), ("mph", "mile per hour", "miles per hour"), ("W", "watt", ""), ("kW", "kilowatt", ""),
        ("Wh", "watt hour", ""), ("kWh", "kilowatt hour", ""), ("V", "volt", ""), ("A", "amp", ""),
        ("mA", "milliamp", ""), ("Ah", "amp hour", ""), ("mAh", "milliamp hour", ""), ("Hz", "hertz", "hertz"),
        ("kHz", "kilohertz", "kilohertz"), ("MHz", "megahertz", "megahertz"), ("GHz", "gigahertz", "gigahertz"),
        ("KB", "kilobyte", ""), ("MB", "megabyte", ""), ("GB", "gigabyte", ""), ("TB", "terabyte", ""),
        ("Mbps", "megabit per second", "megabits per second"), ("Gbps", "gigabit per second", "gigabits per second"),
        ("dB", "decibel", ""), ("lm", "lumen", ""), ("px", "pixel", ""), ("MP", "megapixel", ""),
        ("dpi", "D P I", "D P I"),
        ("fps", "frame per second", "frames per second"), ("rpm", "R P M", "R P M"), ("psi", "P S I", "P S I"),
        ("gsm", "gram per square meter", "grams per square meter"), ("kcal", "kilocalorie", ""), ("cal", "calorie", ""),
        ("ms", "millisecond", ""), ("s", "second", ""), ("sec", "second", ""), ("min", "minute", ""),
        ("mins", "minute", ""), ("h", "hour", ""), ("hr", "hour", ""), ("hrs", "hour", ""),
        ("pc", "piece", ""), ("pcs", "piece", ""), ("ct", "count", "count"), ("pk", "pack", ""),
        ("m²", "square meter", ""), ("cm²", "square centimeter", ""), ("m³", "cubic meter", ""),
        ("sqft", "square foot", "square feet"),
    )
}  # fmt: skip
"""Spoken unit by its short form, one and many."""

GLUED_ONLY = frozenset({"in", "A", "cal"})
"""Short forms that are words of their own when they stand alone: "5 in stock", "2 A batteries"."""

_AFTER = """
a above across after all an and apart are as at before below between but by can comes deep down each every fits for
from has high in into is it long lets more of off on only or over per plus tall thick than that the this to total under
until up was when which while wide will with without x
"""
AFTER_PLURAL = frozenset(_AFTER.split())
"""Words after which a measure was no adjective: "11 oz of tea" is "ounces", "11 oz mug" is "ounce"."""

CURRENCY_SIGNS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "MX$": "MXN", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "zł": "PLN",
    "₺": "TRY", "₽": "RUB",
}  # fmt: skip
"""ISO 4217 codes by sign, as an American reads them."""

SIGNS = {
    "&": "and", "+": "plus", "=": "equals", "@": "at", "%": "percent", "w/": "with", "w/o": "without",
    "°c": "degrees Celsius", "°f": "degrees Fahrenheit", "°": "degrees",
}  # fmt: skip

ABBREVIATIONS = {
    "vs": "versus", "approx": "approximately", "incl": "including", "excl": "excluding", "etc": "et cetera",
    "e.g": "for example", "i.e": "that is", "dr": "Doctor", "mr": "Mister", "mrs": "Missus", "ltd": "Limited",
    "inc": "Incorporated", "co": "Company", "corp": "Corporation", "bros": "Brothers", "dia": "diameter",
    "max": "max", "min": "min", "qty": "quantity", "pkg": "package", "ea": "each", "asst": "assorted",
}  # fmt: skip
"""Spoken forms of abbreviations by their small letters without the last stop."""
DOTTED = frozenset({"co", "dr", "dia", "asst", "ea", "min", "max", "e.g", "i.e", "corp", "bros"})
"""Abbreviations read as such only where a stop follows: "Co." but not "co"."""
STOPPED = frozenset(ABBREVIATIONS) | {"a.m", "p.m", "no", "fl", "oz", "lb", "lbs", "ft", "in"}
"""Words whose stop does not end a sentence."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MONTH_WORDS = (
    {name.lower(): name for name in MONTHS} | {name[:3].lower(): name for name in MONTHS} | {"sept": "September"}
)
"""Months by their names and short forms in small letters."""

DENOMINATORS = {
    2: ("half", "halves"), 3: ("third", "thirds"), 4: ("quarter", "quarters"), 5: ("fifth", "fifths"),
    6: ("sixth", "sixths"), 8: ("eighth", "eighths"), 10: ("tenth", "tenths"), 16: ("sixteenth", "sixteenths"),
}  # fmt: skip

MEASURES = frozenset({"inch", "foot", "piece", "pack", "year", "day", "hour", "ply", "way", "tier", "seater", "part"})
"""Words that make one compound with a number before a hyphen: "12-inch"."""

SIZES = {
    "XXS": "extra extra small", "XS": "extra small", "S": "small", "M": "medium", "L": "large", "XL": "extra large",
    "XXL": "extra extra large", "XXXL": "extra extra extra large", "2XL": "double extra large",
    "3XL": "triple extra large",
}  # fmt: skip
"""What is said for a size that is shown as letters; no number word where there is no number."""
