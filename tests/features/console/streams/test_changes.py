import pytest

from flagstaff.features.console.streams.changes import MOST_MISSED, find_start
from tests.support.flag_calls import make
from tests.support.server import TestServer


@pytest.mark.parametrize(("behind", "is_lost"), [(0, False), (1, False), (2, False), (3, True), (-1, True)])
def test_a_stream_begins_where_it_was_left_while_all_since_is_there(
    server: TestServer, behind: int, is_lost: bool
) -> None:
    for key in "abcd":
        make(server, key)
    newest = server.rows("SELECT max(position) FROM outbox")[0][0]
    server.write(lambda tx: tx.run("DELETE FROM outbox WHERE position < :oldest", oldest=newest - 1))

    start = server.read(lambda tx: find_start(tx, newest - behind))

    assert start == (newest if is_lost else newest - behind, is_lost)


def test_who_missed_very_much_reads_all_anew(server: TestServer) -> None:
    make(server)

    def pretend(tx: object) -> None:
        tx.run("UPDATE sqlite_sequence SET seq = :seq WHERE name = 'outbox'", seq=MOST_MISSED + 10)

    server.write(pretend)
    assert server.read(lambda tx: find_start(tx, 5)) == (MOST_MISSED + 10, True)
    assert server.read(lambda tx: find_start(tx, None)) == (MOST_MISSED + 10, False)


def test_an_empty_outbox_has_lost_everything_but_its_end(server: TestServer) -> None:
    make(server)
    newest = server.rows("SELECT max(position) FROM outbox")[0][0]
    server.write(lambda tx: tx.run("DELETE FROM outbox"))
    assert server.read(lambda tx: find_start(tx, newest)) == (newest, False)
    assert server.read(lambda tx: find_start(tx, newest - 1)) == (newest, True)
