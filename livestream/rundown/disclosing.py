"""A show says that its host is made by AI: at its opening and in each loop, whatever the playbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from livestream.disclosure import discloses, says_ai, spoken
from livestream.errors import RundownError, UsageError
from livestream.lines import Beat

if TYPE_CHECKING:
    from livestream.rundown.model import Segment
    from livestream.rundown.playbook import Playbook, Wording

SECTIONS = ("disclosure", "quick_opening")
"""The sections of which each opening has one."""
_FILLED = re.compile(r"\{\{.*?\}\}")


def check_disclosed(sections: Mapping[str, tuple[Wording, ...]], locale: str) -> None:
    """See that whichever wording of an opening is chosen, it has a fixed sentence that says the host is made by AI.

    Raises:
        UsageError: one does not; names it.
    """
    for wording in (wording for section in SECTIONS for wording in sections[section]):
        said = "\n".join(wording.sentences)
        if "{%" in said or "{#" in said or not discloses(_FILLED.sub("", said), locale):
            raise UsageError(
                f"a wording of {wording.section} does not say that the host is made by AI",
                where=wording.where,
                remedy=(
                    "Each one has to, without conditions or quotation marks, and in a sentence of its own that is one "
                    f"of these, word for word: {' '.join(spoken(locale))}"
                ),
            )


def require_disclosure(opening: Segment | None, playbook: Playbook) -> None:
    """See that the opening which was made says it; a playbook for a person has nothing to say there.

    Raises:
        RundownError: none of its wordings may be said.
    """
    if not any(playbook.sections[section] for section in SECTIONS):
        return
    if opening is None or not any(part.beat is Beat.DISCLOSURE for part in opening.parts):
        raise RundownError(
            "no wording may be said by which viewers learn that the host is made by AI",
            where=f"scripts/{playbook.locale}, {' and '.join(SECTIONS)}",
            remedy="Put a plain one there, after the shipped playbook: without it there is no show.",
        )


def for_a_person(playbook: Playbook) -> Playbook:
    """Return the playbook as a person can read it out: without what only a host made by AI may say of itself."""
    kept = {
        section: tuple(each for each in wordings if not says_ai(" ".join(each.sentences), playbook.locale))
        for section, wordings in playbook.sections.items()
    }
    kept |= dict.fromkeys(SECTIONS, ())
    strips = {name: texts for name, texts in playbook.lower_thirds.items() if name != "disclosure"}
    return replace(playbook, sections=MappingProxyType(kept), lower_thirds=MappingProxyType(strips))
