import pytest

from flagstaff.kernel.errors import Unavailable
from flagstaff.storage import transaction
from flagstaff.storage.transaction import MANY


def walk(tx):
    for _ in range(MANY * 3):
        tx.pace()
    return tx.paced


def test_statements_take_named_parameters(database):
    rows = database.read_now(lambda tx: tx.all("SELECT :a, :b", a=1, b="two"))
    assert rows == [(1, "two")]
    assert database.read_now(lambda tx: tx.one("SELECT 1 WHERE :no", no=0)) is None
    assert database.write_now(lambda tx: tx.run("DELETE FROM accounts WHERE id = :id", id="none")) == 0


def test_a_long_unit_runs_to_its_end_and_lets_the_next_one_in(database):
    for _ in range(5):  # more than may run at once: each gives its place back
        assert database.read_now(walk) == MANY * 3


def test_a_unit_that_takes_too_long_is_stopped(database, monkeypatch):
    monkeypatch.setattr(transaction, "LIMIT", -1.0)
    monkeypatch.setattr(transaction, "SLICE", 0.0)
    with pytest.raises(Unavailable, match="too long"):
        database.read_now(walk)


@pytest.mark.parametrize("under_way", [2, 4])
def test_a_third_long_unit_waits_for_its_turn_in_vain_and_a_fifth_does_not_wait(
    database, monkeypatch, under_way
):
    monkeypatch.setattr(transaction, "WAIT", 0.01)
    others = [database.read_now(lambda tx: tx) for _ in range(2)]
    for other in others:
        walk(other)
    for _ in range(under_way - 2):
        transaction._waiting.acquire()
    with pytest.raises(Unavailable, match="Too many long requests"):
        database.read_now(walk)
    for _ in range(under_way - 2):
        transaction._waiting.release()
    for other in others:
        other.leave()
    assert database.read_now(walk) == MANY * 3
