"""The tables, for SQLite and Postgres alike. A change here goes with a migration in `migrations/versions/`.

Times are Unix seconds. Texts are unbounded here: what comes from outside is bounded where it comes in.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer, "sqlite")
"""A row's number: SQLite counts up only what it calls an integer."""

comments = Table(
    "comments",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),  # the number of its last change, counted up over the channel
    Column("stored", Double, nullable=False),
    Column("source", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),  # bytes: a viewer may send what no database takes as text
    Column("at", Double, nullable=False),
    Column("language", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("worth", Double, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("answer", JSON(none_as_null=True)),
    Column("by", Text, nullable=False),
    Column("evidence", Boolean, nullable=False),
    UniqueConstraint("channel", "key"),
    Index(None, "channel", "seq"),
    Index(None, "channel", "stored"),
    Index(None, "channel", "platform", "user"),
    sqlite_autoincrement=True,
)

acts = Table(
    "acts",
    metadata,
    Column("n", Number, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("account", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("undone", Boolean, nullable=False),
    Index(None, "channel", "n"),
    sqlite_autoincrement=True,
)

tickets = Table(
    "tickets",
    metadata,
    Column("n", Number, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("kind", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("closed_by", Text, nullable=False),  # empty while it is open
    Index(None, "channel", "comment"),
    sqlite_autoincrement=True,
)

state = Table(
    "state",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),  # the name as sign-in compares it
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # an argon2 hash; empty where there is none
    Column("created", Double, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of the id: a copy of the database signs nobody in
    Column("account", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("how", Text, nullable=False),  # "link" or "password"
    Column("created", Double, nullable=False),
    Column("seen", Double, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires", Double, nullable=False),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("n", Number, primary_key=True),
    Column("at", Double, nullable=False),
    Column("account", Text, nullable=False),  # empty for a name nobody has: it may be a mistyped password
    Column("what", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
