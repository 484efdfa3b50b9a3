"""Every number is the value of a fact: in the caption, in the spoken form, with the fact's own unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from livestream.catalogue.model import Fact, FactKind
from livestream.standards.amounts import amount_in
from livestream.standards.draft import MARKS, Draft
from livestream.standards.forms import COUNTS, MONEY, is_spoken
from livestream.standards.rules import Pack, variants
from livestream.text import Numeral, clean, fold, numbers_in
from livestream.text.glued import english_in, glued_in, roman_in
from livestream.text.languages import MODULES

_IDIOM = " · "
_OWN_AMOUNTS = MONEY | {FactKind.POLICY}
_BEFORE = " (\"'“‘—–"
_AFTER = " .,،؛؟।;:!?)\"'”’—–…"
_RUN_ON = re.compile(r"[.,:;!?]+\w")  # "$50.minutes": a stop that ends nothing
_ENDS_IN_NUMBER = re.compile(r"[\d½¼¾]\W?$")
_CYRILLIC = re.compile(r"\w{0,40}[а-яё]\w{0,40}")
_AS_CYRILLIC = str.maketrans("abcehkmoptxy", "авсенкмортху")
_HUNDREDTH = Decimal("0.01")
FEW_LEFT = 20
"""The largest count of which "only" may be said."""
_CLAUSE = re.compile(r"[.;!?]\s|[؟؛।。！？；]")


def check_numbers(draft: Draft, pack: Pack) -> None:
    """Rule `number`: no number outside slots, and in a slot only the fact's own."""
    literal = pack.idioms.sub(_IDIOM, fold(draft.literal))
    languages = tuple(MODULES) if pack.union else (draft.locale,)
    readings = [(variant, languages) for variant in variants(literal)]
    if pack.union and is_spoken(draft.locale):  # its letters and marks, which folding takes away, may make the number
        readings += [(variant, (draft.locale,)) for variant in variants(_in_one_script(draft.literal.casefold()))]
    for reading, tags in readings:
        plain = MARKS.sub(_IDIOM, reading)
        found = next(filter(None, (numbers_in(plain, tag) for tag in tags)), None)
        if word := found[0].text if found else _number_word(plain, draft.literal, languages, pack):
            raise draft.refuse("number", f"{word!r} is not the value of a fact", "Put a slot in its place.")
    if not is_spoken(draft.locale):
        _refuse_any(draft)
        return
    captions: list[Numeral] = []
    spoken: list[Numeral] = []
    for filled in draft.slots:
        own = _values(filled.fact, draft.locale)
        shown, said = numbers_in(filled.caption, draft.locale), numbers_in(filled.spoken, draft.locale)
        stray = next((numeral for numeral in shown if numeral.value not in own), None) or _untraced(said, own)
        if stray is not None:
            raise draft.refuse("number", f"{stray.text!r} is not the value of {filled.fact.id}")
        captions += shown
        spoken += said
    whole = MARKS.sub(lambda match: draft.filled(match.group()).caption, literal)
    heard = MARKS.sub(lambda match: draft.filled(match.group()).spoken, literal)
    for text, parts in ((whole, captions), (heard, spoken)):
        if [numeral.value for numeral in numbers_in(text, draft.locale)] != [numeral.value for numeral in parts]:
            raise draft.refuse("number", "facts and words run together into another number")


def _in_one_script(text: str) -> str:
    """Return small letters in which a Cyrillic word has no Latin ones in disguise: "тpи" with a Latin p is "три"."""
    return _CYRILLIC.sub(lambda match: match.group().translate(_AS_CYRILLIC), text)


def _number_word(plain: str, literal: str, languages: Sequence[str], pack: Pack) -> str:
    """Return a number that no reader of numbers knows: slang, misspelled, run together, English, Roman."""
    if match := pack.numerals.search(plain):
        return match.group()
    glued = (glued_in(plain, language, pack.units.fullmatch) for language in dict.fromkeys((*languages, "en")))
    return next(filter(None, glued), "") or english_in(plain, pack.locale) or roman_in(literal)


