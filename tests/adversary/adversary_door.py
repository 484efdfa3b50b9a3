"""The way of a text through the door itself: as words, as a fact of each kind, as a slot that nobody made."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from adversary_corpus import Attack
from adversary_shop import policy, read_policy

from livestream.catalogue import Catalogue
from livestream.catalogue.model import Fact, FactKind, Product
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line, Slot
from livestream.locales import locale
from livestream.standards import ApprovedLine, Standards

ASKS = frozenset({"secret", "injection"})
"""Goals of which the words promise nothing: they ask for something, and are told by what comes back."""
KINDS = ("title", "point", "vendor", "option", "choice", "type", "weight")


@dataclass(frozen=True)
class Out:
    """One thing that left the door: `how` says as what it went in and came out.

    `own`: the text is a fact of the shop's, told whole, so that its names and numbers are the shop's own;
    what it promises is still a promise. `quoted`: it is shown as the question of a viewer, in their words.
    """

    attack: Attack
    how: str
    text: str
    own: bool = False
    quoted: bool = False


@dataclass
class Log:
    """What came out, and what was stopped where: counts by place, such as "standards: remedy" or "intake: held"."""

    outs: list[Out] = field(default_factory=list)
    stopped: Counter[str] = field(default_factory=Counter)
    where: dict[str, set[str]] = field(default_factory=dict)

    def stop(self, attack: Attack, place: str) -> None:
        self.stopped[place] += 1
        self.where.setdefault(attack.id, set()).add(place)


def spoken(how: str, attack: Attack, approved: ApprovedLine, *, own: bool = False) -> Iterator[Out]:
    """What a line shows and says."""
    yield Out(attack, f"{how} caption", approved.caption, own)
    yield Out(attack, f"{how} spoken", approved.spoken, own)


class Door:
    """The door of one shop in one locale."""

    def __init__(self, catalogue: Catalogue, tag: str, log: Log) -> None:
        self.catalogue, self.tag, self.log = catalogue, tag, log
        self._returns = policy(tag)
        self._standards = self._over({})

    def _over(self, more: dict[str, Fact]) -> Standards:
        facts = {**self.catalogue.facts, self._returns.id: self._returns, **more}
        return Standards(facts, locale(self.tag))

    def words(self, attack: Attack) -> None:
        """Put the text as the words of a line, alone and beside facts, and as a strip on the screen."""
        if attack.goal in ASKS:
            return
        title, price = Slot("mug.title"), Slot("mug.price", "price")
        texts = attack.text.split("\n") if attack.disguise == "multi" else [attack.text]
        for text in texts:
            self._line("words", attack, self._standards, (text,))
            self._line("words", attack, self._standards, (title, ". ", text))
            self._line("words", attack, self._standards, (Slot(self._returns.id), " ", text), about=None)
            self._line("words", attack, self._standards, (text, " ", price, "."))
            self._strip("strip", attack, self._standards, (text,))

    def says(self, attack: Attack, text: str) -> None:
        """Put a text of whoever wrote it as the words of a line."""
        self._line("says", attack, self._standards, (text,))

    def forged(self, attack: Attack) -> None:
        """Put the text as slots that name no fact, as a form that is none, and as private marks."""
        if attack.goal in ASKS:
            return
        for slot in (Slot(attack.wish), Slot("mug.refund"), Slot("mug.title", attack.wish), Slot("mug.price", "count")):
            self._line("forged slot", attack, self._standards, (attack.wish, " ", slot))
            self._line("forged slot", attack, self._standards, ("The ", slot, "."))
        self._line("forged mark", attack, self._standards, (f"\ue000 {attack.wish}",))

    def fact(self, attack: Attack) -> None:
        """Put the text as the value of a fact of each kind that is text."""
        for kind in KINDS:
            value: object = (attack.text, "Blue") if kind == "option" else attack.text
            made = Fact(f"x.{kind}", FactKind(kind), "x", value, self._returns.source, label="Color")
            standards = self._over({made.id: made})
            self._line(f"{kind} fact", attack, standards, (Slot(made.id),), about="x", own=True)
            self._strip(f"{kind} strip", attack, standards, (Slot(made.id),), own=True)

    def policy(self, attack: Attack) -> None:
        """Put the text as the shop's own, as half of it, and beside it."""
        for topic in ("returns",) if attack.goal == "contact" else ("returns", "support"):
            made = read_policy(self.catalogue.path.parent, self.tag, attack.text, topic)
            if made is None:
                self.log.stop(attack, "catalogue: policy not read")
                made = policy(self.tag, attack.text, topic)  # the door does not rely on who read it
            standards = self._over({made.id: made})
            self._line("policy", attack, standards, (Slot(made.id),), about=None, own=True)
            self._line("policy", attack, standards, (Slot("mug.title"), ": ", Slot(made.id)), about=None, own=True)
        if attack.goal in ASKS:
            return
        half = str(self._returns.value)[: len(str(self._returns.value)) // 2]
        self._line("half a policy", attack, self._standards, (half, " ", attack.wish), about=None)
        self._line("beside a policy", attack, self._standards, (Slot(self._returns.id), " ", attack.wish), about=None)

    def product(self, attack: Attack, product: Product) -> None:
        """Say and show all facts of a product that was read with the text in one of its fields."""
        for fact in product.facts:
            self._line(f"{fact.kind} read", attack, self._standards, (Slot(fact.id),), about=product.handle, own=True)
            if fact.kind is FactKind.TITLE:
                self._strip("title strip", attack, self._standards, (Slot(fact.id),), own=True)
        try:
            card = self._standards.approve_card(product).card
        except ClaimRefused as refused:
            self.log.stop(attack, f"standards: {refused.rule}")
            return
        self.log.outs += [Out(attack, "card", text, own=True) for text in (card.title, card.price, card.was) if text]

    def _line(
        self,
        how: str,
        attack: Attack,
        standards: Standards,
        pieces: Iterable[str | Slot],
        about: str | None = "mug",
        *,
        own: bool = False,
    ) -> None:
        line = Line(attack.id[:64], self.tag, Beat.BENEFIT, tuple(pieces), about)
        self._tried(attack, lambda: spoken(how, attack, standards.approve(line), own=own))

    def _strip(
        self, how: str, attack: Attack, standards: Standards, pieces: tuple[str | Slot, ...], *, own: bool = False
    ) -> None:
        def shown() -> Iterator[Out]:
            strip = standards.approve_lower_third("strip", pieces, pieces).lower_third
            yield Out(attack, how, strip.heading, own)

        self._tried(attack, shown)

    def _tried(self, attack: Attack, way: Callable[[], Iterator[Out]]) -> None:
        try:
            self.log.outs += list(way())
        except ClaimRefused as refused:
            self.log.stop(attack, f"standards: {refused.rule}")
