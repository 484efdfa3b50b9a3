"""Which card and which lower third are on show: the script's, and over them those of an ad-lib while it lasts."""

from __future__ import annotations

from livestream.lines import Cue
from livestream.media import ReadyLine

AD_LIB = -1
"""The `seq` of an ad-lib's entries: they are not part of the script's numbering."""

_Names = dict[str, str]


class Shown:
    """Follows the cues of one entry after another; names only, so that a new definition shows at once."""

    def __init__(self) -> None:
        self._script: _Names = {}
        self._ad_lib: _Names = {}
        self._instance = ""
        self._until = 0

    def copy(self) -> Shown:
        """Return one that can be led on without touching this one."""
        other = Shown()
        other._script, other._ad_lib = dict(self._script), dict(self._ad_lib)
        other._instance, other._until = self._instance, self._until
        return other

    def begin(self, entry: ReadyLine, end: int) -> None:
        """Go on to an entry that lasts until sample `end`; an ad-lib's graphics go with its last one."""
        instance = entry.instance if entry.seq == AD_LIB else ""
        if instance != self._instance:
            self._ad_lib = {}
        self._instance, self._until = instance, end

    def follow(self, cue: Cue) -> None:
        """Follow a cue of the entry begun last."""
        names = self._ad_lib if self._instance else self._script
        match cue.kind:
            case "card" | "lower_third":
                names[cue.kind] = cue.value
            case "clear_card":
                names["card"] = ""
            case "clear_lower_third":
                names["lower_third"] = ""

    def card(self, sample: int) -> str:
        """Return the handle of the card on show at a sample, empty for none."""
        return self._name("card", sample)

    def lower_third(self, sample: int) -> str:
        """Return the id of the lower third on show at a sample, empty for none."""
        return self._name("lower_third", sample)

    def _name(self, kind: str, sample: int) -> str:
        if kind in self._ad_lib and sample < self._until:
            return self._ad_lib[kind]
        return self._script.get(kind, "")
