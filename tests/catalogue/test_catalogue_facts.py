from dataclasses import replace
from decimal import Decimal

import pytest

from livestream.catalogue import FactKind
from livestream.errors import CatalogueError, UsageError


def kinds(product):
    return {fact.kind for fact in product.facts}


def test_one_price_is_quoted_and_several_are_a_range(read):
    same, range_ = read("id,title,size,price\na,Lamp,S,5\na,Lamp,M,5\nb,Cup,S,5\nb,Cup,M,7\n").products
    assert same.fact(FactKind.PRICE).value == Decimal(5)
    assert FactKind.PRICE_FROM not in kinds(same)
    assert (range_.fact(FactKind.PRICE_FROM).value, range_.fact(FactKind.PRICE_TO).value) == (5, 7)
    assert range_.fact(FactKind.PRICE_TO).source.row == 5
    assert FactKind.PRICE not in kinds(range_)


@pytest.mark.parametrize("price", ["", "free", "abc", "-5", "0", "1.299"])
def test_a_price_that_is_none_is_never_quoted(read, price):
    (product,) = read(f"id,title,size,price\na,Lamp,S,5\na,Lamp,M,{price}\n").products
    assert not kinds(product) & {FactKind.PRICE, FactKind.PRICE_FROM, FactKind.PRICE_TO}
    assert product.variants[1].offer.price is None


@pytest.mark.parametrize(
    ("price", "message"),
    [("free", "not a price"), ("-5", "negative"), ("0", "zero"), ("99999999999", "absurdly"), ("1.299", "thousands")],
)
def test_a_bad_price_is_named_with_place_and_remedy(read, price, message):
    (problem,) = read(f"title,price\nCup,3\nLamp,{price}\n").problems
    assert (problem.severity, problem.row, problem.column, problem.value) == ("error", 3, "price", price)
    assert message in problem.message
    assert problem.remedy


def test_compare_at_is_a_fact_only_above_the_price(read):
    catalogue = read("title,price,compare at price,lowest 30d\nA,5,7,7\nB,5,5,7\nC,5,3,7\nD,5,0,7\nE,5,,7\n")
    assert [FactKind.COMPARE_AT in kinds(product) for product in catalogue.products] == [True] + [False] * 4
    assert [(problem.severity, problem.row) for problem in catalogue.problems] == [("warning", 4)]


def test_compare_at_is_a_fact_only_where_thirty_days_bear_it_out(read):
    catalogue = read("title,price,compare at price,Lowest Price (30 days)\nA,5,7,8\nB,5,7,6\nC,5,7,\nD,USD 5,7,€8\n")
    assert [FactKind.COMPARE_AT in kinds(product) for product in catalogue.products] == [True, False, False, False]
    assert [FactKind.LOWEST_30D in kinds(product) for product in catalogue.products] == [True, True, False, False]
    assert [(problem.severity, problem.row) for problem in catalogue.problems] == [("warning", n) for n in (3, 4, 5)]


def test_compare_at_must_hold_for_every_variant(read):
    (product,) = read("title,size,price,was,lowest 30d\nA,S,5,7,9\nA,M,5,8,9\n").products
    assert FactKind.COMPARE_AT not in kinds(product)


@pytest.mark.parametrize("stock", ["-4", "many", "1e9", "99999999", "3.5"])
def test_a_stock_that_is_none_is_unknown(read, stock):
    catalogue = read(f"title,price,stock\nLamp,5,{stock}\n")
    assert catalogue.products[0].variants[0].stock is None
    assert FactKind.STOCK not in kinds(catalogue.products[0])
    assert [(problem.row, problem.column) for problem in catalogue.problems] == [(2, "stock")]


def test_stock_is_the_sum_where_all_variants_are_counted(read):
    known, unknown, gone = read("title,size,price,stock\nA,S,5,1\nA,M,5,2\nB,S,5,1\nB,M,5,\nC,S,5,0\n").products
    assert known.fact(FactKind.STOCK).value == 3
    assert unknown.fact(FactKind.STOCK) is None
    assert gone.fact(FactKind.STOCK).value == 0


def test_options_keep_their_order(read):
    (product,) = read("title,size,colour,price\nA,S,Red,5\nA,M,Red,5\nA,S,Blue,5\n").products
    options = {fact.label: fact for fact in product.facts if fact.kind is FactKind.OPTION}
    assert options["Size"].value == ("S", "M")
    assert options["Colour"].value == ("Red", "Blue")
    assert options["Size"].id == "a.option.size"
    assert product.fact(FactKind.VARIANTS).value == 3


def test_option_names_that_differ_in_case_are_one(read):
    header = "id,title,option1 name,option1 value,price\n"
    (product,) = read(header + "a,A,Size,S,5\na,A,size,M,5\n").products
    assert [fact.value for fact in product.facts if fact.kind is FactKind.OPTION] == [("S", "M")]


def test_points_come_from_the_description(read):
    catalogue = read("title,description,price\nSofa,Comfortable sofa with a wooden base,5\n")
    points = [fact for fact in catalogue.products[0].facts if fact.kind is FactKind.POINT]
    assert points
    assert [fact.id for fact in points] == [f"sofa.point.{number}" for number in range(1, len(points) + 1)]
    assert all(fact.source.column == "description" and fact.grammar for fact in points)


