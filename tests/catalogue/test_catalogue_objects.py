import json
from decimal import Decimal

import pytest

from livestream.errors import CatalogueError

SHOPIFY = {
    "products": [
        {
            "id": 1,
            "title": "Mug",
            "handle": "mug",
            "body_html": "<p>Nice &amp; big.</p>",
            "vendor": "Acme",
            "product_type": "Kitchen",
            "tags": ["a", "b"],
            "options": [{"name": "Color", "values": ["Red", "Blue"]}],
            "variants": [
                {"option1": "Red", "sku": "1", "price": "12.00", "compare_at_price": "15.00",
                 "lowest_30d": 15, "inventory_quantity": 3,
                 "inventory_management": "shopify", "inventory_policy": "deny"},
                {"option1": "Blue", "sku": "2", "price": "12.00", "compare_at_price": "15.00",
                 "lowest_30d": 15, "inventory_quantity": 4,
                 "inventory_management": None, "inventory_policy": "deny"},
            ],
            "images": [{"src": "https://a.example/y.png"}],
        }
    ]
}  # fmt: skip


def test_shopifys_products_json(read):
    catalogue = read(json.dumps(SHOPIFY), "products.json")
    (product,) = catalogue.products
    assert catalogue.problems == ()
    assert (product.handle, product.description, product.type) == ("mug", "Nice & big.", "Kitchen")
    assert product.tags == ("a", "b")
    assert product.images == ("https://a.example/y.png",)
    assert [(variant.options, variant.stock) for variant in product.variants] == [
        ((("Color", "Red"),), 3),
        ((("Color", "Blue"),), None),
    ]
    assert catalogue.fact("mug.compare_at").value == 15
    assert catalogue.fact("mug.price").source.column == "variants[0].price"


def test_a_plain_list_keeps_amounts_exact(read):
    catalogue = read('[{"name": "Lamp", "price": 49.10, "currency": "EUR", "stock": 3, "image": "lamp.png"}]', "a.json")
    (product,) = catalogue.products
    assert str(product.variants[0].offer.price) == "49.10"
    assert catalogue.currency == "EUR"
    assert product.images == ("lamp.png",)
    assert product.variants[0].stock == 3


def test_json_is_known_without_its_suffix(read):
    assert read('{"items": [{"title": "Lamp", "price": 5}]}', "export.txt").products[0].title == "Lamp"


def test_entries_that_are_no_products_are_named(read):
    catalogue = read('[{"title": "Lamp", "price": [1]}, 5, {"price": 3}, {"title": "Cup", "price": true}]', "a.json")
    assert [product.title for product in catalogue.products] == ["Lamp", "Cup"]
    assert [(problem.row, problem.severity) for problem in catalogue.problems] == [
        (1, "error"),
        (2, "error"),
        (3, "error"),
        (4, "error"),
    ]
    assert all(variant.offer.price is None for product in catalogue.products for variant in product.variants)


def test_an_unpublished_product_is_left_out(read):
    assert [
        product.title
        for product in read(
            '[{"title": "A", "published_at": null}, {"title": "B", "published_at": "2026"}]', "a.json"
        ).products
    ] == ["B"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"a": 1}', "no list of products"),
        ("[]", "no product"),
        ('[{"title": "Lamp",}]', "not valid JSON"),
        ('[{"title": "Lamp", "price": NaN}]', "NaN"),
        ("[" * 100_000, "nested too deeply|not valid JSON"),
        ('"text"', "no list of products"),
        ("null", "no installed reader"),
    ],
)
def test_names_what_is_wrong_with_json(read, content, message):
    with pytest.raises(CatalogueError, match=message) as refusal:
        read(content, "a.json")
    assert refusal.value.remedy


def test_deep_values_in_a_product_do_no_harm(read):
    deep = "[" * 200 + "]" * 200
    catalogue = read(f'[{{"title": "Lamp", "price": 5, "description": {deep}}}]', "a.json")
    assert catalogue.products[0].variants[0].offer.price == Decimal(5)
