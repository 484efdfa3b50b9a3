"""French words for what captions abbreviate: units, currencies, abbreviations, months, sizes."""

from __future__ import annotations

from livestream.text.plain_reading import CURRENCY_SIGNS, coinages, nouns

UNITS = nouns("""
mg; m; milligramme; milligrammes
g gr; m; gramme; grammes
kg Kg; m; kilogramme; kilogrammes
t; f; tonne; tonnes
oz; f; once; onces
lb lbs; f; livre; livres
ml mL; m; millilitre; millilitres
cl cL; m; centilitre; centilitres
dl; m; décilitre; décilitres
l L; m; litre; litres
mm; m; millimètre; millimètres
cm; m; centimètre; centimètres
m; m; mètre; mètres
km; m; kilomètre; kilomètres
in inch po; m; pouce; pouces
ft; m; pied; pieds
W; m; watt; watts
kW; m; kilowatt; kilowatts
Wh; m; wattheure; wattheures
kWh; m; kilowattheure; kilowattheures
V; m; volt; volts
A; m; ampère; ampères
mA; m; milliampère; milliampères
Ah; m; ampèreheure; ampèreheures
mAh; m; milliampèreheure; milliampèreheures
Hz; m; hertz; hertz
kHz; m; kilohertz; kilohertz
MHz; m; mégahertz; mégahertz
GHz; m; gigahertz; gigahertz
Ko KB; m; kilooctet; kilooctets
Mo MB; m; mégaoctet; mégaoctets
Go GB; m; gigaoctet; gigaoctets
To TB; m; téraoctet; téraoctets
dB; m; décibel; décibels
lm; m; lumen; lumens
px; m; pixel; pixels
MP Mpx; m; mégapixel; mégapixels
km/h; m; kilomètre à l'heure; kilomètres à l'heure
tr/min; m; tour par minute; tours par minute
g/m²; m; gramme par mètre carré; grammes par mètre carré
kcal; f; kilocalorie; kilocalories
ms; f; milliseconde; millisecondes
s sec; f; seconde; secondes
min mn; f; minute; minutes
h; f; heure; heures
j; m; jour; jours
pc pcs pce; f; pièce; pièces
m²; m; mètre carré; mètres carrés
cm²; m; centimètre carré; centimètres carrés
m³; m; mètre cube; mètres cubes
bar; m; bar; bars
""")
"""What is said for a unit, by its short form."""
GLUED = frozenset({"A", "in", "bar", "po", "t", "j", "To"})
"""Short forms that are words or letters of their own when they stand alone."""

CURRENCIES = coinages("""
EUR; m; euro; euros; m; centime; centimes
USD; m; dollar; dollars; m; centime; centimes
GBP; f; livre; livres; m; penny; pence
CHF; m; franc suisse; francs suisses; m; centime; centimes
CAD; m; dollar canadien; dollars canadiens; m; centime; centimes
AUD; m; dollar australien; dollars australiens; m; centime; centimes
NZD; m; dollar néo-zélandais; dollars néo-zélandais; m; centime; centimes
SGD; m; dollar de Singapour; dollars de Singapour; m; centime; centimes
HKD; m; dollar de Hong Kong; dollars de Hong Kong; m; centime; centimes
MXN; m; peso mexicain; pesos mexicains; m; centavo; centavos
BRL; m; réal; réaux; m; centavo; centavos
JPY; m; yen; yens
CNY; m; yuan; yuans
KRW; m; won; wons
INR; f; roupie; roupies; m; paisa; paisas
PLN; m; zloty; zlotys; m; grosz; groszy
TRY; f; livre turque; livres turques; m; kurus; kurus
RUB; m; rouble; roubles; m; kopeck; kopecks
IDR; f; roupie indonésienne; roupies indonésiennes
""")
SIGNS_OF_CURRENCIES = {
    **CURRENCY_SIGNS, "euros": "EUR", "euro": "EUR", "dollars": "USD", "$US": "USD", "$CA": "CAD", "$AU": "AUD",
    "$NZ": "NZD", "$MX": "MXN", "$SG": "SGD", "£GB": "GBP",
}  # fmt: skip
"""ISO 4217 codes by sign or name, as a French reader takes them beside a number."""

SIGNS = {
    "&": "et", "+": "plus", "=": "égale", "@": "arobase", "%": "pour cent", "°c": "degrés Celsius",
    "°f": "degrés Fahrenheit", "°": "degrés", "ø": "diamètre", "n°": "numéro", "nº": "numéro", "w/": "avec",
}  # fmt: skip

