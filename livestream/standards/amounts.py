"""Finding an amount of money in a text of the merchant's own, in figures or words, in any currency and language."""

from __future__ import annotations

import re

from livestream.text import fold, numbers_in
from livestream.text.languages import MODULES
from livestream.text.numerals import plain_digits

_SIGNS = "$¢£¤¥֏؋߾߿৲৳૱௹฿៛₠-⃏﷼円元"
_CODES = (
    "usd|eur|gbp|jpy|cny|rmb|chf|cad|aud|nzd|mxn|brl|idr|inr|krw|sgd|hkd|twd|thb|vnd|myr|pln|czk|sek|nok|dkk|uah|aed|"
    "sar|zar|ars|clp|rp|kr|zl"
)
_NAMES = (
    r"dollar(?:s|i|o)?|dolar(?:es)?|bucks?|cents?|euro(?:s|n)?|pesos?|pence|quid|centavos?|centim[oe]s?|centesimi|reais|"
    r"rupiah|rupees?|rupien|yen|yuan|renminbi|zloty(?:s|ch)?|zlotych|rubles?|roubles?|rubel|rublos|kron(?:e|er|or|en)|"
    r"korun|francs?|franken|franchi|francos|forints?|baht|dong|ringgit|shekels?|dirhams?|dinars?|riyals?|hryvni\w|"
    r"naira|liras?|ドル|ユーロ|ウォン"
)
"""Not "pounds", which are a weight too, nor codes that are words: "TOP 10", "GEL 50"."""
_MONEY = re.compile(rf"(?P<sign>[{_SIGNS}]|(?<![a-z])(?:{_CODES})(?![a-z]))|(?<![a-z])(?:{_NAMES})(?![a-z])")
_KILOGRAM = re.compile("кг", re.IGNORECASE)
"""In Russian; folded it would be kroner."""
_BESIDE = re.compile(r"[ .-]{0,2}")


def amount_in(text: str, locale: str) -> str:
    """Return the first number with a currency beside it, "" where none is: "five dollars", "CHF 5", "5 zloty"."""
    plain = plain_digits(fold(_KILOGRAM.sub("kg", text)))
    known = locale if locale in MODULES else locale.partition("-")[0]
    for money in _MONEY.finditer(plain):
        if money.group() in {"cent", "cents"} and known == "fr":
            continue  # hundreds
        for language in dict.fromkeys((known, *MODULES) if known in MODULES else MODULES):
            for number in numbers_in(plain, language):
                before = number.end <= money.start() and _BESIDE.fullmatch(plain, number.end, money.start())
                after = money["sign"] and money.end() <= number.start
                if before or (after and _BESIDE.fullmatch(plain, money.end(), number.start)):
                    return plain[min(number.start, money.start()) : max(number.end, money.end())]
    return ""
