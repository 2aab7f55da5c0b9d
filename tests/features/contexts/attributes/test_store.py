"""Weights are estimated from the newest contexts, and values are looked for further where it matters."""

from typing import Any

import pytest

from flagstaff.features.contexts.attributes import store
from flagstaff.features.projects.environments.store import get_environment
from flagstaff.features.projects.store import get_project
from flagstaff.storage.transaction import Transaction
from tests.support.seen import see
from tests.support.server import TestServer

MANY = "/api/v2/projects/default/environments/test/context-attributes"


@pytest.fixture
def sampled(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> TestServer:
    """Ten users, of whom the newest two are looked at: both are in Lund."""
    monkeypatch.setattr(store, "SAMPLED_NAMES", 2)
    monkeypatch.setattr(store, "SAMPLED_VALUES", 2)
    see(server, {"kind": "user", "key": "old", "city": "Visby", "rare": 1})
    see(server, *({"kind": "user", "key": f"u{number}", "city": "Lund"} for number in range(7)))
    server.clock.advance(seconds=60)
    see(server, *({"kind": "user", "key": f"n{number}", "city": "Lund"} for number in range(2)))
    return server


def test_weights_of_names_stand_for_all_contexts(sampled: TestServer) -> None:
    (user,) = sampled.get(MANY).json["items"]

    assert {name["name"]: name["weight"] for name in user["names"]} == {"/city": 10, "/rare": 1}


def test_weights_of_values_stand_for_all_contexts(sampled: TestServer) -> None:
    (user,) = sampled.get(f"{MANY}/city").json["items"]

    assert user["values"] == [{"name": "Lund", "weight": 10}]


def test_a_value_that_is_asked_for_is_found_wherever_it_is(sampled: TestServer) -> None:
    (user,) = sampled.get(f"{MANY}/city", query={"filter": "value startsWith Vi"}).json["items"]

    assert user["values"] == [{"name": "Visby", "weight": 1}]


def test_values_are_the_same_whether_the_newest_contexts_or_all_are_looked_at(server: TestServer) -> None:
    told: list[Any] = [
        "x",
        "x",
        "é",
        1,
        1.0,
        True,
        2.5,
        None,
        {"x": 1},
        {},
        [],
        ["x", 7, [8], {"y": 1}, None],
    ]
    see(server, *({"kind": "user", "key": f"u{n}", "of": {"a": value}} for n, value in enumerate(told)))
    see(server, {"kind": "org", "key": "o", "of": {"a": "x"}}, {"kind": "org", "key": "p", "of": "x"})

    def read(tx: Transaction) -> Any:
        environment = get_environment(tx, get_project(tx, "default"), "test")
        path = ("of", "a")
        for condition in (("TRUE", {}), ("kind = :kind", {"kind": "user"})):
            newest = store.list_values(tx, environment, path, condition)
            every = store.find_values(tx, environment, path, condition)
            assert sorted(map(repr, newest)) == sorted(map(repr, every))
            assert [count for *_, count in newest] == [count for *_, count in every]
        return newest

    assert server.read(read)[0] == ("user", "x", 3)
