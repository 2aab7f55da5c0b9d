"""Flags in the database: pages and parts, rows and versions, odd values kept as they are."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from flagstaff.features.flags.store import (
    FLAGS,
    FlagPlace,
    find_flag,
    get_flag,
    list_all_flags,
    list_dependents,
    list_flags,
    list_uses,
    with_targeting,
)
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.store import get_project
from flagstaff.kernel.errors import NotFound
from flagstaff.kernel.paging import Page
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.transaction import Transaction
from tests.support.client import SEMANTIC
from tests.support.flag_calls import (
    MANY,
    ONE,
    RED,
    instruct,
    make,
    make_colours,
    make_switch,
    published,
    require,
)
from tests.support.server import TestServer

EVERY = ("TRUE", {})
BY_KEY = ("key", {})


def place(tx: Transaction, *keys: str) -> FlagPlace:
    project = get_project(tx, "default")
    every = list_environments(tx, project)
    return FlagPlace(project, tuple(one for one in every if not keys or one.key in keys))


def test_a_flag_comes_with_its_targeting_in_the_environments_of_the_place(server: TestServer) -> None:
    make(server)

    def unit(tx: Transaction) -> Any:
        return [get_flag(tx, place(tx, *keys), "checkout") for keys in ((), ("test",))]

    whole, part = server.read(unit)
    assert (whole.flag, set(whole.environments)) == (part.flag, {"production", "test"})
    assert part.environments == {"test": whole.environments["test"]}
    assert server.read(lambda tx: find_flag(tx, place(tx), "unknown")) is None
    with pytest.raises(NotFound, match=f"{100 * 'x'}$"):
        server.read(lambda tx: get_flag(tx, place(tx), "x" * 1000))


def test_more_flags_than_a_statement_has_parameters_are_read_in_order(server: TestServer) -> None:
    make(server, "f0000")

    def fill(tx: Transaction) -> None:
        first = get_flag(tx, place(tx), "f0000").flag
        for number in range(1, 1200):
            more = replace(first, id=f"{number:024x}", key=f"f{number:04}")
            apply_write(tx, Write(FLAGS, None, more, {"project_id": place(tx).project.id}))

    def unit(tx: Transaction) -> Any:
        page = list_flags(tx, place(tx), EVERY, ("key DESC", {}), Page(1100, 50))
        return page, list_all_flags(tx, place(tx).project)

    server.write(fill)

    page, every = server.read(unit)
    assert page.total == len(every) == 1200
    assert [state.flag.key for state in page.states] == [f"f{number:04}" for number in range(1149, 49, -1)]


def test_a_place_without_environments_reads_no_targeting(server: TestServer) -> None:
    make(server)

    def unit(tx: Transaction) -> Any:
        here = FlagPlace(place(tx).project, ())
        return list_flags(tx, here, EVERY, BY_KEY, Page(None)).states, with_targeting(tx, here, [])

    (state,), nothing = server.read(unit)
    assert (state.environments, nothing) == ({}, [])


def test_dependents_are_found_by_environment_and_named_for_segments(server: TestServer) -> None:
    make_switch(server, "login")
    make(server, "b")
    make(server, "a")
    for key in ("b", "a"):
        require(server, key, "login")
    instruct(server, {"kind": "archiveFlag"}, key="b")

    def unit(tx: Transaction) -> Any:
        test, production = place(tx, "test").environments[0], place(tx, "production").environments[0]
        found = list_dependents(tx, test, "login")
        return found, list_dependents(tx, production, "login"), list_uses(tx, [flag.id for flag in found])

    found, nobody, uses = server.read(unit)
    assert [flag.key for flag in found] == ["a", "b"]
    assert nobody == []
    assert [(use.key, use.name) for use in uses] == [("a", "Flag a"), ("b", "Flag b")]


def test_rows_hold_what_is_searched_and_the_versions_of_the_documents(server: TestServer) -> None:
    make_colours(server, tags=["b", "a"])
    server.clock.advance(seconds=5)
    instruct(server, {"kind": "turnFlagOn"}, {"kind": "makeFlagPermanent"})

    ((kind, temporary, tags, version, body),) = server.rows(
        "SELECT kind, temporary, tags, version, body FROM flags"
    )
    assert (kind, temporary, tags, version) == ("multivariate", 0, "a b", 2)
    assert msgspec.json.decode(body)["version"] == 2
    rows = server.rows("SELECT is_on, modified, version FROM targetings ORDER BY is_on DESC")
    assert rows[0][0] == 1
    assert rows[0][1] - rows[1][1] == 5000
    assert [version for *_, version in rows] == [2, 1]


DEEP: Any = "deep"
for _ in range(50):
    DEEP = [DEEP]
ODD = [
    [2**63 - 1, -(2**63)],
    [2**64 - 1, 2**64],
    [10**30, -(10**30)],
    [0.1, 1e308],
    [5e-324, -0.5],
    ["", "\u0000"],
    ["é", "e\u0301"],
    ["日本 🏳️‍🌈", "\u2028"],
    [{}, {"": None}],
    [{"a": [1, None, {"\u0000": True}]}, {"a": [1, None, {"\u0000": 1}]}],
    [[], [None]],
    [DEEP, [DEEP]],
    ["x" * 500_000, "y"],
    [{"__proto__": 1}, {"variation": 0, "_id": "x"}],
]


@pytest.mark.parametrize("values", ODD, ids=[str(number) for number in range(len(ODD))])
def test_odd_values_are_kept_shown_sent_and_served_as_they_are(server: TestServer, values: list[Any]) -> None:
    made = make(server, variations=[{"value": value} for value in values])
    renamed = instruct(
        server, {"kind": "updateVariation", "variationId": made["variations"][1]["_id"], "name": "B"}
    )
    patched = server.patch(ONE, [{"op": "replace", "path": "/variations/0/name", "value": "A"}]).json

    shown = server.get(ONE).json
    for flag in (made, renamed, patched, shown):
        assert [variation["value"] for variation in flag["variations"]] == values
    document = published(server)["checkout"]
    assert document["variations"] == values
    assert server.get("/sdk/latest-all", as_=server.sdk_key("test")).json["flags"]["checkout"] == document
    evaluate = "/api/v2/projects/default/environments/test/flags/evaluate"
    (item,) = server.post(evaluate, {"kind": "user", "key": "ann"}).json["items"]
    assert item["_value"] == values[1]


@pytest.mark.parametrize(
    "raw",
    [
        b'{"key": "a", "name": "\\ud800"}',
        b'{"key": "a", "name": "x", "variations": [{"value": "\\udc00"}, {"value": "y"}]}',
        b'{"key": "a", "name": "x", "variations": [{"value": 1e400}, {"value": 1}]}',
        b'{"key": "a", "name": "x", "variations": [{"value": NaN}, {"value": 1}]}',
        b'{"key": "a", "name": "x", "variations": [{"value": '
        + b"[" * 70
        + b"]" * 70
        + b'}, {"value": []}]}',
        b'{"key": "a", "name": "x", "defaults": {"onVariation": 99999999999999999999, "offVariation": 0}}',
        b'{"key": "a", "name": "x"',
        b'{"key": "a", "name": "\xff"}',
        b"[]",
        b"null",
    ],
)
def test_what_is_no_json_or_no_flag_is_refused(server: TestServer, raw: bytes) -> None:
    answer = server.request("POST", MANY, body=raw)

    assert (answer.status, answer.code) == (400, "invalid_request")


def test_names_keys_of_contexts_and_texts_may_be_of_any_script(server: TestServer) -> None:
    make_colours(server, name="Überweisung \u0000 🏳️‍🌈", description="\u2028")
    text = "ключ/%\u0000🏳️‍🌈"

    after = instruct(
        server,
        {"kind": "addTargets", "variationId": RED, "values": [text]},
        {"kind": "addCustomProperties", "key": "ключ", "name": "名", "values": [text]},
    )

    assert after["environments"]["test"]["targets"][0]["values"] == [text]
    assert after["customProperties"] == {"ключ": {"name": "名", "value": [text]}}
    assert published(server)["checkout"]["targets"][0]["values"] == [text]
    assert server.get(MANY, query={"filter": "query:überweisung"}).json["totalCount"] == 1
    body = rb'{"instructions": [{"kind": "updateDescription", "value": "\ud800"}]}'
    answer = server.request("PATCH", ONE, body=body, content_type=SEMANTIC)
    assert (answer.status, answer.code) == (400, "invalid_request")
