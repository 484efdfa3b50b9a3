from dataclasses import replace
from pathlib import Path

import pytest

from livestream.catalogue import FactKind, read_catalogue
from livestream.catalogue.policies import LONGEST, policies_for, read_policies
from livestream.errors import CatalogueError
from livestream.locales import locale

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "catalogue" / "policies.toml"
EN = locale("en-US")


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "policies.toml"
        path.write_text(text)
        return path

    return write


def entry(topic="returns", tag="en-US", text="You can send it back.", countries=""):
    return f'[[policy]]\ntopic = "{topic}"\nlocale = "{tag}"\ntext = "{text}"\n{countries}\n'


def test_a_text_for_the_country_goes_before_one_for_all_and_other_markets_have_none(written):
    path = written(
        entry("shipping", text="Here at home.", countries='countries = ["CA", "US"]')
        + entry("shipping", text="Everywhere.")
        + entry(text="You can send it   back.")
        + entry("warranty", text="Only in Canada.", countries='countries = ["CA"]')
        + entry("payment", "es-MX", "Con tarjeta.")
    )
    shipping, returns = policies_for(read_policies(path), EN)
    assert (shipping.id, shipping.value, shipping.label) == ("policy.shipping.us", "Here at home.", "shipping")
    assert (returns.id, returns.value, returns.kind, returns.product) == (
        "policy.returns", "You can send it back.", FactKind.POLICY, "",
    )  # fmt: skip
    assert (returns.source.file, returns.source.row) == ("policies.toml", 3)
    assert [fact.value for fact in policies_for(read_policies(path), locale("es-MX"))] == ["Con tarjeta."]
    assert policies_for(read_policies(path), locale("de-DE")) == ()


def test_another_text_is_another_version(written):
    first, second = (
        policies_for(read_policies(written(entry(text=text))), EN)[0] for text in ("For a week.", "For a month.")
    )
    assert first.id == second.id
    assert first.version != second.version


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (entry("refunds"), "policies.toml, policy 1, topic"),
        (entry() + entry("payment", "english"), "policies.toml, policy 2, locale"),
        (entry(text=""), "policies.toml, policy 1, text"),
        (entry(text="a" * (LONGEST + 1)), "policies.toml, policy 1, text"),
        (entry(text="Free {{ everything }}."), "policies.toml, policy 1, text"),
        (entry(text="Back\\u202eward."), "policies.toml, policy 1, text"),
        (entry(countries='countries = "US"'), "policies.toml, policy 1, countries"),
        (entry(countries='countries = ["us"]'), "policies.toml, policy 1, countries"),
        (entry(countries='country = "US"'), "policies.toml, policy 1, country"),
        (entry() + entry(), "policies.toml, policy 2, topic"),
        ("[returns]\n", "policies.toml, returns"),
        ("policy = 3\n", "policies.toml, policy"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(written, content, where):
    with pytest.raises(CatalogueError) as caught:
        read_policies(written(content))
    assert caught.value.where == where
    assert caught.value.remedy


def test_a_file_that_is_none_is_told(written, tmp_path):
    for path in (tmp_path / "missing.toml", tmp_path, written("topic = ")):
        with pytest.raises(CatalogueError, match="cannot be read"):
            read_policies(path)
    with pytest.raises(CatalogueError, match="too large"):
        read_policies(written("#" * (1 << 20) + "#"))


@pytest.mark.parametrize("tag", ["en-US", "es-MX"])
def test_the_sample_shop_has_a_text_on_every_topic(tag):
    facts = policies_for(read_policies(SAMPLE), locale(tag))
    assert [fact.label for fact in facts] == ["shipping", "returns", "warranty", "payment", "support"]


def test_policies_are_facts_of_the_list(tmp_path, written):
    (tmp_path / "list.csv").write_text("title,price,currency\nLamp,5,USD\n")
    policies = policies_for(read_policies(written(entry())), EN)
    catalogue = replace(read_catalogue(tmp_path / "list.csv"), policies=policies)
    assert catalogue.fact("policy.returns").value == "You can send it back."
