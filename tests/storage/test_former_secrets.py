"""Secrets that were replaced and still work for a while."""

import sqlite3
from contextlib import closing
from pathlib import Path

from flagstaff.storage.database import Database
from flagstaff.storage.former_secrets import find_owner, forget_former, keep_former
from flagstaff.storage.schema import MIGRATIONS
from flagstaff.storage.upgrading import upgrade_file


def count(database: Database) -> int:
    ((found,),) = database.read_now(lambda tx: tx.all("SELECT count(*) FROM former_secrets"))
    return int(found)


def test_a_former_secret_works_until_it_ends_or_its_owner_is_gone(database: Database) -> None:
    now = database.clock()
    add = "INSERT INTO relay_configurations (id, version, body, digest) VALUES ('relay', 1, '{}', :digest)"
    database.write_now(lambda tx: tx.run(add, digest=b"old"))
    for expires in (0, now, now + 60_000):
        database.write_now(lambda tx, at=expires: keep_former(tx, "relay_configurations", "relay", at))

    assert database.read_now(lambda tx: find_owner(tx, b"old")) == ("relay", now + 60_000)
    assert database.read_now(lambda tx: find_owner(tx, b"other")) is None
    database.write_now(lambda tx: forget_former(tx, "relay"))
    assert database.read_now(lambda tx: find_owner(tx, b"old")) is None
    assert count(database) == 0


def test_keys_of_relays_from_before_still_work(tmp_path: Path) -> None:
    path = tmp_path / "before.db"
    upgrade_file(path, MIGRATIONS, "0023")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO relay_configurations (id, version, body) VALUES ('r', 1, '{}')")
        connection.execute("INSERT INTO relay_keys VALUES (x'01', 'r', 0), (x'02', 'r', 99)")
        connection.execute("INSERT INTO former_secrets VALUES (x'03', 't', 98)")
        connection.commit()
    upgrade_file(path, MIGRATIONS)
    with closing(sqlite3.connect(path)) as connection:
        current = connection.execute("SELECT id, digest FROM relay_configurations")
        assert current.fetchall() == [("r", b"\x01")]
        former = connection.execute("SELECT owner_id, digest, expires FROM former_secrets ORDER BY expires")
        assert former.fetchall() == [("t", b"\x03", 98), ("r", b"\x02", 99)]
