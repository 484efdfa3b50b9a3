"""Which names of viewers may be spoken: given names on a list, nothing else."""

from __future__ import annotations

import re
import unicodedata

from livestream import scripts
from livestream.text import fold
from livestream.text.fold import WORD_SIGNS

LONGEST = 20
_LETTERS = rf"(?:(?![\d_])[{WORD_SIGNS}])+"
_SHAPE = re.compile(rf"{_LETTERS}(?:['’-]{_LETTERS})?")
_BREAKS = re.compile(r"[\s_.\d-]+")


class Names:
    """The allow-list of a locale, `names.txt`: one given name a line, compared without accents and case."""

    def __init__(self, locale: str) -> None:
        paths = scripts.paths(locale, "answers", "names.txt")
        listed = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
        self._known = {fold(name): name.strip() for name in listed if name.strip() and not name.startswith("#")}

    def spoken(self, name: str) -> str:
        """Return the given name to say, as the list spells it; empty where the name may not be said.

        A name is one word or two, in letters of one script, of at most 20 characters; its first word
        is what is said, and it must be on the list.
        """
        if len(name) > LONGEST or len(_scripts(name)) > 1:
            return ""
        words = [word for word in _BREAKS.split(name) if word]
        if not 1 <= len(words) <= 2 or not all(_SHAPE.fullmatch(word) for word in words):
            return ""
        return self._known.get(fold(words[0]), "")


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(char, "?").partition(" ")[0] for char in text if char.isalpha()}
