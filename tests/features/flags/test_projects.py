"""Flags of environments and projects that are made, cloned or deleted, over HTTP."""

from typing import Any

from tests.support.audit import recorded
from tests.support.flag_calls import (
    GREEN,
    MANY,
    ONE,
    RED,
    YES,
    a_clause,
    a_rollout,
    a_rule,
    instruct,
    make,
    make_colours,
    make_switch,
    published,
    require,
)
from tests.support.server import START, TestServer

PROJECTS = "/api/v2/projects"
ENVIRONMENTS = f"{PROJECTS}/default/environments"
SEGMENTS = "/api/v2/segments/default/test"
TABLES = ("flags", "targetings", "reference_uses", "sdk_items", "tags")


def add_environment(server: TestServer, **members: Any) -> None:
    body = {"key": "staging", "name": "Staging", "color": "417505"} | members
    answer = server.post(ENVIRONMENTS, body)
    assert answer.status == 201, answer


def shown(server: TestServer, environment: str = "staging", key: str = "checkout") -> Any:
    return server.get(f"{MANY}/{key}").json["environments"][environment]


def test_a_new_environment_has_every_flag_as_its_defaults_say(server: TestServer) -> None:
    make_colours(server, defaults={"onVariation": 1, "offVariation": 2})
    make(server, "retired")
    instruct(server, {"kind": "archiveFlag"}, key="retired")
    instruct(server, {"kind": "turnFlagOn"}, {"kind": "addRule", **a_rule()})
    instruct(server, {"kind": "updateDefaultVariation", "offVariationValue": "red"}, environment="")
    server.clock.advance(seconds=5)

    add_environment(server, defaultTrackEvents=True)

    found = shown(server)
    assert (found["on"], found["rules"], found["version"]) == (False, [], 1)
    assert (found["fallthrough"], found["offVariation"]) == ({"variation": 1}, 0)
    assert (found["trackEvents"], found["lastModified"]) == (True, START + 5000)
    assert found["salt"] != shown(server, "test")["salt"]
    assert shown(server, key="retired")["archived"] is True
    document = published(server, "staging")
    assert document.keys() == {"checkout"}
    assert (document["checkout"]["version"], document["checkout"]["offVariation"]) == (1, 0)
    assert server.get("/sdk/latest-all", as_=server.sdk_key("staging")).json["flags"] == document
    assert server.get(ONE).json["_version"] == 2
    assert [entry.verb for entry in recorded(server)][-1] == "created the environment"


def test_a_clone_serves_what_its_source_serves_but_for_individual_targets(server: TestServer) -> None:
    server.post(SEGMENTS, {"key": "beta", "name": "Beta"})
    make_switch(server, "login")
    make_colours(server)
    require(server, "checkout", "login", YES)
    instruct(
        server,
        {"kind": "turnFlagOn"},
        {"kind": "addRule", **a_rule(GREEN, a_clause("beta", op="segmentMatch"))},
        {"kind": "addTargets", "variationId": RED, "contextKind": "org", "values": ["acme"]},
        {"kind": "updateFallthroughVariationOrRollout", **a_rollout(red=40_000, green=60_000)},
    )

    add_environment(server, source={"key": "test"})

    own = {"version", "lastModified", "_site", "_environmentName", "_summary", "contextTargets"}
    source, clone = shown(server, "test"), shown(server)
    assert {name: clone[name] for name in clone.keys() - own} == {
        name: source[name] for name in source.keys() - own
    }
    assert (clone["version"], clone["contextTargets"]) == (1, [])
    sent, original = published(server, "staging")["checkout"], published(server)["checkout"]
    assert sent == original | {"version": 1, "contextTargets": []}
    assert server.delete(f"{SEGMENTS.replace('/test', '/staging')}/beta").status == 409
    dependents = server.get(f"{MANY}/staging/login/dependent-flags", version="beta").json["items"]
    assert [item["key"] for item in dependents] == ["checkout"]
    instruct(server, {"kind": "turnFlagOff"})
    assert shown(server)["on"] is True


def test_an_environment_takes_all_that_its_flags_have_in_it_along(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server, tags=["pay"])
    before = {table: server.count(table) for table in TABLES}
    add_environment(server, source={"key": "test"})
    require(server, "checkout", "login", YES, environment="staging")

    assert server.delete(f"{ENVIRONMENTS}/staging").status == 204

    assert {table: server.count(table) for table in TABLES} == before
    assert shown(server, "test")["version"] == 1
    assert "staging" not in server.get(ONE).json["environments"]
    assert server.instruct(ONE, {"kind": "turnFlagOn"}, environment="staging").status == 400
    assert server.delete(f"{MANY}/login").status == 204


def test_a_project_takes_its_flags_along(server: TestServer) -> None:
    before = {table: server.count(table) for table in TABLES}
    server.post(PROJECTS, {"key": "shop", "name": "Shop"})
    many = "/api/v2/flags/shop"
    make(server, "login", many=many, tags=["pay"])
    made = make(server, "checkout", many=many)
    wire = {
        "kind": "addPrerequisite",
        "key": "login",
        "variationId": server.get(f"{many}/login").json["variations"][0]["_id"],
    }
    environment = next(iter(made["environments"]))
    assert server.instruct(f"{many}/checkout", wire, environment=environment).status == 200

    assert server.delete(f"{PROJECTS}/shop").status == 204

    assert {table: server.count(table) for table in TABLES} == before
    assert server.get(f"{many}/checkout").status == 404
    server.post(PROJECTS, {"key": "shop", "name": "Shop"})
    assert server.get(many).json["items"] == []


def test_projects_have_flags_of_their_own(server: TestServer) -> None:
    server.post(PROJECTS, {"key": "shop", "name": "Shop"})
    make_switch(server, "login")
    make(server, "checkout", many="/api/v2/flags/shop", tags=["pay"])
    make(server)

    assert server.get(MANY, query={"filter": "tags:pay"}).json["totalCount"] == 0
    assert server.get("/api/v2/flags/shop").json["totalCount"] == 1
    answer = server.instruct(
        "/api/v2/flags/shop/checkout",
        {"kind": "addPrerequisite", "key": "login", "variationId": YES},
        environment="test",
    )
    assert answer.status == 400
    assert server.delete("/api/v2/flags/shop/checkout").status == 204
    assert server.get(ONE).status == 200
