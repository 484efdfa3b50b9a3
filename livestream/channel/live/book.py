"""The comments of a channel: stored before they are acknowledged, and shown to every console as they change."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Protocol, cast

from livestream.audience.comment import Taken
from livestream.console.backend import Planned, Receipt, Row, RowState
from livestream.errors import StoreError
from livestream.store.records import Committed, PutComments, StoredComment, UpdateComment, Write

KEPT = 4_000
"""Comments in memory; older ones are read from the store where somebody asks."""
_STATES = {"admitted": "new", "shed": "new", "held": "held", "hidden": "hidden"}
log = logging.getLogger(__name__)


class Kept(Protocol):
    """What makes writes durable: the store."""

    async def commit(self, *writes: Write) -> Committed:
        """Return when the writes are on disk."""
        ...

    async def comment(self, key: str) -> StoredComment | None:
        """Return a comment by its key."""
        ...


class Watching(Protocol):
    """What passes changed rows on to the consoles."""

    def put(self, row: Row) -> None:
        """Take a row in its newest form."""
        ...


class CommentBook:
    """The comments in hand by key, the oldest first."""

    def __init__(self, store: Kept, changes: Watching) -> None:
        self._store = store
        self._changes = changes
        self._comments: OrderedDict[str, StoredComment] = OrderedDict()
        self.dropped = 0

    def load(self, comments: Sequence[StoredComment]) -> None:
        """Take up what the store holds from before a restart."""
        for comment in comments:
            self._keep(comment)

    async def get(self, key: str) -> StoredComment | None:
        """Return a comment, from the store where it is no longer in hand.

        Raises:
            StoreError: the store cannot be read.
        """
        return self._comments.get(key) or await self._store.comment(key)

    def waiting(self, most: int) -> list[StoredComment]:
        """Return the newest comments whose answer waits for somebody's yes."""
        waiting = (each for each in reversed(self._comments.values()) if each.answer and each.state in ("new", "held"))
        return list(islice(waiting, most))

    def rows(self) -> list[Row]:
        """Return the rows of all comments in hand."""
        return [row_of(comment) for comment in self._comments.values()]

    async def add(self, taken: Sequence[Taken]) -> list[Receipt]:
        """Store comments and show them; durable when this returns. Where the store fails, they are told as dropped."""
        stored = {each.comment.key: _stored(each) for each in taken}
        fresh = {key: comment for key, comment in stored.items() if key not in self._comments}
        try:
            committed = await self._store.commit(PutComments(tuple(fresh.values()))) if fresh else Committed()
        except StoreError as error:
            log.warning("comments cannot be stored: %s", error)
            self.dropped += len(fresh)
            return [Receipt(each.comment.id, "dropped") for each in taken]
        for key, comment in fresh.items():
            if key in committed.seqs:
                self._show(replace(comment, seq=committed.seqs[key]))
        return [
            Receipt(each.comment.id, "stored" if each.comment.key in committed.seqs else "known", each.verdict)
            for each in taken
        ]

    async def change(
        self,
        key: str,
        *writes: Write,
        expect: Collection[str] | None = None,
        **fields: Any,  # noqa: ANN401 - fields of UpdateComment
    ) -> bool:
        """Change a comment, and write what goes with it, in one transaction.

        Returns False, and changes nothing, where there is no such comment, or its state is none of
        `expect`. Whoever looks while it is being written sees the change already.

        Raises:
            StoreError: it could not be made durable; nothing has changed.
        """
        comment = await self.get(key)
        if comment is None or (expect is not None and comment.state not in expect):
            return False
        changed = replace(comment, **fields)
        self._keep(changed)
        try:
            committed = await self._store.commit(UpdateComment(key, **fields), *writes)
        except StoreError:
            if self._comments.get(key) is changed:
                self._keep(comment)
            raise
        newest = self._comments.get(key, changed)  # others may have changed it in the meantime
        self._show(replace(newest, seq=max(newest.seq, committed.seqs.get(key, 0))))
        return True

    async def find(self, key: str) -> StoredComment | None:
        """Return a comment as `get` does, None also where the store cannot be read: the show goes on without it."""
        try:
            return await self.get(key)
        except StoreError as error:
            log.warning("a comment cannot be read: %s", error)
            return None

    async def note(self, key: str, *writes: Write, expect: Collection[str] | None = None, **fields: object) -> bool:
        """Change a comment as `change` does, if there is a key; True also where the store fails."""
        try:
            return not key or await self.change(key, *writes, expect=expect, **fields)
        except StoreError as error:
            log.warning("a comment's state cannot be stored: %s", error)
            return True

    def _show(self, comment: StoredComment) -> None:
        self._keep(comment)
        self._changes.put(row_of(comment))

    def _keep(self, comment: StoredComment) -> None:
        self._comments[comment.key] = comment
        while len(self._comments) > KEPT:
            self._comments.popitem(last=False)


def row_of(comment: StoredComment) -> Row:
    """Return a comment as the console lists it."""
    return Row(
        seq=comment.seq,
        id=comment.key,
        at=comment.at,
        platform=comment.platform,
        user=comment.user,
        name=comment.name,
        text=comment.text,
        language=comment.language,
        state=cast("RowState", comment.state),
        asked=comment.asked,
        worth=round(comment.worth, 2),
        pinned=comment.pinned,
        note=comment.reason,
        by=comment.by,
        planned=_planned(comment.answer) if comment.answer else None,
    )


def _planned(answer: Any) -> Planned:  # noqa: ANN401 - JSON as `case.answer_body` made it
    shown = answer["shown"]
    return Planned(**{**shown, "facts": tuple((fact[0], fact[1], fact[2]) for fact in shown.get("facts", ()))})


def _stored(taken: Taken) -> StoredComment:
    comment = taken.comment
    return StoredComment(
        key=comment.key,
        source=comment.source,
        platform=comment.platform,
        user=comment.user,
        name=comment.name,
        text=comment.text,
        at=comment.at,
        raw=taken.raw,
        language=comment.language,
        verdict=taken.verdict,
        reason=taken.reason,
        worth=taken.worth,
        state=_STATES[taken.verdict],
    )
