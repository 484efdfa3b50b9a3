"""Making texts comparable: look-alikes, hidden characters and spelling tricks folded away."""

from __future__ import annotations

import re
import unicodedata

HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters that take no room: zero-width, direction marks, variation selectors, fillers, tags."""

WORD_SIGNS = r"\w\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
"""What a word is made of, for a class of a pattern: the vowel signs of Devanagari are marks, which `\\w` leaves out."""
_LOOKALIKES = str.maketrans(
    {
        # Cyrillic
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "һ": "h", "н": "h", "і": "i", "ї": "i", "ј": "j",
        "к": "k", "ӏ": "l", "м": "m", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "у": "y", "ѵ": "v",
        "ԝ": "w", "х": "x", "и": "n", "п": "n",
        # Greek
        "α": "a", "β": "b", "ϲ": "c", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "σ": "o",
        "τ": "t", "υ": "u", "χ": "x", "ω": "w", "γ": "y", "μ": "u",
        # Latin letters that imitate others, Armenian, Cherokee, small capitals
        "ı": "i", "ɩ": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ɑ": "a", "ɡ": "g", "ƒ": "f", "ſ": "s",
        "օ": "o", "ս": "u", "ո": "n", "հ": "h", "ց": "g", "ꭰ": "d", "ꭱ": "r", "ꭲ": "i", "ᴀ": "a", "ʙ": "b", "ᴄ": "c",
        "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j", "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ɴ": "n",
        "ᴏ": "o", "ᴘ": "p", "ʀ": "r", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z",
        # punctuation with one meaning
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-",
        "—": "-", "−": "-", "⁄": "/", "∕": "/", "·": ".", "•": ".", "∙": ".", "・": ".",
        "؟": "?", "،": ",", "؛": ";", "ـ": "",
    }
)  # fmt: skip
_VOICED = "\u3099\u309a"
_INDIC = re.compile("[\u0900-\u0dff\u0e00-\u0eff]")
_MARKED = re.compile(
    "(?<![\u0900-\u0eff])[\u093c\u094d\u0951-\u0954\u0e38-\u0e3a\u0e48-\u0e4b\u0eb8-\u0eba\u0ec8-\u0ecb]+"
)
"""Their marks on a letter that is none of theirs."""
_RINGS = frozenset("\u0488\u0489\u20dd\u20de\u20df\u20e0\u20e2\u20e3\u20e4")
"""Marks that enclose what stands before them, as on a key."""
_LOOKALIKES |= {start + n: chr(ord("a") + n) for start in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)}
"""Letters in filled rings and boxes, and those that flags are made of: NFKC leaves them as they are."""
_FIRST_PICTURE = "\u2190"
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l"}
)
_MIXED = re.compile(r"(?<!\S)(?=\S{0,24}[a-z])(?=\S{0,24}[013457])[a-z013457@$!|]+(?![^\s.,;:!?])")
"""A word of letters and of digits that look like letters."""
_DISGUISED = re.compile(r"(?<!\S)(?:[a-z]|[013457@$](?=[a-z]{3}))[a-z]*[013457@$!|]+[a-z][a-z013457@$!|]*(?!\S*\d{2})")


def clean(text: str) -> str:
    """Return text without hidden and control characters, composed (NFC), each run of white space one space."""
    visible = HIDDEN.sub("", text)
    plain = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in visible)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def without_pictures(text: str) -> str:
    """Return text without emoji and other pictures; signs such as ™, ° and № stay."""
    return " ".join("".join(char for char in text if not _is_picture(char)).split())


def _is_picture(char: str) -> bool:
    category = unicodedata.category(char)
    return category == "Me" or (char >= _FIRST_PICTURE and category in {"So", "Sk"})


def fold(text: str) -> str:
    """Return text for comparison: NFKC, lower case, no accents, look-alikes as the Latin letters they imitate.

    The voicing marks of kana are no accents, nor are the vowels and tones of scripts from Devanagari to Lao: on a
    letter of theirs they make another one.
    """
    compatible = unicodedata.normalize("NFKC", HIDDEN.sub("", text)).casefold().translate(_LOOKALIKES)
    apart = unicodedata.normalize("NFKD", compatible)
    bare = _MARKED.sub("", "".join(char for char in apart if _stays(char)))
    return " ".join(unicodedata.normalize("NFC", bare).translate(_LOOKALIKES).split())


def _stays(char: str) -> bool:
    loose = unicodedata.combining(char) or char in _RINGS
    return not loose or char in _VOICED or _INDIC.match(char) is not None


def unleet(folded: str) -> str:
    """Return folded text with digits and signs inside words read as the letters they stand for: "r3fund" → "refund".

    Where several words are written so, all of them are: "n0 41 h3r3" → "no ai here".
    """
    if len(_MIXED.findall(folded)) > 1:
        return folded.translate(_LEET)
    return _DISGUISED.sub(lambda match: match.group().translate(_LEET), folded)
