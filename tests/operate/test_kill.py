"""Twenty times a server is killed in the middle of what it does."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from flagstaff.app import open_database
from flagstaff.config import Config
from flagstaff.storage import audit
from tests.operate.servers import Caller, Forked
from tests.operate.writers import Reader, Writer, Writers

ROUNDS = 20
NAMES = ["flag-a", "flag-b", "flag-c", "flag-d", "env-a", "env-b", "env-c", "env-d"]


def read_comments(config: Config) -> list[str]:
    with closing(sqlite3.connect(config.database)) as connection:
        return [text for (text,) in connection.execute("SELECT comment FROM audit_log WHERE comment <> ''")]


def read_versions(config: Config) -> dict[str, int]:
    with closing(sqlite3.connect(config.database)) as connection:
        return dict(connection.execute("SELECT environment_id, data_version FROM sdk_environments"))


def check_state(server: Forked, writers: Writers, seen: dict[str, int], streamed: tuple[str, int]) -> None:
    """Whatever was answered or published is there, in order, once, and sealed."""
    with closing(Caller(server.port)) as caller:
        for writer in writers.writers:
            held = writer.read(caller)
            assert writer.known <= held <= writer.sent, writer
            writer.sent = writer.known = held
    comments = read_comments(server.config)
    assert len(set(comments)) == len(comments)
    assert set(writers.comments) <= set(comments)
    versions = read_versions(server.config)
    assert all(versions[environment] >= version for environment, version in seen.items())
    assert versions[streamed[0]] >= streamed[1]
    with closing(open_database(server.config)) as database:
        assert database.read_now(audit.verify) is None


def test_nothing_that_was_answered_or_published_is_ever_lost(tmp_path: Path) -> None:
    server, chance = Forked(tmp_path).start(), random.Random(7)
    writers = Writers([Writer(name) for name in NAMES])
    with closing(Caller(server.port)) as caller:
        for writer in writers.writers:
            writer.make(caller)
        production = caller.must("GET", "/api/v2/projects/default/environments/production")

    for _ in range(ROUNDS):
        seen = read_versions(server.config)
        reader = Reader(server.port, production["apiKey"])
        writers.start(server.port)
        writers.wait_for(chance.randint(1, 120))
        server.kill()
        writers.join()
        reader.join()
        server.start()
        check_state(server, writers, seen, (production["_id"], reader.version))

    assert writers.statuses == set()
    assert len(writers.comments) > ROUNDS * 10
    server.stop()
