"""Counters, clocks and currencies without hundredths, which look like something else."""

import pytest

from livestream.text import spoken_form
from livestream.text.numerals import numbers_in


@pytest.mark.parametrize(
    ("tag", "caption", "said"),
    [
        ("ko-KR", "30분 충전", "삼십 분 충전"), ("ko-KR", "1시간 30분", "한 시간 삼십 분"),
        ("th-TH", "18.00 น.", "สิบแปดนาฬิกา"), ("th-TH", "18.30 น.", "สิบแปดนาฬิกาสามสิบนาที"),
        ("th-TH", "1.25 กก.", "หนึ่งจุดสองห้ากิโลกรัม"),
        ("de-DE", "₩39,000", "neununddreißigtausend Won"), ("fr-FR", "¥1,980", "mille neuf cent quatre-vingts yens"),
        ("ru-RU", "₩39,000", "тридцать девять тысяч вон"), ("tr-TR", "39.000 ₩", "otuz dokuz bin won"),
    ],
)  # fmt: skip
def test_what_is_said(tag, caption, said):
    assert spoken_form(caption, tag).rstrip(".") == said


@pytest.mark.parametrize("text", ["百平方メートル", "百平米", "百立方センチ"])
def test_japanese_areas_are_numbers(text):
    assert [int(found.value) for found in numbers_in(text, "ja-JP")] == [100]
