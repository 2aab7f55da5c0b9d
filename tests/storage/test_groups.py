import contextvars

import pytest

from flagstaff.kernel.errors import Conflict, Unavailable
from flagstaff.storage.groups import Group, GroupLost, lost, run_alone
from flagstaff.storage.sqlite import open_writer
from flagstaff.storage.transaction import Item
from tests.storage.conftest import SEAL_KEY, THINGS
from tests.storage.test_database import making, names
from tests.support.ids import counting_ids


@pytest.fixture
def group(scratch):
    connection = open_writer(scratch)
    yield Group(connection, lambda: 1, counting_ids(), SEAL_KEY)
    connection.close()


def run(group, unit):
    return group.run(unit, contextvars.copy_context())


def failing(tx):
    making("half")(tx)
    raise Conflict("taken")


def publishing(tx):
    tx.items.append(Item("e1", "flags", "f", {"key": "f"}))


def test_units_of_a_group_are_kept_together_and_apart_from_those_that_failed(group, database):
    group.begin()
    outcomes = [run(group, unit) for unit in (making("a"), failing, making("b"))]
    assert [outcome.result for outcome in outcomes] == ["a", None, "b"]
    assert isinstance(outcomes[1].error, Conflict)
    assert database.read_now(names) == []
    group.commit()
    assert database.read_now(names) == ["a", "b"]


def test_each_unit_has_its_own_effects_under_its_own_version(group):
    group.begin()
    versions = [run(group, publishing).effects[0].data_version for _ in range(3)]
    group.commit()
    assert versions == [1, 2, 3]


def test_a_unit_that_failed_has_no_effects(group):
    def unit(tx):
        publishing(tx)
        raise Conflict("taken")

    group.begin()
    assert run(group, unit).effects == []
    assert run(group, publishing).effects[0].data_version == 1
    group.commit()


def test_a_transaction_that_a_unit_ends_is_a_lost_group(group, database):
    def ending(tx):
        tx.connection.execute("ROLLBACK")
        raise Conflict("taken")

    group.begin()
    run(group, making("a"))
    with pytest.raises(GroupLost):
        run(group, ending)
    group.abandon()
    assert database.read_now(names) == []


def test_a_lost_group_is_answered_with_503_and_when_to_try_again():
    answer = lost(GroupLost())
    assert isinstance(answer, Unavailable)
    assert answer.retry_after


def test_a_command_runs_its_unit_alone_and_gets_its_error(group, database):
    assert run_alone(group, making("a")).result == "a"
    with pytest.raises(Conflict):
        run_alone(group, failing)
    assert database.read_now(names) == ["a"]
    assert database.read_now(lambda tx: len(THINGS.list(tx, "true"))) == 1
