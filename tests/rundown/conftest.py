from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from livestream.catalogue import Catalogue, Fact, FactKind, Product, Source, read_catalogue
from livestream.locales import Locale, locale
from livestream.rundown import Playbook, load_playbook


@pytest.fixture(scope="session")
def american() -> Locale:
    return locale("en-US")


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load_playbook("en-US")


@pytest.fixture(scope="session")
def exports(real_catalogues) -> dict[str, Catalogue]:
    return {
        name: read_catalogue(real_catalogues / f"{name}.csv", assume="USD") for name in ("apparel", "home-and-garden")
    }


def make_fact(handle: str, kind: FactKind, value: object, suffix: str = "", **more: str) -> Fact:
    return Fact(f"{handle}.{suffix or kind}", kind, handle, value, Source("shop.csv", 2, "Title"), **more)


def make_product(
    handle: str,
    title: str,
    *,
    points: tuple[tuple[str, str], ...] = (),
    price: str | None = "20",
    sizes: tuple[str, ...] = (),
    vendor: str = "",
    stock: int | None = None,
) -> Product:
    facts = [make_fact(handle, FactKind.TITLE, title)]
    if price is not None:
        facts.append(make_fact(handle, FactKind.PRICE, Decimal(price), currency="USD"))
    if sizes:
        facts.append(make_fact(handle, FactKind.OPTION, sizes, "option.size", label="Size"))
    if vendor:
        facts.append(make_fact(handle, FactKind.VENDOR, vendor))
    if stock is not None:
        facts.append(make_fact(handle, FactKind.STOCK, stock))
    facts += [
        make_fact(handle, FactKind.POINT, text, f"point.{number}", grammar=grammar)
        for number, (text, grammar) in enumerate(points, start=1)
    ]
    return Product(handle, title, "", vendor, "", (), (), (), tuple(facts), 2)


def make_catalogue(*products: Product) -> Catalogue:
    return Catalogue(Path("shop.csv"), products, (), "USD", "argument")


@pytest.fixture
def product():
    return make_product


@pytest.fixture
def shop():
    return make_catalogue
