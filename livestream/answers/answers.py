"""Answers: from what a viewer wrote to a plan, from a plan to an ad-lib, from an approved caption to a reply."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from livestream.answers.choices import asked_choice
from livestream.answers.deciding import Decider, Decision
from livestream.answers.names import Names
from livestream.answers.plan import AdLib, AnswerPlan, Route
from livestream.answers.quoting import SECTIONS, Quoter
from livestream.answers.reading import Reader, Reading
from livestream.answers.resolve import Meant, Remembering, Resolver
from livestream.answers.risks import Risks
from livestream.answers.saying import Speaker, Spoken
from livestream.answers.shopping import Shopper, merged
from livestream.answers.wordings import Wordings, load_wordings
from livestream.audience.comment import Intent, Understood
from livestream.audience.encoder import Encoder, understands
from livestream.catalogue.model import Catalogue, Fact, FactKind, Product
from livestream.errors import ClaimRefused
from livestream.lines import Beat, FactRef, Line, Slot
from livestream.locales import Locale
from livestream.standards import Pieces, Standards

LEAST_MARGIN = 0.05
"""Lead over the next reading below which a question is not answered."""
LONGEST_REPLY = 200
LONGEST_QUESTION = 100
"""Characters of a viewer's question that a lower third takes."""
MOST_ANSWERS = 2
"""How many questions of one comment are answered."""
_WHOLE = frozenset({"price", "stock", "vendor", "option"})
"""Aspects that every product has: asked of something unknown, they are not answered for what is on air."""
_ASKING = frozenset({"shipping", "returns", "question"})
"""Shapes that make a part of a comment a question of its own."""
_FAQ = ("price", "options", "material", "detail", "invite")


@dataclass
class _Kept:
    """What outlives an edited catalogue: what was read from files, what was heard, the place in each FAQ bucket."""

    wordings: Wordings
    reader: Reader
    names: Names
    encoder: Remembering
    heard: dict[str, deque[str]] = field(default_factory=dict)
    planned: dict[str, deque[str]] = field(default_factory=dict)
    faq: dict[str, int] = field(default_factory=dict)


