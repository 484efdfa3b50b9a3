"""How people write what a filter looks for: characters that look alike, and spelling one still understands."""

from collections.abc import Callable, Mapping

_GREEK = dict(zip("aeoptuvx", "αεορτυνχ", strict=True)) | {"v": "ν"}
_CYRILLIC = dict(zip("aceijopsxyhk", "асеіјорѕхуһк", strict=True))
_SMALL = dict(zip("abcdeghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True))
_LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}


def _each(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "".join(change(char) if char.isascii() and char.isalnum() else char for char in text)


def _swapped(table: Mapping[str, str]) -> Callable[[str], str]:
    return _each(lambda char: table.get(char, char))


def _moved(start: int, first: str) -> Callable[[str], str]:
    """Return what writes letters or digits as those of a block of Unicode that begins with `first`."""

    def change(char: str) -> str:
        place = ord(char.upper() if first == "A" else char) - ord(first)
        return chr(start + place) if 0 <= place < (10 if first == "0" else 26) else char

    return _each(change)


LOOKALIKES: Mapping[str, Callable[[str], str]] = {
    "full width": _each(lambda char: chr(ord(char) + 0xFEE0)),
    "greek": _swapped(_GREEK),
    "cyrillic": _swapped(_CYRILLIC),
    "small capitals": _swapped(_SMALL),
    "zero width": _each(lambda char: f"{char}\u200b"),
    "soft hyphen": _each(lambda char: f"{char}\u00ad"),
    "word joiner": _each(lambda char: f"\u2060{char}"),
    "variation selector": _each(lambda char: f"{char}\ufe0f"),
    "accents": _each(lambda char: f"{char}\u0301\u0323"),
    "struck out": _each(lambda char: f"{char}\u0336"),
    "keycaps": _each(lambda char: f"{char}\ufe0f\u20e3" if char.isdigit() else char),
    "enclosed in rings": _each(lambda char: f"{char}\u20dd"),
    "circled": _moved(0x24B6, "A"),
    "squared": _moved(0x1F130, "A"),
    "filled rings": _moved(0x1F150, "A"),
    "filled boxes": _moved(0x1F170, "A"),
    "flags": _moved(0x1F1E6, "A"),
    "bold": _moved(0x1D41A, "a"),
    "script": _moved(0x1D4EA, "a"),
    "monospace": _moved(0x1D68A, "a"),
    "bold digits": _moved(0x1D7CE, "0"),
    "capitals": str.upper,
}
"""Ways to write a text so that it looks the same: folding undoes each of them."""

SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "leet": lambda text: "".join(_LEET.get(char, char) for char in text),
    "hyphens": lambda text: " ".join("-".join(word) for word in text.split(" ")),
    "dots": lambda text: " ".join(".".join(word) for word in text.split(" ")),
    "loose": lambda text: " ".join(text.replace(" ", "")),
    "stars": lambda text: " ".join("*".join(word) for word in text.split(" ")),
    "middle": lambda text: " ".join(f"{word[:2]}-{word[2:]}" if len(word) > 4 else word for word in text.split(" ")),
}
"""Ways to spell a text so that a reader, or a voice, still understands it."""
