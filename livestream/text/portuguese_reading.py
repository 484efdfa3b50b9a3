"""Portuguese captions into speech, as in Brazil: the words, and what only Portuguese writes so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.digits import digits_pattern, digits_value
from livestream.text.languages import Language, Place
from livestream.text.plain_reading import CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.portuguese import LETTERS, cardinal, digits, ordinal
from livestream.text.portuguese_numerals import PORTUGUESE_NUMBERS

_UNITS = nouns(
    """
    mg; m; miligrama; miligramas
    g gr grs; m; grama; gramas
    kg Kg KG kgs; m; quilo; quilos
    oz; f; onça; onças
    lb lbs; f; libra; libras
    ml mL; m; mililitro; mililitros
    cl; m; centilitro; centilitros
    l L lt lts; m; litro; litros
    gal; m; galão; galões
    mm; m; milímetro; milímetros
    cm cms; m; centímetro; centímetros
    m mt mts; m; metro; metros
    km; m; quilômetro; quilômetros
    in pol; f; polegada; polegadas
    ft; m; pé; pés
    yd; f; jarda; jardas
    m²; m; metro quadrado; metros quadrados
    cm²; m; centímetro quadrado; centímetros quadrados
    m³; m; metro cúbico; metros cúbicos
    g/m²; m; grama por metro quadrado; gramas por metro quadrado
    W; m; watt; watts
    kW; m; quilowatt; quilowatts
    Wh; m; watt hora; watts hora
    kWh; m; quilowatt hora; quilowatts hora
    V; m; volt; volts
    A; m; ampere; amperes
    mAh; m; miliampere hora; miliamperes hora
    Hz; m; hertz
    MHz; m; megahertz
    GHz; m; gigahertz
    KB; m; kilobyte; kilobytes
    MB; m; megabyte; megabytes
    GB; m; gigabyte; gigabytes
    TB; m; terabyte; terabytes
    dB; m; decibel; decibéis
    lm; m; lúmen; lúmens
    px; m; pixel; pixels
    MP; m; megapixel; megapixels
    fps; m; quadro por segundo; quadros por segundo
    rpm; f; rotação por minuto; rotações por minuto
    kcal; f; quilocaloria; quilocalorias
    km/h; m; quilômetro por hora; quilômetros por hora
    s seg; m; segundo; segundos
    min; m; minuto; minutos
    h hs; f; hora; horas
    pç pçs pc pcs; f; peça; peças
    un und; f; unidade; unidades
    """
)
_CURRENCIES = coinages(
    """
    BRL; m; real; reais; m; centavo; centavos
    USD; m; dólar; dólares; m; centavo; centavos
    EUR; m; euro; euros; m; centavo; centavos
    GBP; f; libra; libras; m; penny; pence
    CAD; m; dólar canadense; dólares canadenses; m; centavo; centavos
    AUD; m; dólar australiano; dólares australianos; m; centavo; centavos
    NZD; m; dólar neozelandês; dólares neozelandeses; m; centavo; centavos
    SGD; m; dólar de Singapura; dólares de Singapura; m; centavo; centavos
    HKD; m; dólar de Hong Kong; dólares de Hong Kong; m; centavo; centavos
    MXN; m; peso mexicano; pesos mexicanos; m; centavo; centavos
    CHF; m; franco suíço; francos suíços; m; cêntimo; cêntimos
    JPY; m; iene; ienes
    CNY; m; yuan; yuans
    KRW; m; won; wons
    INR; f; rupia; rupias; f; paisa; paisas
    IDR; f; rupia indonésia; rupias indonésias
    PLN; m; zlóti; zlótis; m; grosz; groszy
    TRY; f; lira turca; liras turcas; m; kurus; kurus
    RUB; m; rublo; rublos; m; copeque; copeques
    """
)
_MONTHS_WORDS = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
_MONTHS = tuple(_MONTHS_WORDS.split())
_NAMES_A_NUMBER_WORDS = """
calibre canal capítulo grau modelo nível nº número opção página parte passo série tamanho versão volume
"""
_NAMES_A_NUMBER = frozenset(_NAMES_A_NUMBER_WORDS.split())
_NO_NOUN_WORDS = """
a à ainda ao aos apenas as até cada com como custa da das de desde dessa disponíveis disponível do dos e é ela
em entre era essa esta está eu fica foi há já mais mas na nas não no nos nossa o ou para pela pelas pelo por pra
que se sem ser seu só sua também tem têm uma vem vêm
"""
_NO_NOUN = frozenset(_NO_NOUN_WORDS.split())
_MASCULINE_WORDS = """
clima dia dias idioma mapa mapas pijama pijamas problema problemas programa programas sistema sistemas tema
temas grama gramas miligrama miligramas quilograma quilogramas
"""
_MASCULINE = frozenset(_MASCULINE_WORDS.split())
_LARGE_SUM = rf"(?P<sign>R\$|US\$|€|£) ?(?P<n>{digits_pattern(',')}) (?P<scale>mil(?:hão|hões)?|bilhão|bilhões)"
_TELEPHONE = re.compile(r"(?:\+55 )?\(?\d{2}\)? 9?\d{4}[- ]\d{4}")
_FEMININE = ("a", "as", "ção", "ções", "são", "sões", "dade", "dades", "gem", "gens", "tude", "tudes")


def _counted(number: int, gender: str) -> str:
    return cardinal(number, feminine=gender == "f")


def _noun(place: Place) -> str:
    after = place.after
    if place.stopped or not after.isalpha() or after in _NO_NOUN or place.before in _NAMES_A_NUMBER:
        return ""
    return "f" if after.endswith(_FEMININE) and after not in _MASCULINE else "m"


def _date(day: int, month: int, year: int) -> str:
    return f"{'primeiro' if day == 1 else cardinal(day)} de {_MONTHS[month - 1]} de {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    """Return a time of day with the names of its parts: "vinte e cinco" alone would be a number."""
    hours = f"{_counted(hour, 'f')} {'hora' if hour == 1 else 'horas'}"
    return f"{hours} e {cardinal(minute)} {'minuto' if minute == 1 else 'minutos'}" if minute else hours


def _share(upper: int, lower: int) -> str:
    if not 2 <= lower <= 10 or upper > lower:
        return ""
    if lower == 2:
        return "meio" if upper == 1 else f"{cardinal(upper)} meios"
    name = "terço" if lower == 3 else ordinal(lower)
    return f"um {name}" if upper == 1 else f"{cardinal(upper)} {name}s"


def _ordinal(match: re.Match[str], _place: Place) -> str:
    number, end = int(match["n"]), match["end"].lower()
    return "" if end == "º" and number > 20 else ordinal(number, feminine=end in {"ª", "a"})


def _first_of_month(match: re.Match[str], _place: Place) -> str:
    return f"primeiro de {match['month']}"


def _clock(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    return _time(hour, minute) if hour <= 24 and minute <= 59 else ""


def _large_sum(match: re.Match[str], _place: Place) -> str:
    """Return an amount with its scale, "R$ 2 milhões" or "R$ 10 mil"."""
    scale = match["scale"]
    names = _CURRENCIES[CURRENCY_SIGNS[match["sign"]]].notes
    said = WORDS.number(digits_value(match["n"], ","))
    return f"{said} {scale} {names.many}" if scale == "mil" else f"{said} {scale} de {names.many}"


def _telephone(match: re.Match[str], _place: Place) -> str:
    """Return a telephone number digit by digit, in the groups it is written in."""
    said = ", ".join(map(digits, re.findall(r"\d+", match[0])))
    return f"mais {said}" if match[0].startswith("+") else said


def _half(match: re.Match[str], place: Place) -> str:
    """Return a half of what follows: "meia xícara", "duas e meia xícaras"."""
    gender = _noun(place)
    half = "meia" if gender == "f" else "meio"
    whole = match["whole"]
    return f"{_counted(int(whole), gender)} e {half}" if whole else half


WORDS = Words(
    cldr="pt_BR",
    cardinal=cardinal,
    counted=_counted,
    noun=_noun,
    singular=lambda value: 0 < value < 2,
    point="vírgula",
    minus="menos",
    percent="por cento",
    degree=Noun("grau", "graus", "m"),
    by="por",
    to="a",
    also="e",
    plus="mais",
    pound_sign="número",
    times="{n} vezes",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} e {cents}",
    of=lambda name: f"de {name}",
    clock="h|hs|horas?",
    glued=frozenset({"in", "A", "h", "s", "un", "min", "gal"}),
    signs={
        "&": "e", "+": "mais", "=": "igual a", "@": "arroba", "%": "por cento", "°c": "graus Celsius",
        "°f": "graus Fahrenheit", "°": "graus", "c/": "com", "s/": "sem", "p/": "para", "w/": "com", "w/o": "sem",
    },
    abbreviations={
        "nº": "número", "n°": "número", "núm": "número", "aprox": "aproximadamente", "máx": "máximo", "mín": "mínimo",
        "max": "máximo", "min": "mínimo", "etc": "et cetera", "ex": "exemplo", "p.ex": "por exemplo", "tam": "tamanho",
        "mod": "modelo", "ref": "referência", "cód": "código", "pág": "página", "qtd": "quantidade", "sr": "senhor",
        "sra": "senhora", "dr": "doutor", "dra": "doutora", "vs": "contra", "obs": "observação", "incl": "incluso",
        "ltda": "Limitada", "ltd": "Limited", "co": "Company", "inc": "Incorporated",
    },
    dotted=frozenset({"ex", "max", "min", "tam", "mod", "ref", "sr", "sra", "dr", "dra", "obs", "co"}),
    stopped=frozenset(
        {"máx", "mín", "max", "min", "nº", "aprox", "etc", "ex", "tam", "mod", "ref", "cód", "pág", "sr", "sra",
        "dr", "dra", "cm", "kg"}
    ),
    letters=LETTERS,
    joined=(
        re.compile(rf"(?<!\S){_TELEPHONE.pattern}(?!\S*\d)"),
        re.compile(rf"(?<!\S)1º? de (?:{'|'.join(_MONTHS)})\b", re.IGNORECASE),
        re.compile(rf"(?<!\S){_LARGE_SUM}\b"),
    ),
    readers=(
        (_TELEPHONE, _telephone),
        (re.compile(_LARGE_SUM), _large_sum),
        (re.compile(rf"1º? de (?P<month>{'|'.join(_MONTHS)})", re.IGNORECASE), _first_of_month),
        (re.compile(r"(?P<hour>\d{1,2})h(?:(?P<minute>\d{2})(?:min)?)?", re.IGNORECASE), _clock),
        (re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2}) ?(?:h|hs|horas?)?", re.IGNORECASE), _clock),
        (re.compile(r"(?:(?P<whole>\d{1,2}) )?1/2"), _half),
        (re.compile(r"(?P<n>\d{1,3})\.?(?P<end>[ºª])"), _ordinal),
    ),
)  # fmt: skip


def _listing(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} e {items[-1]}"


_SIZES = {
    "PP": "extra pequeno", "P": "pequeno", "M": "médio", "G": "grande", "GG": "extra grande", "XG": "extra grande",
    "EG": "extra grande", "XGG": "extra extra grande", "XXS": "extra extra pequeno", "XS": "extra pequeno",
    "S": "pequeno", "L": "grande", "XL": "extra grande", "XXL": "extra extra grande", "U": "tamanho único",
}  # fmt: skip
_COMMON_WORDS = """
á â ã à ç é ê í ó ô õ ú ao aos até cada com como da das de dos ela ele em essa esse esta este feita feito na nas
nos não o ou para pela pelo por que se sem sobre sua suas também tem toda todo um uma você muito muita mais
menos inclui feitos feitas dentro fora lado tecido madeira couro vidro linho seda bolso bolsos tampa forro
enchimento macio macia leve cabe pode funciona medida lavar costura mede pesa
"""
_COMMON = frozenset(_COMMON_WORDS.split())
LANGUAGE = Language(PORTUGUESE_NUMBERS, make_reading(WORDS), make_money(WORDS), _listing, _SIZES, _COMMON)
