"""What wordings may rely on in a language: whether they agree with the title they name.

English wordings do ("{{ It_is }} ...", "a {{ noun }}"). In every other language the wordings are
written so that nothing has to agree with a title in gender, number or case, since titles come as
the merchant wrote them; there all of this is the grammar of silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from livestream.rundown import english

Agreement = Mapping[str, str | bool]


def _never(_phrase: str) -> bool:
    return False


def _either(_phrase: str) -> bool | None:
    return None


def _nothing(_phrase: str) -> str:
    return ""


def _no_words(_plural: bool) -> Agreement:
    return {}


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's grammar of phrases and titles.

    `article` is what a noun phrase needs before it, `the` what a title does where `takes_the`. `third_person`
    says whether a verb phrase follows one (True), many (False) or both (None). `agreement` are the words of a
    wording that agree with one thing or with many.
    """

    article: Callable[[str], str] = _nothing
    is_plural: Callable[[str], bool] = _never
    third_person: Callable[[str], bool | None] = _either
    takes_the: Callable[[str], bool] = _never
    the: str = ""
    agreement: Callable[[bool], Agreement] = _no_words

    def lead(self, title: str) -> str:
        """Return what is said before a product's name, with its space."""
        return self.the if self.takes_the(title) else ""

    def indefinite(self, phrase: str) -> str:
        """Return the indefinite article that a noun phrase needs, with its space."""
        article = self.article(phrase)
        return f"{article} " if article else ""


ENGLISH = Grammar(
    article=english.article,
    is_plural=english.is_plural,
    third_person=english.third_person,
    takes_the=english.takes_the,
    the="the ",
    agreement=english.agreement,
)
QUOTING = Grammar()
"""Of wordings that agree with nothing."""


def grammar(locale: str) -> Grammar:
    """Return the grammar of a locale's wordings."""
    return ENGLISH if locale.partition("-")[0] == "en" else QUOTING
