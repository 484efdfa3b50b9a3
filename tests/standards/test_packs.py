"""Every pack: complete, refusing its own examples and nothing honest, in linear time; and its mistakes are named."""

import time
from datetime import date
from pathlib import Path

import pytest

from livestream.errors import UsageError
from livestream.standards.packs import Pack, Rule, load_pack, pack_locales, read_pack, variants, word_locales
from livestream.text import fold

CATEGORIES = {
    "remedy": "remedy", "delivery": "delivery", "stock": "scarcity", "scarcity": "scarcity", "deadline": "scarcity",
    "reference-price": "price", "discount": "price", "price-range": "price", "health": "health",
    "absolute": "absolute", "comparison": "comparison", "contact": "off-platform", "free": "free",
    "disclosure": "disclosure", "proof": "fake-proof", "time": "date", "attribute": "substantiation",
    "auction": "off-platform",
}  # fmt: skip
REQUIRES = {"stock": {"stock", "choice_stock"}, "discount": {"compare_at"}}


def own_rules(pack: Pack) -> list[Rule]:
    """Return the rules that the pack states itself; those of the packs in `also` follow them."""
    return list(pack.rules[: pack.own])


@pytest.mark.parametrize("tag", [*pack_locales(), *word_locales()])
def test_every_rule_does_what_its_tests_say(tag: str) -> None:
    pack = load_pack(tag)
    for rule in own_rules(pack):
        assert len(rule.refused) >= 5, rule.id
        assert len(rule.passes) >= 5, rule.id
        assert not [text for text in rule.refused if not rule.find((fold(text),), fold(text))], rule.id
        broken = [(text, pack.find((fold(text),), fold(text))) for text in rule.passes]
        assert not [(text, found[0].id, found[1]) for text, found in broken if found], rule.id


@pytest.mark.parametrize("tag", pack_locales())
def test_an_honest_clause_excuses_no_other(tag: str) -> None:
    for rule in own_rules(load_pack(tag)):
        for number, honest in enumerate(rule.passes):
            promise = rule.refused[number % len(rule.refused)]
            for text in (f"{honest} {promise}", f"{honest.rstrip('.!。')}, {promise}"):
                assert rule.find((fold(text),), fold(text)), text


@pytest.mark.parametrize("tag", word_locales())
def test_the_rules_of_a_market_without_a_pack_come_before_all_others(tag: str) -> None:
    pack, unknown = load_pack(tag), load_pack("nl-NL")
    rules = own_rules(pack)
    assert pack.union
    assert pack.rules == (*rules, *unknown.rules)
    assert {rule.id: rule.category for rule in rules}.items() <= CATEGORIES.items()
    assert all(rule.severity == "block" and rule.source.title for rule in rules)


@pytest.mark.parametrize("tag", pack_locales())
def test_a_pack_is_complete(tag: str) -> None:
    pack = load_pack(tag)
    rules = own_rules(pack)
    assert pack.locale == tag
    assert {rule.id: rule.category for rule in rules} == CATEGORIES
    assert {rule.id: {*rule.requires} for rule in rules if rule.requires} == REQUIRES
    assert {rule.id for rule in rules if rule.action == "policy"} == {"remedy", "delivery"}
    assert all(rule.severity == "block" and rule.source.title for rule in rules)
    assert all(rule.source.read >= date(2026, 1, 1) for rule in rules)
    assert pack.name == f"{tag} {pack.version} {pack.fingerprint}"


def test_a_pack_extends_another_of_its_language() -> None:
    british, american = load_pack("en-GB"), load_pack("en-US")
    assert (british.base, british.locale, british.own) == ("en-US", "en-GB", american.own)
    for own, inherited in zip(british.rules, american.rules, strict=True):
        assert own.id == inherited.id
        assert own.jurisdictions == {"GB", "*"}
        assert {*inherited.refused} < {*own.refused}
    assert british.fingerprint != american.fingerprint
    assert [rule.id for rule in load_pack("es-ES").rules] == [rule.id for rule in load_pack("es-MX").rules]


