"""What moderators do: checked, done, durable before it is acknowledged, and where it can be, undone."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace
from typing import Any, Protocol

from livestream.channel.live.acting import Done, Hands, Refused, Undo
from livestream.channel.live.case import own_line
from livestream.channel.live.comment_acts import CommentActs
from livestream.channel.live.show_acts import HANDLINGS, ShowActs
from livestream.channel.live.ticket_acts import TicketActs
from livestream.channel.live.viewer_acts import ViewerActs
from livestream.console.backend import Act, Acted, Outcome, Person, Role
from livestream.errors import CatalogueError, StoreError
from livestream.store.records import AddAct, UndoAct

MOST_UNDO = 200
_LONGEST_TARGET, _LONGEST_VALUE = 400, 1_000
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
        self._viewers = ViewerActs(hands)
        self._handlers = {
            **CommentActs(hands).handlers,
            **self._viewers.handlers,
            **self._show.handlers,
            **TicketActs(hands).handlers,
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
        """Put in force again what was in force before a restart; holds and lines only of this very show."""
        for key, value in state.items():
            what, _, rest = key.partition("/")
            if isinstance(value, dict) and value.get("run", self._hands.run) != self._hands.run:
                continue
            try:
                self._load(what, rest, value)
            except CatalogueError as error:
                log.warning("an edit of the console is not in force any more: %s", error)
        await self._hands.answerer.planner.facts_changed()

    def _load(self, what: str, rest: str, value: Any) -> None:  # noqa: ANN401 - JSON of the acts' own
        source, _, user = rest.partition("/")
        hands = self._hands
        match what:
            case "ban" if value:
                self._viewers.load(source, user)
            case "timeout" if float(value) > hands.clock.time():
                hands.intake.timeout(source, user, float(value))
            case "word" if value:
                self._show.words.add(rest)
                hands.intake.block_word(rest)
            case "mode" if value in HANDLINGS:
                hands.answerer.modes[rest] = value
            case "slow":
                self._show.slowness = hands.intake.slow = float(value)
            case "paused":
                hands.answerer.paused = bool(value["on"])
            case "panic" if value["on"]:
                hands.answerer.panic = True
                hands.show.panic(True)
            case "price" | "stock" as edited:
                hands.truth.load_edit(edited, rest, value)
            case "say" if value:
                plan = hands.answerer.planner.typed(value["text"])
                hands.answerer.approve(own_line(plan, value["by"], rest), by=value["by"], now=value["now"])

    async def _do(self, person: Person, act: Act) -> Outcome:
        act = replace(act, target=act.target[:_LONGEST_TARGET], value=act.value[:_LONGEST_VALUE])
        done = await self._handlers[act.name](person, act)
        n = await self._record(person, act, done)
        if done.undo is None:
            return Outcome(not done.unsure, done.unsure)
        self._undo[str(n)] = _by_act(self, done.undo) if isinstance(done.undo, Act) else done.undo
        while len(self._undo) > MOST_UNDO:
            self._undo.popitem(last=False)
        return Outcome(not done.unsure, done.unsure, undo=str(n))

    async def _take_back(self, person: Person, act: Act) -> Outcome:
        undo = self._undo.get(act.target)
        if undo is None:
            raise Refused("This can no longer be undone.")
        outcome = await undo(person)
        if outcome.done:
            self._undo.pop(act.target, None)
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
