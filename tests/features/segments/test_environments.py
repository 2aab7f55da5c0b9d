"""Segments of environments that are cloned or deleted, over HTTP."""

from typing import Any

import pytest

from flagstaff.features.segments import environments
from tests.support.segment_calls import MANY, ONE, a_rule, ask_for, make, published
from tests.support.server import TestServer

ENVIRONMENTS = "/api/v2/projects/default/environments"
CLONE = "/api/v2/segments/default/clone"
OWN = {"_links", "creationDate", "lastModifiedDate", "version", "included", "includedContexts", "_flags"}


def clone(server: TestServer) -> Any:
    body = {"key": "clone", "name": "Clone", "color": "417505", "source": {"key": "test"}}
    return server.post(ENVIRONMENTS, body)


def test_a_clone_has_the_rules_of_its_source_but_not_its_lists(server: TestServer) -> None:
    make(server, tags=["vip"], description="Who helps")
    make(server, "staff")
    ask_for(server, "staff", "beta")
    server.instruct(
        ONE,
        {"kind": "addIncludedUsers", "values": ["ann"]},
        {"kind": "addIncludedTargets", "contextKind": "org", "values": ["acme"]},
        {"kind": "addRule", **a_rule(weight=50_000)},
    )
    server.clock.advance(seconds=5)
    assert clone(server).status == 201

    source, copy = server.get(ONE).json, server.get(f"{CLONE}/beta").json
    assert {name: copy[name] for name in copy.keys() - OWN} == {
        name: source[name] for name in source.keys() - OWN
    }
    assert (copy["included"], copy["includedContexts"], copy["version"]) == ([], [], 1)
    assert copy["creationDate"] == source["creationDate"] + 5000
    assert copy["_links"]["self"]["href"] == f"{CLONE}/beta"


def test_sdks_of_a_clone_bucket_as_those_of_its_source(server: TestServer) -> None:
    make(server)
    server.instruct(ONE, {"kind": "addRule", **a_rule(weight=50_000)})
    clone(server)

    source, copy = published(server)["beta"], published(server, "clone")["beta"]
    assert copy == source | {"version": 1}


def test_a_clone_goes_its_own_way(server: TestServer) -> None:
    make(server, tags=["vip"])
    make(server, "staff")
    ask_for(server, "staff", "beta")
    clone(server)

    assert server.get(CLONE, query={"filter": "tags anyOf [vip]"}).json["totalCount"] == 1
    assert server.delete(f"{CLONE}/beta").status == 409
    assert server.delete(f"{CLONE}/staff").status == 204
    assert server.delete(f"{CLONE}/beta").status == 204
    assert server.get(MANY).json["totalCount"] == 2


def test_too_many_segments_are_not_cloned(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environments, "MOST_CLONED", 1)
    make(server)
    make(server, "staff")

    answer = clone(server)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "more than 1 segments" in answer.message
    assert server.get(f"{ENVIRONMENTS}/clone").status == 404


def test_a_deleted_environment_leaves_nothing_of_its_segments(server: TestServer) -> None:
    make(server, tags=["vip"])
    make(server, "staff")
    ask_for(server, "staff", "beta")
    make(server, "gone")
    server.delete(f"{MANY}/gone")

    assert server.delete(f"{ENVIRONMENTS}/test").status == 204

    assert [server.count(table) for table in ("segments", "segment_generations", "reference_uses")] == [
        0,
        0,
        0,
    ]
    assert server.rows("SELECT 1 FROM tags WHERE kind = 'segment'") == []