UNITS = ["a ", "free", "a-", "re-fund ", "only a few ", "1 ", "@", "-", "x.", "(555) ", "treats any ", "gratis", "un "]


@pytest.mark.parametrize("tag", pack_locales())
def test_matching_takes_linear_time(tag: str) -> None:
    pack = load_pack(tag)
    mixed = [*UNITS, *(rule.refused[0] + " " for rule in own_rules(pack)[::4])]

    def seconds(unit: str, size: int) -> float:
        text = fold(unit * (size // len(unit)))
        start = time.process_time()
        for rule in pack.rules:
            rule.find((text,), text)
        return time.process_time() - start

    for unit in mixed:
        long = min(seconds(unit, 1600) for _ in range(2))
        assert long < 16 * max(min(seconds(unit, 400) for _ in range(2)), 0.002), unit


def test_spelling_tricks_are_undone() -> None:
    assert "refund" in " ".join(variants("a re-fund"))
    assert "the refund now" in variants("the r e f u n d now")
    assert "refund" in variants("r3fund")


def pack_file(tmp_path: Path, rule: str, head: str = "") -> Path:
    words = ("former", "lowest", "highest", "units", "amounts", "priced", "few")
    lists = "\n".join(f'{key} = ["{key}"]' for key in words if f"{key} =" not in head)
    file = tmp_path / "xx-XX.toml"
    file.write_text(f'locale = "xx-XX"\nversion = "1"\ncard_from = "from {{price}}"\n{lists}\n{head}\n[[rule]]\n{rule}')
    return file


REMEDY = 'id = "remedy"\ncategory = "remedy"\nsource = { title = "A law", read = 2026-11-22 }\n'


def test_a_pack_of_ones_own(tmp_path: Path) -> None:
    pack = read_pack(pack_file(tmp_path, REMEDY + 'patterns = ["Rückgabe"]', '[defaults]\njurisdictions = ["DE"]'))
    (rule,) = pack.rules
    assert rule.find((fold("die RÜCKGABE"),))
    assert (rule.action, rule.severity, rule.jurisdictions, rule.platforms) == ("block", "block", {"DE", "*"}, ("*",))
    assert str(rule.source) == "A law"


@pytest.mark.parametrize(
    ("rule", "head", "named"),
    [
        (REMEDY + "pattern = []", "", "rule remedy, pattern"),
        (REMEDY + 'patterns = "refund"', "", "rule remedy, patterns"),
        (REMEDY + 'patterns = ["re(fund"]', "", "rule remedy, patterns: 're(fund' is no pattern"),
        (REMEDY + 'literal = ["refund", "x?"]', "", "rule remedy, literal: 'x?' is found in every text"),
        (REMEDY + 'stems = ["re fund"]', "", "rule remedy, stems, 0"),
        (REMEDY + 'action = "require"', "", "rule remedy, requires"),
        (REMEDY + 'requires = ["stock"]', "", "rule remedy, requires"),
        (REMEDY + 'action = "require"\nrequires = ["stok"]', "", "rule remedy, requires, 0"),
        (REMEDY + 'severity = "deny"', "", "rule remedy, severity"),
        (REMEDY.replace('title = "A law", ', ""), "", "rule remedy, source, title"),
        (REMEDY.replace("remedy", "Re medy"), "", "rule Re medy, id"),
        (REMEDY, "few = 3", "few"),
        (REMEDY, "colour = 3", "colour"),
        (REMEDY, 'few = ["("]', "few: '(' is no pattern"),
        ("id = ", "", "xx-XX.toml"),
    ],
)
def test_a_mistake_in_a_pack_is_named_with_its_place(tmp_path: Path, rule: str, head: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_pack(pack_file(tmp_path, rule, head))
    assert str(caught.value).startswith("xx-XX.toml")
    assert named in str(caught.value)
    assert caught.value.remedy


def test_a_pack_too_large_or_missing_is_named(tmp_path: Path) -> None:
    for size in (None, 600_000):
        file = tmp_path / "big.toml"
        if size:
            file.write_text("#" * size)
        with pytest.raises(UsageError, match=r"big\.toml"):
            read_pack(file)
