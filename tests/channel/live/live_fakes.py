"""Stand-ins of the live loop's neighbours: a store in memory, an air that notes what it is given, plain answers."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from livestream import wire
from livestream.answers.plan import AdLib, AnswerPlan
from livestream.audience.comment import RISKY, Comment, Intent, Taken, Understood
from livestream.audience.intake import Intake
from livestream.audience.waiting import Waiting
from livestream.catalogue import read_catalogue
from livestream.channel.live.acting import Hands
from livestream.channel.live.answerer import Answerer
from livestream.channel.live.book import CommentBook
from livestream.channel.live.moderation import Moderation
from livestream.channel.live.planner import Planner
from livestream.channel.live.truth import Truth
from livestream.console.backend import Person, Role
from livestream.console.feed import Changes
from livestream.errors import StoreError
from livestream.lines import Beat, Line, Slot
from livestream.locales import locale
from livestream.standards import Sealer, new_key
from livestream.store.records import AddAct, AddTicket, Committed, PutComments, PutState, UpdateComment
from livestream.testing import ManualClock

EN = locale("en-US")
LIST = "handle,title,price,stock,currency\nlamp,Desk Lamp,39.90,12,USD\nmug,Clay Mug,12.00,3,USD\n"
ANA = Person("a", "Ana", Role.MODERATOR)
BO = Person("b", "Bo", Role.OWNER)
EYE = Person("c", "Eye", Role.VIEWER)


class FakeStore:
    """Numbers what it is given as the store does; `full` makes every write fail."""

    def __init__(self):
        self.seq = 0
        self.comments = OrderedDict()
        self.acts, self.tickets, self.state = [], [], {}
        self.full = False

    async def commit(self, *writes):
        if self.full:
            raise StoreError("the disk is full", retryable=True)
        done = Committed()
        for write in writes:
            match write:
                case PutComments():
                    for comment in write.comments:
                        if comment.key in self.comments:
                            done.known.add(comment.key)
                            continue
                        self.seq += 1
                        done.seqs[comment.key] = self.seq
                        self.comments[comment.key] = replace(comment, seq=self.seq)
                case UpdateComment():
                    self.seq += 1
                    done.seqs[write.key] = self.seq
                    fields = {n: getattr(write, n) for n in write.__slots__ if getattr(write, n) is not None}
                    self.comments[write.key] = replace(self.comments[write.key], **fields, seq=self.seq)
                case AddAct():
                    self.acts.append(write)
                    done.acts.append(len(self.acts))
                case AddTicket():
                    self.tickets.append(write)
                case PutState():
                    self.state[write.key] = write.value
        return done

    async def comment(self, key):
        return self.comments.get(key)


class FakeStage:
    """Shows the lamp; notes ad-libs and what moderators do to the programme."""

    def __init__(self):
        self.product, self.window = "lamp", False
        self.given, self.done, self.recalled = [], [], []
        self.confirms = True

    def on_air(self):
        return self.product, self.window

    def has_card(self, product):
        return True

    def interject(self, ad_lib, voice, *, now):
        self.given.append((ad_lib, voice, now))

    def recall(self, ad_lib):
        self.recalled.append(ad_lib)

    async def skip(self):
        self.done.append("skip")
        return True

    async def jump(self, product):
        self.done.append(f"jump {product}")
        return product == "mug"

    def panic(self, on):
        self.done.append(f"panic {on}")

    async def refresh(self):
        self.done.append("refresh")
        return self.confirms


class FakeAnswers:
    """Reads the intent from the first word, and answers prices."""

    def __init__(self, catalogue):
        self.catalogue = catalogue

    def updated(self, catalogue):
        return FakeAnswers(catalogue)

    def plan(self, understood, *, on_air):
        intent = understood.intents[0][0]
        if intent in RISKY:
            line = self._line(("Please write to the shop, they will look after you.",))
            return AnswerPlan(
                "deflect", intent, None, "safe", (line,), ticket=str(intent), topic=str(intent), always_reply=True
            )
        if intent is Intent.OFF_TOPIC:
            return AnswerPlan("ignore", intent, None, "", ())
        fact = f"{on_air}.price"
        line = self._line(("It is ", Slot(fact, "price"), "."), on_air)
        rests = (self.catalogue.fact(fact).ref,)
        return AnswerPlan(
            "answer", intent, on_air, "price.1", (line,), (fact,), topic=f"price {on_air}", confidence=0.9, rests=rests
        )

    def candidates(self, understood, *, on_air):
        return (self.plan(understood, on_air=on_air),)

    def fill_window(self, product):
        line = self._line(("And here is ", Slot(f"{product}.title"), "."))
        return AnswerPlan("answer", Intent.OFF_TOPIC, product, "faq", (line,), topic=f"faq {product}")

    def compose(self, plan, understood, *, id, on_air):  # noqa: A002
        return AdLib(
            id,
            (self._line(("Good question!",)),) if understood else (),
            plan.lines,
            (self._line(("And back to the show.",)),) if understood else (),
            (("A viewer asks",), (understood.taken.comment.text,)) if understood else ((), ()),
            plan.product,
        )

    def reply(self, plan, caption):
        return f"AI · {caption}"

    def _line(self, pieces, product=None):
        return Line("answer", "en-US", Beat.ANSWER, pieces, product)


class FakeUnderstanding:
    """Takes the first word of a comment as its intent and its cluster."""

    def __init__(self):
        self.clusters = {}

    async def understand(self, taken):
        word = taken.comment.text.split()[0].strip("?!.").lower()
        intent = Intent(word) if word in set(Intent) else Intent.OFF_TOPIC
        cluster = self.clusters.setdefault(taken.comment.text, len(self.clusters))
        return Understood(taken, "en", np.zeros(512, np.float32), ((intent, 0.9),), cluster)


@dataclass
class Bench:
    """A live loop without processes; `bench.say("price?")` brings a comment in."""

    truth: Truth
    clock: ManualClock = field(default_factory=lambda: ManualClock(autojump=False))
    pause: float = 10.0
    show: str = "run 1"

    def __post_init__(self):
        self.store, self.stage, self.replies = FakeStore(), FakeStage(), []
        self.changes = Changes()
        self.book = CommentBook(self.store, self.changes)
        self.sealer = Sealer(new_key())
        self.count = 0

        async def speak(line):
            return wire.Message("speech", {"line_id": line.id, "caption": line.caption}, b"")

        async def reply(key, text, rests):
            self.replies.append((key, text))

        async def said(name):
            await self.store.commit(PutState(f"say/{name}", None))

        self.answerer = Answerer(
            truth=self.truth,
            planner=Planner(self.truth, FakeAnswers(self.truth.catalogue)),
            understanding=FakeUnderstanding(),
            waiting=Waiting(self.clock),
            book=self.book,
            stage=self.stage,
            sealer=self.sealer,
            speak=speak,
            clock=self.clock,
            pause=self.pause,
            reply=reply,
            said=said,
        )
        self.intake = Intake(locale="en-US", clock=self.clock)
        hands = Hands(self.truth, self.book, self.answerer, self.intake, self.stage, self.store, self.clock, self.show)
        self.moderation = Moderation(hands, self.changes)

    async def say(self, text, user="u1", *, consider=True):
        """Bring a comment in and have it planned; return its key."""
        self.count += 1
        comment = Comment("ws", f"c{self.count}", "ws", user, user.title(), text, self.clock.time())
        taken = Taken(comment, text, "admitted", question=True, worth=1.0)
        await self.book.add([taken])
        if consider:
            await self.answerer.consider(taken)
        return comment.key

    async def turn(self):
        """Let the answerer look once whose turn it is."""
        await self.answerer.turn()

    def row(self, key):
        return next(row for row in self.book.rows() if row.id == key)

    async def heard(self, ad_lib=None):
        """Let air say that an ad-lib was on air and is over."""
        ad_lib = ad_lib or self.stage.given[-1][0]
        await self.answerer.heard(ad_lib, "on_air")
        await self.answerer.heard(ad_lib, "aired")


def make_truth(folder: Path, content: str = LIST) -> Truth:
    file = folder / "list.csv"
    file.write_text(content)
    return Truth(read_catalogue(file), EN, quote_prices=True)


@asynccontextmanager
async def following(bench, since=0):
    async with bench.changes.follow(since) as feed:
        yield feed
