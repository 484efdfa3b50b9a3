"""Controls: with any one check of standards off, a false use of true facts gets through, and the judge says so."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from adversary_corpus import Attack
from adversary_door import Log, spoken
from adversary_shop import policy, read
from adversary_verdict import breaches

from livestream.catalogue.model import Fact, FactKind, Source
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line, Slot
from livestream.locales import locale
from livestream.standards import Standards, door
from livestream.standards.packs import load_pack

TAG = "en-US"
_SLOT = re.compile(r"\{([\w.]+)(?::(\w+))?\}")
_SOURCE = Source("shop.csv", 2, "Title")
_MORE = (
    Fact("mug.compare_at", FactKind.COMPARE_AT, "mug", Decimal(60), _SOURCE, currency="USD"),
    Fact("big.title", FactKind.TITLE, "big", "Linen Napkin", _SOURCE),
    Fact("big.stock", FactKind.STOCK, "big", 500, _SOURCE),
    policy(TAG),
)


@dataclass(frozen=True)
class Control:
    """One check of standards (`check_length`) or one rule of the pack, and the line that it alone stops."""

    name: str
    line: str
    says: str

    def gets_through(self, folder: Path) -> bool:
        """Whether the line is stopped as standards are, and with this check off comes out and is found."""
        return not self._found(folder) and self._found(folder, off=True)

    def _found(self, folder: Path, *, off: bool = False) -> bool:
        log = Log()
        with without(self.name) if off else ExitStack():
            facts = {**read(folder, TAG).facts, **{fact.id: fact for fact in _MORE}}
            attack = Attack(self.name, TAG, "comment", "misuse", "plain", self.line, self.line, "Quanplex Zelvark", "0")
            try:
                approved = Standards(facts, locale(TAG)).approve(
                    Line("control", TAG, Beat.BENEFIT, tuple(_pieces(self.line)), None)
                )
            except ClaimRefused:
                return False
            log.outs += spoken("control", attack, approved)
        if self.says:
            return any(self.says in out.text for out in log.outs)
        return bool(breaches(log.outs))


@contextmanager
def without(name: str) -> Iterator[None]:
    """Standards with one check, or one rule of the pack, switched off."""
    if name.startswith("check_"):
        left = tuple(check for check in door.CHECKS if check.__name__ != name)
        assert len(left) == len(door.CHECKS) - 1
        with patch.object(door, "CHECKS", left):
            yield
        return
    pack = load_pack(TAG)
    rules = tuple(rule for rule in pack.rules if rule.id != name)
    assert len(rules) < len(pack.rules)
    with patch.object(door, "load_pack", lambda _tag: replace(pack, rules=rules)):
        yield


def _pieces(line: str) -> Iterator[str | Slot]:
    at = 0
    for match in _SLOT.finditer(line):
        yield line[at : match.start()]
        yield Slot(match[1], match[2] or "plain")
        at = match.end()
    yield line[at:]


def _controls() -> Iterator[Control]:
    data = tomllib.loads((Path(__file__).parent / "misuses.toml").read_text(encoding="utf-8"))
    for entry in data["misuse"]:
        name = entry.get("rule") or f"check_{entry['check']}"
        yield Control(name, entry["line"] * entry.get("times", 1), entry.get("says", ""))


CONTROLS = tuple(_controls())
