"""Spanish words for what captions abbreviate, as they are said in Mexico: units, currencies, months, sizes."""

from __future__ import annotations

from livestream.text.spanish import Gender

UNITS: dict[str, tuple[Gender, str, str]] = {
    short: ("f" if gender == "f" else "m", one, many or f"{one}s")
    for short, gender, one, many in (
        ("mg", "m", "miligramo", ""), ("g", "m", "gramo", ""), ("gr", "m", "gramo", ""), ("grs", "m", "gramo", ""),
        ("kg", "m", "kilogramo", ""), ("Kg", "m", "kilogramo", ""), ("kgs", "m", "kilogramo", ""),
        ("oz", "f", "onza", ""), ("lb", "f", "libra", ""), ("lbs", "f", "libra", ""), ("ml", "m", "mililitro", ""),
        ("mL", "m", "mililitro", ""), ("cl", "m", "centilitro", ""), ("l", "m", "litro", ""), ("L", "m", "litro", ""),
        ("lt", "m", "litro", ""), ("lts", "m", "litro", ""), ("gal", "m", "galón", "galones"),
        ("mm", "m", "milímetro", ""), ("cm", "m", "centímetro", ""), ("cms", "m", "centímetro", ""),
        ("m", "m", "metro", ""), ("mt", "m", "metro", ""), ("mts", "m", "metro", ""), ("km", "m", "kilómetro", ""),
        ("in", "f", "pulgada", ""), ("inch", "f", "pulgada", ""), ("pulg", "f", "pulgada", ""), ("ft", "m", "pie", ""),
        ("yd", "f", "yarda", ""), ("mi", "f", "milla", ""), ("mph", "f", "milla por hora", "millas por hora"),
        ("W", "m", "watt", ""), ("kW", "m", "kilowatt", ""), ("Wh", "m", "watt hora", "watts hora"),
        ("kWh", "m", "kilowatt hora", "kilowatts hora"), ("V", "m", "volt", ""), ("A", "m", "ampere", ""),
        ("mA", "m", "miliampere", ""), ("Ah", "m", "ampere hora", "amperes hora"),
        ("mAh", "m", "miliampere hora", "miliamperes hora"), ("Hz", "m", "hertz", "hertz"),
        ("kHz", "m", "kilohertz", "kilohertz"), ("MHz", "m", "megahertz", "megahertz"),
        ("GHz", "m", "gigahertz", "gigahertz"), ("KB", "m", "kilobyte", ""), ("MB", "m", "megabyte", ""),
        ("GB", "m", "gigabyte", ""), ("TB", "m", "terabyte", ""),
        ("Mbps", "m", "megabit por segundo", "megabits por segundo"),
        ("dB", "m", "decibel", "decibeles"), ("lm", "m", "lumen", "lúmenes"), ("px", "m", "pixel", "pixeles"),
        ("MP", "m", "megapixel", "megapixeles"), ("fps", "m", "cuadro por segundo", "cuadros por segundo"),
        ("rpm", "f", "revolución por minuto", "revoluciones por minuto"), ("kcal", "f", "kilocaloría", ""),
        ("cal", "f", "caloría", ""), ("gsm", "m", "gramo por metro cuadrado", "gramos por metro cuadrado"),
        ("ms", "m", "milisegundo", ""), ("s", "m", "segundo", ""), ("seg", "m", "segundo", ""),
        ("min", "m", "minuto", ""), ("mins", "m", "minuto", ""), ("h", "f", "hora", ""), ("hr", "f", "hora", ""),
        ("hrs", "f", "hora", ""), ("pc", "f", "pieza", ""), ("pcs", "f", "pieza", ""), ("pz", "f", "pieza", ""),
        ("pza", "f", "pieza", ""), ("pzas", "f", "pieza", ""), ("pzs", "f", "pieza", ""), ("pk", "m", "paquete", ""),
        ("m²", "m", "metro cuadrado", "metros cuadrados"), ("cm²", "m", "centímetro cuadrado", "centímetros cuadrados"),
        ("m³", "m", "metro cúbico", "metros cúbicos"),
        ("g/m²", "m", "gramo por metro cuadrado", "gramos por metro cuadrado"),
    )
}  # fmt: skip
"""Gender of a unit and what is said for one and for many, by its short form."""
GENDERS: dict[str, Gender] = {short.lower(): gender for short, (gender, _, _) in UNITS.items()}
GLUED_ONLY = frozenset({"in", "A", "cal", "mi", "ms"})
"""Short forms that are words of their own when they stand alone."""

