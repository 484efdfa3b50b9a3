from decimal import Decimal

from livestream.catalogue.model import Fact, FactKind, Product, Source
from livestream.lines import Beat, Line, Slot

SOURCE = Source("sample.csv", 2, "Title")


def fact(kind: FactKind, value: object, *, product: str = "mug", suffix: str = "", **more: str) -> Fact:
    return Fact(f"{product}.{suffix or kind}", kind, product, value, SOURCE, **more)


MUG = (
    fact(FactKind.TITLE, "Stoneware Mug"),
    fact(FactKind.PRICE, Decimal("49.99"), currency="USD"),
    fact(FactKind.COMPARE_AT, Decimal("60.00"), currency="USD"),
    fact(FactKind.LOWEST_30D, Decimal("60.00"), currency="USD"),
    fact(FactKind.STOCK, 3),
    fact(FactKind.OPTION, ("Small", "Medium", "Large"), suffix="option.size", label="Size"),
    fact(FactKind.POINT, "holds 350 ml", suffix="point.1", grammar="verb"),
    fact(FactKind.POINT, "Thrown by hand", suffix="point.2", grammar="adjective"),
    fact(FactKind.VENDOR, "Rustic LTD"),
    fact(FactKind.VARIANTS, 6),
)
LAMP = (
    fact(FactKind.TITLE, "Copper Lamp", product="lamp"),
    fact(FactKind.PRICE_FROM, Decimal("50.00"), product="lamp", currency="USD"),
    fact(FactKind.PRICE_TO, Decimal("80.00"), product="lamp", currency="USD"),
)


def product(handle: str, facts: tuple[Fact, ...], title: str = "") -> Product:
    return Product(handle, title or str(facts[0].value), "", "", "", (), (), (), facts, 2)


def line(*pieces: str | Slot, beat: Beat = Beat.BENEFIT, about: str | None = "mug", tag: str = "en-US") -> Line:
    return Line("line-1", tag, beat, pieces, about)
