"""How a fact fills a slot: its caption tokens and what is said for each.

Forms: `plain` the fact's own words; `lower` the same with a small first letter unless the word is
a name or an acronym; `title` the same with a capital first letter; `price` "$49.99", "forty-nine
dollars and ninety-nine cents"; `price_short` the same caption, said "forty-nine ninety-nine";
`count` a whole number; `list` "Small, Medium and Large". The letters of a size option are said as
words: "XL" is "extra large".
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from livestream.catalogue.model import Fact, FactKind
from livestream.catalogue.options import option_kind
from livestream.errors import ClaimRefused
from livestream.locales import capitalised, uncapitalised
from livestream.standards.approved import Token
from livestream.text import clean, money_caption, money_spoken, speak, without_pictures
from livestream.text.languages import MODULES, language

MONEY = frozenset({FactKind.PRICE, FactKind.PRICE_FROM, FactKind.PRICE_TO, FactKind.COMPARE_AT, FactKind.CHOICE_PRICE})
COUNTS = frozenset({FactKind.STOCK, FactKind.VARIANTS, FactKind.CHOICE_STOCK})
_BOUND = {FactKind.POLICY: frozenset({"plain"}), FactKind.LOWEST_30D: frozenset[str]()}
"""The only forms of kinds that are said word for word, or that are evidence and never said."""


def render(fact: Fact, form: str, locale: str) -> tuple[Token, ...]:
    """Return the tokens of a fact in a form.

    Raises:
        ClaimRefused: rule `form`, the form does not fit the fact; `currency-unknown`, a price without one.
    """
    maker = _FORMS.get(form)
    if maker is None:
        raise ClaimRefused(f"{form!r} is not a form of a slot", rule="form", where=fact.id)
    if form not in _BOUND.get(fact.kind, _FORMS):
        raise _misfit(fact, form)
    tokens = maker(fact, locale) if is_spoken(locale) else _as_it_stands(fact, locale)
    if not tokens:
        raise ClaimRefused("the fact is empty", rule="form", where=fact.id)
    return tokens


def is_spoken(locale: str) -> bool:
    """Whether the locale's language is one whose numbers are known; in any other, words are said as they stand."""
    return locale in MODULES or locale.partition("-")[0] in MODULES


def _words(fact: Fact) -> str:
    value = fact.value
    if fact.kind in MONEY or fact.kind in COUNTS or not isinstance(value, str):
        raise _misfit(fact, "plain")
    return without_pictures(clean(value))


def _as_it_stands(fact: Fact, locale: str) -> tuple[Token, ...]:
    if not isinstance(fact.value, str):
        raise ClaimRefused(f"it is not known how numbers and lists are said in {locale}", rule="number", where=fact.id)
    return tuple(Token(word, word) for word in _words(fact).split())


def _tokens(text: str, locale: str) -> tuple[Token, ...]:
    return tuple(Token(caption, spoken) for caption, spoken in speak(text, locale))


def _plain(fact: Fact, locale: str) -> tuple[Token, ...]:
    if fact.kind in MONEY:
        return _price(fact, locale)
    if isinstance(fact.value, tuple):
        return _list(fact, locale)
    if fact.kind in COUNTS:
        return _count(fact, locale)
    tokens = _tokens(str(fact.value) if not isinstance(fact.value, str) else _words(fact), locale)
    return _chosen(tokens, locale) if fact.kind is FactKind.CHOICE else tokens


def _title(fact: Fact, locale: str) -> tuple[Token, ...]:
    words = _words(fact)
    return _tokens(capitalised(words, locale), locale)


def _lower(fact: Fact, locale: str) -> tuple[Token, ...]:
    words = _words(fact)
    first = words.split(" ", 1)[0]
    small = is_spoken(locale) and first.lower() in language(locale).common  # "O forro": a letter may be a word
    ordinary = first[1:].islower() or first == "A" or (len(first) == 1 and (small or not first.isascii()))
    return _tokens(uncapitalised(words, locale) if ordinary else words, locale)


def _price(fact: Fact, locale: str, *, short: bool = False) -> tuple[Token, ...]:
    if fact.kind not in MONEY or not isinstance(fact.value, Decimal):
        raise _misfit(fact, "price")
    if not fact.currency:
        raise ClaimRefused("the price has no currency", rule="currency-unknown", where=fact.id)
    caption = money_caption(fact.value, fact.currency, locale)
    return (Token(caption, money_spoken(fact.value, fact.currency, locale, short=short)),)


def _price_short(fact: Fact, locale: str) -> tuple[Token, ...]:
    return _price(fact, locale, short=True)


def _count(fact: Fact, locale: str) -> tuple[Token, ...]:
    value = len(fact.value) if isinstance(fact.value, tuple) else fact.value
    if isinstance(value, bool) or not isinstance(value, int):
        raise _misfit(fact, "count")
    return _tokens(str(value), locale)


def _list(fact: Fact, locale: str) -> tuple[Token, ...]:
    if not isinstance(fact.value, tuple):
        raise _misfit(fact, "list")
    items = [item for raw in fact.value if (item := without_pictures(clean(raw)))]
    tokens = _tokens(language(locale).listing(items), locale) if items else ()
    return tuple(_sized(token, locale) for token in tokens) if option_kind(fact) == "size" else tokens


def _chosen(tokens: tuple[Token, ...], locale: str) -> tuple[Token, ...]:
    """Return the tokens of a choice, the letters of sizes said as words; behind a number they are a unit, "28 L"."""
    before = ("", *(token.caption for token in tokens))
    return tuple(
        token if last[-1:].isdigit() else _sized(token, locale) for token, last in zip(tokens, before, strict=False)
    )


def _sized(token: Token, locale: str) -> Token:
    letters = token.caption.rstrip(",、")
    size = language(locale).sizes.get(letters)
    return Token(token.caption, size if letters == token.caption else f"{size},") if size else token


def _misfit(fact: Fact, form: str) -> ClaimRefused:
    return ClaimRefused(f"a {fact.kind} fact cannot be said as {form!r}", rule="form", where=fact.id)


_FORMS: dict[str, Callable[[Fact, str], tuple[Token, ...]]] = {
    "plain": _plain,
    "title": _title,
    "lower": _lower,
    "price": _price,
    "price_short": _price_short,
    "count": _count,
    "list": _list,
}
