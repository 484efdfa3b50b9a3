"""Japanese captions: phrases that join without spaces, and spoken forms without digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.text import numbers_in, speak, spoken_form
from livestream.text.languages import joiner, language

JA = "ja-JP"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("￥4,990", "四千九百九十円"),
        ("4,990円", "四千九百九十円"),
        ("￥１，２９９", "千二百九十九円"),
        ("￥4,990(税込)", "四千九百九十円税込,"),
        ("$49.99", "四十九ドル九十九セント"),
        ("€20", "二十ユーロ"),
        ("49.99ドル", "四十九ドル九十九セント"),
        ("USD 39.99", "三十九ドル九十九セント"),
        ("5,000円〜", "五千円から"),
        ("1,000円〜2,000円", "千円から二千円"),
        ("￥1,000～￥2,000", "千円から二千円"),
        ("1.5万円", "一万五千円"),
        ("5千円", "五千円"),
        ("1億2,000万円", "一億二千万円"),
        ("残り3点です", "残り三点です"),
        ("3点4色", "三点,四色"),
        ("3 4", "三,四"),
        ("38、39、40", "三十八,三十九,四十"),
        ("マグカップ 350ml", "マグカップ三百五十ミリリットル"),
        ("1.5L", "一点五リットル"),
        ("30×40cm", "三十かける四十センチメートル"),
        ("30 x 40 cm", "三十かける四十センチメートル"),
        ("10×15×20cm", "十かける十五かける二十センチメートル"),
        ("幅30cm×奥行40cm", "幅三十センチメートルかける奥行四十センチメートル"),
        ("30cm", "三十センチメートル"),
        ("㎏ 5㎏", "kg五キログラム"),
        ('12"のお皿', "十二インチのお皿"),
        ("5000mAh", "五千ミリアンペアアワー"),
        ("100W", "百ワット"),
        ("256GB", "二百五十六ギガバイト"),
        ("２０％", "二十パーセント"),
        ("100%コットン", "百パーセントコットン"),
        ("5-10%", "五から十パーセント"),
        ("20〜30%", "二十から三十パーセント"),
        ("3割引", "三割引"),
        ("-5℃", "マイナス五度"),
        ("38.5℃", "三十八点五度"),
        ("100°F", "華氏百度"),
        ("1/2カップ", "二分の一カップ"),
        ("½カップ", "二分の一カップ"),
        ("1 1/2カップ", "一と二分の一カップ"),
        ("24/7", "二十四,七"),
        ("19:30", "十九時三十分"),
        ("7:00", "七時"),
        ("2026/11/22", "二千二十六年十一月二十二日"),
        ("2026-1-2", "二千二十六年一月二日"),
        ("2026年11月", "二千二十六年十一月"),
        ("AB-1204X", "AB一二ゼロ四X"),
        ("WD-40", "WD四十"),
        ("USB3.0", "USB三点ゼロ"),
        ("iPhone15 Pro", "iPhone十五Pro"),
        ("4Kテレビ", "四Kテレビ"),
        ("2WAYバッグ", "二WAYバッグ"),
        ("007", "ゼロゼロ七"),
        ("No.1", "ナンバー一"),
        ("#2", "ナンバー二"),
        ("6個入り", "六個入り"),
        ("第3弾", "第三弾"),
        ("約2.5倍", "約二点五倍"),
        ("10:30～18:00", "十時三十分から十八時"),
        ("H15cm", "H十五センチメートル"),
        ("03-1234-5678", "ゼロ三一二三四五六七八"),
        ("単3電池4本", "単三電池四本"),
        ("Marlow Quayの1.1 kgのリュック", "Marlow Quayの一点一キログラムのリュック"),
        ("S & M", "S アンドM"),
        ("ブラック/ホワイト", "ブラック,ホワイト"),
        ("フル・グレイン", "フルグレイン"),
        ("Stoneware Mug — Blue", "Stoneware Mug, Blue"),
        ("「かわいい」と思います。", "かわいいと思います."),
        ("いかがですか？", "いかがですか?"),
        ("すてき！🔥", "すてき!"),
        ("", ""),
        ("🔥", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, JA) == said


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("こちらのマグカップは、残り3点です。", ["こちらの", "マグカップは、", "残り", "3点です。"]),
        ("Stoneware Mugは 350mlです", ["Stoneware ", "Mugは 350mlです"]),
        ("「本日」の主役", ["「本日」", "の主役"]),
        ("\ue000は\ue001です", ["\ue000は", "\ue001です"]),
    ],
)
def test_phrases(text: str, phrases: list[str]) -> None:
    assert [caption for caption, _ in speak(text, JA)] == phrases


@given(st.text(st.one_of(st.characters(), st.sampled_from("ぁんァン一二十万、。「」 3点,.円¥%〜ー・")), max_size=40))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, JA)
    if tokens:
        assert "".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said.strip()
        assert not any(char.isdigit() or char in "<>[]()$%&/、。・" for char in said)


@given(st.from_regex(r"[¥0-9.,/x%°円個分点年cmマ-]{1,12}", fullmatch=True))
def test_what_has_a_digit_is_never_silent(chunk: str) -> None:
    if any(char.isdecimal() for char in chunk):
        assert spoken_form(chunk, JA)


@pytest.mark.parametrize("text", ["軽くて丈夫", "手に取ると軽い", "コットン", "軽量"])
def test_japanese_shows_itself(text: str) -> None:
    assert language(JA).owns(text)


@pytest.mark.parametrize("text", ["a bamboo lid", "轻便耐用", "bouclé"])
def test_what_does_not_show_it_is_foreign(text: str) -> None:
    assert not language(JA).owns(text)


def test_lists_and_joiners() -> None:
    assert language(JA).listing(["黒", "白"]) == "黒、白"
    assert (joiner(JA), joiner("en-US"), joiner("xx-XX")) == ("", " ", " ")
    assert numbers_in("黒、白", JA) == []
