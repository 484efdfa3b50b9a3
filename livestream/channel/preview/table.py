"""The preview in a terminal: one table, a rule between segments, readable at 80 columns."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from livestream.channel.preview.document import beat_name, clock, counted, heading, segments
from livestream.channel.preview.model import Preview, PreviewPart

_BEATS = {
    "opening": "cyan",
    "disclosure": "cyan",
    "hook": "magenta",
    "benefit": "green",
    "proof": "green",
    "offer": "yellow",
    "urgency": "red",
    "call_to_action": "yellow",
    "questions": "blue",
    "recap": "cyan",
    "closing": "cyan",
}


def table(preview: Preview) -> RenderableType:
    """Return the rundown as something that rich prints."""
    rows = Table(box=None, padding=(0, 1), header_style="dim", pad_edge=False, expand=True)
    rows.add_column("Time", justify="right", no_wrap=True, style="dim")
    rows.add_column("Part", no_wrap=True)
    rows.add_column("What is said", ratio=1)
    rows.add_column("Words", justify="right", no_wrap=True)
    rows.add_column("Plan", justify="right", no_wrap=True)
    if preview.programming:
        rows.add_column("Real", justify="right", no_wrap=True)
    quick = all(len(parts) == 1 for parts in segments(preview))
    for parts in segments(preview):
        if not quick:
            rows.add_row("", "", Text(heading(parts[0]), style="bold"))
        for part in parts:
            rows.add_row(*_row(part, spoken=preview.programming is not None, quick=quick))
        if not quick:
            rows.add_row()
    return Group(_summary(preview), Text(""), rows, *_notes(preview))


def _row(part: PreviewPart, *, spoken: bool, quick: bool) -> list[RenderableType]:
    name = Text(beat_name(part.beat), style=_BEATS.get(part.beat, ""))
    if part.beat == "call_to_action":
        name = Text("Action", style=_BEATS[part.beat])
    said = Text(" ".join(line.caption for line in part.lines))
    if quick and part.title:
        said.highlight_words([part.title], style="bold")
    cells: list[RenderableType] = [clock(part.start), name, said, str(part.words), f"{part.planned:.1f}"]
    if spoken:
        cells.append(Text(f"{part.seconds:.1f}", style="bold"))
    return cells


def _summary(preview: Preview) -> Text:
    timing = "spoken" if preview.programming else "planned"
    told = f"{counted(preview.products, 'product')}  ·  {preview.words} words"
    return Text.assemble(
        (preview.catalogue, "bold"), "  ·  ", (clock(preview.seconds), "bold green"), f" {timing}  ·  {told}"
    )


def _notes(preview: Preview) -> list[Text]:
    notes: list[Text] = []
    if preview.currency_assumed:
        notes.append(
            Text.from_markup(
                f"[yellow]Currency unknown:[/] {preview.currency} is assumed. If that is wrong, pass --currency."
            )
        )
    if preview.left_out:
        count = len(preview.left_out)
        listed = escape(", ".join(preview.left_out[:6])) + (" …" if count > 6 else "")
        notes.append(Text.from_markup(f"[yellow]Left out, {count}:[/] {listed}. Ask for a longer --duration."))
    refused = [refusal for refusal in preview.refusals if refusal.product and refusal.what != refusal.product]
    if refused:
        rules = ", ".join(sorted({refusal.rule for refusal in refused}))
        notes.append(Text.from_markup(f"[dim]{len(refused)} lines were refused and replaced ({escape(rules)}).[/]"))
    return notes
