"""Weights are estimated from the newest contexts, and values are looked for further where it matters."""

import pytest

from flagstaff.features.contexts.attributes import store
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