class Answers:
    """Plans and composes answers over one catalogue, in one locale.

    Args:
        catalogue: the products and their facts as they stand.
        encoder: gives the meaning of texts; the titles are encoded when the first question needs that, once.
        locale: the locale answered in; a question in another language is answered in this one.
        seed: chooses the wordings.
        quote_prices: False keeps every price out.
        names: whether an asker's given name may be said, where it is on the locale's list.
        facts: what else may be said, beside the catalogue's facts: policies that are not the catalogue's own.

    Raises:
        UsageError: the locale has no answers, or no rule pack.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        encoder: Encoder,
        *,
        locale: Locale,
        seed: int = 1,
        quote_prices: bool = True,
        names: bool = True,
        facts: Mapping[str, Fact] | None = None,
        _kept: _Kept | None = None,
    ) -> None:
        self._catalogue, self._locale, self._seed = catalogue, locale, seed
        self._quote_prices, self._may_name, self._extra = quote_prices, names, facts or {}
        self._facts: Mapping[str, Fact] = {**self._extra, **catalogue.facts}
        self._kept = kept = _kept or _Kept(
            load_wordings(locale.tag), Reader(locale.tag), Names(locale.tag), Remembering(encoder)
        )
        self._wordings, self._reader = kept.wordings, kept.reader
        self._standards = Standards(self._facts, locale, quote_prices=quote_prices)
        self._speaker = Speaker(kept.wordings, self._standards, seed, quote_prices, kept.heard, kept.planned)
        self._resolver = Resolver(catalogue, kept.reader, kept.encoder, by_meaning=understands(locale.language))
        self._decider = Decider(kept.reader, self._speaker)
        self._shopper = Shopper(catalogue, kept.reader, self._resolver, self._speaker, quote_prices=quote_prices)
        self._risks = Risks(kept.reader, self._decider, self._shopper)
        self._quoter = Quoter((*self._extra.values(), *catalogue.policies), kept.reader, self._speaker)

    def updated(self, catalogue: Catalogue) -> Answers:
        """Return the same over a catalogue of which something has changed; what was heard is remembered."""
        return Answers(
            catalogue,
            self._kept.encoder,
            locale=self._locale,
            seed=self._seed,
            quote_prices=self._quote_prices,
            names=self._may_name,
            facts=self._extra,
            _kept=self._kept,
        )

    def plan(self, understood: Understood, *, on_air: str | None) -> AnswerPlan:
        """Return what is going to be said, or that nothing is; `on_air` is the handle of the product shown."""
        reading = self._reader.read(understood.taken.comment.text)
        top = understood.intents[0][0] if understood.intents else Intent.OFF_TOPIC
        if quoted := self._quoter.asked(reading):
            return self._planned(quoted, None)
        if risk := self._risks.of(reading, understood.intents, self._product(on_air)):
            score = understood.intents[0][1] if understood.intents else 0.0
            return self._safe(risk[0], reading, score, sure=risk[1])
        if decision := self._small_talk(reading, top):
            return self._planned(decision, None)
        return self._answered(reading, top, on_air, asked=understood.taken.question)

    def correction(self, product: str) -> tuple[Line, ...]:
        """Return the lines that take back a product's former price by telling the one in force; none if it has none."""
        known = self._product(product)
        spoken = self._speaker.say("correction", [known], beat=Beat.ANNOUNCEMENT) if known else None
        if spoken is None:
            return ()
        self._speaker.note(spoken.template)
        return spoken.lines

    def fill_window(self, product: str) -> AnswerPlan | None:
        """Return what to say about a product in a silent question window, something else each time; None if nothing."""
        known = self._product(product)
        if known is None:
            return None
        start = self._kept.faq.get(product, 0)
        for turn in range(start, start + len(_FAQ)):
            self._kept.faq[product] = turn + 1
            if plan := self._faq(_FAQ[turn % len(_FAQ)], known, turn // len(_FAQ)):
                return plan
        return None

    def compose(self, plan: AnswerPlan, understood: Understood | None, *, id: str, on_air: str | None) -> AdLib:  # noqa: A002
        """Return the ad-lib of a plan: an acknowledgement, the answer, and the way back into the script.

        The wording is then remembered as heard. `understood` is None where nobody asked.
        """
        self._speaker.note(plan.template)
        name = self.name_of(understood) if understood else ""
        opening: tuple[Line, ...] = ()
        if understood and plan.route not in {"greet", "ignore"}:
            section = "opening_note" if plan.route == "deflect" else "opening"
            opening = self._beside(section, f"{id}.opening", name=name if section == "opening" else "")
        re_entry: tuple[Line, ...] = ()
        if understood and plan.route != "greet":
            back = self._product(on_air)
            section = "re_entry_product" if back and plan.product not in {None, on_air} else "re_entry"
            re_entry = self._beside(section, f"{id}.re_entry", products=[back] if back else [], beat=Beat.RE_ENTRY)
        lines = tuple(replace(line, id=f"{id}.{index}") for index, line in enumerate(plan.lines))
        shown = plan.product if plan.product != on_air else None
        return AdLib(id, opening, lines, re_entry, self._question(understood, plan, id), shown)

    def reply(self, plan: AnswerPlan, approved_caption: str) -> str:
        """Return the text to post at a source, marked as made by a machine, 200 characters at most; empty for none."""
        caption = " ".join(approved_caption.split())
        if plan.route == "ignore" or not caption:
            return ""
        mark = self._wordings.words["mark"]
        room = LONGEST_REPLY - len(mark)
        if len(caption) > room:
            head = caption[:room]
            end = max(head.rfind(stop) for stop in (". ", "! ", "? "))
            if end < 0:
                return ""  # half a sentence may say what the whole does not
            caption = head[: end + 1]
        return mark + caption

    def name_of(self, understood: Understood) -> str:
        """Return the asker's given name where it may be said, else nothing."""
        return self._kept.names.spoken(understood.taken.comment.name) if self._may_name else ""

    def candidates(self, understood: Understood, *, on_air: str | None) -> tuple[AnswerPlan, ...]:
        """Return the plans a model may choose from, the rule's own first; one alone where nothing is to choose."""
        first = self.plan(understood, on_air=on_air)
        if first.route in {"deflect", "greet"} or first.reason.startswith("risk"):
            return (first,)
        reading = self._reader.read(understood.taken.comment.text)
        product = self._product(first.product or on_air)
        others = self._decider.every(product, reading) if product else ()
        plans = [self._planned(decision, product.handle if product else None) for decision in others]
        return (first, *(plan for plan in plans if plan.topic != first.topic))

    def _safe(self, risk: Intent, reading: Reading, score: float, *, sure: bool) -> AnswerPlan:
        spoken = self._speaker.say(f"safe_{risk.value}" if sure else "safe_unsure")
        reason = f"risk: {risk.value}, {'by its words' if reading.risks else f'by meaning, {score:.2f}'}"
        if spoken is None:
            return AnswerPlan("ignore", risk, None, "", (), ticket=risk.value, confidence=1.0, reason=reason)
        return AnswerPlan(
            "deflect", risk, None, spoken.template, spoken.lines, topic=f"risk:{risk.value}", confidence=1.0,
            margin=1.0, ticket=risk.value, reason=reason, always_reply=True,
        )  # fmt: skip

    def _small_talk(self, reading: Reading, top: Intent) -> Decision | None:
        if reading.aspects or reading.shapes & {"question", "shipping", "returns", "recommend", "compare", "have"}:
            return None
        for intent in (Intent.GREETING, Intent.PRAISE):
            if intent.value in reading.shapes or top is intent:
                spoken = self._speaker.say(intent.value)
                return Decision("greet", intent, spoken, intent.value, reason=intent.value) if spoken else None
        return None

    def _answered(self, reading: Reading, top: Intent, on_air: str | None, *, asked: bool) -> AnswerPlan:
        parts = [self._reader.read(part) for part in self._reader.split(reading.text)]
        parts = [part for part in parts if part.aspects or part.shapes & _ASKING]
        meant = self._resolver.meant(reading, on_air=on_air)
        together = reading.shapes & {"compare", "recommend"} or len(meant.products) > 1 or meant.how == "unclear"
        each = parts if len(parts) > 1 and not together else [reading]
        asked_for = [part for part in each if not part.shapes.isdisjoint(SECTIONS)]
        if meant.how == "none" and asked_for:  # "do you ship there, and how much?" asks for no product's price
            each = [part for part in each if part in asked_for or set(part.aspects) != {"price"}]
        tried = (self._one(part, reading, top, meant, on_air, asked=asked) for part in each)
        decisions = [found for found in tried if found]
        if not decisions:
            reason = "nothing is asked that the list could answer"
            return AnswerPlan("ignore", top, None, "", (), confidence=0.5, reason=reason)
        answered = [found for found in decisions if found[0].route == "answer"][:MOST_ANSWERS] or decisions[:1]
        return self._planned(merged([decision for decision, _ in answered]), answered[0][1], meant)

    def _one(
        self, part: Reading, whole: Reading, top: Intent, meant: Meant, on_air: str | None, *, asked: bool
    ) -> tuple[Decision, str | None] | None:
        """Decide about one question; returns the product it is about beside it."""
        for policy in SECTIONS:
            if policy in part.shapes or (top.value == policy and not part.aspects and meant.how == "none"):
                decision = self._quoter.about(policy)
                return (decision, None) if decision else None
        clear = meant.products if meant.how != "unclear" else ()
        products = [product for handle in clear if (product := self._product(handle))]
        shopping = self._shopping(part, whole, top, meant, products, on_air)
        if shopping:
            return shopping, None
        if meant.how == "unclear":
            return self._ask([product for each in meant.products if (product := self._product(each))]), None
        product = products[0] if products else None
        naming = meant.words
        if product is None:
            product, naming, wrong = self._unnamed(part, on_air)
            if wrong:
                return wrong, None
        if product is None:
            return (self._ask(()), None) if part.aspects else None
        decision = self._decider.about(product, part, naming)
        if decision is None or (decision.route == "point" and not self._asks(whole, part, top, asked=asked)):
            return None
        return replace(decision, margin=min(decision.margin, meant.margin if products else 1.0)), product.handle

    def _asks(self, whole: Reading, part: Reading, top: Intent, *, asked: bool) -> bool:
        """Whether something is really asked about a product, so that saying "I don't know" is of use."""
        if part.aspects:
            return True
        return top is not Intent.OFF_TOPIC and (asked or "question" in whole.shapes)

    def _shopping(
        self, part: Reading, whole: Reading, top: Intent, meant: Meant, products: Sequence[Product], on_air: str | None
    ) -> Decision | None:
        """A comparison, a recommendation, or a question for something that may be in the list."""
        shapes = whole.shapes
        comparing = "compare" in shapes or top is Intent.COMPARISON
        current = self._product(on_air)
        pointing = bool(self._reader.pronouns & set(whole.words))
        if comparing and pointing and len(products) == 1 and current and current.handle != products[0].handle:
            products = [products[0], current]
        if len(products) > 1:
            words = [word for word in whole.left if self._reader.stem(word) not in meant.words]
            if not whole.aspects and words and (decision := self._shopper.compare_by(products, words)):
                return decision
            return self._shopper.compare(products) if comparing or "price" in whole.aspects else self._ask(products)
        pointed = bool(self._reader.pronouns & set(part.words)) and part.budget is None
        cheapest = bool(self._reader.cheapest & set(part.words))
        wishing = "recommend" in shapes or top is Intent.RECOMMENDATION or part.budget is not None or cheapest
        looking = "have" in shapes and not pointed
        if meant.how == "named" and not wishing and not (looking and not part.aspects and not self._told(part, meant)):
            return None
        if (wishing or looking) and not pointed and not (set(part.aspects) - {"price", "option"}):
            decision = self._shopper.recommend(part, part.left)
            if decision is None or decision.route != "answer":
                return self._say("point", "unknown_product") if looking and part.left else decision
            return decision
        return None

    def _told(self, part: Reading, meant: Meant) -> bool:
        """Whether the words ask for a choice of the one product named, or for what one of its facts holds."""
        product = self._product(meant.products[0]) if len(meant.products) == 1 else None
        if product is None:
            return False
        words = [word for word in part.left if self._reader.stem(word) not in meant.words]
        return bool(asked_choice(product, part, self._reader).wanted) or self._decider.holds(product, words)

    def _unnamed(self, part: Reading, on_air: str | None) -> tuple[Product | None, frozenset[str], Decision | None]:
        """The product on air, unless the words are about something else; then that, or a question back."""
        current = self._product(on_air)
        strange = self._shopper.strange(part.left, current)
        if strange and (not current or set(part.aspects) & (_WHOLE | {"material"})):
            similar = self._resolver.similar(strange)
            if similar.products:
                return self._product(similar.products[0]), frozenset(map(self._reader.stem, strange)), None
            if set(part.aspects) & _WHOLE:
                return None, frozenset(), self._ask(())
        return current, self._resolver.named_by(on_air) if on_air and current else frozenset(), None

    def _ask(self, products: Sequence[Product]) -> Decision:
        if len(products) == 2 and (decision := self._say("ask_back", "ask_two", products)):
            return decision
        decision = self._say("ask_back", "ask_product")
        if decision is None:
            raise ClaimRefused("no question back may be said", rule="wording", where="ask_product")
        return decision

    def _say(self, route: Route, section: str, products: Sequence[Product] = ()) -> Decision | None:
        spoken = self._speaker.say(section, products)
        reason = section.replace("_", " ")
        return Decision(route, Intent.OFF_TOPIC, spoken, "", reason=reason) if spoken else None

    def _planned(self, decision: Decision, product: str | None, meant: Meant | None = None) -> AnswerPlan:
        rests = decision.rests
        how = f"{decision.reason}; product {meant.how}" if meant and meant.how != "none" else decision.reason
        if decision.route == "answer" and decision.margin < LEAST_MARGIN:
            asked = self._say("ask_back", "ask_what")
            if asked:
                decision = replace(asked, intent=decision.intent, margin=decision.margin)
                how = f"the margin is {decision.margin:.2f}"
        return AnswerPlan(
            decision.route, decision.intent, product, decision.spoken.template, decision.spoken.lines,
            facts=decision.spoken.facts, topic=decision.topic, confidence=decision.confidence,
            margin=decision.margin, reason=how, rests=self._rests(decision.spoken.facts, rests),
        )  # fmt: skip

    def _rests(self, said: Sequence[str], rests: Sequence[Fact]) -> tuple[FactRef, ...]:
        """The versions of the facts in force that a plan rests on."""
        known = self._catalogue.facts
        ids = dict.fromkeys((*said, *(fact.id for fact in rests)))
        return tuple(known[ident].ref for ident in ids if ident in known)

    def _faq(self, about: str, product: Product, turn: int) -> AnswerPlan | None:
        lead = self._speaker.say(f"faq_{about}", [product], beat=Beat.QUESTIONS)
        if lead is None:
            return None
        decision: Decision | None = None
        if about != "invite":
            decision = self._decider.common(about, product, turn)
            if decision is None or decision.route != "answer":
                return None
        lines = (*lead.lines, *(decision.spoken.lines if decision else ()))
        template = f"{lead.template}+{decision.spoken.template}" if decision else lead.template
        facts = tuple(dict.fromkeys((*lead.facts, *(decision.spoken.facts if decision else ()))))
        return AnswerPlan(
            "answer", decision.intent if decision else Intent.GREETING, product.handle, template, lines, facts,
            topic=f"faq:{product.handle}:{about}", confidence=1.0, margin=1.0, reason="nobody asked it",
            rests=self._rests(facts, decision.rests if decision else ()),
        )  # fmt: skip

    def _beside(
        self, section: str, ident: str, *, products: Sequence[Product] = (), name: str = "", beat: Beat = Beat.ANSWER
    ) -> tuple[Line, ...]:
        spoken: Spoken | None = self._speaker.say(section, products, name=name, beat=beat)
        if spoken is None:
            return ()
        self._speaker.note(spoken.template)
        return tuple(replace(line, id=f"{ident}.{index}") for index, line in enumerate(spoken.lines))

    def _question(self, understood: Understood | None, plan: AnswerPlan, ident: str) -> tuple[Pieces, Pieces]:
        """Heading and text of the lower third: the viewer's words where standards let them on screen, or the topic.

        Standards read the stream's language alone, so words in another are not shown; nothing where nobody asked.
        """
        words = self._wordings.words
        if understood is None:
            return (), ()
        heading = (words["heading"],)
        text = " ".join(understood.taken.comment.text.split())
        topic: Pieces = (words["about"], Slot(f"{plan.product}.title")) if plan.product else (words["asked"],)
        plain = understood.language.startswith(self._locale.language) and plan.route != "deflect"
        for below in ((text,), topic) if plain else (topic,):
            try:
                if sum(len(piece) for piece in below if isinstance(piece, str)) <= LONGEST_QUESTION:
                    self._standards.approve_lower_third(ident, heading, below)
                    return heading, below
            except ClaimRefused:
                continue
        return heading, (words["asked"],)

    def _product(self, handle: str | None) -> Product | None:
        """The product with this handle that has a title to say."""
        found = next((each for each in self._catalogue.products if each.handle == handle), None)
        return found if found and found.fact(FactKind.TITLE) else None
