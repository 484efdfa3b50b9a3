import pytest

from livestream.rundown.english import article, is_plural, takes_the, third_person


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("buckle collar", "a"),
        ("adjustable belt for a comfortable fit", "an"),
        ("outer zipped pocket", "an"),
        ("a narrow collar", ""),
        ("chest pockets", ""),
        ("buttons down the front", ""),
        ("long sleeves with buttoned cuffs", ""),
        ("no collar", ""),
        ("two chest pockets", ""),
        ("four seater grey sofa", "a"),
        ("ample space", ""),
        ("soft fleece lining", "a"),
        ("LED light", "an"),
        ("USB cable", "a"),
        ("unique pattern", "a"),
        ("umbrella", "an"),
        ("hourglass shape", "an"),
        ("European oak frame", "a"),
        ("one pocket", ""),
        ("30 litres", ""),
        ("", ""),
    ],
)
def test_the_article(phrase, expected):
    assert article(phrase) == expected


@pytest.mark.parametrize(
    ("title", "plural"),
    [
        ("Brown Throw Pillows", True),
        ("White Bed Clothes", True),
        ("LED High Tops", True),
        ("Striped Skirt and Top", False),
        ("Summer Dress", False),
        ("Drinking Glass", False),
        ("Chest of Drawers", False),
        ("Lens", False),
        ("Jeans", True),
        ("Salt - 3 packs", False),
        ("", False),
    ],
)
def test_the_number_of_a_title(title, plural):
    assert is_plural(title) is plural


def test_the_person_of_a_verb():
    assert third_person("comes with a strap") is True
    assert third_person("come with a strap") is False
    assert third_person("can be worn over the shoulder") is None


def test_a_title_that_brings_its_own_determiner_takes_no_the():
    assert takes_the("Copper Light")
    assert not takes_the("The Big One")
    assert not takes_the("Your name is far too long for a host to say with an article")
