"""A new locale's first files: every section there and empty, with another locale's wordings beside it as guidance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from livestream import datafiles, scripts
from livestream.channel.locales.rooms import MODEL
from livestream.disclosure import reply_mark
from livestream.errors import MachineError, UsageError
from livestream.locales import Locale, locale

_ENTRY = re.compile(r"[\w-]+ = ")
_LIST = re.compile(r"[\w-]+ = \[\s*(?:#.*)?$")
_ENDS = {"[": "]", '"""': '"""', "'''": "'''"}
"""What opens a value of several lines, at the end of its first, and what then closes it, alone on a line."""
_VOICE = """\
# How {tag} is spoken. A folder named by LIVESTREAM_DATA is searched before the one that came with livestream.

engines = ["espeak-ng"]  # tried in this order; name a better one before it: livestream voices lists them
gender = "female"
speed = 0.9  # 0.5 slow to 2.0 fast; [rate] below holds for this

# How long a sentence will be, in seconds, before it has been spoken: so much for itself and for each letter and pause.
# These figures are of no voice in particular; measure yours: livestream locale check {tag} --measure
[rate]
per_sentence = 0.3
per_letter = 0.07
per_pause = 0.2

# Loudness of the engine's own sound, for words too short to be measured.
[engine.espeak-ng]
voice = "{language}+f3"
lufs = -20.0
"""
_MANNER = """\
# How viewers in {market} are spoken to.
based_on = "{based_on}"  # another locale's tag, whose wordings hold where this one has none
formality = "{formality}"  # informal | formal | polite: how viewers are addressed
urgency = "{urgency}"  # plain | soft | none: whether low stock may be mentioned as a reason
notes = []  # what a host in this market does and does not do, for whoever writes wordings
"""
_NAMES = """\
# Given names that may be spoken, one a line, as they are written: other viewers are greeted without one.
# Leave out names that are everyday words as well.
"""


def scaffold(tag: str, into: Path, *, like: str = "") -> list[Path]:
    """Write the first files of a locale into a folder; return them, in the order they are to be filled in.

    `like` is the locale whose wordings are the guidance; without it, one of the same language where there is one.
    Where it is of the same language, the new one is based on it and holds only what will differ; where it is the same
    locale, its files are copied, to be edited.

    Raises:
        UsageError: there is no such locale, `like` has no script, or one of the files is there already.
        MachineError: they cannot be written.
    """
    market = locale(tag)
    model = like or _nearest(market)
    if not scripts.playbook(model):
        raise UsageError(f"{model} has no script to go by", remedy="See which have one with: livestream locale list.")
    files = {into / name: text for name, text in _contents(market, model)}
    if taken := next((path for path in files if path.exists()), None):
        raise UsageError("the file is there already", where=str(taken), remedy="Name another folder: --into DIR.")
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise MachineError(
            f"the files cannot be written: {error.strerror}",
            where=str(error.filename),
            remedy="Choose a folder that you may write to: --into DIR.",
        ) from error
    return list(files)


def _nearest(market: Locale) -> str:
    """The locale itself where it is there, else one of its language, else the model of all."""
    there = [tag for tag in datafiles.names("voices") if scripts.playbook(tag)]
    if market.tag in there:
        return market.tag
    same = sorted((tag for tag in there if locale(tag).language == market.language), key=lambda tag: tag != MODEL)
    return next(iter(same), MODEL)


def guidance(text: str, keep: Mapping[str, str] | None = None) -> str:
    """Return a TOML file with its sections empty, and what was in them as comments.

    `keep` holds entries that stay, with the value they are to have.
    """
    return "".join(f"{line}\n" for line in _commented(text.splitlines(), keep or {}))


def _commented(lines: list[str], keep: Mapping[str, str]) -> Iterator[str]:
    closes, emptied = "", False  # what ends the value of several lines that we are in, and whether it stays as a list
    for line in lines:
        name = line.partition(" = ")[0]
        if closes:
            ends = line == closes
            yield line if (ends and emptied) or not line else _comment(line, "  " if emptied else "")
            closes = "" if ends else closes
        elif name in keep:
            yield f'{name} = "{keep[name]}"'
        elif _ENTRY.match(line):
            emptied = bool(_LIST.match(line))
            closes = "]" if emptied else next((end for opens, end in _ENDS.items() if line.endswith(opens)), "")
            yield line if emptied else _comment(line)
        else:
            yield line


def _comment(line: str, margin: str = "") -> str:
    return margin + (line.strip() if line.lstrip().startswith("#") else f"# {line.strip()}")


def _contents(market: Locale, model: str) -> Iterator[tuple[Path, str]]:
    """Yield each file's place below the folder, and what is to stand in it."""
    tag = market.tag
    voice, script = Path("voices", tag, "voice.toml"), Path(scripts.FOLDER, tag)
    if tag == model:
        copied = {path.name: path for files in scripts.playbook(tag) for path in files[:1]}
        others = ("wordings.toml", "reading.toml", "names.txt")
        own = {f"answers/{name}": path for name in others for path in scripts.paths(tag, "answers", name)[:1]}
        manner = {path.name: path for path in scripts.paths(tag, scripts.MANNER)[:1]}
        yield voice, _text(datafiles.find("voices", tag, "voice.toml"))
        yield from ((script / name, _text(path)) for name, path in (manner | copied | own).items())
        return
    same = locale(model).language == market.language
    manner_of_model = scripts.manner(model)
    yield (
        script / scripts.MANNER,
        _MANNER.format(
            market=market.name.rpartition("(")[2].rstrip(")"),
            based_on=model if same else "",
            formality=manner_of_model.formality,
            urgency=manner_of_model.urgency,
        ),
    )
    if same:
        yield voice, _renamed(_text(datafiles.find("voices", model, "voice.toml")), model, tag)
        return
    yield voice, _VOICE.format(tag=tag, language=market.language)
    for files in scripts.playbook(model):
        yield script / files[0].name, guidance(_text(files[-1]))
    wordings, reading = (scripts.paths(model, "answers", name)[-1] for name in ("wordings.toml", "reading.toml"))
    yield script / "answers" / wordings.name, guidance(_text(wordings), {"mark": reply_mark(tag)})
    yield script / "answers" / reading.name, guidance(_text(reading))
    yield script / "answers" / "names.txt", _NAMES
    if f"{market.language}.toml" not in datafiles.names("scripts/_intents"):
        examples = datafiles.find("scripts", "_intents", f"{locale(model).language}.toml")
        yield Path(scripts.FOLDER, "_intents", f"{market.language}.toml"), guidance(_text(examples))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _renamed(text: str, model: str, tag: str) -> str:
    """Return a voice file whose comments speak of another locale; what it says to engines stays."""
    return "\n".join(line.replace(model, tag) if line.startswith("#") else line for line in text.split("\n"))
