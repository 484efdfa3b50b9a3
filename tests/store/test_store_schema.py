"""Migrations make what the code expects, on both kinds of database."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from livestream.store.database import HEAD, MIGRATIONS, REVISIONS, connect, migrate
from livestream.store.schema import metadata


def test_the_migrations_make_the_tables_of_the_schema(tmp_path):
    engine = connect(tmp_path / "new.sqlite")
    with engine.connect() as connection:
        options = {"compare_type": True, "target_metadata": metadata}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    migrate(engine)
    engine.dispose()


def test_the_newest_migration_is_the_one_the_code_names():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == HEAD
    assert sorted(script.revision for script in scripts.walk_revisions()) == sorted(REVISIONS)


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path, monkeypatch):
    connect(tmp_path / "a.sqlite").dispose()
    monkeypatch.setattr("alembic.command.upgrade", pytest.fail)
    connect(tmp_path / "a.sqlite").dispose()


def test_a_migration_that_breaks_off_leaves_nothing(tmp_path, monkeypatch):
    def broken(config, revision):
        config.attributes["connection"].exec_driver_sql("CREATE TABLE half (a INTEGER)")
        raise RuntimeError("killed")

    monkeypatch.setattr("alembic.command.upgrade", broken)
    with pytest.raises(RuntimeError):
        connect(tmp_path / "a.sqlite")
    monkeypatch.undo()
    engine = connect(tmp_path / "a.sqlite")
    with engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    engine.dispose()
    assert "half" not in tables
    assert "comments" in tables


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_no_table_is_for_one_kind_of_database(table):
    for dialect in (postgresql.dialect(), create_engine("sqlite://").dialect):
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))


def test_the_migrations_are_in_the_package():
    assert Path(MIGRATIONS, "env.py").is_file()
    assert list(Path(MIGRATIONS, "versions").glob("v0*.py"))