def _refuse_any(draft: Draft) -> None:
    """Refuse a draft in which a fact holds a number in any language: in this one none could be said."""
    for filled in draft.slots:
        if any(numbers_in(filled.caption, language) for language in MODULES):
            message = f"{filled.fact.id} holds a number, and it is not known how {draft.locale} says it"
            raise draft.refuse("number", message)


def check_units(draft: Draft, pack: Pack) -> None:
    """Rule `unit`: a number keeps the unit of its fact; no sign and no unit is put beside it."""
    literal = fold(draft.literal)
    if found := pack.amounts.search(literal):
        raise draft.refuse("unit", f"{found.group()!r} belongs to a fact, not to the words around it")
    for match in MARKS.finditer(draft.literal):
        filled = draft.filled(match.group())
        before, after = draft.literal[: match.start()], draft.literal[match.end() :]
        if filled.fact.kind in MONEY | COUNTS and _glued(before, _without(pack.particles, after), filled.joiner):
            raise draft.refuse("unit", f"something is glued to {filled.fact.id}")
        if _ENDS_IN_NUMBER.search(filled.caption) and (unit := pack.units.match(fold_keeping_space(after))):
            raise draft.refuse("unit", f"{unit.group().strip()!r} gives {filled.fact.id} another unit")


def check_prices(draft: Draft, pack: Pack) -> None:
    """Rules `currency`, `price-meaning`, `price-in-text`: a former, lowest or highest price is said so."""
    money = [filled for filled in draft.slots if filled.fact.kind in MONEY]
    if len({filled.fact.currency for filled in money}) > 1:
        raise draft.refuse("currency", "the line mixes currencies")
    for filled in draft.slots:
        if filled.fact.kind in _OWN_AMOUNTS:
            continue
        if pack.priced.search(fold(filled.caption)) or amount_in(filled.caption, draft.locale):
            raise draft.refuse("price-in-text", f"{filled.fact.id} states an amount that is not the product's price")
    words = {
        FactKind.COMPARE_AT: (pack.former, pack.former_after),
        FactKind.PRICE_FROM: (pack.lowest, pack.lowest_after),
        FactKind.PRICE_TO: (pack.highest, pack.highest_after),
    }
    for match in MARKS.finditer(draft.literal) if draft.is_line else ():
        filled = draft.filled(match.group())
        if filled.fact.kind not in words:
            continue
        ahead, behind = words[filled.fact.kind]
        before, after = _clause(draft.literal[: match.start()]), draft.literal[match.end() :]
        if not ahead.search(f"{fold(before)} ") and not behind.match(fold_keeping_space(after)):
            raise draft.refuse("price-meaning", f"nothing beside {filled.fact.id} says what kind of price it is")


def former_price_stands(former: Fact, facts: Mapping[str, Fact]) -> bool:
    """Whether a compare-at price may be quoted: above today's price, and not above the lowest of thirty days."""
    kinds = (FactKind.PRICE, FactKind.LOWEST_30D)
    price, lowest = (_amount(facts.get(f"{former.product}.{kind}"), former.currency) for kind in kinds)
    amount = _amount(former, former.currency)
    return price is not None and amount is not None and lowest is not None and price < amount <= lowest


def _amount(fact: Fact | None, currency: str) -> Decimal | None:
    return fact.value if fact and fact.currency == currency and isinstance(fact.value, Decimal) else None


def check_former_prices(draft: Draft, pack: Pack) -> None:
    """Rule `reference-price`: a compare-at price stands only on the lowest price of the last thirty days."""
    del pack
    for filled in draft.slots:
        if filled.fact.kind is FactKind.COMPARE_AT and not former_price_stands(filled.fact, draft.facts):
            raise draft.refuse(
                "reference-price",
                f"{filled.fact.id} is not shown to be a price of the last thirty days",
                f"State {filled.fact.product}.{FactKind.LOWEST_30D}, at least as high; it is above today's price.",
            )


def check_stock(draft: Draft, pack: Pack) -> None:
    """Rule `stock`: a count is above none, and "only" is said of few."""
    for filled in draft.slots:
        if filled.fact.kind in {FactKind.STOCK, FactKind.CHOICE_STOCK} and isinstance(filled.fact.value, int):
            if filled.fact.value < 1:
                raise draft.refuse("stock", f"{filled.fact.id} is {filled.fact.value}")
            if filled.fact.value > FEW_LEFT and pack.few.search(fold(draft.literal)):
                raise draft.refuse("stock", f"{filled.fact.value} is not few")