CURRENCY_SIGNS = {
    "US$": "USD", "MX$": "MXN", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "R$": "BRL",
    "$": "MXN", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "zł": "PLN", "₺": "TRY", "₽": "RUB",
}  # fmt: skip
"""ISO 4217 codes by sign, as a Mexican reads them."""

SIGNS = {
    "&": "y", "+": "más", "=": "igual a", "@": "arroba", "%": "por ciento", "c/": "con", "s/": "sin",
    "c/u": "cada pieza", "p/": "para", "w/": "con", "w/o": "sin", "°c": "grados Celsius", "°f": "grados Fahrenheit",
    "°": "grados",
}  # fmt: skip

ABBREVIATIONS = {
    "n.º": "número", "nº": "número", "n°": "número",
    "vs": "contra", "aprox": "aproximadamente", "incl": "incluido", "etc": "etcétera", "p.ej": "por ejemplo",
    "ej": "ejemplo", "dr": "doctor", "dra": "doctora", "sr": "señor", "sra": "señora", "av": "avenida",
    "máx": "máximo", "mín": "mínimo", "max": "máximo", "cant": "cantidad", "núm": "número", "pág": "página",
    "ref": "referencia", "mod": "modelo", "ltd": "Limited", "co": "Company", "inc": "Incorporated",
}  # fmt: skip
"""Spoken forms of abbreviations by their small letters without the last stop."""
DOTTED = frozenset({"ej", "dr", "dra", "sr", "sra", "av", "max", "cant", "ref", "mod", "co"})
"""Abbreviations read as such only where a stop follows."""
STOPPED = frozenset(ABBREVIATIONS) | {"a.m", "p.m", "no", "oz", "lb", "cm", "kg", "pza", "pzas"}
"""Words whose stop does not end a sentence."""

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip

DENOMINATORS = {
    2: ("medio", "medios"), 3: ("tercio", "tercios"), 4: ("cuarto", "cuartos"), 5: ("quinto", "quintos"),
    6: ("sexto", "sextos"), 8: ("octavo", "octavos"), 10: ("décimo", "décimos"),
    16: ("dieciseisavo", "dieciseisavos"),
}  # fmt: skip

_NAMES_A_NUMBER = """
calibre canal capítulo grado modelo nivel no núm número opción página parte paso serie talla tamaño tomo versión
"""
NAMES_A_NUMBER = frozenset(_NAMES_A_NUMBER.split())
"""Words after which a number is a name and counts nothing: "talla 21"."""
_NO_NOUN = """
a al ante antes así aún bajo cada como con contra cuando cuesta de del desde disponible disponibles donde durante
el ella en entre era es esta está están este fue ha hasta hay in la las le les lo los más me menos mi mientras ni no
o of para pero por porque que queda quedan se según ser si sin sobre son su sus te tiene tienen todavía tras tu u un
una viene vienen x y ya
"""
NO_NOUN = frozenset(_NO_NOUN.split())
"""Words that a number does not count."""
_MASCULINE = "clima día días idioma mapa mapas problema problemas programa programas sistema sistemas tema temas"
MASCULINE = frozenset(_MASCULINE.split())
"""Nouns that only sound feminine."""
FEMININE = ("a", "as", "ción", "ciones", "sión", "siones", "dad", "dades", "tud", "tudes")

SIZES = {
    "XXS": "extra extra chica", "XS": "extra chica", "S": "chica", "CH": "chica", "M": "mediana", "L": "grande",
    "G": "grande", "XL": "extra grande", "EG": "extra grande", "XXL": "extra extra grande",
    "XXXL": "extra extra extra grande", "2XL": "dos equis ele", "3XL": "tres equis ele",
}  # fmt: skip
"""What is said for a size that is shown as letters; no number word where there is no number."""
_COMMON = """
á í ó ú ñ ¿ ¡ al aunque cada como con contra cuando de del desde donde el ella ellos es esta este estos estas hasta
hecha hecho las le les lo los más muy nuestra nuestro para pero por puede pueden que se según sin sobre su sus también
tiene tienen toda todo tu tus un una unas unos y ya mide pesa trae
"""
COMMON = frozenset(_COMMON.split())
"""Small words, and letters, that show that a text is Spanish."""
