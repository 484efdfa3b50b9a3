from decimal import Decimal

import pytest

from livestream.catalogue import FactKind
from livestream.errors import CatalogueError

OLD = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
    "Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,"
    "Image Src,Image Position\n"
)
NEW = (
    "Title,URL handle,Description,Vendor,Status,Option1 name,Option1 value,SKU,Inventory tracker,Inventory quantity,"
    "Continue selling when out of stock,Price,Compare-at price,Price / International,Product image URL\n"
)


def test_old_shopify_headers_with_variants_and_image_rows(read):
    catalogue = read(
        OLD
        + 'pot,Clay Pot,"<p>A pot</p>",Acme,Garden,"Pot, Clay",true,Size,Small,P-S,shopify,3,deny,9.99,,one.png,1\n'
        + "pot,,,,,,,,Large,P-L,shopify,4,deny,15.99,,two.png,2\n"
        + "pot,,,,,,,,,,,,,,,three.png,3\n"
    )
    (product,) = catalogue.products
    assert catalogue.problems == ()
    assert (product.handle, product.vendor, product.type, product.tags) == ("pot", "Acme", "Garden", ("Pot", "Clay"))
    assert product.description == "A pot."
    assert product.images == ("one.png", "two.png", "three.png")
    assert [(variant.options, variant.sku, variant.stock) for variant in product.variants] == [
        ((("Size", "Small"),), "P-S", 3),
        ((("Size", "Large"),), "P-L", 4),
    ]


def test_new_shopify_headers(read):
    catalogue = read(
        NEW
        + "Clay Pot,pot,<p>A pot</p>,Acme,active,Size,Small,P-S,shopify,3,FALSE,9.99,12,99,one.png\n"
        + ",pot,,,,,Large,P-L,shopify,4,FALSE,9.99,12,99,two.png\n"
    )
    (product,) = catalogue.products
    assert [variant.offer.price for variant in product.variants] == [Decimal("9.99")] * 2
    assert product.variants[0].offer.compare_at == 12
    assert product.fact(FactKind.STOCK).value == 7
    assert product.fact(FactKind.PRICE).source.column == "Price"


def test_a_new_product_needs_only_a_title(read):
    assert [product.handle for product in read(NEW + "Clay Pot" + "," * 14 + "\n").products] == ["clay-pot"]


def test_default_title_is_no_option(read):
    catalogue = read(OLD + "pot,Pot,,,,,true,Title,Default Title,,,,,5,,,\n")
    assert catalogue.products[0].variants[0].options == ()
    assert catalogue.products[0].fact(FactKind.OPTION) is None


@pytest.mark.parametrize(
    ("tracker", "policy", "stock"), [("shopify", "deny", 3), ("", "deny", None), ("shopify", "continue", None)]
)
def test_stock_is_a_limit_only_where_it_is_counted(read, tracker, policy, stock):
    catalogue = read(OLD + f"pot,Pot,,,,,true,,,,{tracker},3,{policy},5,,,\n")
    assert catalogue.products[0].variants[0].stock == stock


def test_what_the_shop_does_not_publish_is_left_out(read):
    catalogue = read(OLD + "pot,Pot,,,,,false,,,,,,,5,,,\ncup,Cup,,,,,true,,,,,,,6,,,\n")
    assert [product.handle for product in catalogue.products] == ["cup"]
    assert [(problem.severity, problem.row) for problem in catalogue.problems] == [("warning", 2)]
    catalogue = read(NEW + "Pot,p,,,draft" + "," * 10 + "\nCup,c,,,active" + "," * 10 + "\n")
    assert [product.title for product in catalogue.products] == ["Cup"]


def test_one_handle_for_two_products_is_named(read):
    catalogue = read(OLD + "pot,Pot,,,,,true,,,,,,,5,,,\ncup,Cup,,,,,true,,,,,,,6,,,\npot,Other,,,,,true,,,,,,,7,,,\n")
    assert [product.title for product in catalogue.products] == ["Pot", "Cup"]
    (problem,) = catalogue.problems
    assert (problem.severity, problem.row, problem.column, problem.value) == ("error", 4, "Handle", "pot")
    assert "row 2" in problem.message


def test_a_variant_twice_and_a_sku_twice_are_named(read):
    catalogue = read(OLD + "pot,Pot,,,,,true,Size,S,A,,,,5,,,\npot,,,,,,,,S,B,,,,6,,,\npot,,,,,,,,M,A,,,,7,,,\n")
    assert [(problem.severity, problem.row) for problem in catalogue.problems] == [("error", 3), ("warning", 4)]
    assert [variant.offer.price for variant in catalogue.products[0].variants] == [5, 7]


def test_a_row_without_name_is_left_out(read):
    catalogue = read(OLD + ",,text,,,,true,,,,,,,5,,,\npot,Pot,,,,,true,,,,,,,5,,,\n")
    assert [product.handle for product in catalogue.products] == ["pot"]
    assert catalogue.problems[0].row == 2


@pytest.mark.parametrize(
    "header",
    ["title,price,description,image,sku,stock", "Product Name,Selling price,Details,Image URL,Article number,Quantity",
     "NAME,Regular price,Long_Description,Picture,SKU,qty"],
)  # fmt: skip
def test_plain_headers_are_forgiven(read, header):
    (product,) = read(header + "\nLamp,49.99,A tall lamp,lamp.png,L-1,7\n").products
    variant = product.variants[0]
    assert (product.title, product.description, product.images) == ("Lamp", "A tall lamp.", ("lamp.png",))
    assert (variant.offer.price, variant.sku, variant.stock) == (Decimal("49.99"), "L-1", 7)


def test_plain_rows_of_one_title_are_variants(read):
    (product,) = read("name,size,colour,price\nShirt,S,Red,20\nShirt,M,Red,22\n").products
    assert [variant.options for variant in product.variants] == [
        (("Size", "S"), ("Colour", "Red")),
        (("Size", "M"), ("Colour", "Red")),
    ]


def test_a_price_column_may_name_its_currency(read):
    catalogue = read("title,Price (EUR)\nLamp,49\n")
    assert (catalogue.currency, catalogue.currency_origin) == ("EUR", "file")
    assert catalogue.products[0].variants[0].offer.price == 49


def test_a_sale_price_without_dates_is_the_price(read):
    dated = "title,regular price,sale price,date sale price ends\nLamp,50,40,\nCup,50,40,2020-01-01\n"
    lamp, cup = read(dated).products
    assert (lamp.variants[0].offer.price, lamp.variants[0].offer.compare_at) == (40, 50)
    assert (cup.variants[0].offer.price, cup.variants[0].offer.compare_at) == (50, None)


def test_a_column_that_is_there_twice_is_named(read):
    catalogue = read("title,price,Price\nLamp,5,6\n")
    assert catalogue.products[0].variants[0].offer.price == 5
    assert [(problem.severity, problem.column) for problem in catalogue.problems] == [("warning", "price")]


def test_several_images_in_one_cell(read):
    (product,) = read('title,images\nLamp,"https://a.example/1.png, https://a.example/2.png"\n').products
    assert product.images == ("https://a.example/1.png", "https://a.example/2.png")


def test_terminal_controls_in_a_header_do_not_reach_the_report(read):
    with pytest.raises(CatalogueError) as refusal:
        read("\x1b[31mnom,prix\nLamp,5\n")
    assert "\x1b" not in str(refusal.value)
    (problem,) = read("title,\x1bprice\nLamp,free\n").problems
    assert problem.column == "\\x1bprice"