def test_a_version_changes_with_the_truth_and_not_with_the_row(read):
    fact = read("title,price\nLamp,5\n").fact("lamp.price")
    assert len(fact.version) == 12
    assert read("title,price\nCup,3\nLamp,5\n").fact("lamp.price").ref == fact.ref
    assert read("title,price\nLamp,5.01\n").fact("lamp.price").version != fact.version
    assert replace(fact, currency="EUR").version != fact.version


def test_unknown_facts_and_products_are_refused(read):
    catalogue = read("title,price\nLamp,5\n")
    assert catalogue.product("lamp").title == "Lamp"
    with pytest.raises(CatalogueError):
        catalogue.fact("lamp.colour")
    with pytest.raises(CatalogueError):
        catalogue.product("cup")


def test_hostile_titles_are_defused_and_named(read):
    catalogue = read("title,price\nLamp \u202e{{ 7*7 }}\ue001\u200b,5\n")
    assert catalogue.products[0].title == "Lamp 7*7"
    (problem,) = catalogue.problems
    assert problem.severity == "warning"
    assert "\u202e" not in problem.value


def test_a_long_title_is_cut_at_a_word(read):
    catalogue = read(f"title,price\n{'word ' * 100},5\n")
    assert len(catalogue.products[0].title) <= 255
    assert "499 characters" in catalogue.problems[0].message


class TestCurrency:
    def test_the_file_is_believed_first(self, read):
        catalogue = read("title,price,currency\nLamp,5,EUR\n", currency="USD")
        assert (catalogue.currency, catalogue.currency_origin) == ("EUR", "file")
        assert catalogue.fact("lamp.price").currency == "EUR"
        assert [problem.severity for problem in catalogue.problems] == ["warning"]

    @pytest.mark.parametrize("price", ["€25", "25 EUR", "EUR 25", "25€"])
    def test_a_sign_beside_the_price_is_the_files_word(self, read, price):
        catalogue = read(f"title,price\nLamp,{price}\nCup,3\n")
        assert (catalogue.currency, catalogue.currency_origin) == ("EUR", "file")
        assert catalogue.fact("cup.price").currency == "EUR"

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            ({}, ("", "unknown")),
            ({"currency": "usd"}, ("USD", "argument")),
            ({"currency": "CAD", "currency_origin": "channel"}, ("CAD", "channel")),
            ({"assume": "EUR"}, ("EUR", "assumed")),
            ({"currency": "USD", "assume": "EUR"}, ("USD", "argument")),
        ],
    )
    def test_who_says_so_where_the_file_does_not(self, read, options, expected):
        catalogue = read("title,price\nLamp,5\n", **options)
        assert (catalogue.currency, catalogue.currency_origin) == expected
        assert catalogue.fact("lamp.price").currency == expected[0]

    def test_a_sign_that_contradicts_is_not_quoted(self, read):
        catalogue = read("title,price\nLamp,$5\nCup,3\n", currency="EUR")
        assert "lamp.price" not in catalogue.facts
        assert catalogue.fact("cup.price").currency == "EUR"
        assert [(problem.severity, problem.row) for problem in catalogue.problems] == [("error", 2)]

    def test_a_dollar_sign_waits_for_the_merchants_word(self, read):
        assert read("title,price\nLamp,$5\n").currency_origin == "unknown"
        assert read("title,price\nLamp,$5\n", currency="CAD").fact("lamp.price").currency == "CAD"

    def test_in_a_file_of_several_currencies_a_bare_price_is_not_quoted(self, read):
        catalogue = read("title,price\nA,€5\nB,£6\nC,7\n")
        assert catalogue.fact("a.price").currency == "EUR"
        assert catalogue.fact("b.price").currency == "GBP"
        assert "c.price" not in catalogue.facts

    def test_variants_in_several_currencies_are_no_range(self, read):
        catalogue = read("title,size,price\nA,S,€5\nA,M,£6\n")
        assert {fact.kind for fact in catalogue.products[0].facts} & {"price", "price_from"} == set()

    def test_a_code_that_is_none_is_refused(self, read):
        with pytest.raises(UsageError):
            read("title,price\nLamp,5\n", currency="DOLLARS")
        assert [problem.column for problem in read("title,price,currency\nLamp,5,XQQ\n").problems] == ["currency"]


def test_a_choice_has_a_name_a_count_and_a_price_where_it_depends_on_it(read):
    catalogue = read(
        "id,title,size,color,price,stock\nbag,Bag,Small,Teal,20,3\nbag,Bag,Large,Teal,30,4\nbag,Bag,Large,Black,30,5\n"
    )
    facts = {fact.id: fact.value for fact in catalogue.products[0].facts}
    assert facts["bag.choice.large-teal"] == "Large, Teal"
    assert (facts["bag.choice_price.large"], facts["bag.choice_stock.large"]) == (30, 9)
    assert "bag.choice_price.teal" not in facts
    assert facts["bag.choice_stock.teal"] == 7
