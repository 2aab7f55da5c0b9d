"""Attributes of contexts over HTTP: their names and values, with how many contexts have them."""

from typing import Any

import pytest

from tests.support.client import Answer
from tests.support.seen import see
from tests.support.server import TestServer

MANY = "/api/v2/projects/default/environments/test/context-attributes"


@pytest.fixture
def seen(server: TestServer) -> TestServer:
    """Three users and an organisation."""
    see(server, {"kind": "user", "key": "ann", "plan": "pro", "age": 42, "beta": True})
    see(
        server, {"kind": "user", "key": "bob", "plan": "pro", "address": {"city": "Lund"}, "tags": ["pro", 1]}
    )
    see(server, {"kind": "user", "key": "eve", "plan": "free", "_meta": {"redactedAttributes": ["/ssn"]}})
    see(server, {"kind": "org", "key": "acme", "plan": 7})
    return server


def names(answer: Answer) -> dict[str, Any]:
    """The names of an answer with their weights, by kind."""
    assert answer.status == 200, answer
    return {
        item["kind"]: {name["name"]: name["weight"] for name in item["names"]}
        for item in answer.json["items"]
    }


def values(answer: Answer) -> dict[str, Any]:
    """The values of an answer with their weights, by kind."""
    assert answer.status == 200, answer
    return {
        item["kind"]: [(value["name"], value["weight"]) for value in item["values"]]
        for item in answer.json["items"]
    }


def test_attributes_are_listed_by_kind_and_weight(seen: TestServer) -> None:
    answer = seen.get(MANY)

    assert names(answer) == {
        "org": {"/plan": 1},
        "user": {"/plan": 3, "/address/city": 1, "/age": 1, "/beta": 1, "/ssn": 1, "/tags": 1},
    }
    (user,) = (item for item in answer.json["items"] if item["kind"] == "user")
    assert [name["name"] for name in user["names"] if name["redacted"]] == ["/ssn"]
    assert user["names"][0]["name"] == "/plan"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind equals org", {"org": ["/plan"]}),
        ("name startsWith a,kind equals user", {"user": ["/address/city", "/age"]}),
        ("name startsWith /address", {"user": ["/address/city"]}),
        ("kind equals device", {}),
    ],
)
def test_attributes_are_filtered(seen: TestServer, text: str, found: Any) -> None:
    answer = seen.get(MANY, query={"filter": text})

    assert {kind: list(weights) for kind, weights in names(answer).items()} == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("plan", "", {"org": [(7, 1)], "user": [("pro", 2), ("free", 1)]}),
        ("%2Fplan", "kind equals org", {"org": [(7, 1)]}),
        ("plan", "value startsWith p", {"user": [("pro", 2)]}),
        ("%2Faddress%2Fcity", "", {"user": [("Lund", 1)]}),
        ("address", "", {}),
        ("tags", "", {"user": [(1, 1), ("pro", 1)]}),
        ("beta", "", {"user": [(True, 1)]}),
        ("nothing", "", {}),
    ],
)
def test_values_of_an_attribute_are_listed(seen: TestServer, name: str, text: str, found: Any) -> None:
    shown = values(seen.get(f"{MANY}/{name}", query={"filter": text}))

    assert shown == found
    assert [type(value) for pairs in shown.values() for value, _ in pairs] == [
        type(value) for pairs in found.values() for value, _ in pairs
    ]


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        (MANY, "value startsWith a", "unknown field 'value'; allowed fields: kind, name"),
        (f"{MANY}/plan", "name startsWith a", "unknown field 'name'; allowed fields: kind, value"),
        (MANY, "name equals a", "'name'"),
        (f"{MANY}/%2F%2Fplan", "", "attributeName"),
        (f"{MANY}/a%22b", "", "cannot be searched"),
    ],
)
def test_what_cannot_be_asked_is_refused(seen: TestServer, path: str, text: str, reason: str) -> None:
    answer = seen.get(path, query={"filter": text})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
