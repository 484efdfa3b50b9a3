"""German words for what captions abbreviate: units, currencies, abbreviations, months, sizes."""

from __future__ import annotations

from livestream.text.plain_reading import CURRENCY_SIGNS, coinages, nouns

UNITS = nouns("""
mg; n; Milligramm
g gr; n; Gramm
kg Kg; n; Kilogramm
t; f; Tonne; Tonnen
oz; f; Unze; Unzen
lb lbs; n; Pfund
ml mL; m; Milliliter
cl; m; Zentiliter
dl; m; Deziliter
l L Ltr; m; Liter
mm; m; Millimeter
cm; m; Zentimeter
m; m; Meter
km; m; Kilometer
in inch Zoll; m; Zoll
ft; m; Fuß
W; n; Watt
kW; n; Kilowatt
Wh; f; Wattstunde; Wattstunden
kWh; f; Kilowattstunde; Kilowattstunden
V; n; Volt
A; n; Ampere
mA; n; Milliampere
Ah; f; Amperestunde; Amperestunden
mAh; f; Milliamperestunde; Milliamperestunden
Hz; n; Hertz
kHz; n; Kilohertz
MHz; n; Megahertz
GHz; n; Gigahertz
KB kB; n; Kilobyte
MB; n; Megabyte
GB; n; Gigabyte
TB; n; Terabyte
dB; n; Dezibel
lm; n; Lumen
px; n; Pixel
MP; n; Megapixel
km/h; m; Kilometer pro Stunde
U/min; f; Umdrehung pro Minute; Umdrehungen pro Minute
g/m²; n; Gramm pro Quadratmeter
kcal; f; Kilokalorie; Kilokalorien
ms; f; Millisekunde; Millisekunden
s Sek sek; f; Sekunde; Sekunden
min Min; f; Minute; Minuten
h Std; f; Stunde; Stunden
Stk Stck St Stück; n; Stück
Pkg Pck; f; Packung; Packungen
m²; m; Quadratmeter
cm²; m; Quadratzentimeter
m³; m; Kubikmeter
bar; n; Bar
""")
"""What is said for a unit, by its short form."""
GLUED = frozenset({"A", "in", "St", "bar"})
"""Short forms that are words or letters of their own when they stand alone."""

CURRENCIES = coinages("""
EUR; m; Euro; Euro; m; Cent; Cent
USD; m; Dollar; Dollar; m; Cent; Cent
GBP; n; Pfund; Pfund; m; Penny; Pence
CHF; m; Schweizer Franken; Schweizer Franken; m; Rappen; Rappen
CAD; m; kanadischer Dollar; kanadische Dollar; m; Cent; Cent
AUD; m; australischer Dollar; australische Dollar; m; Cent; Cent
NZD; m; neuseeländischer Dollar; neuseeländische Dollar; m; Cent; Cent
SGD; m; Singapur-Dollar; Singapur-Dollar; m; Cent; Cent
HKD; m; Hongkong-Dollar; Hongkong-Dollar; m; Cent; Cent
MXN; m; mexikanischer Peso; mexikanische Pesos; m; Centavo; Centavos
BRL; m; Real; Reais; m; Centavo; Centavos
JPY; m; Yen; Yen
CNY; m; Yuan; Yuan
KRW; m; Won; Won
INR; f; Rupie; Rupien; m; Paisa; Paise
PLN; m; Zloty; Zloty; m; Grosz; Groszy
TRY; f; türkische Lira; türkische Lira; m; Kurus; Kurus
RUB; m; Rubel; Rubel; f; Kopeke; Kopeken
IDR; f; Rupiah; Rupiah
""")
SIGNS_OF_CURRENCIES = {**CURRENCY_SIGNS, "Euro": "EUR", "Dollar": "USD"}
"""ISO 4217 codes by sign or name, as a German reads them behind a number."""

SIGNS = {
    "&": "und", "+": "plus", "=": "gleich", "@": "at", "%": "Prozent", "°c": "Grad Celsius", "°f": "Grad Fahrenheit",
    "°": "Grad", "ø": "Durchmesser", "w/": "mit",
}  # fmt: skip

