"""What a pack's file may say, what it takes from its base, and how its mistakes are placed."""

from pathlib import Path

import pytest

from livestream.errors import UsageError
from livestream.standards.packs import LARGEST, _extended, load_pack, read_pack
from livestream.text import fold

KEYS = ("former", "lowest", "highest", "units", "amounts", "priced", "few")
HEAD = 'locale = "xx"\nversion = "1"\ncard_from = "from {price}"\n' + "".join(f'{key} = ["{key}"]\n' for key in KEYS)
RULE = '[[rule]]\nid = "ab"\ncategory = "c"\nsource = { title = "T", read = 2026-11-22 }\n'


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "xx.toml"
    file.write_text(text, encoding="utf-8")
    return file


def fault(tmp_path: Path, text: str) -> str:
    with pytest.raises(UsageError) as caught:
        read_pack(written(tmp_path, text))
    return str(caught.value.where)


def test_the_least_that_a_pack_says(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path, HEAD + RULE))
    (rule,) = pack.rules
    assert (pack.locale, pack.version, pack.card_from, pack.own, pack.base) == ("xx", "1", "from {price}", 1, "")
    assert (pack.scripts, pack.own_points, rule.spaced) == ({"LATIN"}, False, True)
    assert (rule.severity, rule.action, rule.jurisdictions) == ("block", "block", {"*"})
    assert (rule.platforms, rule.product_categories) == (("*",), ("*",))
    assert (str(rule.source), rule.find(("anything",), "anything")) == ("T", "")
    assert len(pack.fingerprint) == 12
    assert pack.idioms.search("anything") is None
    longest = RULE.replace('"ab"', f'"{"a" * 40}"') + f'stems = ["{"a" * 24}", "abc"]'
    assert read_pack(written(tmp_path, HEAD + longest)).rules[0].stems == {"a" * 24, "abc"}


def test_a_file_as_large_as_may_be(tmp_path: Path) -> None:
    text = HEAD + RULE
    assert read_pack(written(tmp_path, text + "#" * (LARGEST - len(text)))).own == 1
    assert "xx.toml" in fault(tmp_path, text + "#" * (LARGEST - len(text) + 1))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (HEAD + "rule = [3]", "rule 1"),
        (HEAD + RULE + RULE.replace('id = "ab"\n', ""), "rule 2, id"),
        (HEAD + RULE.replace('"ab"', '"a"'), "rule a, id"),
        (HEAD + RULE.replace('"ab"', f'"{"a" * 41}"'), f"rule {'a' * 41}, id"),
        (HEAD + RULE.replace('"c"', '""'), "rule ab, category"),
        (HEAD + RULE.replace('"T"', '""'), "rule ab, source, title"),
        (HEAD + RULE + f'stems = ["{"a" * 25}"]', "rule ab, stems, 0"),
        (HEAD + RULE + 'stems = ["ab"]', "rule ab, stems, 0"),
        (HEAD.replace('"xx"', '"x"') + RULE, "locale"),
        (HEAD.replace('"1"', '""') + RULE, "version"),
        (HEAD + "rule = []", "rule"),
        (HEAD + "rule = 3", "rule"),
        (HEAD + RULE + 'patterns = ["(?i:"]', "rule ab, patterns"),
        (HEAD + '[quoting]\nany = ["("]\n' + RULE, "quoting, any"),
    ],
)
def test_where_a_mistake_is(tmp_path: Path, text: str, place: str) -> None:
    assert fault(tmp_path, text) == f"xx.toml, {place}"


def test_patterns_that_cannot_stand_together(tmp_path: Path) -> None:
    named = 'patterns = ["(?P<a>x)", "(?P<a>y)"]'
    assert fault(tmp_path, HEAD + RULE + named) == "xx.toml, rule ab, patterns"


def test_what_a_pack_takes_from_its_base(tmp_path: Path) -> None:
    own = (
        'base = "en-US"\nlocale = "en-XX"\nversion = "9"\nunits = ["parsecs"]\n[defaults]\njurisdictions = ["XX"]\n'
        '[[rule]]\nid = "stock"\nrequires = ["variants"]\nsource = { title = "T", read = 2026-11-22 }\n'
        'platforms = ["one"]\n[rule.tests]\nrefused = ["One more"]\n'
        '[[rule]]\nid = "own"\ncategory = "c"\nsource = { title = "O", read = 2026-11-22 }\npatterns = ["gizmos"]\n'
    )
    pack, base = read_pack(written(tmp_path, own)), load_pack("en-US")
    rules, before = ({rule.id: rule for rule in each.rules} for each in (pack, base))
    assert (pack.locale, pack.base, pack.card_from) == ("en-XX", "en-US", base.card_from)
    assert [*rules] == [*before, "own"]
    assert rules["own"].find(("two gizmos",)) == "gizmos"
    assert pack.units.match(" parsecs")
    assert pack.units.match(" minutes")
    stock = rules["stock"]
    assert ({*map(str, stock.requires)}, stock.platforms, str(stock.source)) == ({"variants"}, ("one",), "T")
    assert (stock.patterns, stock.action) == (before["stock"].patterns, "require")
    assert stock.refused == (*before["stock"].refused, "One more")
    assert stock.passes == before["stock"].passes
    assert stock.jurisdictions == {"XX", "*"}
    assert pack.fingerprint != base.fingerprint


def test_words_stand_by_themselves_where_words_are_parted(tmp_path: Path) -> None:
    words = 'patterns = ["gift"]\nliteral = ["win"]\nhonest = ["gift wrap"]\n'
    pack = read_pack(written(tmp_path, HEAD + RULE + words))
    (rule,) = pack.rules
    found = {
        text: rule.find((fold(text),), fold(text)) for text in ("A GIFT", "gifted", "a gift wrap", "win it", "twin")
    }
    assert found == {"A GIFT": "gift", "gifted": "", "a gift wrap": "", "win it": "win", "twin": ""}
    assert pack.former.search("a former ")
    assert not pack.former.search("a reformer ")
    assert pack.former_after.search(" anything") is None
    assert pack.few.search("a few")
    assert not pack.few.search("a fewer")
    unparted = read_pack(written(tmp_path, "boundaries = false\n" + HEAD + RULE + words.replace("gift", "ギフト")))
    assert unparted.rules[0].find((fold("このギフトです"),)) == "ぎふと"
    assert unparted.former.search("aformer")
    assert not unparted.rules[0].spaced


def test_where_a_rule_holds_is_replaced_and_its_words_are_added_to() -> None:
    keys = ("jurisdictions", "platforms", "product_categories", "requires", "patterns")
    base, own = ({"rule": [{"id": "a", **{key: [value] for key in keys}}]} for value in ("old", "new"))
    (rule,) = _extended(base, own)["rule"]
    assert [rule[key] for key in keys] == [["new"]] * 4 + [["old", "new"]]
