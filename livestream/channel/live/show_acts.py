"""What a moderator does with the show, and how the loop behaves."""

from __future__ import annotations

from typing import cast

from livestream.audience.comment import Intent
from livestream.channel.live.acting import Done, Handlers, Hands, Refused
from livestream.console.backend import Act, Person
from livestream.settings import Handling
from livestream.store.records import PutState

HANDLINGS = frozenset({"auto", "hold", "manual"})
_SLOWEST = 600.0


class ShowActs:
    """Skip, jump, pause, panic, a new price or stock, and the modes of answering."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self.words: set[str] = set()
        self.slowness = 0.0

    @property
    def handlers(self) -> Handlers:
        """The acts by name."""
        names = ("skip", "jump", "pause", "resume", "panic", "calm", "price", "stock", "mode", "slow")
        return {name: getattr(self, f"_{name}") for name in (*names, "block_word", "unblock_word")}

    async def _skip(self, person: Person, act: Act) -> Done:
        del person, act
        if not await self._hands.show.skip():
            raise Refused("Nothing is on air that could be skipped.")
        return Done()

    async def _jump(self, person: Person, act: Act) -> Done:
        del person
        if not await self._hands.show.jump(act.target):
            raise Refused("This product is not in the rundown at hand.")
        return Done()

    async def _pause(self, person: Person, act: Act) -> Done:
        del person, act
        await self._hands.store.commit(PutState("paused", True))
        self._hands.answerer.paused = True
        return Done(Act("resume"))

    async def _resume(self, person: Person, act: Act) -> Done:
        del person, act
        await self._hands.store.commit(PutState("paused", False))
        self._hands.answerer.paused = False
        return Done(Act("pause"))

    async def _panic(self, person: Person, act: Act) -> Done:
        del person, act
        self._hands.answerer.panic = True
        self._hands.show.panic(True)  # first the air, then the books
        await self._hands.store.commit(PutState("panic", True))
        return Done(Act("calm"))

    async def _calm(self, person: Person, act: Act) -> Done:
        del person, act
        await self._hands.store.commit(PutState("panic", False))
        self._hands.answerer.panic = False
        self._hands.show.panic(False)
        return Done()

    async def _price(self, person: Person, act: Act) -> Done:
        del person
        before = self._hands.truth.edit_price(act.target, act.value)
        return await self._edited("price", act, before)

    async def _stock(self, person: Person, act: Act) -> Done:
        del person
        before = self._hands.truth.edit_stock(act.target, act.value)
        return await self._edited("stock", act, before)

    async def _edited(self, what: str, act: Act, before: str) -> Done:
        self._hands.answerer.answers = self._hands.answerer.answers.updated(self._hands.truth.catalogue)
        await self._hands.show.refresh()
        await self._hands.store.commit(PutState(f"{what}/{act.target}", act.value))
        return Done(Act(what, act.target, before), before={"value": before})

    async def _mode(self, person: Person, act: Act) -> Done:
        del person
        if act.target not in set(Intent) or act.value not in HANDLINGS:
            raise Refused("Name an intent, and auto, hold or manual.")
        before = self._hands.answerer.modes.get(act.target, "auto")
        await self._hands.store.commit(PutState(f"mode/{act.target}", act.value))
        self._hands.answerer.modes[act.target] = cast("Handling", act.value)
        return Done(Act("mode", act.target, before))

    async def _slow(self, person: Person, act: Act) -> Done:
        del person
        before, self.slowness = self.slowness, seconds_in(act.value or "0", _SLOWEST)
        await self._hands.store.commit(PutState("slow", self.slowness))
        self._hands.intake.slow = self.slowness
        return Done(Act("slow", value=f"{before:g}"))

    async def _block_word(self, person: Person, act: Act) -> Done:
        del person
        word = _word(act.value)
        await self._hands.store.commit(PutState(f"word/{word}", True))
        self._hands.intake.block_word(word)
        self.words.add(word)
        return Done(Act("unblock_word", value=word))

    async def _unblock_word(self, person: Person, act: Act) -> Done:
        del person
        word = _word(act.value)
        await self._hands.store.commit(PutState(f"word/{word}", False))
        self._hands.intake.unblock_word(word)
        self.words.discard(word)
        return Done(Act("block_word", value=word))


def seconds_in(text: str, most: float) -> float:
    """Return a number of seconds somebody typed, at most `most`.

    Raises:
        Refused: it is none.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise Refused(f"Write a number of seconds from 0 to {most:g}.")
    return value


def _word(text: str) -> str:
    word = " ".join(text.split())
    if not 2 <= len(word) <= 60:
        raise Refused("A blocked word has 2 to 60 characters.")
    return word
