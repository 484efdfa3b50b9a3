"""The connection to the database, its migrations, and its errors in our own words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from livestream.errors import StoreError
from livestream.store.schema import metadata

HEAD = "0001"
"""The newest migration, at which a new database is: Alembic, whose import takes a while, is for older ones."""
REVISIONS = ("0001",)
BUSY_MILLISECONDS = 2_000
"""How long SQLite itself waits for another process's write."""
MIGRATIONS = Path(__file__).with_name("migrations")
_versions = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
_BUSY = ("locked", "busy")
_FULL = ("disk is full", "disk full", "no space", "disk i/o", "readonly database", "unable to open")


def connect(target: Path | str) -> Engine:
    """Open a database and bring its tables up to date. A path, or a text without `://`, is an SQLite file.

    Raises:
        StoreError: it cannot be opened, is no database, or is newer than this version.
    """
    try:
        if isinstance(target, Path) or "://" not in target:
            engine = _sqlite(Path(target))
        else:
            engine = create_engine(make_url(target), pool_pre_ping=True, hide_parameters=True)
    except ImportError as error:
        raise StoreError("the driver of this database is not installed", remedy=f"pip install {error.name}.") from error
    except ArgumentError as error:  # its own text repeats the address, which may bear a password
        raise StoreError("this is no database address", remedy="Write a file, or postgresql+psycopg://…") from error
    except OSError as error:
        raise StoreError(
            f"the database cannot be made: {error.strerror}",
            where=str(target),
            remedy="Set XDG_STATE_HOME to a folder that you may write to.",
        ) from error
    try:
        migrate(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        raise translated(error, engine) from error
    except StoreError:
        engine.dispose()
        raise
    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest form, all in one transaction; a new database has it from the start.

    Raises:
        StoreError: the database was written by a newer version.
    """
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        found = _revision(connection)  # again: another process may have been quicker
        if found is None:
            metadata.create_all(connection)
            _versions.create(connection)
            connection.execute(insert(_versions).values(version_num=HEAD))
        elif found not in REVISIONS:
            raise StoreError(
                "the database was written by a newer version of livestream",
                where=where(engine),
                remedy="Update livestream, or start with another database.",
            )
        elif found != HEAD:
            upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Run the migrations that a database lacks, in the transaction of this connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def translated(error: SQLAlchemyError, engine: Engine) -> StoreError:
    """Return a database error in our own words, without the statement and its values."""
    told = str(error.orig) if isinstance(error, DBAPIError) else type(error).__name__
    place = where(engine)
    if is_busy(error):
        return StoreError("another program holds the database", where=place, remedy="Try again.", retryable=True)
    if any(word in told.lower() for word in _FULL):
        remedy = "Free some disk, and see that the folder may be written to; nothing stored is lost."
        return StoreError(f"the database cannot be written: {told}", where=place, remedy=remedy, retryable=True)
    if "not a database" in told or "malformed" in told:
        remedy = "Move it away; a new one is made at the next start."
        return StoreError("the file is no database, or is damaged", where=place, remedy=remedy)
    retryable = isinstance(error, OperationalError)
    return StoreError(f"the database refused: {told.splitlines()[0]}", where=place, retryable=retryable)


def is_busy(error: SQLAlchemyError) -> bool:
    """Whether the same write may succeed a moment later: a lock, or a connection that was lost."""
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or any(word in str(error.orig).lower() for word in _BUSY)


def where(engine: Engine) -> str:
    """Return the database's name as errors show it, without a password."""
    return engine.url.database or "" if engine.dialect.name == "sqlite" else engine.url.render_as_string()


def _sqlite(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its side files the same mode
    engine = create_engine(f"sqlite+pysqlite:///{path}", hide_parameters=True)  # errors repeat no viewer's words

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:  # noqa: ANN401 - sqlite3's, through SQLAlchemy
        connection.isolation_level = None  # SQLAlchemy says BEGIN, below
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is purged is overwritten, not only forgotten
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_versions.name):
        return None
    return connection.execute(select(_versions.c.version_num)).scalar()
