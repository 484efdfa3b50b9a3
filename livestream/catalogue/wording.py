"""Turns what stands in a cell into clean text: no markup, no invisible signs, no template braces."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

import nh3

BLOCKS = {"p", "div", "br", "li", "ul", "ol", "tr", "td", "th", "table", "section", "blockquote"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\w+|[a-zA-Z]\w*);")
_HEADING = re.compile(r"<h([1-6])>.*?</h\1>", re.DOTALL)
_NEXT_CELL = re.compile(r"\s*:?\s*</t[dh]>\s*<t[dh]>")
_TAG = re.compile(r"</?[a-z][a-z0-9]*>")
_BULLET = re.compile(r"^\s*[-–—•·*▪✓✔]\s+", re.MULTILINE)
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{")
THAI = "\u0e00-\u0e7f"
"""The letters of a script that is written without stops, as a range of a pattern."""
_THAI_END = re.compile(rf"[{THAI}]$")
_JOINERS = "\u200c\u200d"
_SOFT_HYPHEN = "\u00ad"


def html_to_text(body: str) -> str:
    """Return the sentences of an HTML or plain description, one block (paragraph, list item) a line.

    Scripts, styles, comments and attributes go; entities become characters; rows of a table read
    "name: value"; headings go, unless there is nothing else. Blocks without a stop at the end get one.
    """
    text = body
    for _ in range(2):  # exports that went through two shops are escaped twice
        if not _MARKUP.search(text):
            break
        text = _strip(text)
    return "\n".join(_sentence(block) for block in _blocks(text))


def _strip(markup: str) -> str:
    clean = nh3.clean(
        markup.replace("\n", " "),
        tags=BLOCKS | HEADINGS,
        attributes={},
        clean_content_tags={"script", "style", "title"},
        strip_comments=True,
    )
    body = _HEADING.sub("\n\n", clean)
    if not _TAG.sub("", body).strip():
        body = clean
    return html.unescape(_TAG.sub("\n\n", _NEXT_CELL.sub(": ", body)))


def _blocks(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", _BULLET.sub("\n\n", text.replace("\r\n", "\n").replace("\r", "\n"))):
        block = " ".join(paragraph.split())
        if block:
            yield block


def _sentence(block: str) -> str:
    return block if _THAI_END.search(block) or block[-1] in ".!?:;…。！？।؟۔" else f"{block}."


def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text with nothing in it that hides, reorders or executes, and names of what was taken out.

    Taken out are control and format characters (direction overrides and zero-width signs among
    them), private-use characters, which mark fact slots in this house, and template braces. Joiners
    stay after letters of scripts that are written with them. Line ends stay, other space is collapsed.
    """
    removed: dict[str, None] = {}
    clean = text
    if not text.isprintable():
        kept: list[str] = []
        for char in text:
            if fault := _fault(char, kept[-1] if kept else ""):
                removed[fault] = None
            elif char != _SOFT_HYPHEN:
                kept.append(char)
        clean = "".join(kept)
    while _BRACES.search(clean):  # taking one pair out may bring another together
        clean = _BRACES.sub("", clean)
        removed["template braces"] = None
    lines = (" ".join(line.split()) for line in clean.split("\n"))
    return "\n".join(line for line in lines if line), tuple(removed)


def _fault(char: str, before: str) -> str:
    category = unicodedata.category(char)
    if char in "\n\t\r" or char == _SOFT_HYPHEN:
        return ""
    if category == "Cc":
        return "control characters"
    if category == "Cf":
        if char in _JOINERS and before and unicodedata.category(before) in {"Lo", "Mn", "Mc"}:
            return ""
        return "direction overrides" if unicodedata.bidirectional(char) in _BIDI else "zero-width characters"
    if category in {"Co", "Cs"}:
        return "private-use characters"
    return ""


_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "L", "R", "AL"}


def cut(text: str, limit: int) -> str:
    """Return at most `limit` characters of the text, ending at a word."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    return head.rsplit(None, 1)[0] if " " in head else head


def slug(text: str) -> str:
    """Return the text as a handle: lower-case words joined by hyphens, letters of every script kept."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")