def check_products(draft: Draft, pack: Pack) -> None:
    """Rule `product`: what is said of a product stands with its own title.

    That is the title before it in its sentence, else the one behind it there ("$45 buys you the Desk Lamp"),
    else the product that was spoken of before. An amount of no product at all is refused.
    """
    del pack
    current = draft.product
    for sentence in _CLAUSE.split(draft.literal):
        facts = [draft.filled(mark).fact for mark in MARKS.findall(sentence)]
        named = [fact.product for fact in facts if fact.kind is FactKind.TITLE]
        current = named[0] if named else current
        for fact in facts:
            if fact.kind is FactKind.TITLE:
                current = fact.product
            elif current is None and fact.kind in MONEY | COUNTS:
                raise draft.refuse("product", f"nothing says of which product {fact.id} is")
            elif current is not None and fact.product not in {current, ""}:
                raise draft.refuse("product", f"{fact.id} is said of {current}")


def check_choices(draft: Draft, pack: Pack) -> None:
    """Rule `choice`: the price or the stock of one choice stands with that choice's name."""
    del pack
    named = {filled.fact.id for filled in draft.slots if filled.fact.kind is FactKind.CHOICE}
    for filled in draft.slots:
        fact = filled.fact
        if fact.kind in {FactKind.CHOICE_PRICE, FactKind.CHOICE_STOCK}:
            choice = fact.id.replace(f".{fact.kind}.", f".{FactKind.CHOICE}.", 1)
            if choice not in named:
                raise draft.refuse("choice", f"{fact.id} is said without {choice}")


def fold_keeping_space(text: str) -> str:
    """Return folded text with a leading space where the text had one."""
    return f"{' ' if text[:1].isspace() else ''}{fold(text)}"


def _values(fact: Fact, locale: str) -> frozenset[Decimal]:
    value = fact.value
    if isinstance(value, tuple):
        found = {numeral.value for item in value for numeral in numbers_in(clean(item), locale)}
        return frozenset(found | {Decimal(len(value))})
    if isinstance(value, str):
        return frozenset(numeral.value for numeral in numbers_in(clean(value), locale))
    return frozenset({Decimal(value)})


def _untraced(said: Sequence[Numeral], own: frozenset[Decimal]) -> Numeral | None:
    """Return the first number said that none of the fact's values explains.

    A value may be said in two steps: dollars and cents, the halves of a year, digits one by one.
    """
    at = 0
    while at < len(said):
        numeral = said[at]
        pair = said[at].value, said[at + 1].value if at + 1 < len(said) else Decimal(-1)
        spelled = str(numeral.value)
        if numeral.value in own or (spelled.isdecimal() and all(Decimal(digit) in own for digit in spelled)):
            at += 1
        elif own & {pair[0] * 100 + pair[1], pair[0] + pair[1] / 100} and 0 <= pair[1] < 100:
            at += 2
        elif own & {numeral.value / 100, 1 + numeral.value / 100, numeral.value + _HUNDREDTH}:
            at += 1  # where a one beside it is an article: "un peso con dos centavos", "dos pesos con un centavo"
        else:
            return numeral
    return None


def _clause(text: str) -> str:
    return _CLAUSE.split(text)[-1]


def _without(particles: re.Pattern[str], after: str) -> str:
    return after[found.end() :] if (found := particles.match(after)) else after


def _glued(before: str, after: str, joiner: str) -> bool:
    """Whether what stands beside a number could be read as part of it; where words are not parted, letters may."""
    beside = before[-1:], after[:1]
    if not joiner:
        return any(char.isnumeric() or (char.isascii() and char.isalnum()) or MARKS.match(char) for char in beside)
    return bool(_RUN_ON.match(after)) or bool(beside[0].strip(_BEFORE) or beside[1].strip(_AFTER))


CHECKS = (check_numbers, check_units, check_products, check_choices, check_prices, check_former_prices, check_stock)
