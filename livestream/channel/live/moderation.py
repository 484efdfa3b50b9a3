"""What moderators do: checked, done, durable before it is acknowledged, and where it can be, undone."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace
from typing import Any, Protocol

from livestream.channel.live.acting import Done, Hands, Refused, Undo
from livestream.channel.live.comment_acts import CommentActs
from livestream.channel.live.show_acts import HANDLINGS, ShowActs
from livestream.channel.live.viewer_acts import ViewerActs
from livestream.console.backend import Act, Acted, Outcome, Person, Role
from livestream.errors import CatalogueError, StoreError
from livestream.store.records import AddAct, UndoAct

MOST_UNDO = 200
_LONGEST_TARGET, _LONGEST_VALUE = 400, 500
log = logging.getLogger(__name__)


class Witness(Protocol):
    """Who is told what moderators do."""

    def acted(self, act: Acted) -> None:
        """Pass an act on to the consoles."""
        ...


class Moderation:
    """Does what moderators say; each act is in the history before it is acknowledged."""

    def __init__(self, hands: Hands, witness: Witness) -> None:
        self._hands = hands
        self._witness = witness
        self._show = ShowActs(hands)
        self._handlers = {
            **CommentActs(hands).handlers,
            **ViewerActs(hands).handlers,
            **self._show.handlers,
        }
        self._undo: OrderedDict[str, Undo] = OrderedDict()

    @property
    def slow(self) -> float:
        """Slow mode in seconds, 0 off."""
        return self._show.slowness

    async def act(self, person: Person, act: Act) -> Outcome:
        """Do one act for a person. What cannot be done is an outcome, never an error."""
        if person.role is Role.VIEWER:
            return Outcome(False, "You may watch, not act.")
        if act.name != "undo" and act.name not in self._handlers:
            return Outcome(False, "There is no such act.")
        try:
            return await self._take_back(person, act) if act.name == "undo" else await self._do(person, act)
        except Refused as refused:
            return refused.outcome
        except CatalogueError as error:
            return Outcome(False, str(error))
        except StoreError as error:
            log.warning("an act cannot be kept: %s", error)
            return Outcome(False, f"It could not be kept: {error}")

    async def load(self, state: dict[str, Any]) -> None:
        """Put in force again what was in force before a restart."""
        for key, value in state.items():
            what, _, rest = key.partition("/")
            self._load(what, rest, value)
        self._hands.answerer.answers = self._hands.answerer.answers.updated(self._hands.truth.catalogue)

    def _load(self, what: str, rest: str, value: Any) -> None:  # noqa: ANN401 - JSON of the acts' own
        source, _, user = rest.partition("/")
        match what:
            case "ban" if value:
                self._hands.intake.ban(source, user)
            case "timeout" if float(value) > self._hands.clock.time():
                self._hands.intake.timeout(source, user, float(value))
            case "word" if value:
                self._show.words.add(rest)
                self._hands.intake.block_word(rest)
            case "mode" if value in HANDLINGS:
                self._hands.answerer.modes[rest] = value
            case "slow":
                self._show.slowness = self._hands.intake.slow = float(value)
            case "paused":
                self._hands.answerer.paused = bool(value)
            case "panic" if value:
                self._hands.answerer.panic = True
                self._hands.show.panic(True)
            case "price" | "stock":
                self._edit_again(what, rest, str(value))

    def _edit_again(self, what: str, handle: str, value: str) -> None:
        truth = self._hands.truth
        try:
            (truth.edit_price if what == "price" else truth.edit_stock)(handle, value)
        except CatalogueError as error:
            log.warning("an edit of the console no longer fits the product list: %s", error)

    async def _do(self, person: Person, act: Act) -> Outcome:
        act = replace(act, target=act.target[:_LONGEST_TARGET], value=act.value[:_LONGEST_VALUE])
        done = await self._handlers[act.name](person, act)
        n = await self._record(person, act, done)
        if done.undo is None:
            return Outcome(True)
        self._undo[str(n)] = _by_act(self, done.undo) if isinstance(done.undo, Act) else done.undo
        while len(self._undo) > MOST_UNDO:
            self._undo.popitem(last=False)
        return Outcome(True, undo=str(n))

    async def _take_back(self, person: Person, act: Act) -> Outcome:
        undo = self._undo.pop(act.target, None)
        if undo is None:
            raise Refused("This can no longer be undone.")
        outcome = await undo(person)
        if outcome.done:
            await self._hands.store.commit(UndoAct(int(act.target)))
            await self._record(person, act, Done())
        return replace(outcome, undo="")

    async def _record(self, person: Person, act: Act, done: Done) -> int:
        committed = await self._hands.store.commit(
            AddAct(person.id, person.name, act.name, act.target, act.value, done.note, done.before)
        )
        n = committed.acts[0]
        at = self._hands.clock.time()
        self._witness.acted(Acted(n, at, person.name, act.name, act.target, act.value, done.note))
        return n


def _by_act(moderation: Moderation, act: Act) -> Undo:
    async def undo(person: Person) -> Outcome:
        return await moderation.act(person, act)

    return undo
