"""`livestream check`: what a product list gives, and what to mend in it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.terminal import out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from livestream.catalogue import Catalogue, Product, Variant
    from livestream.channel.goods import Judged
    from livestream.locales import Locale

SHOWN_ROWS = 60
"""Products and problems shown in the terminal; `--json` has them all."""


def check(
    catalogue: Annotated[
        Path,
        typer.Argument(help="Product list: a Shopify export, CSV or JSON.", metavar="CATALOGUE", show_default=False),
    ],
    currency: Annotated[
        str, typer.Option(help="ISO code of prices that the file leaves without one, such as USD.", metavar="CODE")
    ] = "",
    locale: Annotated[str, typer.Option(help="Audience's language and market.", metavar="TAG")] = "en-US",
    policies: Annotated[
        Path | None, typer.Option(help="The shop's own texts on shipping, returns and the like.", metavar="FILE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document, for a program.")] = False,
) -> None:
    """Read a product list and report what can go on air and what to mend.

    Example: [bold]livestream check products.csv --currency USD[/]

    Ends with 0 where all is well, 1 where a product, a price or a policy is kept off the air, 3 where nothing can
    be used.
    """
    from livestream.catalogue import read_catalogue
    from livestream.catalogue.pictures import Pictures, with_pictures_tried
    from livestream.catalogue.policies import policies_for, read_policies
    from livestream.channel.goods import judged
    from livestream.cli.voicenote import tell_voice
    from livestream.datafiles import cache_dir
    from livestream.locales import locale as find_locale

    audience = find_locale(locale)
    tell_voice(audience.tag, quiet=as_json)
    found = read_catalogue(catalogue, currency=currency or None, locale=audience.tag)
    found = _with_signs_tried(with_pictures_tried(found, Pictures(cache_dir() / "pictures")), audience)
    texts = judged(policies_for(read_policies(policies), audience), audience) if policies else ()
    if as_json:
        report = document(found) | {"policies": [_policy(text) for text in texts]}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _show(found, audience)
        if policies:
            out.print()
            out.print(_policies(texts, audience), soft_wrap=not texts)
    if any(problem.severity == "error" for problem in found.problems) or any(text.rule for text in texts):
        raise typer.Exit(1)


def document(catalogue: Catalogue) -> dict[str, object]:
    """Return the report as plain data; keys are added to it, never renamed."""
    return {
        "file": str(catalogue.path),
        "currency": catalogue.currency,
        "currency_origin": catalogue.currency_origin,
        "texts": _texts(catalogue),
        "products": [_product(product) for product in catalogue.products],
        "problems": [
            {
                "severity": problem.severity,
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in catalogue.problems
        ],
    }


def _texts(catalogue: Catalogue) -> dict[str, object] | None:
    told = catalogue.coverage
    if told is None:
        return None
    counts = {field: {"translated": some, "of": of} for field, (some, of) in told.texts.items()}
    return {"locale": told.locale, "native": told.native} | counts


def _with_signs_tried(catalogue: Catalogue, locale: Locale) -> Catalogue:
    """Return the catalogue with a problem for every title that holds what no font of this machine has."""
    from livestream.catalogue import Problem
    from livestream.errors import MachineError
    from livestream.programme.fonts import unwritable

    problems = list(catalogue.problems)
    with suppress(MachineError):  # `livestream doctor` tells of a machine that cannot draw
        for product in catalogue.products:
            if odd := unwritable(product.title, locale.tag):
                fact = product.facts[0].source
                told = f"no font of this machine has {' '.join(odd)}; on screen it is left out"
                remedy = "Install fonts: apt-get install -y fonts-noto-core fonts-noto-cjk"
                problems.append(Problem("warning", fact.row, fact.column, product.title, told, remedy))
    return replace(catalogue, problems=tuple(problems))


def _product(product: Product) -> dict[str, object]:
    return {
        "handle": product.handle,
        "title": product.title,
        "row": product.row,
        "description": product.description,
        "variants": [_variant(variant) for variant in product.variants],
        "images": list(product.images),
        "facts": [
            {
                "id": fact.id,
                "version": fact.version,
                "kind": str(fact.kind),
                "value": list(fact.value) if isinstance(fact.value, tuple) else str(fact.value),
                "currency": fact.currency,
                "label": fact.label,
                "grammar": fact.grammar,
                "row": fact.source.row,
                "column": fact.source.column,
            }
            for fact in product.facts
        ],
    }


def _policy(text: Judged) -> dict[str, object]:
    fact = text.fact
    told = {"id": fact.id, "version": fact.version, "topic": fact.label, "text": str(fact.value)}
    return told | {"entry": fact.source.row, "rule": text.rule, "message": text.message}


def _variant(variant: Variant) -> dict[str, object]:
    offer = variant.offer
    return {
        "sku": variant.sku,
        "options": dict(variant.options),
        "price": None if offer.price is None else str(offer.price),
        "compare_at": None if offer.compare_at is None else str(offer.compare_at),
        "currency": offer.currency,
        "stock": variant.stock,
    }


def _show(catalogue: Catalogue, locale: Locale) -> None:
    out.print(_summary(catalogue), soft_wrap=True)
    out.print(_currency_note(catalogue, locale), soft_wrap=True)
    if note := _language_note(catalogue, locale):
        out.print(note, soft_wrap=True)
    if note := _rules_note(locale):
        out.print(note, soft_wrap=True)
    out.print()
    out.print(_products(catalogue, locale))
    if catalogue.problems:
        out.print()
        out.print(_problems(catalogue))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _summary(catalogue: Catalogue) -> str:
    variants = sum(len(product.variants) for product in catalogue.products)
    errors = sum(problem.severity == "error" for problem in catalogue.problems)
    warnings = len(catalogue.problems) - errors
    parts = [
        f"[bold]{escape(catalogue.path.name)}[/]",
        _count(len(catalogue.products), "product"),
        _count(variants, "variant"),
        _count(len(catalogue.facts), "fact"),
        f"[red]{_count(errors, 'error')}[/]" if errors else "[green]no errors[/]",
    ]
    if warnings:
        parts.append(f"[yellow]{_count(warnings, 'warning')}[/]")
    return "  ·  ".join(parts)


def _currency_note(catalogue: Catalogue, locale: Locale) -> str:
    if catalogue.currency_origin == "unknown":
        return (
            f"[yellow]Currency unknown:[/] preview and render assume {locale.currency or 'none'}, "
            f"run speaks no price. Pass --currency {locale.currency or 'CODE'}, or add a currency column."
        )
    told = {"file": "stated by the file", "argument": "given by --currency"}
    used = dict.fromkeys(variant.offer.currency for product in catalogue.products for variant in product.variants)
    named = " and ".join(currency for currency in used if currency) or catalogue.currency
    return f"[dim]Prices in {named}, {told.get(catalogue.currency_origin, catalogue.currency_origin)}.[/]"


def _language_note(catalogue: Catalogue, locale: Locale) -> str:
    """Say how much of a list has a text in the audience's language, where it is not in that language itself."""
    told = catalogue.coverage
    if told is None or (told.native and not any(some for some, _ in told.texts.values())):
        return ""
    counts = [f"{some:,} of {_count(of, field)}" for field, (some, of) in told.texts.items() if of]
    whole = all(some == of for some, of in told.texts.values())
    if whole or told.native:
        return f"[dim]In {locale.tag}: {', '.join(counts)}.[/]"
    return (
        f"[yellow]In {locale.tag}:[/] {', '.join(counts)}. What has no text in the language of the show is not said; "
        f"have it drafted: livestream translate {escape(catalogue.path.name)} --locale {locale.tag}"
    )


