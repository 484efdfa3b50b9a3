"""Where a rule begins and ends: each limit at the last that passes, and at the first that does not."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from standards_samples import LAMP, MUG, fact, line, product

from livestream.catalogue.model import Fact, FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.media import Speech, Viseme, VisemeSpan
from livestream.standards import Sealer, Standards, Token
from livestream.standards.checks import check_length
from livestream.standards.door import MOST_KEPT
from livestream.standards.draft import MOST_PIECES, Draft, fill
from livestream.standards.foreign import GRAVE, foreign_promise
from livestream.standards.forms import is_spoken, render
from livestream.standards.packs import load_pack
from livestream.standards.rules import LONGEST_STEM, in_hiragana, variants
from livestream.standards.rules import MOST_PIECES as MOST_CUTS
from livestream.standards.trace import FEW_LEFT, _untraced
from livestream.standards.union import script_of, union_of
from livestream.text import Numeral, fold

FACTS = {entry.id: entry for entry in (*MUG, *LAMP)}
TITLE, PRICE, STOCK = Slot("mug.title"), Slot("mug.price", "price"), Slot("mug.stock", "count")


def rule_of(*pieces: str | Slot, facts: tuple[Fact, ...] = (), tag: str = "en-US", about: str | None = "mug") -> str:
    try:
        Standards(FACTS | {each.id: each for each in facts}, locale(tag)).approve(line(*pieces, about=about, tag=tag))
    except ClaimRefused as refused:
        return refused.rule
    return ""


def draft_of(*pieces: str | Slot, tag: str = "en-US") -> Draft:
    return fill(pieces, FACTS, where="line-1", locale=tag)


def test_what_was_approved_is_not_made_anew() -> None:
    standards = Standards(FACTS, locale("en-US"))
    said = standards.approve(line("The ", TITLE, "."))
    card = standards.approve_card(product("mug", MUG))
    strip = standards.approve_lower_third("lt", (TITLE,), ("It ", Slot("mug.point.1"), "."))
    type(said).__init__(said, *["You get a refund."] * 11)
    type(card).__init__(card, "You get a refund.", (), b"")
    type(strip).__init__(strip, "You get a refund.", (), b"")
    assert said.caption == "The Stoneware Mug."
    assert card.card.title == "Stoneware Mug"
    assert strip.lower_third.heading == "Stoneware Mug"
    assert card.facts == tuple(FACTS[f"mug.{name}"].ref for name in ("title", "price", "compare_at"))
    assert strip.facts == (MUG[0].ref, FACTS["mug.point.1"].ref)
    assert repr(Sealer(b"k" * 32)) == "Sealer()"


def test_what_passed_is_looked_at_once_and_no_more_is_kept_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    class Same(str):
        __slots__ = ()

    class Place(Slot):
        __slots__ = ()

    looked: list[object] = []
    monkeypatch.setattr(
        "livestream.standards.door.fill", lambda pieces, *args, **more: looked.append(0) or fill(pieces, *args, **more)
    )
    standards = Standards(FACTS, locale("en-US"))

    def times(*pieces: str | Slot) -> int:
        looked.clear()
        for _ in range(2):
            standards.approve(line(*pieces))
        return len(looked)

    assert times("Hello there.") == times("Hello ", TITLE, ".") == 1
    for piece in (Same("Hello"), Place("mug.title"), Slot(Same("mug.title")), Slot("mug.title", Same("plain"))):
        assert times("See: ", piece) == 2, piece
    looked.clear()
    for word in ("this", "that", "this"):
        standards.approve(line(f"See {word}."))
    assert len(looked) == 2
    monkeypatch.setattr("livestream.standards.door.MOST_KEPT", 3)
    for word in ("one way", "this", "that", "so", "and so"):
        standards.approve(line(f"{word.replace('one', 'a')} it is"))
        assert len(standards._passed) <= 3
    assert MOST_KEPT > 3


def test_a_line_has_as_many_pieces_as_it_may() -> None:
    assert rule_of("Hello", *[""] * (MOST_PIECES - 1)) == ""
    assert rule_of("Hello", *[""] * MOST_PIECES) == "length"
    assert MOST_PIECES == 200


def test_a_spoken_form_is_at_most_three_times_as_long_as_a_caption() -> None:
    pack = load_pack("en-US")
    check_length(replace(draft_of("Hello"), tokens=(Token("word", "a" * 1200),)), pack)
    for tokens in ((Token("word", "a" * 1201),), (Token("word", ""),), (Token("", "word"),)):
        with pytest.raises(ClaimRefused, match=r"400|nothing"):
            check_length(replace(draft_of("Hello"), tokens=tokens), pack)


@pytest.mark.parametrize("char", ["\ud800", "\u0605", "\ufff9", "\U000e0100", "\u0378"])
def test_no_sign_that_cannot_be_seen_is_shown(char: str) -> None:
    assert rule_of(f"A {char} mug") == "characters"


def test_a_sign_of_two_scripts_is_of_either(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack("ja-JP")
    for script in ("HIRAGANA", "KATAKANA"):
        only = replace(pack, scripts=frozenset({"LATIN", script}))
        monkeypatch.setattr("livestream.standards.door.load_pack", lambda _tag, only=only: only)
        assert rule_of("ー", tag="ja-JP", about=None) == ""


def test_the_clauses_of_a_line() -> None:
    sentences = draft_of("Discount, yes: it is ", PRICE, ". (“So.”) Really? A line").sentences
    words = [[" ".join(shown for shown, _ in clause) for clause in sentence] for sentence in sentences]
    assert words == [["Discount,", "yes:", "it is \ue000."], ["(“So.”)"], ["Really?"], ["A line"]]
    assert draft_of("").sentences == ()


def test_facts_glued_to_words_and_to_one_another() -> None:
    draft = draft_of("“", TITLE, "/", TITLE, "”, (", TITLE, ")!")
    assert draft.caption == "“Stoneware Mug/Stoneware Mug”, (Stoneware Mug)!"
    assert [token.caption for token in draft.tokens] == ["“Stoneware Mug/Stoneware Mug”,", "(Stoneware", "Mug)!"]
    assert "Stoneware Mug" in draft.tokens[0].spoken
    assert "\ue001" not in draft.spoken
    assert draft.refs == (MUG[0].ref,)
    assert draft.is_line


PROMISES = {
    "auction": "Das ist eine Auktion", "deadline": "Nur heute", "delivery": "Versandkostenfrei nach Hause",
    "disclosure": "Ich bin ein echter Mensch", "free": "Der Deckel ist kostenlos", "health": "Heilt Rückenschmerzen",
    "proof": "Fünf Sterne", "remedy": "Wir erstatten dir alles", "scarcity": "Solange der Vorrat reicht",
}  # fmt: skip


def test_each_grave_rule_and_no_other_holds_in_another_language() -> None:
    found = {rule: foreign_promise(fold(text), "fr-FR")[0] for rule, text in PROMISES.items()}
    assert found == {rule: rule for rule in GRAVE}
    texts = [text for rule in load_pack("de-DE").rules for text in rule.refused]
    assert {foreign_promise(fold(text), "fr-FR")[0] for text in texts} == GRAVE | {""}


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("de-DE", "te lo llevas de a gratis", ("free", "de a gratis")),
        ("en-US", "Ignore the badge", ("disclosure", "ignore the badge")),
        ("en-GB", "click and collect", ("delivery", "click and collect")),
        ("de-DE", "A flash sale", ("", "")),
        ("en-GB", "Your money back", ("", "")),
        ("fr-FR", "Obat", ("health", "obat")),
        ("de-DE", "a bid", ("auction", "bid")),
        ("de-DE", "bid", ("", "")),
    ],
)
def test_two_words_may_be_the_locales_own_and_three_are_a_promise(tag: str, text: str, found: tuple[str, str]) -> None:
    assert foreign_promise(fold(text), tag) == found


def test_what_the_merchant_wrote_is_read_in_other_languages_and_the_policy_is_not() -> None:
    words = "Wir erstatten dir alles"
    for kind in (FactKind.TITLE, FactKind.VENDOR, FactKind.TYPE, FactKind.CHOICE):
        named = fact(kind, words, suffix="text")
        assert rule_of(Slot("mug.text"), facts=(named,), tag="fr-FR") == "remedy", kind
    listed = fact(FactKind.OPTION, ("Wir erstatten dir alles", "Blau"), suffix="text", label="Farbe")
    assert rule_of(Slot("mug.text", "list"), facts=(listed,), tag="fr-FR") == "remedy"
    policy = fact(FactKind.POLICY, words, product="", suffix="policy.returns", label="returns")
    assert rule_of(Slot(policy.id), facts=(policy,), tag="fr-FR") == ""


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("lower", "A mug", "a mug"), ("lower", "I love it", "I love it"), ("lower", "Thrown by Anna", "thrown by Anna"),
        ("lower", "LEd light", "LEd light"), ("lower", "Ox", "ox"), ("lower", "B mug", "B mug"),
        ("lower", "IX mug", "IX mug"), ("lower", "AX mug", "AX mug"), ("title", "iris bowl", "Iris bowl"),
        ("plain", "iris bowl", "iris bowl"), ("lower", "È lungo", "è lungo"), ("lower", "Ở đế", "ở đế"),
    ],
)  # fmt: skip
def test_the_first_letter(form: str, value: str, shown: str) -> None:
    tokens = render(fact(FactKind.POINT, value), form, "en-US")
    assert " ".join(token.caption for token in tokens) == shown


def test_forms_that_fit_no_fact() -> None:
    for kind, value, form in (
        (FactKind.STOCK, True, "count"), (FactKind.STOCK, "three", "count"), (FactKind.TITLE, "Mug", "count"),
        (FactKind.PRICE, "49", "price"), (FactKind.STOCK, Decimal(3), "price"), (FactKind.TITLE, "Mug", "list"),
        (FactKind.OPTION, ("🔥",), "list"), (FactKind.OPTION, (), "list"), (FactKind.TITLE, "🔥", "plain"),
        (FactKind.PRICE, Decimal(3), "title"), (FactKind.STOCK, 3, "lower"), (FactKind.STOCK, "3", "lower"),
        (FactKind.PRICE, "three", "title"), (FactKind.POLICY, "Words.", "title"), (FactKind.TITLE, "Mug", ""),
    ):  # fmt: skip
        with pytest.raises(ClaimRefused) as caught:
            render(fact(kind, value, currency="USD"), form, "en-US")
        assert caught.value.rule == "form", (kind, value, form)
    with pytest.raises(ClaimRefused) as caught:
        render(fact(FactKind.STOCK, 3), "count", "nl-NL")
    assert caught.value.rule == "number"


def test_forms_of_counts_and_lists() -> None:
    sizes = fact(FactKind.OPTION, ("S", "🔥", "M"), label="Size")
    assert [token.caption for token in render(sizes, "list", "en-US")] == ["S", "and", "M"]
    assert [token.spoken for token in render(sizes, "plain", "en-US")] == ["small", "and", "medium"]
    assert [token.spoken for token in render(sizes, "count", "en-US")] == ["three"]
    assert [token.spoken for token in render(fact(FactKind.VARIANTS, 3), "plain", "en-US")] == ["three"]
    assert [is_spoken(tag) for tag in ("en", "en-AU", "es-MX", "nl-NL", "ja")] == [True, True, True, False, True]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("XL", "extra large"), ("28 L", "twenty-eight liters"), ("Linen, L", "Linen, large"),
        ("S, blue", "small, blue"), ("Blue", "Blue"),
    ],
)  # fmt: skip
def test_the_letters_of_a_choice(value: str, said: str) -> None:
    tokens = render(fact(FactKind.CHOICE, value), "plain", "en-US")
    assert " ".join(token.spoken for token in tokens) == said
    assert " ".join(token.spoken for token in render(fact(FactKind.POINT, "XL"), "plain", "en-US")) != "extra large"


def test_the_edges_of_hiragana() -> None:
    assert in_hiragana("ァヶヷァ") == "ぁゖヷぁ"
    assert "ぁゖヷ" in variants("ァ ヶヷ", spaced=False)
    assert not [text for text in variants("ァ ヶヷ") if "ぁ" in text]


def test_a_chain_of_hyphens_is_cut_at_each() -> None:
    assert {"doctor made", "doctorma de"} <= {*variants("doctor-ma-de")}


def test_how_far_a_word_may_be_cut() -> None:
    letters = "abcdefghijklmnopqrstuvwxy"
    remedy = next(rule for rule in load_pack("en-US").rules if rule.id == "remedy")

    def found(stem: str, text: str) -> str:
        return replace(remedy, stems=frozenset({stem})).find((text,))

    twelve = letters[:MOST_CUTS]
    assert found(twelve, " ".join(twelve)) == twelve
    assert found(letters[:13], " ".join(letters[:13])) == ""
    assert found(letters[:LONGEST_STEM], f"{letters[:9]} {letters[9:LONGEST_STEM]}") == letters[:24]
    assert found(letters, f"{letters[:9]} {letters[9:]}") == ""
    assert found("mnopqr", f"{letters[:12]} mnop qr") == "mnopqr"
    assert (MOST_CUTS, LONGEST_STEM) == (12, 24)


def test_a_source_names_its_article_and_a_pack_its_rules() -> None:
    source = replace(load_pack("en-US").rules[0].source, title="A law", article="§ 5")
    assert (str(source), str(replace(source, article=""))) == ("A law, § 5", "A law")
    for tag in ("en-US", "nl-NL"):
        assert len(load_pack(tag).name.split()[-1]) == 12
    pack = load_pack("en-US")
    stock = next(rule for rule in pack.rules if rule.id == "stock")
    (text,) = stock.refused[:1]
    assert pack.find((fold(text),), fold(text), ()) is not None
    assert pack.find(("hello there",), "hello there") is None
    assert replace(pack, rules=(stock,)).find((fold(text),), fold(text), (FactKind.STOCK,)) is None


def test_a_union_knows_scripts_and_kin() -> None:
    packs = [load_pack(tag) for tag in ("en-US", "de-DE")]
    assert union_of("nl-NL", packs).card_from == "≥ {price}"
    assert union_of("en-AU", packs).card_from == packs[0].card_from
    assert [script_of(tag) for tag in ("zh-TW", "zh", "sr", "nl-NL", "xx-XX")] == [
        "Hant",
        "Hans",
        "Cyrl",
        "Latn",
        "Latn",
    ]


@pytest.mark.parametrize(
    ("count", "pieces", "rule"),
    [
        (0, (STOCK, " in stock."), "stock"), (1, ("Only ", STOCK, " left."), ""),
        (FEW_LEFT, ("Only ", STOCK, " left."), ""), (FEW_LEFT + 1, ("Only ", STOCK, " left."), "stock"),
        (FEW_LEFT + 1, ("We have ", STOCK, " in stock."), ""),
    ],
)  # fmt: skip
def test_few(count: int, pieces: tuple[str | Slot, ...], rule: str) -> None:
    assert rule_of(*pieces, facts=(fact(FactKind.STOCK, count),)) == rule
    assert FEW_LEFT == 20


@pytest.mark.parametrize(
    ("own", "said", "stray"),
    [
        ("1900", "19 0", ""), ("1999", "19 99", ""), ("49.99", "49 99", ""), ("5", "5", ""), ("5.00", "5 0", "0"),
        ("0.5", "50", ""), ("1.5", "50", ""), ("2.01", "2", ""), ("2000", "19 100", "19"), ("50", "49 100", "49"),
        ("18.5", "19 -50", "19"), ("4.5", "451", "451"), ("7", "8", "8"), ("7", "7 8", "8"), ("5 7", "57 5", ""),
        ("5", "57", "57"), ("5 7", "57 8", "8"), ("1999", "19", "19"), ("2.5", "50", "50"), ("0.51", "50", "50"),
        ("5 50", "5 50 5", ""), ("49.99 5", "49 99 5", ""), ("49.99 5", "49 99 6", "6"), ("1.99", "2", "2"),
        ("5", "5.5", "5.5"), ("2.02", "2", "2"), ("1919", "19 19", ""), ("1938", "19 19", "19"), ("0.505", "50", "50"),
        ("1.99", "1 99", ""), ("100", "99 100", "99"),
    ],
)  # fmt: skip
def test_each_number_said_is_one_of_the_facts(own: str, said: str, stray: str) -> None:
    numerals = [Numeral(Decimal(text), text, 0, 0) for text in said.split()]
    found = _untraced(numerals, frozenset(map(Decimal, own.split())))
    assert (found.text if found else "") == stray


def test_hundreds_are_no_cents_in_french_alone() -> None:
    for tag, rule in (("fr-FR", ""), ("de-DE", "price-in-text")):
        named = fact(FactKind.VENDOR, "Mug six cents", suffix="text")
        assert rule_of(Slot("mug.text"), facts=(named,), tag=tag) == rule, tag


def test_the_price_of_a_choice_stands_with_its_name() -> None:
    facts = (
        fact(FactKind.CHOICE, "Red", suffix="choice.1"),
        fact(FactKind.CHOICE, "Blue", suffix="choice.2"),
        fact(FactKind.CHOICE_PRICE, Decimal(45), suffix="choice_price.1", currency="USD"),
        fact(FactKind.CHOICE_STOCK, 4, suffix="choice_stock.1"),
    )
    red, blue, price, stock = (Slot(each.id) for each in facts)
    assert rule_of("In ", red, " it is ", price, ".", facts=facts) == ""
    assert rule_of("In ", red, " we have ", stock, " in stock.", facts=facts) == ""
    for pieces in ((price,), ("In ", blue, " it is ", price, "."), ("We have ", stock, " in stock.")):
        assert rule_of(*pieces, facts=facts) == "choice"


def test_a_rule_for_some_products_asks_what_the_line_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack("en-US")
    rules = tuple(replace(rule, product_categories=("lamp",)) if rule.id == "absolute" else rule for rule in pack.rules)
    monkeypatch.setattr("livestream.standards.door.load_pack", lambda _tag: replace(pack, rules=rules))
    kitchen, lamps = fact(FactKind.TYPE, "Kitchen"), fact(FactKind.TYPE, "Lamps", product="lamp")
    for about, rule in (("mug", ""), ("lamp", "absolute"), (None, "absolute")):
        assert rule_of("It is unbeatable.", facts=(kitchen, lamps), about=about) == rule


def test_the_letters_of_each_script() -> None:
    packs = [load_pack("en-US")]
    for tag, scripts in {
        "ja": "HIRAGANA KATAKANA CJK", "ko": "HANGUL CJK", "zh-TW": "CJK BOPOMOFO", "zh": "CJK", "th": "THAI", "nl": "",
        "he": "HEBREW", "hy": "ARMENIAN",
    }.items():  # fmt: skip
        assert union_of(tag, packs).scripts == {"LATIN", *scripts.split()}


@pytest.mark.parametrize("text", ["Mug 5€", "Mug €5", "Mug $ 5", "Mug -$5", "Mug kr5", "Mug 5zl", "Mug fünf €"])
def test_an_amount_stands_beside_its_sign(text: str) -> None:
    assert rule_of(Slot("mug.text"), facts=(fact(FactKind.VENDOR, text, suffix="text"),)) == "price-in-text"


def test_no_seal_covers_what_is_no_number() -> None:
    approved = Standards(FACTS, locale("en-US")).approve(line("The ", TITLE, "."))
    for weight in (float("nan"), float("inf")):
        shape = VisemeSpan(0, 1, Viseme.PP, weight)
        told = (approved.id, approved.locale, approved.caption, approved.spoken, np.zeros(1, np.int16), (shape,))
        speech = Speech(*told, (), (), approved.facts, "tone", "exact")
        with pytest.raises(ValueError, match="JSON"):
            Sealer(b"k" * 32).seal_speech(speech, approved)


def test_an_amount_far_from_its_sign_is_none() -> None:
    for text in ("2 pots, Silver Dollar Plant", "Silver Dollar Plant, 2 pots", "$ sign, 2 pots", "2 pots with a $"):
        assert rule_of(Slot("mug.text"), facts=(fact(FactKind.VENDOR, text, suffix="text"),)) == "", text


def test_no_letter_is_glued_to_an_amount() -> None:
    assert rule_of("It is ", PRICE, "X") == "unit"
    assert rule_of("It is ", PRICE, ".minutes") == "unit"
    assert rule_of("It is ", PRICE, ".") == ""
    assert [rule_of("在庫は", STOCK, after, tag="ja-JP") for after in ("b", "点です。")] == ["unit", ""]
    versions = fact(FactKind.VARIANTS, 25)
    assert rule_of("Only ", Slot(versions.id, "count"), " versions here.", facts=(versions,)) == ""


def test_no_sign_of_an_amount_stands_in_the_words() -> None:
    for text in ("Save a $ or so.", "See € here.", "A % more."):
        assert rule_of(text) == "unit", text
