"""What viewers ask in Hindi, in both scripts, comes to the right answer, and no wording of an answer is refused."""

import pytest
from market_questions import outcomes, wrong
from market_wordings import refused_answers

from livestream.answers.names import Names
from livestream.answers.reading import Reader

READER = Reader("hi-IN")


def test_questions_come_to_what_they_should(encoder, intents):
    found = outcomes("hi-IN", encoder, intents)
    assert len(found) >= 25
    assert not wrong(found)


def test_no_answer_is_refused():
    assert not refused_answers("hi-IN", "राहुल")


@pytest.mark.parametrize("spelled", ["क़ीमत क्या है", "कीमत क्या है", "यह कितने का है", "kitne ka hai"])
def test_a_question_is_read_however_it_is_spelled(spelled):
    assert READER.read(spelled).aspects == ("price",)


def test_words_keep_their_vowel_signs():
    assert READER.fold("बाँस की बोतल, ज़िप") == READER.fold("बांस की बोतल जिप") == ["बांस", "की", "बोतल", "जिप"]


def test_names_are_known_in_both_scripts():
    names = Names("hi-IN")
    assert (names.spoken("राहुल शर्मा"), names.spoken("Priya_92"), names.spoken("सपना")) == ("राहुल", "Priya", "")