def _rules_note(locale: Locale) -> str:
    from livestream.standards.packs import pack_locales

    if locale.tag in pack_locales():
        return ""
    return (
        f"[yellow]No rules for {locale.tag}:[/] every rule of every market holds, so honest lines may be refused. "
        f"Markets with rules of their own: {', '.join(pack_locales())}."
    )


def _products(catalogue: Catalogue, locale: Locale) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("product", overflow="fold", min_width=16)
    for name in ("variants", "price", "stock", "points"):
        table.add_column(name, justify="right", no_wrap=name == "price")
    table.add_column("picture")
    for product in catalogue.products[:SHOWN_ROWS]:
        points = sum(fact.kind == "point" for fact in product.facts)
        table.add_row(
            escape(product.title),
            str(len(product.variants)),
            _price(product, locale),
            _stock(product),
            str(points) if points else "[yellow]0[/]",
            _picture(product, catalogue.path.parent),
        )
    if len(catalogue.products) > SHOWN_ROWS:
        table.add_row(f"[dim]… and {len(catalogue.products) - SHOWN_ROWS:,} more[/]")
    return table


def _policies(texts: Sequence[Judged], locale: Locale) -> Table | str:
    if not texts:
        return f"[yellow]None of the policies is for {locale.tag}:[/] shipping, returns and the like are not spoken of."
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("policy")
    table.add_column("entry", justify="right")
    table.add_column("text, quoted whole", overflow="fold")
    for text in texts:
        why = f"\n[red]left out, rule {escape(text.rule)}:[/] {escape(text.message)}" if text.rule else ""
        table.add_row(text.fact.label, str(text.fact.source.row), escape(str(text.fact.value)) + why)
    return table


def _price(product: Product, locale: Locale) -> str:
    prices = [variant.offer.price for variant in product.variants]
    known = [price for price in prices if price is not None]
    if not known or len(known) < len(prices):
        return "[yellow]not quoted[/]"
    currency = product.variants[0].offer.currency
    low, high = _money(min(known), currency, locale), _money(max(known), currency, locale)
    return low if low == high else f"{low} – {high}"


def _money(amount: Decimal, currency: str, locale: Locale) -> str:
    from babel.numbers import format_currency, format_decimal

    if not currency:
        return format_decimal(amount, "#,##0.00", locale=locale.cldr)
    return format_currency(amount, currency, locale=locale.cldr)


def _stock(product: Product) -> str:
    counts = [variant.stock for variant in product.variants]
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return "[dim]–[/]"
    return f"{sum(known):,}" if sum(known) else "[yellow]sold out[/]"


def _picture(product: Product, base: Path) -> str:
    """Say where the picture is; nothing is fetched here."""
    if not product.images:
        return "[dim]drawn card[/]"
    first = product.images[0]
    if first.startswith("https:"):
        return "https"
    return "file" if (base / first).is_file() else "[yellow]missing[/]"


def _problems(catalogue: Catalogue) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("row", justify="right")
    table.add_column("column", overflow="fold")
    table.add_column("value", overflow="fold", max_width=28)
    table.add_column("problem and what to do", overflow="fold")
    worst_first = sorted(catalogue.problems, key=lambda problem: (problem.severity != "error", problem.row))
    for problem in worst_first[:SHOWN_ROWS]:
        colour = "red" if problem.severity == "error" else "yellow"
        table.add_row(
            f"[{colour}]{problem.row}[/]",
            escape(problem.column),
            escape(problem.value),
            f"{escape(problem.message)}\n[dim]→ {escape(problem.remedy)}[/]",
        )
    if len(worst_first) > SHOWN_ROWS:
        table.add_row("", "", "", f"[dim]… and {len(worst_first) - SHOWN_ROWS:,} more; --json has them all[/]")
    return table
