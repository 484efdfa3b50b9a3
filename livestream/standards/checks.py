"""The rules in code, each a small function that refuses a draft or lets it pass."""

from __future__ import annotations

from collections.abc import Callable

from livestream.errors import ClaimRefused
from livestream.standards.draft import Draft

Check = Callable[[Draft], None]
LONGEST = 400
"""Characters of a caption: about half a minute of speech."""


def refuse(draft: Draft, rule: str, message: str, remedy: str = "") -> ClaimRefused:
    """Return the refusal of a draft."""
    return ClaimRefused(message, rule=rule, where=draft.where, remedy=remedy)


def check_length(draft: Draft) -> None:
    """Rule `length`: neither empty nor longer than `LONGEST`."""
    if not draft.caption.strip() or not draft.spoken.strip():
        raise refuse(draft, "length", "there is nothing to say")
    if len(draft.caption) > LONGEST:
        raise refuse(draft, "length", f"the line has {len(draft.caption)} characters, more than {LONGEST}")


CHECKS: tuple[Check, ...] = (check_length,)
