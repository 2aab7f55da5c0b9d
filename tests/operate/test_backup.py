"""Backups that are made while everybody writes."""

from contextlib import closing
from pathlib import Path

from flagstaff.app import open_database
from flagstaff.config import load_config
from flagstaff.storage import audit
from flagstaff.storage.backup import make_backup, restore_backup
from tests.operate.servers import Caller, Forked
from tests.operate.writers import Writer, Writers

BACKUPS = 5


def test_each_is_one_moment_with_all_that_was_answered_before_it(tmp_path: Path) -> None:
    server = Forked(tmp_path).start()
    writers = Writers([Writer(name) for name in ("flag-a", "flag-b", "env-a", "env-b")])
    with closing(Caller(server.port)) as caller:
        for writer in writers.writers:
            writer.make(caller)
    writers.start(server.port)
    for number in range(BACKUPS):
        writers.wait_for(20 * (number + 1))
        before = set(writers.comments)

        make_backup(server.config.files, tmp_path / f"backup-{number}", 0)

        place = tmp_path / f"restored-{number}"
        config = load_config(server.environ | {"FLAGSTAFF_DATABASE_URL": f"sqlite:///{place}/flagstaff.db"})
        about = restore_backup(tmp_path / f"backup-{number}", config.files, 0)
        with closing(open_database(config)) as database:
            kept = database.read_now(lambda tx: tx.all("SELECT comment FROM audit_log"))
            assert before <= {comment for (comment,) in kept}
            assert database.read_now(audit.verify) is None
            assert database.read_now(audit.head).hex() == about.audit_head
    server.stop()
    writers.join()
