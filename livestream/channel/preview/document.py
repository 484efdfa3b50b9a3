"""The preview as text: JSON for programs, Markdown for people, WebVTT and SRT for editors."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from itertools import groupby

from livestream.channel.preview.model import Preview, PreviewLine, PreviewPart


def document(preview: Preview, form: str) -> str:
    """Return the preview in one of `FORMATS`."""
    return FORMATS[form](preview)


def as_json(preview: Preview) -> str:
    """Return plain data, indented; keys are added to it, never renamed."""
    data = {
        "format": 1,
        "catalogue": preview.catalogue,
        "locale": preview.locale,
        "seed": preview.seed,
        "currency": preview.currency,
        "currency_assumed": preview.currency_assumed,
        "target_seconds": _rounded(preview.target),
        "seconds": _rounded(preview.seconds),
        "spoken": preview.programming is not None,
        "products": preview.products,
        "words": preview.words,
        "left_out": list(preview.left_out),
        "refused": [
            {"what": refusal.what, "product": refusal.product, "rule": refusal.rule, "message": refusal.message}
            for refusal in preview.refusals
        ],
        "parts": [_json_part(part) for part in preview.parts],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _json_part(part: PreviewPart) -> dict[str, object]:
    return {
        "id": part.id,
        "segment": part.segment,
        "beat": part.beat,
        "product": part.product,
        "title": part.title,
        "start": _rounded(part.start),
        "words": part.words,
        "planned": _rounded(part.planned),
        "measured": None if part.measured is None else _rounded(part.measured),
        "lines": [
            {
                "id": line.id,
                "start": _rounded(line.start),
                "end": _rounded(line.end),
                "caption": line.caption,
                "spoken": line.spoken,
                "facts": [{"id": fact.id, "version": fact.version} for fact in line.facts],
            }
            for line in part.lines
        ],
    }


def as_markdown(preview: Preview) -> str:
    """Return a script to read from: a heading a segment, a paragraph a part."""
    timing = "as spoken" if preview.programming else "planned"
    products = counted(preview.products, "product")
    lines = [
        f"# Rundown of {_md(preview.catalogue)}",
        "",
        f"{clock(preview.seconds)} {timing} · {products} · {preview.words} words · {preview.locale}",
    ]
    if preview.currency_assumed:
        lines += ["", f"> The file names no currency: prices are assumed to be {preview.currency}."]
    if preview.left_out:
        lines += ["", f"> Not in this show: {_md(', '.join(preview.left_out))}."]
    for parts in segments(preview):
        lines += ["", f"## {clock(parts[0].start)} {_md(heading(parts[0]))}"]
        for part in parts:
            said = " ".join(_md(line.caption) for line in part.lines)
            lines += ["", f"**{beat_name(part.beat)}** ({part.seconds:.1f} s): {said}"]
    return "\n".join(lines) + "\n"


def as_vtt(preview: Preview) -> str:
    """Return WebVTT, one cue a line; the cue's id is the line's."""
    cues = ["WEBVTT", ""]
    for line in _lines(preview):
        text = html.escape(line.caption, quote=False)
        cues += [line.id.replace("-->", "->"), f"{_stamp(line.start)} --> {_stamp(line.end)}", text, ""]
    return "\n".join(cues)


def as_srt(preview: Preview) -> str:
    """Return SubRip, numbered from 1."""
    cues: list[str] = []
    for number, line in enumerate(_lines(preview), start=1):
        cues += [str(number), f"{_stamp(line.start, ',')} --> {_stamp(line.end, ',')}", line.caption, ""]
    return "\n".join(cues)


FORMATS: dict[str, Callable[[Preview], str]] = {
    "json": as_json,
    "md": as_markdown,
    "vtt": as_vtt,
    "srt": as_srt,
}
"""The text formats by name."""


def segments(preview: Preview) -> Iterator[list[PreviewPart]]:
    """Yield the parts of one segment after another."""
    for _, parts in groupby(preview.parts, key=lambda part: part.segment):
        yield list(parts)


def heading(part: PreviewPart) -> str:
    """Return what a segment is called."""
    return part.title or {"disclosure": "Opening"}.get(part.beat, beat_name(part.beat))


def beat_name(beat: str) -> str:
    """Return a beat as people write it."""
    return beat.replace("_", " ").capitalize()


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 product`, `20 products`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def clock(seconds: float) -> str:
    """Return a time as `2:05`, or `1:02:05` from an hour on."""
    whole = round(seconds)
    head = f"{whole // 3600}:{whole // 60 % 60:02}" if whole >= 3600 else str(whole // 60)
    return f"{head}:{whole % 60:02}"


def _lines(preview: Preview) -> Iterator[PreviewLine]:
    return (line for part in preview.parts for line in part.lines)


def _stamp(seconds: float, point: str = ".") -> str:
    milliseconds = round(seconds * 1000)
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{rest:03}"


def _rounded(seconds: float) -> float:
    return round(seconds, 3)


def _md(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)