ABBREVIATIONS = {
    "z.b": "zum Beispiel", "z. b": "zum Beispiel", "d.h": "das heißt", "d. h": "das heißt", "u.a": "unter anderem",
    "u. a": "unter anderem", "ca": "zirka", "inkl": "inklusive", "exkl": "exklusive", "zzgl": "zuzüglich",
    "bzw": "beziehungsweise", "usw": "und so weiter", "etc": "et cetera", "ggf": "gegebenenfalls", "evtl": "eventuell",
    "max": "maximal", "min": "minimal", "nr": "Nummer", "gr": "Größe", "art": "Artikel", "str": "Straße",
    "dr": "Doktor", "hr": "Herr", "fr": "Frau", "mwst": "Mehrwertsteuer", "vgl": "vergleiche", "versch": "verschiedene",
    "abb": "Abbildung", "mind": "mindestens", "sog": "sogenannte", "tel": "Telefon", "gem": "gemäß", "ggü": "gegenüber",
}  # fmt: skip
"""Spoken forms of abbreviations by their small letters without the last stop."""
DOTTED = frozenset({"gr", "art", "str", "dr", "hr", "fr", "min", "max", "abb", "tel", "gem", "mind", "versch", "sog"})
"""Abbreviations read as such only where a stop follows."""
STOPPED = frozenset(ABBREVIATIONS) | {"std", "stk", "min", "sek", "cm", "kg", "ltr"}
"""Words whose stop does not end a sentence."""

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip

LETTERS = {
    "B": "Be", "C": "Ce", "D": "De", "F": "Eff", "G": "Ge", "H": "Ha", "J": "Jott", "K": "Ka", "L": "Ell", "M": "Emm",
    "N": "Enn", "P": "Pe", "Q": "Ku", "R": "Err", "S": "Ess", "T": "Te", "V": "Vau", "W": "We", "X": "Ix",
    "Y": "Ypsilon", "Z": "Zett",
}  # fmt: skip
"""Names of the letters that are not their own."""

SHARES = {
    2: "Halbe", 3: "Drittel", 4: "Viertel", 5: "Fünftel", 6: "Sechstel", 8: "Achtel", 10: "Zehntel", 16: "Sechzehntel",
}  # fmt: skip

FEMININE_ENDS = ("e", "ung", "heit", "keit", "schaft", "ion", "tät", "ik", "in", "ur")
"""Of nouns that are mostly feminine."""
_NO_NOUN = """
ab alle als am an auf aus bei beim bis da das dem den der des dich die diese dieser dir doch du durch ein eine einem
einen einer es für gehört gibt hat haben hier ich ihr im in ins ist ja jede jeder kann kommt können man mehr mit nach
nicht noch nur ob oder of ohne pro sein sich sie sind so statt über um und unter uns vom von vor war was wenn werden wie
wir wird x zu zum zur
"""
NO_NOUN = frozenset(_NO_NOUN.split())
"""Words that a number does not count."""
_NAMES_A_NUMBER = "art artikel größe gr kapitel klasse modell nr nummer platz schritt seite stufe teil typ version"
NAMES_A_NUMBER = frozenset(_NAMES_A_NUMBER.split())
"""Words after which a number is a name and counts nothing: "Größe 41"."""

SIZES = {
    "XXS": "extra extra klein", "XS": "extra klein", "S": "klein", "M": "mittel", "L": "groß", "XL": "extra groß",
    "XXL": "extra extra groß", "XXXL": "extra extra extra groß", "2XL": "zwei Ix Ell", "3XL": "drei Ix Ell",
}  # fmt: skip
"""What is said for a size that is shown as letters; no number word where there is no number."""
_COMMON = """
ä ö ü ß aber alle als am an auch auf aus bei beim bis da das dass dem den der des dich die dir doch du durch ein eine
einem einen einer eines er es für gut hat ich ihr im ist ja kein keine können lässt man mehr mit nach nicht noch nur ob
oder ohne passt fasst misst wiegt schon sehr sein sich sie sind so über um und uns unser unter vom von vor wenn wie
wir wird zu zum zur
"""
COMMON = frozenset(_COMMON.split())
"""Small words, and letters, that show that a text is German."""
