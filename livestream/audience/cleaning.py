"""Making a viewer's text safe to keep and show: bounded, composed, without what hides or overlays."""

from __future__ import annotations

import re
import unicodedata

LIMIT = 500
"""Characters of a comment that are looked at; the rest is cut before anything else is done."""
NAME_LIMIT = 64
"""Characters of a viewer's name."""
IDENT_LIMIT = 200
"""Characters of an id."""
MARKS = 3
"""Combining marks on one character: enough for every living script, too few to bury the line above."""

_DROPPED = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiner of graphemes, fillers
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, direction marks and overrides
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"  # fillers, variation selectors but the emoji's, byte order
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"  # surrogates alone, private use, no characters
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"  # tags, which can carry whole hidden texts; private use
    "]+"
)
_SIGNS = re.compile("[^\\w\\s\x00-\u02ff]{4,}")
"""Runs that may hold too many combining marks, which are neither word nor space."""
_JOINERS = re.compile("[\u200c\u200d\ufe0f]{2,}")
_ENDS = " \u200c\u200d"


def clean(text: str, limit: int = LIMIT) -> str:
    """Return text as it may be stored and shown: at most `limit` characters, NFKC, one line.

    It is cut before it is normalised, so that the work is bounded by `limit` whatever comes: a
    single U+FDFA would otherwise grow eighteenfold. Zero-width joiner and non-joiner stay, which
    emoji and several scripts need. Cleaning twice changes nothing.
    """
    text = text[:limit]
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = _few_marks(_composed(_few_marks(_DROPPED.sub("", text)), limit))
    single = _JOINERS.sub(lambda run: run.group()[0], composed)
    return " ".join(single.split()).strip(_ENDS)


def evidence(text: str, limit: int = LIMIT) -> str:
    """Return what came, cut to `limit` characters, with what no database takes written as escapes."""
    return text[:limit].encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


def _composed(text: str, limit: int) -> str:
    """Return text in NFKC, at most `limit` characters, composing no more of it than that takes."""
    composed = unicodedata.normalize("NFKC", text[: limit // 8])
    if len(composed) <= limit:
        composed = unicodedata.normalize("NFKC", text)
    return composed[:limit]


def _few_marks(text: str) -> str:
    """Return text with at most `MARKS` combining marks in a row; this also keeps normalising linear."""
    return _SIGNS.sub(lambda run: _first_marks(run.group()), text)


def _first_marks(signs: str) -> str:
    kept: list[str] = []
    marks = 0
    for sign in signs:
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if marks <= MARKS:
            kept.append(sign)
    return "".join(kept)