ABBREVIATIONS = {
    "p. ex": "par exemple", "p.ex": "par exemple", "par ex": "par exemple", "ex": "exemple", "env": "environ",
    "etc": "et cetera", "incl": "inclus", "cf": "voir", "c.-à-d": "c'est-à-dire", "vs": "contre", "réf": "référence",
    "ref": "référence", "qté": "quantité", "max": "maximum", "min": "minimum", "m": "monsieur", "mme": "madame",
    "mlle": "mademoiselle", "dr": "docteur", "av": "avenue", "bd": "boulevard", "tél": "téléphone", "ttc":
    "toutes taxes comprises", "ht": "hors taxes", "pp": "pages", "éd": "édition", "diam": "diamètre", "num": "numéro",
    "dim": "dimensions", "long": "longueur", "larg": "largeur", "haut": "hauteur",
}  # fmt: skip
"""Spoken forms of abbreviations by their small letters without the last stop."""
DOTTED = frozenset(
    {"ex", "m", "dr", "av", "bd", "min", "max", "pp", "dim", "long", "larg", "haut", "diam", "num", "ref", "env"}
)
"""Abbreviations read as such only where a stop follows."""
STOPPED = frozenset(ABBREVIATIONS) - {"long", "haut", "ttc", "ht"} | {"cm", "kg", "pcs"}
"""Words whose stop does not end a sentence."""

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip

LETTERS = {
    "B": "bé", "C": "cé", "D": "dé", "F": "effe", "G": "gé", "H": "hache", "J": "ji", "K": "ka", "L": "elle",
    "M": "emme", "N": "enne", "P": "pé", "Q": "ku", "R": "erre", "S": "esse", "T": "té", "V": "vé", "W": "doublevé",
    "X": "ixe", "Y": "igrec", "Z": "zède",
}  # fmt: skip
"""Names of the letters that are not their own; in one word, so that none of them holds a number."""

SHARES = {
    2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts"), 5: ("cinquième", "cinquièmes"),
    6: ("sixième", "sixièmes"), 8: ("huitième", "huitièmes"), 10: ("dixième", "dixièmes"),
    16: ("seizième", "seizièmes"),
}  # fmt: skip

_FEMININE_ENDS = """
ade aison ale ampe ance ante asse atte ée elle ence ette euse ie ière ile ille ine ise oche onge oupe ouche sion té tion
tte tude ure
"""
_FEMININE = """
barre boîte boucle bague cape chose couleur couverture fois heure housse jupe lame main minute paire page personne pièce
place planche plaque poche pointe robe seconde semaine table taille tasse toile tige trousse veste vis
"""
FEMININE_ENDS = tuple(f"{end}{many}" for end in (*_FEMININE_ENDS.split(), *_FEMININE.split()) for many in ("", "s"))
"""Of nouns that are mostly feminine."""
_NO_NOUN = """
a à au aux avec car ce ces cette chez comme dans de depuis des dont du elle elles en est et euros exactement ici il ils
je la le les leur lui mais ne non nous on or ou où par pas plus pour puis qu que qui sa sans se ses seulement si son
sont sous sur ton tous tout très tu un une vers vous x y
"""
NO_NOUN = frozenset(_NO_NOUN.split())
"""Words that a number does not count."""
_NAMES_A_NUMBER = "article chapitre étape modèle n numéro page partie pointure référence taille tome type version"
NAMES_A_NUMBER = frozenset(_NAMES_A_NUMBER.split())
"""Words after which a number is a name and counts nothing: "taille 41"."""

SIZES = {
    "XXS": "extra extra petit", "XS": "extra petit", "S": "petit", "M": "moyen", "L": "grand", "XL": "extra grand",
    "XXL": "extra extra grand", "XXXL": "extra extra extra grand", "2XL": "deux ixe elle", "3XL": "trois ixe elle",
}  # fmt: skip
"""What is said for a size that is shown as letters; no number word where there is no number."""
_COMMON = """
à â ç é è ê ë î ï ô œ ù û aux avec car ce ces cette comme dans de depuis des dont du elle en est et facile il ils la
le les leur mais même ne nous on ou où par pas plus pour qui quand sa sans se ses si son sont sous sur très un une vous
"""
COMMON = frozenset(_COMMON.split())
"""Small words, and letters, that show that a text is French."""
