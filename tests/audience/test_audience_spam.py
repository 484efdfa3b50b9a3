from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

from livestream.audience.cleaning import clean
from livestream.audience.intents import COMMON, load_examples
from livestream.audience.phrases import Phrases, folded
from livestream.audience.spam import Advertising, Repetition, WordFilter, abusive_words, says_it_again

HERE = Path(__file__).parent
WORDS = ["asshole", "bastard", "bitch", "whore", "faggot", "dickhead", "scamshop", "rivalbrand", "pendejo", "cabron"]


def shifted(first):
    return lambda word: "".join(chr(first + ord(char) - ord("a")) for char in word)


def replaced(**letters):
    return lambda word: "".join(letters.get(char, char) for char in word)


DISGUISES = {
    "capitals": str.upper,
    "full width": shifted(0xFF41),
    "mathematical bold": shifted(0x1D41A),
    "mathematical script": shifted(0x1D4EA),
    "sans serif": shifted(0x1D5BA),
    "Cyrillic": replaced(a="а", e="е", o="о", c="с", p="р", i="і", h="һ", s="ѕ"),
    "Greek": replaced(a="α", o="ο", i="ι", e="ε"),
    "accents": replaced(a="á", e="ë", o="ö", i="ï", c="ç", n="ñ"),
    "zero width": "\u200b".join,
    "zero width non-joiner": "\u200c".join,
    "soft hyphen": "\u00ad".join,
    "combining marks": lambda word: "".join(f"{char}\u0336" for char in word),
    "digits for letters": replaced(a="4", e="3", o="0", i="1"),
    "signs for letters": replaced(a="@", s="$", i="!"),
    "spaces": " ".join,
    "dots": ".".join,
    "stars": "*".join,
    "stretched": lambda word: word[0] + word[1] * 5 + word[2:],
    "in a sentence": lambda word: f"you are a {word}!!",
    "quoted": lambda word: f'"{word}"',
}


def test_listed_words_are_found_in_disguise():
    words = WordFilter(WORDS)
    tried = [(name, word) for name in DISGUISES for word in WORDS]
    missed = [(name, word) for name, word in tried if not words.find(folded(clean(DISGUISES[name](word))))]
    assert len(tried) >= 200
    assert len(missed) / len(tried) <= 0.02, missed


def test_what_viewers_write_is_not_taken_for_abuse_or_advertising():
    abuse, advertising = WordFilter([*abusive_words(), *WORDS]), Advertising()
    comments = tomllib.loads((HERE / "comments.toml").read_text(encoding="utf-8"))
    sets = [texts for part in comments.values() for by_intent in part.values() for texts in by_intent.values()]
    texts = list(itertools.chain(*load_examples(*COMMON).values(), *sets))
    wrong = [text for text in texts if abuse.find(folded(text)) or advertising.find(folded(text))]
    assert len(texts) > 1000
    assert len(wrong) / len(texts) <= 0.005, wrong


def test_phrases_stand_between_word_boundaries_or_go_on_where_told():
    phrases = Phrases({"whole": ["art"], "open": ["refund*"], "many": ["my order"], "han": ["退款"]})
    assert phrases.tags("art for sale") == {"whole"}
    assert phrases.tags("smart cart party") == frozenset()
    assert phrases.tags("refunding it") == {"open"}
    assert phrases.tags("prefund") == frozenset()
    assert phrases.tags("where is my order?") == {"many"}
    assert phrases.tags("我要退款吗") == {"han"}
    assert Phrases({}).tags("anything") == frozenset()
    assert Phrases({"none": ["", "*"]}).tags("anything") == frozenset()


def test_pasted_texts_are_forgotten_in_time_and_number():
    repetition = Repetition(seconds=60, size=8, copies=2)
    text = "come and see the other channel"
    assert [repetition.pasted(text, now) for now in (0, 1, 2)] == [False, False, True]
    assert not repetition.pasted(text, 70)
    for n in range(20):
        repetition.pasted(f"quite another long text {n}", 71)
    assert not repetition.pasted(text, 72)
    assert not any(repetition.pasted("short", n) for n in range(10))


def test_nearly_the_same_is_the_same_for_a_minute():
    earlier = [(0.0, "how much is the steel bottle")]
    assert says_it_again("how much is the steel bottle", earlier, 10)
    assert says_it_again("how much is the steel bottle?", earlier, 10)
    assert not says_it_again("how much is the steel bottle", earlier, 61)
    assert not says_it_again("how much is the cat tunnel", earlier, 10)
