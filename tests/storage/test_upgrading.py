import subprocess
import sys

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
