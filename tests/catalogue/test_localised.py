"""A list told to an audience: in its language, at its market's prices, and never in another language."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.catalogue import Catalogue, FactKind, read_catalogue
from livestream.catalogue.options import kind_of_name
from livestream.catalogue.sentences import sentence_points
from livestream.catalogue.texts import fault
from livestream.catalogue.tongue import is_foreign
from livestream.errors import CatalogueError

BODY = "Slim desk lamp of aluminum with a folding arm. It folds to 38 cm."
LIST = f"""Handle,Title,Body (HTML),Type,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant Price,Currency
lamp,Desk Lamp,<p>{BODY.replace(". ", ".</p><p>")}</p>,Home office,Color,White,Size,L,45.00,USD
lamp,,,,,Black,,38 L,45.00,USD
"""
TOLD = "Schlanke Lampe aus Aluminium mit Klapparm, ca. ein Traum. Sie lässt sich auf 38 cm. Und nun?"
GERMAN = f"""handle,field,source,text
lamp,title,Desk Lamp,Schreibtischlampe
lamp,description,{BODY},"{TOLD}"
,type,Home office,Arbeitszimmer
,option,Color,Farbe
,option,White,Weiß
lamp,option,Black,Schwarz
"""


@pytest.fixture
def told(tmp_path: Path):
    """Write a list, and the texts beside it, and read it for an audience."""

    def write_and_read(listed: str, texts: str = "", *, locale: str = "de-DE", name: str = "list.csv") -> Catalogue:
        (tmp_path / name).write_text(listed, encoding="utf-8")
        if texts:
            (tmp_path / f"list.{locale}.csv").write_text(texts, encoding="utf-8")
        return read_catalogue(tmp_path / name, locale=locale)

    return write_and_read


def values(catalogue: Catalogue, kind: FactKind) -> list[object]:
    return [fact.value for fact in catalogue.products[0].facts if fact.kind is kind]


def test_a_texts_file_puts_every_fact_into_the_language(told):
    there = told(LIST, GERMAN)
    assert there.problems == ()
    assert values(there, FactKind.TITLE) == ["Schreibtischlampe"]
    assert values(there, FactKind.TYPE) == ["Arbeitszimmer"]
    assert values(there, FactKind.OPTION) == [("Weiß", "Schwarz"), ("L", "38 L")]
    assert values(there, FactKind.CHOICE) == ["Weiß", "L", "Weiß, L", "Schwarz", "38 L", "Schwarz, 38 L"]
    assert values(there, FactKind.POINT) == [
        "Schlanke Lampe aus Aluminium mit Klapparm, ca. ein Traum", "Sie lässt sich auf 38 cm",
    ]  # fmt: skip
    source = there.fact("lamp.point.1").source
    assert (source.file, source.row, source.column) == ("list.de-DE.csv", 3, "text")
    assert [fact.label for fact in there.facts.values() if fact.kind is FactKind.OPTION] == ["Farbe", "Size"]
    assert there.products[0].variants[1].options == (("Farbe", "Schwarz"), ("Size", "38 L"))
    assert there.coverage.texts == {"title": (1, 1), "description": (1, 1), "type": (1, 1), "option": (3, 4)}
    english = {fact.id for fact in told(LIST, locale="en-US").facts.values() if fact.kind is not FactKind.POINT}
    assert english == {fact.id for fact in there.facts.values() if fact.kind is not FactKind.POINT}


def test_without_texts_only_what_has_no_language_is_told(told):
    there = told(LIST)
    assert values(there, FactKind.TITLE) == ["Desk Lamp"]
    assert values(there, FactKind.OPTION) == [("L", "38 L")]
    assert values(there, FactKind.CHOICE) == ["L", "38 L"]
    assert not values(there, FactKind.TYPE) + values(there, FactKind.POINT)
    assert there.products[0].description == there.products[0].type == ""
    assert not there.coverage.native
    assert there.coverage.texts["description"] == (0, 1)


def test_a_list_in_the_language_of_the_show_is_told_as_it_stands(told):
    spanish = LIST.replace("Slim desk lamp of aluminum with a folding arm", "Lámpara delgada de aluminio con brazo")
    spanish = spanish.replace("It folds to 38 cm", "Se dobla hasta 38 cm").replace("Home office", "Oficina en casa")
    spanish = spanish.replace("White", "Blanco").replace("Black", "Negro").replace("Desk Lamp", "Lámpara de escritorio")
    there = told(spanish, locale="es-MX")
    assert there.coverage.native
    assert values(there, FactKind.OPTION)[0] == ("Blanco", "Negro")
    assert values(there, FactKind.TYPE) == ["Oficina en casa"]
    assert values(there, FactKind.POINT) == ["Lámpara delgada de aluminio con brazo", "Se dobla hasta 38 cm"]
    english = told(spanish, locale="en-US")
    assert not english.coverage.native
    assert not values(english, FactKind.POINT) + values(english, FactKind.TYPE)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("lamp,title,Desk Lamp,Lampe 2000", "2000 is not in what the list says; the text is not used"),
        ("lamp,title,Desk Lamp,Zwei Lampen", "Zwei is not in what the list says; the text is not used"),
        ("lamp,title,Desk Light,Lampe", "the list says something else now; the text is not used"),
        ("sofa,title,Sofa,Sofa", "there is no product of this handle; the text is not used"),
        ("lamp,subtitle,Desk Lamp,Lampe", "there is no such field; the text is not used"),
        (",option,Teal,Petrol", "the list says something else now; the text is not used"),
        ("lamp,title,Desk Lamp,Lampe\u202e", "direction overrides were taken out"),
        (
            f"lamp,description,{BODY},A fine lamp that has an arm and folds to the size of 38 cm",
            "the text is not in the language of de-DE; the text is not used",
        ),
    ],
)
def test_a_text_that_cannot_be_used_is_told_of_with_its_row(told, row, message):
    there = told(LIST, f"handle,field,source,text\n{row}\n")
    assert [(problem.severity, problem.row, problem.message) for problem in there.problems] == [("warning", 2, message)]
    assert there.problems[0].column.startswith("list.de-DE.csv: ")
    assert there.problems[0].remedy
    assert values(there, FactKind.TITLE) == ["Lampe" if "overrides" in message else "Desk Lamp"]


def test_both_in_the_source_is_two_and_one_is_no_number_in_words(told):
    listed = LIST.replace("It folds", "Both arms fold")
    texts = GERMAN.replace("It folds", "Both arms fold").replace("Sie lässt", "Beide, also zwei, eine Wucht. Sie lässt")
    there = told(listed, texts)
    assert there.problems == ()
    assert len(values(there, FactKind.POINT)) == 3


def test_number_words_are_read_in_the_language_of_the_list(told):
    spanish = "title,description\nTaza,La jarra de barro alcanza para cuatro tazas de café y pesa poco.\n"
    texts = "handle,field,source,text\ntaza,title,Taza,{}\n"
    source = "La jarra de barro alcanza para cuatro tazas de café y pesa poco."
    good = f'taza,description,"{source}","Der Krug aus Ton fasst genug Kaffee für {{}} Tassen und wiegt nicht viel."\n'
    assert told(spanish, texts.format("Tasse") + good.format("vier")).problems == ()
    (problem,) = told(spanish, texts.format("Tasse") + good.format("fünf")).problems
    assert problem.message.startswith("fünf is not in")


HOLDS = "It holds 350 ml. Battery lasts 12 hours, ready in an hour. It is 30 x 40 cm and 2 m² wide."
KEPT = {
    "de-DE": "Fasst 350 Milliliter|Hält zwölf Stunden|12-Stunden-Akku|in einer Stunde|30 cm mal 40 cm|2 Quadratmeter",
    "fr-FR": "350 ml|12 heures|une heure", "ja-JP": "350ミリリットル|12時間", "ru-RU": "350 мл|12 часов",
    "tr-TR": "350 ml|12 saatlik", "ko-KR": "350ml를|12시간을", "th-TH": "350 มล.|12 ชั่วโมง", "vi-VN": "350 ml|12 giờ",
    "ar-SA": "350 مل|12 ساعة", "hi-IN": "350 मि.ली.|12 घंटे", "pl-PL": "350 ml|12 godzin", "it-IT": "12 ore|30 x 40 cm",
    "es-MX": "350 mililitros|una hora", "pt-BR": "12 horas", "id-ID": "12 jam", "en-GB": "350 millilitres|12 hours",
}  # fmt: skip
CHANGED = {
    "de-DE": "Fasst 350 Liter|Hält 12 Jahre|Hält zwölf Jahre|Hält ein Jahr|12-jährig|40 Meter|350 %",
    "fr-FR": "350 litres|12 ans|une année", "ja-JP": "350リットル|12年|12か月", "ru-RU": "350 литров|12 лет|один год",
    "tr-TR": "350 litre|12 yıllık|bir yıl|%12", "ko-KR": "350리터|12년|12개월을", "th-TH": "350 ลิตร|12 ปี",
    "vi-VN": "350 lít|12 năm", "ar-SA": "350 لتر|12 سنة", "hi-IN": "350 लीटर|12 साल", "pl-PL": "350 litrów|12 lat",
    "it-IT": "12 anni|40 metri", "es-MX": "350 litros|un año", "pt-BR": "12 anos", "id-ID": "12 tahun",
    "en-GB": "350 litres|12 years",
}  # fmt: skip


def test_a_number_keeps_its_unit_in_every_language():
    for locale, texts in KEPT.items():
        assert [text for text in texts.split("|") if fault(HOLDS, text, "title", locale)[0]] == [], locale
    for locale, texts in CHANGED.items():
        assert [text for text in texts.split("|") if not fault(HOLDS, text, "title", locale)[0]] == [], locale


def test_the_signs_beside_a_number_are_part_of_what_the_list_says(told):
    texts = "handle,field,source,text\nbox,title,{},Kiste\n"
    for listed, source in [
        ("Box -20 °C", "Box 20 °C"), ("Box –20 °C", "Box 20 °C"), ("Box < 5 kg", "Box > 5 kg"), ("Box $5", "Box €5"),
        ("Box 5 €", "Box 5 $"), ("Box 5%", "Box 5"), ("Box 18+", "Box 18"),
    ]:  # fmt: skip
        there = told(f"handle,title,price\nbox,{listed},1.00\n", texts.format(source))
        assert there.products[0].title == listed, source
    for listed, source in [("Box −20 °C", "box -20°C"), ("Box (5 %)", "Box 5%"), ("Box 20–30", "Box 20 30")]:
        there = told(f"handle,title,price\nbox,{listed},1.00\n", texts.format(source))
        assert there.products[0].title == "Kiste", source


def test_a_texts_file_without_its_columns_is_refused(told):
    with pytest.raises(CatalogueError, match="no column source") as refused:
        told(LIST, "handle,field,text\nlamp,title,Lampe\n")
    assert (refused.value.where, bool(refused.value.remedy)) == ("list.de-DE.csv", True)


COLUMNS = """handle,title,title (de-DE),description,Description [de_DE],color,color (de-DE),price
lamp,Desk Lamp,Schreibtischlampe,It folds to 38 cm.,Sie lässt sich auf 38 cm zusammenklappen.,White,Weiß,45.00
"""


@pytest.mark.parametrize("texts", ["", "handle,field,source,text\nlamp,title,Desk Lamp,Lampe\n"])
def test_columns_of_a_locale_stand_in_the_list_and_before_the_file(told, texts):
    there = told(COLUMNS, texts)
    assert values(there, FactKind.TITLE) == ["Schreibtischlampe"]
    assert values(there, FactKind.POINT) == ["Sie lässt sich auf 38 cm zusammenklappen"]
    assert values(there, FactKind.OPTION) == [("Weiß",)]
    assert there.fact("lamp.title").source.column == "title (de-DE)"
    assert values(told(COLUMNS, locale="fr-FR"), FactKind.TITLE) == ["Desk Lamp"]


def test_columns_of_a_json_list(told):
    there = told('[{"title": "Desk Lamp", "title (de-DE)": "Schreibtischlampe", "price": 45}]', name="list.json")
    assert values(there, FactKind.TITLE) == ["Schreibtischlampe"]


MARKETS = (
    "Handle,Title,Variant Price,Variant Compare At Price,Lowest Price 30 Days,Currency,Included / {m},Price / {m},"
    "Compare At Price / {m}\n"
    "lamp,Desk Lamp,45.00,50.00,50.00,USD,{included},{price},{before}\n"
)


@pytest.mark.parametrize(
    ("market", "locale", "price", "expected"),
    [
        ("Germany", "de-DE", "49.90", (Decimal("49.90"), "EUR")),
        ("Deutschland", "de-DE", "49.90", (Decimal("49.90"), "EUR")),
        ("European Union", "fr-FR", "49.90", (Decimal("49.90"), "EUR")),
        ("European Union", "pl-PL", "49.90", (Decimal("45.00"), "USD")),
        ("日本", "ja-JP", "5900", (Decimal(5900), "JPY")),
        ("Germany", "de-DE", "", (Decimal("45.00"), "USD")),
        ("Germany", "fr-FR", "49.90", (Decimal("45.00"), "USD")),
        ("Germany", "de-DE", "$49.90", None),
    ],
)
def test_a_markets_own_price_is_in_its_currency(told, market, locale, price, expected):
    there = told(MARKETS.format(m=market, included="true", price=price, before=""), locale=locale)
    fact = there.products[0].fact(FactKind.PRICE)
    assert (fact and (fact.value, fact.currency)) == expected
    # The former price of another market says nothing of this one.
    assert (there.products[0].fact(FactKind.COMPARE_AT) is not None) == (expected == (Decimal("45.00"), "USD"))


@pytest.mark.parametrize(
    ("columns", "cells", "price"),
    [
        ("Price / European Union,Price / Germany", "27.00,26.00", "26.00"),
        ("Price / Germany,Price / European Union", "26.00,27.00", "26.00"),
        ("Price / Germany,Price / European Union", ",27.00", "27.00"),
        ("Price / DE,Price / de-DE", "27.00,26.00", "26.00"),
    ],
)
def test_the_nearest_column_that_is_filled_gives_the_price(told, columns, cells, price):
    listed = (
        f"Handle,Title,Variant Price,Variant Compare At Price,Currency,{columns}\nmug,Mug,29.99,39.99,USD,{cells}\n"
    )
    there = told(listed)
    fact = there.products[0].fact(FactKind.PRICE)
    assert (fact.value, fact.currency) == (Decimal(price), "EUR")
    assert (there.currency, there.problems) == ("EUR", ())


def test_a_markets_price_says_nothing_of_the_currency_of_the_others(told, tmp_path):
    assert told(listed := "Handle,Title,Variant Price,Price / Germany\nmug,Mug,29.99,26.00\nlamp,Lamp,59.99,\n")
    unknown = ("", "unknown")
    cases = [({}, unknown), ({"assume": "EUR"}, unknown), ({"currency": "USD"}, ("USD", "argument"))]
    for said, expected in cases:
        there = read_catalogue(tmp_path / "list.csv", locale="de-DE", **said)
        assert (there.currency, there.currency_origin) == expected
        assert [fact.currency for each in there.products for fact in each.facts if fact.kind is FactKind.PRICE] == [
            "EUR", there.currency
        ]  # fmt: skip
        assert ["market has no price" in each.message for each in there.problems] == [True]
    assert told(listed.replace("59.99", "59.99 $")).fact("lamp.price").currency != "EUR"


def test_what_a_market_does_not_include_is_left_out_of_its_shows(told):
    listed = MARKETS.format(m="Germany", included="false", price="", before="")
    with pytest.raises(CatalogueError, match="no product"):
        told(listed)
    assert len(told(listed, locale="fr-FR").products) == 1


@pytest.mark.parametrize(
    ("locale", "text", "sentences"),
    [
        ("ja-JP", "つやがあります。重さは1.1 kgです。いい？\n" + "あ" * 91, ["つやがあります", "重さは1.1 kgです"]),
        ("th-TH", "จุได้ 600 มล. พอดี\nยาว 25 ซม.", ["จุได้ 600 มล. พอดี", "ยาว 25 ซม."]),
        ("hi-IN", "यह हल्का है। इसे धो सकते हैं।", ["यह हल्का है", "इसे धो सकते हैं"]),
        ("ar-SA", "تأتي مع غطاء. هل تناسبك؟ سهلة الغسل.", ["تأتي مع غطاء", "سهلة الغسل"]),
        ("es-MX", "¡Muy suave! Mide 38 cm. Trae aprox. tres.", ["Muy suave", "Mide 38 cm", "Trae aprox. tres"]),
        ("tr-TR", "ince kumaştan. ışık geçirir.", ["İnce kumaştan", "Işık geçirir"]),
        ("de-DE", "Siehe www.example.com. " + "sehr " * 27 + "lang. Passt.", ["Passt"]),
    ],
)  # fmt: skip
def test_sentences_are_parted_as_the_language_parts_them(locale, text, sentences):
    points = sentence_points("Titel", text, locale)
    assert [point.text for point in points] == sentences
    assert {point.grammar for point in points} == {"sentence"}


def test_options_are_known_in_every_language():
    for kind, names in {
        "size": "Size Sizes Schuhgröße Größe taille Talla tamanho サイズ 사이즈 المقاس Размер ขนาด",
        "color": "colour Farbe Couleur cor カラー 색상 لون Цвет Renk สี",
        "": "Capacity Oversized Material Cortina Probes",
    }.items():
        assert {kind_of_name(name) for name in names.split()} == {kind}, kind


@pytest.mark.parametrize(
    ("text", "language", "foreign"),
    [
        ("A slim desk lamp with a folding arm, made for small rooms.", "en", False),
        ("Hand-glazed stoneware dripper, carafe, matte finish", "en", False),
        ("Large four seater grey sofa.", "en", False),  # which looks Vietnamese, and is too short to tell
        ("Die Jacke von The North Face hält warm und trocken, auch bei starkem Regen im Herbst.", "en", True),
        ("Die Jacke von The North Face hält warm und trocken, auch bei starkem Regen im Herbst.", "de", False),
        ("Плед из льна", "en", True),
        ("やわらかい毛布です", "en", True),
        ("", "en", False),
    ],
)
def test_what_is_clearly_in_another_language(text, language, foreign):
    assert is_foreign(text, language) is foreign


@given(st.integers(2, 9999), st.integers(2, 9999), st.sampled_from(["de-DE", "ja-JP", "id-ID", "sk-SK"]))
def test_no_number_gets_into_a_text_that_its_source_has_not(stated, other, locale):
    source = f"A throw of linen, {stated} cm long"
    assert fault(source, f"{stated} cm", "title", locale) == ("", "")
    told, remedy = fault(source, f"{other} cm", "title", locale)
    assert (told == "") is (stated == other)
    assert bool(told) is bool(remedy)
