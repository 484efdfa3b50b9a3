"""How writes become rows: all that wait are applied in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, CursorResult, func, insert, select, update

from livestream.store.records import (
    AddAct,
    AddTicket,
    CloseTicket,
    Committed,
    JsonObject,
    PutComments,
    PutState,
    ReopenTicket,
    StoredComment,
    UndoAct,
    UpdateComment,
    Write,
)
from livestream.store.schema import acts, comments, state, tickets

MOST_NAMED = 500
"""Keys asked for in one statement: databases bound the number of parameters."""
HIGH_WATER = "store.seq"
"""The state that keeps the last change number where the row that bore it was purged."""
_CHANGES = ("state", "reason", "by", "language", "worth", "asked", "pinned", "evidence")


class Ledger:
    """One channel's rows. It knows the last change number; a transaction that fails gives its numbers back."""

    def __init__(self, connection: Connection, channel: str) -> None:
        self._channel = channel
        newest = connection.execute(select(func.max(comments.c.seq)).where(comments.c.channel == channel)).scalar()
        kept = connection.execute(
            select(state.c.value).where(state.c.channel == channel, state.c.key == HIGH_WATER)
        ).scalar()
        self.seq: int = max(newest or 0, kept or 0)

    def apply(self, connection: Connection, groups: Sequence[Sequence[Write]], now: float) -> list[Committed]:
        """Apply the writes of several callers, new comments first, and return what each came to."""
        results = [Committed() for _ in groups]
        self._put(
            connection,
            [
                (comment, result)
                for writes, result in zip(groups, results, strict=True)
                for write in writes
                if isinstance(write, PutComments)
                for comment in write.comments
            ],
            now,
        )
        for writes, result in zip(groups, results, strict=True):
            for write in writes:
                if not isinstance(write, PutComments):
                    self._apply(connection, write, result, now)
        return results

    def keep_high_water(self, connection: Connection) -> None:
        """Write the last change number down, before rows that may bear it go."""
        self._put_state(connection, PutState(HIGH_WATER, self.seq))

    def _put(self, connection: Connection, arrived: list[tuple[StoredComment, Committed]], now: float) -> None:
        if not arrived:
            return
        known = self._known(connection, [storable(comment.key) for comment, _ in arrived])
        rows = []
        for comment, result in arrived:
            key = storable(comment.key)
            if key in known:
                result.known.add(comment.key)
                continue
            known.add(key)
            self.seq += 1
            result.seqs[comment.key] = self.seq
            rows.append(self._row(comment, key, now))
        if rows:
            connection.execute(insert(comments), rows)

    def _known(self, connection: Connection, keys: list[str]) -> set[str]:
        known: set[str] = set()
        for some in _portions(keys):
            found = select(comments.c.key).where(comments.c.channel == self._channel, comments.c.key.in_(some))
            known.update(connection.execute(found).scalars())
        return known

    def _row(self, comment: StoredComment, key: str, now: float) -> dict[str, Any]:
        return {
            "channel": self._channel,
            "key": key,
            "seq": self.seq,
            "stored": now,
            "source": storable(comment.source),
            "platform": storable(comment.platform),
            "user": storable(comment.user),
            "name": storable(comment.name),
            "text": storable(comment.text),
            "raw": comment.raw.encode("utf-8", "surrogatepass"),
            "at": comment.at,
            "language": storable(comment.language),
            "verdict": comment.verdict,
            "reason": storable(comment.reason),
            "worth": comment.worth,
            "state": comment.state,
            "asked": comment.asked,
            "pinned": comment.pinned,
            "answer": comment.answer,
            "by": storable(comment.by),
            "evidence": comment.evidence,
        }

    def _apply(self, connection: Connection, write: Write, result: Committed, now: float) -> None:
        match write:
            case UpdateComment():
                self._update(connection, write, result)
            case AddAct():
                result.acts.append(self._add_act(connection, write, now))
            case UndoAct():
                connection.execute(update(acts).where(acts.c.n == write.n).values(undone=True))
            case AddTicket():
                row = {
                    "channel": self._channel,
                    "at": now,
                    "kind": write.kind,
                    "comment": storable(write.comment),
                    "note": storable(write.note),
                    "closed_by": "",
                }
                result.tickets.append(_number(connection.execute(insert(tickets).values(row))))
            case CloseTicket():
                self._close_ticket(connection, write, result)
            case ReopenTicket():
                connection.execute(update(tickets).where(self._ticket(write.n)).values(closed_by=""))
            case PutState():
                self._put_state(connection, write)
            case PutComments():  # stored before the others
                pass

    def _update(self, connection: Connection, write: UpdateComment, result: Committed) -> None:
        changes: dict[str, Any] = {
            name: storable(value) if isinstance(value, str) else value
            for name in _CHANGES
            if (value := getattr(write, name)) is not None
        }
        if write.answer is not None:
            changes["answer"] = write.answer or None
        changes["seq"] = self.seq + 1
        named = (comments.c.channel == self._channel) & (comments.c.key == storable(write.key))
        if connection.execute(update(comments).where(named).values(changes)).rowcount:
            self.seq += 1
            result.seqs[write.key] = self.seq

    def _ticket(self, n: int) -> ColumnElement[bool]:
        return (tickets.c.channel == self._channel) & (tickets.c.n == n)

    def _close_ticket(self, connection: Connection, write: CloseTicket, result: Committed) -> None:
        closing = update(tickets).where(self._ticket(write.n), tickets.c.closed_by == "")
        if connection.execute(closing.values(closed_by=storable(write.by))).rowcount:
            result.closed.add(write.n)

    def _add_act(self, connection: Connection, write: AddAct, now: float) -> int:
        row = {
            "channel": self._channel,
            "at": now,
            "account": write.account,
            "person": storable(write.person),
            "name": write.name,
            "target": storable(write.target),
            "value": storable(write.value),
            "note": storable(write.note),
            "before": write.before,
            "undone": False,
        }
        return _number(connection.execute(insert(acts).values(row)))

    def _put_state(self, connection: Connection, write: PutState) -> None:
        named = (state.c.channel == self._channel) & (state.c.key == write.key)
        if not connection.execute(update(state).where(named).values(value=write.value)).rowcount:
            row = {"channel": self._channel, "key": write.key, "value": write.value}
            connection.execute(insert(state).values(row))


def storable(text: str) -> str:
    """Return a text that every database takes: without NUL and lone surrogates, which stand for nothing."""
    if text.isascii():
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in text else text
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def read_comment(row: Any) -> StoredComment:  # noqa: ANN401 - a row of SQLAlchemy's
    """Return a row of `LISTED` columns as plain data."""
    answer: JsonObject | None = row.answer
    return StoredComment(
        key=row.key,
        source=row.source,
        platform=row.platform,
        user=row.user,
        name=row.name,
        text=row.text,
        at=row.at,
        language=row.language,
        verdict=row.verdict,
        reason=row.reason,
        worth=row.worth,
        state=row.state,
        asked=row.asked,
        pinned=row.pinned,
        answer=answer,
        by=row.by,
        evidence=row.evidence,
        seq=row.seq,
    )


LISTED = tuple(column for column in comments.columns if column.name not in ("id", "channel", "stored", "raw"))
"""What a list of comments shows: all but the raw text."""


def _number(result: CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    assert key is not None, "every insert of one row has a key"  # noqa: S101
    number: int = key[0]
    return number


def _portions(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), MOST_NAMED):
        yield keys[start : start + MOST_NAMED]
