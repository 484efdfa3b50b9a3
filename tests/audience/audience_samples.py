"""Comments to test the room with."""

from livestream.audience.comment import Comment

NORMAL = (
    "how much is the lamp?", "love this ❤️", "hola, ¿cuánto cuesta la botella?", "do you ship to Canada", "lol",
    "hi from Texas", "Is it dishwasher safe?", "ya pedí el mío", "what sizes are there", "so pretty",
    "いくらですか", "good night all",
)  # fmt: skip

HOSTILE = (
    "\ufdfa" * 500, "a" + "\u0301" * 600, "\u202e" * 300 + "x", "a" * 100_000, "\ud800" * 400, "\x00" * 300,
    "e\u0301\u0300\u0302\u0303" * 200, "1 " * 250, "1-" * 250, "a@" * 250, "a." * 250, "f " * 250, "é1@.-" * 100,
    "5" * 500,
    "12 a b c d " * 45, "$1@a" * 125, "中" * 500, "DE12 AAAA " * 50, "com.a " * 80, "at " * 160, "\u1e9b\u0323" * 250,
)  # fmt: skip


def comment(text, *, user="u1", name="Ann", ident="1", source="chat", badges=(), language="", at=1_700_000_000.0):
    return Comment(source, ident, "ws", user, name, text, at, language, tuple(badges))
