import sqlite3
from contextlib import closing

import pytest

from flagstaff.storage.schema import NewerSchema, newest_revision, read_revision, upgrade_schema
from flagstaff.storage.sqlite import DatabaseError


def test_a_new_file_gets_the_newest_schema_and_is_private(tmp_path):
    path = tmp_path / "new.db"
    assert read_revision(path) is None
    assert upgrade_schema(path) is None
    assert read_revision(path) == newest_revision()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_current_file_is_left_alone(scratch):
    before = scratch.read_bytes()
    assert upgrade_schema(scratch) is None
    assert scratch.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused(scratch):
    with closing(sqlite3.connect(scratch)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(NewerSchema, match="9999"):
        upgrade_schema(scratch)


def test_a_database_file_is_copied_aside_before_it_is_upgraded(tmp_path):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("CREATE TABLE keepsake (word TEXT)")
        connection.execute("INSERT INTO keepsake VALUES ('kept')")
        connection.commit()
    # The file has the table but no revision: Alembic upgrades it from the start.
    upgrade_schema(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT word FROM keepsake").fetchone() == ("kept",)


def test_a_file_that_is_no_database_is_an_error_of_the_database(tmp_path):
    path = tmp_path / "text.db"
    path.write_text("This is a text, and long enough to be looked at as a database." * 20)
    with pytest.raises(DatabaseError, match="not a database"):
        upgrade_schema(path)


def test_what_stops_an_upgrade_is_an_error_of_the_database(tmp_path):
    path = tmp_path / "taken.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE flags (word TEXT)")
    with pytest.raises(DatabaseError, match="already exists"):
        upgrade_schema(path)
