"""Words of one language do no harm in another: they are looked for in every stream."""

import tomllib
from pathlib import Path

import pytest

from livestream.audience.comment import RISKY
from livestream.audience.phrases import Phrases, folded
from livestream.audience.questions import Questions
from livestream.audience.words import all_words

EXAMPLES = Path(__file__).parents[2] / "scripts" / "_intents"
HARMLESS = ("price", "stock", "variant", "material", "use", "greeting", "praise")
ASKED = {
    "ar": "كم سعر الشنطة",
    "hi": "ये बैग कितने का है",
    "ko": "이 가방 얼마예요",
    "pl": "ile kosztuje plecak",
    "ru": "сколько стоит рюкзак",
    "th": "กระเป๋าใบนี้ราคาเท่าไหร่",
    "tr": "bu çanta ne kadar",
    "vi": "ba lô này giá bao nhiêu",
}


def test_no_harmless_example_of_any_language_is_abuse_or_advertising():
    words = {
        f"{kind} in {each.language}": phrases
        for each in all_words()
        for kind, phrases in (("abuse", each.abuse), ("contact", each.contact))
    }
    found = Phrases(words)
    harmful = {*map(str, RISKY), "off_topic"}
    for path in sorted(EXAMPLES.glob("*.toml")):
        for intent, examples in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for text in examples if intent not in harmful else ():
                assert not list(found.find(folded(text))), f"{path.name}, {intent}: {text}"


@pytest.mark.parametrize("language", ASKED)
def test_words_of_trouble_are_in_no_harmless_example_of_another_language(language):
    words = next(each for each in all_words() if each.language == language)
    found = Phrases({str(intent): phrases for intent, phrases in words.risky.items()})
    for path in sorted(EXAMPLES.glob("*.toml")):
        examples = tomllib.loads(path.read_text(encoding="utf-8")) if path.stem != language else {}
        for text in (text for intent in HARMLESS for text in examples.get(intent, ())):
            assert not list(found.find(folded(text))), f"{path.name}: {text}"


@pytest.mark.parametrize("language", ASKED)
def test_a_buyers_question_is_one_without_a_question_mark(language):
    sight = Questions((language, "en")).look(folded(ASKED[language]))
    assert sight.question
    assert sight.worth == 1.0
