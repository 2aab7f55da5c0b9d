"""Selections of payload filters: shared, renewed after changes, and looked up before they are refused."""

import asyncio

import pytest

from flagstaff.delivery.background import Background
from flagstaff.delivery.filters import Filters
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.kernel.errors import NotFound
from tests.delivery.builders import a_change, a_snapshot
from tests.delivery.filtered import delete_filter, put_filter
from tests.delivery.serving import Environment

FIRST = a_change(1, a={}, b={}, c={})


def make_filters(environment: Environment) -> Filters:
    return Filters(environment.server.database, Background())


def of(environment: Environment, *changes) -> Snapshot:
    snapshot = a_snapshot(*changes)
    return Snapshot(environment.id, snapshot.data_version, snapshot.flags, snapshot.segments)


def test_without_a_filter_it_is_the_snapshot_itself(environment: Environment) -> None:
    filters, whole = make_filters(environment), of(environment, FIRST)
    assert filters.find(whole, "") is whole


def test_a_selection_is_made_once_for_all_who_want_it(environment: Environment) -> None:
    put_filter(environment, "a")
    filters, whole = make_filters(environment), of(environment, FIRST)

    async def ask() -> list[Snapshot]:
        return await asyncio.gather(*(filters.get(whole, "web") for _ in range(20)))

    parts = environment.server.run(ask())
    assert filters.find(whole, "web") is parts[0]
    assert {id(part) for part in parts} == {id(parts[0])}
    assert list(parts[0].flags) == ["a"]


def test_a_selection_stays_while_its_objects_do(environment: Environment) -> None:
    put_filter(environment, "a")
    filters, whole = make_filters(environment), of(environment, FIRST)
    part = environment.server.run(filters.get(whole, "web"))
    later = whole.advance(2, a_change(2, b={"on": True}).items)
    assert filters.find(later, "web") is None
    assert environment.server.run(filters.get(later, "web")) is part
    last = later.advance(3, a_change(3, a={"on": True}).items)
    assert environment.server.run(filters.get(last, "web")).data_version == 3


def test_an_unknown_filter_is_not_found_and_may_come_later(environment: Environment) -> None:
    filters, whole = make_filters(environment), of(environment, FIRST)
    with pytest.raises(NotFound):
        environment.server.run(filters.get(whole, "web"))
    put_filter(environment, "b")
    assert list(environment.server.run(filters.get(whole, "web")).flags) == ["b"]
    delete_filter(environment)
    with pytest.raises(NotFound):
        environment.server.run(filters.get(whole.advance(2, ()), "web"))


def test_a_deleted_environment_is_forgotten(environment: Environment) -> None:
    put_filter(environment, "a")
    filters, whole = make_filters(environment), of(environment, FIRST)
    environment.server.run(filters.get(whole, "web"))
    filters.forget("another")
    assert filters.find(whole, "web") is not None
    filters.forget(environment.id)
    assert filters.find(whole, "web") is None
