"""What a moderator does with the show, and how the loop behaves."""

from __future__ import annotations

import asyncio
from typing import cast

from livestream.audience.comment import Intent
from livestream.catalogue import FactKind
from livestream.channel.live.acting import Done, Handlers, Hands, Refused
from livestream.channel.live.truth import Edit, What
from livestream.console.backend import Act, Outcome, Person
from livestream.settings import Handling
from livestream.store.records import PutState

HANDLINGS = frozenset({"auto", "hold", "manual"})
_SLOWEST = 600.0
_KINDS: dict[What, FactKind] = {"price": FactKind.PRICE, "stock": FactKind.STOCK}
UNCONFIRMED = "It is in force, but air has not said so yet: listen whether the old one is still said."


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
        await self._keep("paused", True)
        self._hands.answerer.paused = True
        return Done(Act("resume"))

    async def _resume(self, person: Person, act: Act) -> Done:
        del person, act
        await self._keep("paused", False)
        self._hands.answerer.paused = False
        return Done(Act("pause"))

    async def _panic(self, person: Person, act: Act) -> Done:
        del person, act
        self._hold_all(True)  # first the air, then the books
        await self._keep("panic", True)
        return Done(Act("calm"))

    async def _calm(self, person: Person, act: Act) -> Done:
        del person, act
        self._hold_all(False)
        await self._keep("panic", False)
        return Done()

    def _hold_all(self, on: bool) -> None:
        self._hands.answerer.panic = on
        self._hands.show.panic(on)

    async def _keep(self, key: str, on: bool) -> None:
        """Keep a hold of this show: the next one begins without it."""
        await self._hands.store.commit(PutState(key, {"run": self._hands.run, "on": on}))

    async def _price(self, person: Person, act: Act) -> Done:
        del person
        return await self._edit("price", act)

    async def _stock(self, person: Person, act: Act) -> Done:
        del person
        return await self._edit("stock", act)

    async def _edit(self, what: What, act: Act) -> Done:
        """Change a price or a stock; it is done once nothing that rests on the former one begins on air any more."""
        truth, handle = self._hands.truth, act.target
        truth.trial(what, handle, act.value)
        former, fact = truth.edit_of(what, handle), truth.catalogue.product(handle).fact(_KINDS[what])
        await self._keep_edit(what, handle, Edit(act.value, truth.listed(what, handle)))
        made = truth.edit(what, handle, act.value)

        async def undo(who: Person) -> Outcome:
            del who
            if truth.edit_of(what, handle) is not made:
                return Outcome(False, conflict="somebody has changed it again since")
            await self._keep_edit(what, handle, former)
            truth.put_edit(what, handle, former)
            holds = await self._changed(handle)
            return Outcome(holds, "" if holds else UNCONFIRMED)

        holds = await self._changed(handle)
        before = {"value": str(fact.value) if fact else ""}
        return Done(undo, before=before, unsure="" if holds else UNCONFIRMED)

    async def _keep_edit(self, what: What, handle: str, edit: Edit | None) -> None:
        told = None if edit is None else {"value": edit.value, "file": edit.against}
        await self._hands.store.commit(PutState(f"{what}/{handle}", told))

    async def _changed(self, handle: str) -> bool:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hands.answerer.facts_changed(handle))
            holds = group.create_task(self._hands.show.refresh())
        return holds.result()

    # How the loop behaves.

    async def _mode(self, person: Person, act: Act) -> Done:
        del person
        if act.target not in set(Intent) or act.value not in HANDLINGS:
            raise Refused("Name an intent, and auto, hold or manual.")
        before = self._hands.answerer.modes.get(act.target, "auto")
        await self._hands.store.commit(PutState(f"mode/{act.target}", act.value))
        await self._hands.answerer.set_mode(act.target, cast("Handling", act.value))
        return Done(Act("mode", act.target, before))

    async def _slow(self, person: Person, act: Act) -> Done:
        del person
        seconds = seconds_in(act.value or "0", _SLOWEST)
        await self._hands.store.commit(PutState("slow", seconds))
        before, self.slowness = self.slowness, seconds
        self._hands.intake.slow = seconds
        return Done(Act("slow", value=f"{before:g}"))

    async def _block_word(self, person: Person, act: Act) -> Done:
        word = _word(act.value)
        await self._hands.store.commit(PutState(f"word/{word}", True))
        self._hands.intake.block_word(word)
        self.words.add(word)
        for key in self._hands.answerer.withdraw_where(self._hands.intake.is_blocked):
            expected = ("new", "held", "planned", "queued")
            await self._hands.book.change(key, expect=expected, state="hidden", by=person.name, reason="blocked word")
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
