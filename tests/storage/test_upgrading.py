import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from alembic.script import ScriptDirectory

from flagstaff.storage.schema import EVENT_MIGRATIONS, MIGRATIONS, known_revisions, newest_revision
from flagstaff.storage.upgrading import configure, upgrade_file

BOTH = pytest.mark.parametrize("migrations", [MIGRATIONS, EVENT_MIGRATIONS])


@BOTH
def test_the_names_of_the_files_tell_the_revisions_that_alembic_finds(migrations):
    scripts = ScriptDirectory.from_config(configure(migrations))
    assert {script.revision for script in scripts.walk_revisions()} == known_revisions(migrations)
    assert scripts.get_current_head() == newest_revision(migrations)


@BOTH
def test_an_upgrade_may_be_run_again(tmp_path, migrations):
    path = tmp_path / "new.db"
    upgrade_file(path, migrations)
    before = path.read_bytes()
    upgrade_file(path, migrations)
    assert path.read_bytes() == before


def test_a_start_with_nothing_to_upgrade_does_without_alembic():
    program = "import sys, flagstaff.cli; sys.exit('alembic' in sys.modules or 'sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_single_events_of_an_older_store_are_packed_and_read_as_they_were(tmp_path):
    path = tmp_path / "events.db"
    upgrade_file(path, EVENT_MIGRATIONS, "0003")
    said = (None, 7, 0, 2.5, 1, '{"user":"a"}', '{"data":"\\""}')
    positions = (*range(5, 700), 20_000, 45_000)
    rows = [(position, 1 + position % 3, 1_000 - position, *said) for position in positions]
    rows.append((45_001, 1, 9, 0, None, 1, float("inf"), 4, "{}", "[" * 900 + "]" * 900))
    with closing(sqlite3.connect(path)) as connection:
        connection.executemany("INSERT INTO raw_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    upgrade_file(path, EVENT_MIGRATIONS)
    with closing(sqlite3.connect(path)) as connection:
        sums = "SELECT count(*), sum(count), max(count) <= 256, max(position) FROM event_packs"
        assert connection.execute(sums).fetchone() == (11, len(rows), 1, 45_001)
        columns = "key_id, at, variation, version, in_experiment, value, weight, contexts, data"
        packed = connection.execute(f"SELECT {columns} FROM raw_events ORDER BY position, number").fetchall()
    rows[-1] = (*rows[-1][:6], None, *rows[-1][7:])
    assert sorted(packed, key=str) == sorted((row[1:] for row in rows), key=str)
