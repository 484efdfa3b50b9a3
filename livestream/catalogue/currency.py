"""Which currency a price is in: what the file says, then what the merchant says, then nothing certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from livestream.catalogue.drafts import Cell, VariantDraft
from livestream.catalogue.model import CurrencyOrigin
from livestream.catalogue.money import Money, NotMoney, currency_code, parse_money
from livestream.catalogue.report import Report


@dataclass(frozen=True, slots=True)
class Priced:
    """One variant's money as its cells state it; `code` is what its currency column says, or its market."""

    price: Money | None
    compare_at: Money | None
    lowest_30d: Money | None
    code: str
    by_market: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """The currency of amounts that state none, whether the file's prices are in several, and some the market's own."""

    currency: str
    origin: CurrencyOrigin
    mixed: bool = False
    by_market: bool = False


def read_money(variant: VariantDraft, report: Report) -> Priced:
    """Parse a variant's cells; what is no price is reported and becomes None."""
    code = ""
    if variant.currency:
        try:
            code = currency_code(variant.currency.value)
        except NotMoney as error:
            _report(variant.currency, error, report)
            return Priced(None, None, None, "")
    former, lowest = (_money(cell, report, optional=True) for cell in (variant.compare_at, variant.lowest_30d))
    return Priced(_money(variant.price, report), former, lowest, code, variant.by_market)


def _money(cell: Cell, report: Report, *, optional: bool = False) -> Money | None:
    try:
        money = parse_money(cell.value)
    except NotMoney as error:
        _report(cell, error, report)
        return None
    if money is None or money.amount:
        return money
    if not optional:
        _report(cell, NotMoney("a price of zero is never quoted", "Write what it costs, or leave it empty."), report)
    return None


def _report(cell: Cell, error: NotMoney, report: Report) -> None:
    report.error(cell.row, cell.column, cell.value, str(error), error.remedy)


def settle(priced: Iterable[Priced], *, argument: str, origin: CurrencyOrigin, assume: str, report: Report) -> Settled:
    """Decide the catalogue's currency. A file that names its own is believed before an argument.

    The market's own prices say nothing of the others: those are in another currency more often than not,
    and none is assumed for them.
    """
    every = [each for each in priced if each.price or each.code]
    base = [each for each in every if not each.by_market]
    by_market = len(base) < len(every)
    named: Counter[str] = Counter()
    for each in base or every:
        stated = each.price.currencies if each.price else frozenset()
        if each.code:
            named[each.code] += 1
        elif len(stated) == 1:
            named.update(stated)
    if named:
        currency = named.most_common(1)[0][0]
        if argument and argument not in named:
            report.warning(
                1, "", argument, f"the file states {currency}; {argument} is not used",
                "Convert the prices in the file, or leave the currency out.",
            )  # fmt: skip
        return Settled(currency, "file", len(named) > 1, by_market)
    if argument:
        return Settled(argument, origin, by_market=by_market)
    return Settled(assume, "assumed") if assume and not by_market else Settled("", "unknown", by_market=by_market)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a variant costs, with the currency settled."""

    price: Decimal | None
    compare_at: Decimal | None
    lowest_30d: Decimal | None
    currency: str


def quote(variant: VariantDraft, priced: Priced, settled: Settled, report: Report) -> Quote:
    """Return the variant's amounts in one currency, or no price where the signs contradict it."""
    if priced.price is None:
        return Quote(None, None, None, priced.code or settled.currency)
    if settled.by_market and not priced.by_market:
        report.warning_once(
            variant.row, variant.price.column, variant.price.value,
            "the market has no price for it; the price for all is quoted, if its currency is known",
            "Fill in the market's column, or name the currency of the others.",
        )  # fmt: skip
    stated = priced.price.currencies
    currency = priced.code or (next(iter(stated)) if len(stated) == 1 else settled.currency)
    fault = ""
    if stated and currency and currency not in stated:
        fault = f"the sign of the price is not that of {currency}"
    elif settled.mixed and not stated and not priced.code:
        fault = "the file has several currencies and this price states none"
    if fault:
        report.error(
            variant.row, variant.price.column, variant.price.value, f"{fault}; it is not quoted",
            "Write the ISO code beside the amount, or pass --currency.",
        )  # fmt: skip
        return Quote(None, None, None, currency)
    before = _compare_at(variant, priced, currency, report)
    lowest = _lowest(variant.lowest_30d, priced.lowest_30d, before, currency, report)
    if before is not None and priced.lowest_30d is None:
        cell = variant.compare_at
        report.warning_once(
            cell.row, cell.column, cell.value, "no lowest price of the last 30 days stands beside it; it is not quoted",
            "Add a column lowest_30d to have earlier prices said and shown.",
        )  # fmt: skip
    return Quote(priced.price.amount, before, lowest, currency)


def _lowest(cell: Cell, lowest: Money | None, before: Decimal | None, currency: str, report: Report) -> Decimal | None:
    if lowest is None or not lowest.amount:
        return None
    foreign = lowest.currencies and currency and currency not in lowest.currencies
    if foreign:
        message, remedy = "the lowest price of 30 days is in another currency", "Write all prices in one currency."
    elif before is not None and lowest.amount < before:
        message, remedy = (
            "the shop asked less in the last 30 days",
            "Write that price there.",
        )
    else:
        return lowest.amount
    report.warning(cell.row, cell.column, cell.value, f"{message}; the earlier price is not quoted", remedy)
    return None if foreign else lowest.amount


def _compare_at(variant: VariantDraft, priced: Priced, currency: str, report: Report) -> Decimal | None:
    before, now = priced.compare_at, priced.price
    if before is None or now is None or before.amount == now.amount:
        return None
    cell = variant.compare_at
    if before.currencies and currency and currency not in before.currencies:
        message, remedy = "the earlier price is in another currency", "Write both prices in one currency."
    elif before.amount < now.amount:
        message, remedy = "the earlier price is lower than the price", "Swap the two, or leave the earlier one empty."
    else:
        return before.amount
    report.warning(cell.row, cell.column, cell.value, f"{message}; it is not shown", remedy)
    return None
