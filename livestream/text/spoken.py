"""Captions into speech, word by word: what a voice says for each token that the screen shows."""

from __future__ import annotations

import re
import unicodedata

from livestream.text.fold import HIDDEN
from livestream.text.languages import Place, Reading, joiner, language

_LEAD = re.compile(r"^[\"'(\[{“‘„‚«»‹›¿¡*_~<…–—「『（【〈《]+")
_TRAIL = re.compile(r"[\"')\]}”’“‘»«›‹.,;:!?…*_~>–—」』）】〉》、。，．！？：；،؛؟।-]+$")
_NARROW = str.maketrans("、，。．！？：；،؛؟।", ",,..!?:;,;?.")
_AND_FACTS = frozenset(",.!?") | frozenset(map(chr, range(0xE000, 0xF900)))
"""Signs of prosody, and the marks in whose place a fact is said."""
_GLUE = "\x1f"
_VULGAR = {
    char: unicodedata.normalize("NFKC", char).replace("⁄", "/")
    for char in map(chr, [*range(0xBC, 0xBF), *range(0x2150, 0x215F)])
}


def speak(text: str, locale: str) -> list[tuple[str, str]]:
    """Return caption tokens in reading order, each with what is said for it; no spoken form is empty.

    The captions joined by the language's `joiner` are the text with its white space collapsed; where
    that joiner is empty, a token ends with the space that stands after it. Signs that are
    not said (a dash, an emoji) belong to the token before them, or after where they come first.
    The spoken forms hold letters, apostrophes, hyphens, spaces and the signs that shape prosody
    (`. , ; : ! ?`), never digits. A text in which nothing can be said gives no tokens.

    Raises:
        UsageError: the language has no spoken forms.
    """
    how, between = language(locale).reading, joiner(locale)
    chunks = _chunks(" ".join(text.split()), how)
    bare = [_bare(chunk) for chunk in chunks]
    tokens: list[tuple[str, str]] = []
    pending, quoted = "", False
    for index, chunk in enumerate(chunks):
        before = bare[index - 1] if index else ""
        after = bare[index + 1] if index + 1 < len(chunks) else ""
        said = _say(how, chunk, (before, after), quoted=quoted or chunk[0] == '"')
        quoted ^= chunk.count('"') % 2 == 1 and (quoted or not how.marked.search(chunk))
        caption = f"{pending}{between}{chunk}" if pending else chunk
        pending = ""
        if said:
            tokens.append((caption, said))
        elif tokens:
            shown, heard = tokens[-1]
            paused = heard[-1] in ",.;:!?"
            mark = "" if paused else _pause(chunk, False) or ("," if chunk[0] == "-" else "")
            tokens[-1] = (f"{shown}{between}{caption}", f"{heard}{mark}")
        else:
            pending = caption
    return tokens if between else [(shown, _parted(shown, heard)) for shown, heard in tokens]


def spoken_form(text: str, locale: str) -> str:
    """Return what is said for a text, as `speak` does.

    Raises:
        UsageError: the language has no spoken forms.
    """
    return joiner(locale).join(spoken for _, spoken in speak(text, locale))


def _chunks(text: str, how: Reading) -> list[str]:
    """Return what is read at one time: words, or phrases of a language that does not part words."""
    if how.phrases:
        return how.phrases(text)
    return [chunk.replace(_GLUE, " ") for chunk in _glue(text, how).split(" ") if chunk]


def _parted(shown: str, heard: str) -> str:
    """Return a spoken form with the space that parts it from another Latin word, or a Thai phrase from the next."""
    last = heard[-1]
    spaced = (last.isascii() and last.isalnum()) or "\u0e00" <= last <= "\u0eff" or last in _AND_FACTS
    return f"{heard} " if shown.endswith(" ") and spaced else heard


def _glue(text: str, how: Reading) -> str:
    """Return the text with the white space inside amounts of several words replaced, so that they stay one token."""
    for pattern in how.joined:
        text = pattern.sub(lambda match: match.group().replace(" ", _GLUE), text)
    return text


def _bare(chunk: str) -> str:
    return _TRAIL.sub("", _LEAD.sub("", chunk)).lower()


def _say(how: Reading, chunk: str, beside: tuple[str, str], *, quoted: bool) -> str:
    """Return the spoken form of one chunk, its prosody at the end; within quotes no mark means inches."""
    plain = HIDDEN.sub("", chunk).rstrip(" ")
    inches = None if quoted else how.marked.match(plain)
    lead = "" if inches else (found.group() if (found := _LEAD.match(plain)) else "")
    body = plain[len(lead) :]
    if inches:
        core, tail = body[: inches.end()], body[inches.end() :]
        if tail and not _TRAIL.fullmatch(tail):
            core, tail = body, ""
    else:
        found = _TRAIL.search(body)
        core, tail = (body[: found.start()], found.group()) if found else (body, "")
    if not core:
        return ""
    said = _sounds(read(how, core, Place(*beside, bool(tail))))
    return f"{said}{_pause(tail, _stopped(core.lower(), how))}" if said else ""


def _stopped(core: str, how: Reading) -> bool:
    """Whether a stop behind this ends no sentence; a phrase of several words is judged by how it ends."""
    return core in how.stopped or (how.phrases is not None and core.endswith(tuple(how.stopped)))


def _pause(tail: str, stopped: bool) -> str:
    """Return the one sign of prosody that trailing punctuation stands for."""
    tail = tail.translate(_NARROW)
    for sign in "?!.":
        if sign in tail and not (tail == "." and stopped):
            return sign
    if "…" in tail:
        return "."
    return "," if any(sign in tail for sign in ",;:–—)") else ""


def _sounds(said: str) -> str:
    """Return only what a voice can say: no digits, signs, brackets or pictures."""
    kept = [
        char if char.isalpha() or char in "'’- .,!?" or unicodedata.category(char) in {"Mn", "Mc", "Co"} else " "
        for char in said
    ]
    words = "".join(kept).replace("’", "'").split()
    return " ".join(word for word in words if any(char.isalpha() or "\ue000" <= char <= "\uf8ff" for char in word))


def read(how: Reading, core: str, place: Place) -> str:
    """Return what is said for a chunk without the punctuation around it."""
    for char, fraction in _VULGAR.items():
        if char in core:
            core = re.sub(rf"(?<=\d){char}", f" {fraction}", core).replace(char, fraction)
    for pattern, reader in how.readers:
        match = pattern.fullmatch(core)
        if match:
            said = reader(match, place)
            if said:
                return said
    return how.word(core, place)
