import contextvars
from dataclasses import replace

import msgspec
import pytest

from flagstaff.kernel.errors import Conflict, Unavailable
from flagstaff.storage.audit import verify
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.groups import Group, GroupLost, lost, run_alone
from flagstaff.storage.sqlite import open_writer
from flagstaff.storage.transaction import Item
from tests.storage.conftest import SEAL_KEY, THINGS, Thing
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


REMEMBERED = replace(THINGS, remembered=8)


def find(tx):
    return REMEMBERED.find(tx, "id = :id", id="a")


def renaming(name):
    def unit(tx):
        before = find(tx)
        apply_write(tx, Write(REMEMBERED, before, Thing("a", name, before.version + 1)))
        return find(tx).name

    return unit


def test_what_a_unit_remembers_ends_with_a_change_by_any_unit(group):
    group.begin()
    run(group, making("a"))
    assert run(group, find).result is run(group, find).result
    assert run(group, renaming("b")).result == "b"
    assert run(group, find).result.name == "b"
    group.commit()


@pytest.mark.parametrize("end", [Conflict("taken"), "a dry run"])
def test_what_a_unit_saw_of_its_own_changes_is_forgotten_with_them(group, end):
    def undone(tx):
        renaming("b")(tx)
        tx.discard()
        if isinstance(end, Conflict):
            raise end

    group.begin()
    run(group, making("a"))
    run(group, undone)
    assert run(group, find).result.name == "a"
    group.commit()


def test_what_a_lost_group_saw_is_forgotten(group):
    run_alone(group, making("a"))
    group.begin()
    run(group, renaming("b"))
    group.abandon()
    assert run_alone(group, find).result.name == "a"


def test_a_change_by_another_process_is_seen_by_the_next_group(group, database):
    run_alone(group, making("a"))
    assert run_alone(group, find).result.name == "a"
    database.write_now(renaming("b"))
    assert run_alone(group, find).result.name == "b"


def test_the_chain_of_seals_holds_across_groups_failures_and_processes(group, database):
    group = msgspec.structs.replace(group, ids=counting_ids(1_000))

    def check(tx):
        return verify(tx), len(THINGS.list(tx, "true"))

    for number in range(3):
        group.begin()
        outcomes = [run(group, unit) for unit in (making(f"{number}a"), failing, making(f"{number}b"))]
        group.commit()
        assert [outcome.error is None for outcome in outcomes] == [True, False, True]
        database.write_now(making(f"{number}c"))
        assert database.read_now(check) == (None, 3 * number + 3)
