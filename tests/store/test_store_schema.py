"""Migrations make what the code expects, on both kinds of database."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from livestream.store.database import HEAD, MIGRATIONS, REVISIONS, connect, migrate, upgrade
from livestream.store.schema import metadata


def test_the_migrations_make_the_tables_of_the_schema(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/migrated.sqlite")
    with engine.begin() as connection:
        upgrade(connection)
    migrated = tables_of(engine)
    migrate(engine)
    engine.dispose()
    new = connect(tmp_path / "new.sqlite")
    assert tables_of(new) == migrated
    with new.connect() as connection:
        options = {"compare_type": True, "target_metadata": metadata}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    new.dispose()


def tables_of(engine):
    """Every table and index, as it would be written."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").all()
        versions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    written = {name: " ".join(sql.replace("\t", " ").replace("( ", "(").split()) for name, sql in rows}
    written.pop("alembic_version")
    return written, versions


def test_the_newest_migration_is_the_one_the_code_names():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == HEAD
    assert sorted(script.revision for script in scripts.walk_revisions()) == sorted(REVISIONS)


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path, monkeypatch):
    monkeypatch.setattr("alembic.command.upgrade", pytest.fail)
    for _ in range(2):
        connect(tmp_path / "a.sqlite").dispose()


def test_a_migration_that_breaks_off_leaves_nothing(tmp_path, monkeypatch):
    def broken(config, revision):
        config.attributes["connection"].exec_driver_sql("CREATE TABLE half (a INTEGER)")
        raise RuntimeError("killed")

    connect(tmp_path / "a.sqlite").dispose()
    with monkeypatch.context() as patch:
        patch.setattr("alembic.command.upgrade", broken)
        patch.setattr("livestream.store.database.HEAD", "0002")
        with pytest.raises(RuntimeError):
            connect(tmp_path / "a.sqlite")
    engine = connect(tmp_path / "a.sqlite")
    assert "half" not in tables_of(engine)[0]
    engine.dispose()


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_no_table_is_for_one_kind_of_database(table):
    for dialect in (postgresql.dialect(), create_engine("sqlite://").dialect):
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))


def test_the_migrations_are_in_the_package():
    assert Path(MIGRATIONS, "env.py").is_file()
    assert list(Path(MIGRATIONS, "versions").glob("v0*.py"))


def test_who_only_claims_a_file_loads_no_database():
    told = "import sys; from livestream.store import claim; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
