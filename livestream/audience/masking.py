"""Hiding personal data in comments: mail addresses, phones, cards, account numbers, street addresses.

The rules look at shapes and know no numbering plans. They lean towards hiding, but leave alone what
shoppers write about: prices, sizes, quantities, dates, article numbers.
"""

from __future__ import annotations

import itertools
import re

MASK = "•••"
"""What stands in place of what was hidden."""

_NUMBERS_AS_WORDS = """
zero oh one two three four five six seven eight nine cero uno dos tres cuatro cinco seis siete ocho nueve
um dois três quatro sete oito nove meia
"""
_DIGIT_WORDS = frozenset(_NUMBERS_AS_WORDS.split())
_DIGIT_WORD = "|".join(sorted(_DIGIT_WORDS))
_AT_WORDS = frozenset({"at", "arroba"})
_KINDS_OF_STREET = """
street st avenue ave road rd boulevard blvd lane ln drive dr court ct terrace highway hwy parkway pkwy rue bd chemin
impasse allée allee calle av avda avenida calzada bulevar paseo carrera privada rua travessa alameda praça via viale
corso piazza jl jalan gang
"""
_STREETS = frozenset(_KINDS_OF_STREET.split())
_GERMAN_STREETS = ("straße", "strasse", "str", "weg", "allee", "platz", "gasse")
_HAN = re.compile("[\u3400-\u9fff〒]")
_WORD = re.compile(r"[^\W\d_]+")
_TELLING = re.compile(r"[\d@]")

_TLD = r"(?:com|net|org|info|biz|io|co|me|edu|gov|app|dev|shop|store|online|mail|[a-z]{2})"
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++\s{0,2}@\s{0,2}[\w-]++(?:\s?\.\s?[\w-]++)+"
    r"|(?<![\w.+-])[\w.+-]++(?:\s(?:dot|punto|ponto)\s[\w+-]++){0,3}"
    r"\s{0,2}(?:[(\[{]\s?(?:at|arroba|@)\s?[)\]}]|\s(?:at|arroba)\s|@)\s{0,2}"
    r"[\w-]++(?:\s?(?:\.|[(\[{]\s?(?:dot|punto|ponto|\.)\s?[)\]}]|\s(?:dot|punto|ponto)\s)\s?[\w-]++){0,3}?"
    rf"\s?(?:\.|[(\[{{]\s?(?:dot|punto|ponto|\.)\s?[)\]}}]|\s(?:dot|punto|ponto)\s)\s?{_TLD}\b",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_PERSON_ID = re.compile(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", re.IGNORECASE)
_SPOKEN = re.compile(rf"\b(?:(?:{_DIGIT_WORD})[\s,.-]+){{6,}}(?:{_DIGIT_WORD})\b", re.IGNORECASE)
_GLUED = re.compile(r"\d(?:[ .-]?\d){12,18}")
_RUN = re.compile(
    r"(?<![^\W\u3040-\u9fff])(?<![^\W\u3040-\u9fff][-.,/_])(?:\+\s?)?\(?\d++(?:[ \t().\-/_–·*]{1,3}\d++)*+"
)
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]?\s(?:(?:n|s|e|w|north|south|east|west)\.?\s)?(?:[\w'.-]+\s){1,3}"
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|terrace|highway|hwy|parkway|pkwy)\b\.?"
    r"(?:,?\s(?:apt|apartment|unit|suite|ste|#)\.?\s?#?\w{1,6})?"
    r"|\b\d{1,4}(?:\s?bis|\s?ter)?,?\s(?:rue|avenue|boulevard|bd|chemin|impasse|allée|allee)\s(?:[\w'’.-]+\s?){1,4}"
    r"|\b(?:calle|av|avda|avenida|calzada|blvd|bulevar|boulevard|paseo|carrera|privada|rua|travessa|alameda|praça"
    r"|via|viale|corso|piazza|jl|jalan|gang)\b\.?\s(?:[^\W\d][\w'’.-]*,?\s){1,5}"
    r"(?:(?:no|nº|n°|núm|num|número|numero|nr|#)\.?\s?)?#?\d{1,5}\b(?:,?\s(?:int|depto|piso|apto|col|colonia)\.?\s\w+)*"
    r"|\b[^\W\d_]{3,30}(?:straße|strasse|str\.|weg|allee|platz|gasse)\s\d{1,4}[a-z]?\b"
    r"|〒\s?\d{3}-?\d{4}(?:\s?[\u3040-\u9fff]+[\d一二三四五六七八九十丁目番地号の-]*)?"
    r"|[\u3400-\u9fff]{2,12}(?:路|街|大道)\d{1,5}[号號](?:\S{0,12}室)?"
    r"|[\u3400-\u9fff]{2,12}\d{1,3}丁目[\d-]*",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:phone|tel|telephone|cell|mobile|call|text|whats?app|wa|number|contact|fono|tel[eé]fono|celular|cel|m[oó]vil"
    r"|n[uú]mero|llama(?:me|r)?|ll[aá]mame|telefone|zap|t[eé]l[eé]phone|num[eé]ro|handy|telefon|nummer|telefono|cellulare"
    r"|telepon|hp|nomor|hubungi|ssn|dni|電話|电话|手机|手機|微信|号码)\W{0,3}(?:(?:is|me|at|on|al|a|es|:|number|no)\W{1,2}){0,3}$",
    re.IGNORECASE,
)
"""Words before a number that make even a short one a phone or a document."""
_ARTICLE = re.compile(
    r"(?:sku|ref|item|art|article|art[ií]culo|model|modelo|mod|ean|upc|isbn|asin|code|c[oó]digo|part|order|pedido|orden"
    r"|bestellung|commande|ordine|pesanan|order number|tracking|lote?|batch|no|nr|n[º°]|#)"
    r"\W{0,3}(?:number|no|id|is|es)?\W{0,3}$",
    re.IGNORECASE,
)
"""Words before a number that make it an article's or an order's, if it is short enough."""
_CURRENCY = "usd|eur|gbp|mxn|brl|idr|jpy|cny|rmb|vnd|cop|clp|ars"
_SIGN = "[$€£¥₹₩₫฿₽₺円元]"
_MONEY_BEFORE = re.compile(rf"(?:{_SIGN}|\b(?:rp|kr|{_CURRENCY}))\.?\s?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    rf"\s?(?:{_SIGN}|(?:{_CURRENCY}|pesos|d[oó]lares|dollars|euros?|reais|rupiah|yen|won|ribu|juta|k)\b)", re.IGNORECASE
)
_UNIT_AFTER = re.compile(r"\s?(?:[kmgt]b|m?ah|m?l|oz|[cmk]?m|k?g|k?w|lm|hz|inch(?:es)?|in|pcs|pieces)\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*")
_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))")
_DECIMAL = re.compile(r"\d{1,5}[.]\d{1,2}")
_LONGEST = 40
"""Digits in a row beyond which no list of sizes or prices goes on."""
_LOCAL = ([3, 4], [4, 4], [3, 3, 4], [2, 4, 4])
"""How many digits stand together in phone numbers that are written without an area or a country."""


