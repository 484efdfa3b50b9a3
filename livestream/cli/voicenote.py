"""The one line about a locale's voice that every command says which names a locale."""

from __future__ import annotations

from rich.markup import escape

from livestream.cli.terminal import err


def tell_voice(tag: str, *, quiet: bool = False) -> None:
    """Say which engine speaks a locale here, where that is of preview quality or not the first choice."""
    from livestream.channel.locales.voices import voice_note

    if not quiet and (note := voice_note(tag)):
        err.print(f"[yellow]voice of {escape(tag)}:[/] {escape(note)}", soft_wrap=True)
