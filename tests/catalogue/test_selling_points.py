import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.catalogue.selling_points import selling_points


def told(title: str, description: str) -> dict[str, str]:
    return {point.text: point.grammar for point in selling_points(title, description)}


def squashed(text: str) -> str:
    return " ".join(text.split()).casefold()


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        (
            "Ocean Blue Shirt",
            "Ocean blue cotton shirt with a narrow collar and buttons down the front and long sleeves.",
            {"cotton": "material", "a narrow collar": "noun", "buttons down the front": "noun", "long sleeves": "noun"},
        ),
        ("Copper Light", "Stylish copper bedside light", {"stylish": "adjective", "bedside light": "name"}),
        ("Antique Drawers", "Antique wooden chest of drawers", {"wooden": "adjective", "chest of drawers": "name"}),
        (
            "Yellow Wool Jumper",
            "Knitted jumper in a soft wool blend with wide sleeves. Perfect for keeping warm during Fall.",
            {
                "knitted": "adjective",
                "in a soft wool blend": "phrase",
                "wide sleeves": "noun",
                "perfect for keeping warm during Fall": "predicate",
            },
        ),
        (
            "LED High Tops",
            "Black high top shoes with green LED lights in the sole, tied up with laces and a buckle.",
            {
                "black": "adjective",
                "high top shoes": "name",
                "green LED lights in the sole": "noun",
                "tied up with laces and a buckle": "predicate",
            },
        ),
        (
            "Black Leather Bag",
            "Womens black leather bag, with ample space. Can be worn over the shoulder, or remove straps to carry it.",
            {"ample space": "noun", "can be worn over the shoulder": "verb"},
        ),
        (
            "Alpine Pack",
            "Made from recycled nylon, it holds 30 litres. It comes with a cover.\nMaterial: cotton\nFits a laptop",
            {
                "made from recycled nylon": "predicate",
                "holds 30 litres": "verb",
                "comes with a cover": "verb",
                "cotton": "predicate",
                "fits a laptop": "verb",
            },
        ),
    ],
)
def test_a_description_becomes_points_with_their_grammar(title, description, expected):
    assert told(title, description) == expected


def test_a_statement_gives_its_adjectives_its_predicate_and_its_features():
    description = (
        "Womens casual varsity top, This grey and black buttoned top is a sport-inspired piece "
        "complete with an embroidered letter."
    )
    assert told("Classic Varsity Top", description) == {
        "casual": "adjective",
        "grey and black": "adjective",
        "buttoned": "adjective",
        "a sport-inspired piece": "predicate",
        "an embroidered letter": "noun",
    }


@pytest.mark.parametrize(
    ("description", "point", "grammar"),
    [
        ("The carafe holds 600 ml.", "The carafe holds 600 ml", "sentence"),
        ("A rear strap slides over a trolley handle", "A rear strap slides over a trolley handle", "sentence"),
        ("Each mat measures 40 by 30 cm", "Each mat measures 40 by 30 cm", "sentence"),
        ("The probe reads two temperatures at once", "The probe reads two temperatures at once", "sentence"),
        ("One charge lasts 24 hours of cooking", "One charge lasts 24 hours of cooking", "sentence"),
        ("The crinkle lining rustles with every step", "The crinkle lining rustles with every step", "sentence"),
        (
            "The steel frame springs open and folds down to a flat disc",
            "The steel frame springs open and folds down to a flat disc",
            "sentence",
        ),
        ("Both lids fit the same jar", "Both lids fit the same jar", "sentence"),
        ("Touch the base to dim the light", "Touch the base to dim the light", "sentence"),
        ("Rolls up for storage", "rolls up for storage", "verb"),
        ("Measures 40 by 30 cm", "measures 40 by 30 cm", "verb"),
        ("Oven safe to 230 degrees Celsius", "oven safe to 230 degrees Celsius", "predicate"),
        ("Machine washable at 30 degrees", "machine washable at 30 degrees", "predicate"),
        ("Dishwasher safe", "dishwasher safe", "predicate"),
        ("Dishwasher and microwave safe", "dishwasher and microwave safe", "predicate"),
        ("Carafe, glazed by hand in a matte finish", "glazed by hand in a matte finish", "predicate"),
        ("Double-walled stainless steel bottle", "stainless steel", "material"),
        # what looks like one of these and is none
        ("Machine washable cover with a zip", "machine washable cover", "name"),
        ("A set of two shoe covers with a bag", "a set of two shoe covers", "name"),
    ],
)
def test_clauses_predicates_and_two_word_materials_are_told_apart_from_things(description, point, grammar):
    assert told("Household Thing", description)[point] == grammar


@pytest.mark.parametrize(
    "description",
    [
        "",
        "   \n ",
        "Free shipping today!",
        "Visit www.example.com",
        "Buy it now.",
        "Is it good?",
        "{{ price }}",
        "40 x 30 cm",
    ],
)
def test_what_a_host_must_not_say_is_no_point(description):
    assert told("Lamp", description) == {}


def test_what_only_repeats_the_title_is_no_point():
    assert told("Pink Armchair", "Pink armchair.") == {}


def test_a_shouted_description_is_spoken_calmly():
    assert "soft brushed cotton" in told("Lamp", "BEAUTIFUL LAMP WITH SOFT BRUSHED COTTON")


@given(
    st.text(max_size=200) | st.from_regex(r"([A-Za-z]{1,9}[ ,.]{1,2}(with |and |in |it is )?){1,30}", fullmatch=True)
)
def test_each_point_is_a_span_of_the_merchants_own_words(description):
    for point in selling_points("Oak Lamp", description):
        assert squashed(point.text) in squashed(description)
        assert not re.search(r"[\n{}<>]", point.text)


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize("name", ["apparel.csv", "home-and-garden.csv"])
def test_each_product_of_a_real_export_has_something_to_say(name, real_catalogues):
    with (real_catalogues / name).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Title"]]
    assert len(rows) == 20
    for row in rows:
        description = re.sub(r"<[^>]+>", " ", row["Body (HTML)"])
        points = selling_points(row["Title"], description)
        assert points, row["Title"]
        if name == "apparel.csv":
            assert len(points) >= 2, row["Title"]