def mask(text: str) -> str:
    """Return text with personal data replaced by `MASK`, in time linear in its length."""
    words = frozenset(_WORD.findall(text.lower()))
    if not (_TELLING.search(text) or words & _AT_WORDS or words & _DIGIT_WORDS):
        return text
    if "@" in text or words & _AT_WORDS:
        text = _MAIL.sub(MASK, text)
    if words & _DIGIT_WORDS:
        text = _SPOKEN.sub(MASK, text)
    if not _TELLING.search(text):
        return text
    text = _IBAN.sub(lambda found: MASK if _valid_iban(found.group()) else found.group(), text)
    text = _PERSON_ID.sub(MASK, text)
    if words & _STREETS or any(word.endswith(_GERMAN_STREETS) for word in words) or _HAN.search(text):
        text = _ADDRESS.sub(lambda found: f"{MASK} " if found.group().endswith(" ") else MASK, text)
    text = _RUN.sub(lambda found: MASK if _is_personal(found) else found.group(), text)
    return _GLUED.sub(lambda found: MASK if has_card(found.group()) else found.group(), text).rstrip()


def _is_personal(found: re.Match[str]) -> bool:
    """Say whether a run of digits and separators is a phone, a card or a document's number."""
    run = found.group()
    groups = re.findall(r"\d+", run)
    count = sum(map(len, groups))
    if count < 7:
        return False
    before, after = found.string[max(0, found.start() - 24) : found.start()], found.string[found.end() :][:12]
    if count > _LONGEST:
        return True
    if count >= 13:
        return not _shopping(run, groups) or has_card(run)
    if run.startswith(("+", "00")):
        return True
    if _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after) or _UNIT_AFTER.match(after) or _shopping(run, groups):
        return False
    if _CUE.search(before):
        return True
    if _ARTICLE.search(before):
        return False
    if count >= 9:
        return True
    return [len(group) for group in groups] in _LOCAL or run.startswith("(")


def _shopping(run: str, groups: list[str]) -> bool:
    """Say whether numbers are what shoppers write: a sum, a date, a list of sizes, volumes, years or prices."""
    if _DATE.fullmatch(run):
        return True
    if (grouped := _GROUPED.fullmatch(run)) is not None and (grouped[1] == "." or list(map(len, groups)) != [3, 3, 3]):
        return True
    if len(groups) < 2:
        return False
    values = [int(group) for group in groups]
    steps = {after - before for before, after in itertools.pairwise(values)}
    return (
        all(1 <= step <= 20 for step in steps)
        or all(value % 10 == 0 and not group.startswith("0") for value, group in zip(values, groups, strict=True))
        or all(_DECIMAL.fullmatch(token) for token in run.split())
        or all(len(group) == 4 and 1900 <= value <= 2100 for group, value in zip(groups, values, strict=True))
    )


def has_card(run: str) -> bool:
    """Say whether the digits of a run hold a card number: 13 to 19 digits with a right check digit (Luhn)."""
    digits = [int(char) for char in run if char.isdigit()]
    return any(
        _luhn(digits[start : start + length]) for length in range(13, 20) for start in range(len(digits) - length + 1)
    )


def _luhn(digits: list[int]) -> bool:
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _valid_iban(text: str) -> bool:
    """Check an account number by ISO 13616: letters as 10 to 35, the first four last, 1 modulo 97."""
    plain = "".join(char for char in text.upper() if char.isalnum())
    if not 15 <= len(plain) <= 34 or not plain.isascii():
        return False
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1
