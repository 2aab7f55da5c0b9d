"""Flags over HTTP: made, cloned, deleted."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.segments.model import RESERVED_KEYS
from tests.support.audit import recorded, traces
from tests.support.client import READER
from tests.support.flag_calls import (
    BLUE,
    COLOURS,
    GREEN,
    MANY,
    ONE,
    YES,
    a_rule,
    instruct,
    make,
    make_colours,
    make_switch,
    published,
    require,
    state_of,
)
from tests.support.server import START, TestServer

DEFAULTS = "/api/v2/projects/default/flag-defaults"


def test_a_flag_is_boolean_off_and_everywhere_unless_told_otherwise(server: TestServer) -> None:
    made = make(server)

    assert (made["kind"], made["_version"], made["creationDate"]) == ("boolean", 1, START)
    assert [(one["value"], "name" in one) for one in made["variations"]] == [(True, False), (False, False)]
    assert made["defaults"] == {"onVariation": 0, "offVariation": 1}
    assert (made["temporary"], made["tags"], made["description"]) == (True, [], "")
    assert made["clientSideAvailability"] == {"usingMobileKey": True, "usingEnvironmentId": False}
    assert (made["includeInSnippet"], made["customProperties"], made["goalIds"]) == (False, {}, [])
    assert (made["archived"], made["deprecated"]) == (False, False)
    assert made["experiments"] == {"baselineIdx": 0, "items": []}
    assert made["_maintainer"]["_id"] == made["maintainerId"]
    assert made["_links"]["self"]["href"] == ONE
    assert set(made["environments"]) == {"production", "test"}
    assert server.get(ONE).json == made


def test_each_environment_starts_with_what_the_defaults_say_and_a_salt_of_its_own(server: TestServer) -> None:
    made = make_colours(server, defaults={"onVariation": 1, "offVariation": 2})

    for key, name in (("production", "Production"), ("test", "Test")):
        found = made["environments"][key]
        assert (found["on"], found["archived"], found["version"]) == (False, False, 1)
        assert (found["fallthrough"], found["offVariation"]) == ({"variation": 1}, 2)
        assert (found["targets"], found["contextTargets"]) == ([], [])
        assert (found["rules"], found["prerequisites"]) == ([], [])
        assert (found["trackEvents"], found["trackEventsFallthrough"]) == (False, False)
        assert found["lastModified"] == START
        assert found["_environmentName"] == name
        assert found["_site"]["href"] == f"/default/{key}/features/checkout"
        assert found["_summary"]["variations"]["1"]["isFallthrough"]
        assert found["_summary"]["variations"]["2"]["isOff"]
    salts = {made["environments"][key][name] for key in made["environments"] for name in ("salt", "sel")}
    assert len(salts) == 4
    assert {len(salt) for salt in salts} == {32}


def test_events_are_tracked_where_the_environment_says_so(server: TestServer) -> None:
    path = "/api/v2/projects/default/environments/test"
    server.patch(path, [{"op": "replace", "path": "/defaultTrackEvents", "value": True}])

    made = make(server)

    tracked = {key: found["trackEvents"] for key, found in made["environments"].items()}
    assert tracked == {"test": True, "production": False}


def test_what_a_request_gives_goes_before_defaults(server: TestServer) -> None:
    made = make(
        server,
        description="Pays",
        variations=[{"value": 1, "name": "One"}, {"value": 2.5, "description": "More"}],
        temporary=False,
        tags=["b", "a", "b"],
        clientSideAvailability={"usingEnvironmentId": True},
        customProperties={"jira": {"name": "Jira", "value": ["J-1"]}},
        isFlagOn=True,
    )

    assert made["kind"] == "multivariate"
    assert [(one["value"], one.get("name")) for one in made["variations"]] == [(1, "One"), (2.5, None)]
    assert (made["temporary"], made["tags"], made["description"]) == (False, ["a", "b"], "Pays")
    assert made["clientSideAvailability"] == {"usingMobileKey": True, "usingEnvironmentId": True}
    assert made["includeInSnippet"] is True
    assert made["customProperties"] == {"jira": {"name": "Jira", "value": ["J-1"]}}
    assert all(found["on"] for found in made["environments"].values())


def test_a_flag_starts_from_the_defaults_of_its_project(server: TestServer) -> None:
    booleans = {
        "trueDisplayName": "On",
        "falseDisplayName": "Off",
        "trueDescription": "It is on",
        "falseDescription": "",
        "onVariation": 1,
        "offVariation": 0,
    }
    availability = {"usingMobileKey": False, "usingEnvironmentId": True}
    body = {"tags": ["new"], "temporary": False, "booleanDefaults": booleans}
    assert server.put(DEFAULTS, body | {"defaultClientSideAvailability": availability}).status == 200

    made = make(server)

    assert [one.get("name") for one in made["variations"]] == ["On", "Off"]
    assert made["variations"][0]["description"] == "It is on"
    assert made["defaults"] == {"onVariation": 1, "offVariation": 0}
    assert made["temporary"] is False
    assert made["clientSideAvailability"] == availability
    assert make(server, "own", temporary=True, includeInSnippet=False)["temporary"] is True


def test_a_new_flag_may_have_prerequisites_in_all_environments(server: TestServer) -> None:
    make_switch(server, "login")

    made = make(server, initialPrerequisites=[{"key": "login", "variationId": YES}])

    for found in made["environments"].values():
        assert found["prerequisites"] == [{"key": "login", "variation": 0}]
    answer = server.post(
        MANY, {"key": "x", "name": "X", "initialPrerequisites": [{"key": "no", "variationId": YES}]}
    )
    assert (answer.status, answer.code) == (400, "invalid_request")


def test_sdks_get_a_new_flag_at_once(server: TestServer) -> None:
    make_colours(server)

    document = published(server)["checkout"]
    assert (document["version"], document["on"], document["offVariation"]) == (1, False, 2)
    assert document["variations"] == ["red", "green", "blue"]
    polled = server.get("/sdk/latest-all", as_=server.sdk_key("test")).json
    assert polled["flags"] == {"checkout": document}
    assert published(server, "production")["checkout"]["salt"] != document["salt"]


def test_making_a_flag_is_one_entry_with_an_access_for_each_environment(server: TestServer) -> None:
    before = len(recorded(server))

    make(server, tags=["pay"])

    (entry,) = recorded(server, before)
    assert (entry.kind, entry.name, entry.verb) == ("flag", "Flag checkout", "created the flag")
    assert sorted(entry.accesses) == [
        ["createFlag", f"proj/default:env/{key}:flag/checkout;pay"] for key in ("production", "test")
    ]
    assert [version["table"] for version in entry.versions] == ["flags", "targetings", "targetings"]


def test_a_key_is_taken_even_by_an_archived_flag_and_free_again_after_deletion(server: TestServer) -> None:
    make(server)
    before = state_of(server)

    def again() -> Any:
        return server.post(MANY, {"key": "checkout", "name": "Again"})

    assert (again().status, again().code) == (409, "conflict")
    assert state_of(server) == before
    instruct(server, {"kind": "archiveFlag"})
    assert again().status == 409
    assert server.delete(ONE).status == 204
    assert again().status == 201
    assert server.post(MANY, {"key": "Checkout", "name": "Of another case"}).status == 201


def test_versions_for_sdks_go_on_where_the_deleted_flag_of_the_key_ended(server: TestServer) -> None:
    make(server)
    instruct(server, {"kind": "turnFlagOn"})
    server.delete(ONE)
    assert published(server) == {"checkout": None}

    made = make(server)

    assert published(server)["checkout"]["version"] == 4
    assert (made["_version"], made["environments"]["test"]["version"]) == (1, 1)


@pytest.mark.parametrize("key", ["expiring-targets", "expiring-user-targets", "triggers"])
def test_words_of_routes_are_no_flag_keys(server: TestServer, key: str) -> None:
    answer = server.post(MANY, {"key": key, "name": "Captured"})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert key in RESERVED_KEYS
    assert len(RESERVED_KEYS) == 3


@pytest.mark.parametrize("key", ["", "-a", "a b", "a/b", "a%", "schlüssel", "日本", "a" * 257, "a\u0000"])
def test_other_keys_than_those_of_letters_digits_and_marks_are_refused(server: TestServer, key: str) -> None:
    answer = server.post(MANY, {"key": key, "name": "Odd"})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "flag key" in answer.message


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"variations": [{"value": 1}]}, "between 2 and"),
        ({"variations": [{"value": 1}, {"value": 1.0}]}, "unique"),
        ({"variations": [{"value": 1}, {"value": "1"}]}, "one type"),
        ({"variations": [{"value": 1}, {"value": None}]}, "null"),
        ({"variations": [{"value": 1}, {}]}, "$.variations[1]"),
        ({"variations": [{"value": n} for n in range(251)]}, "250"),
        ({"defaults": {"onVariation": 0, "offVariation": 2}}, "indexes"),
        ({"defaults": {"onVariation": -1, "offVariation": 1}}, "indexes"),
        ({"defaults": {"onVariation": 0}}, "$.defaults"),
        ({"name": ""}, "empty"),
        ({"name": 7}, "$.name"),
        ({"tags": ["a b"]}, "tag"),
        ({"tags": "a"}, "$.tags"),
        ({"purpose": "migration"}, "migrationSettings"),
        ({"purpose": "party"}, "$.purpose"),
        ({"migrationSettings": {"stageCount": 2}}, "purpose"),
        ({"maintainerId": "0" * 24}, "unknown member"),
        ({"maintainerTeamKey": "crew"}, "unknown team"),
        ({"maintainerId": "0" * 24, "maintainerTeamKey": "crew"}, "not by both"),
        ({"archived": True}, "archived"),
        ({"customProperties": {"": {"name": "x", "value": ["y"]}}}, "custom property"),
    ],
)
def test_what_a_flag_cannot_be_is_refused(server: TestServer, members: Any, said: str) -> None:
    before = traces(server)

    answer = server.post(MANY, {"key": "checkout", "name": "Checkout"} | members)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert said in answer.message
    assert traces(server) == before


def test_a_flag_is_made_by_whoever_may_make_it_in_every_environment(server: TestServer) -> None:
    def token(*resources: str) -> str:
        return server.add_token(Statement("allow", resources=resources, actions=("createFlag",)))

    body = {"key": "checkout", "name": "Checkout", "tags": ["pay"]}
    refused = [READER, token("proj/*:env/test:flag/*"), token("proj/*:env/*:flag/*;shop")]
    for caller in refused:
        assert server.post(MANY, body, as_=caller).status == 403
    assert server.post(MANY, body, as_=token("proj/*:env/*:flag/*;pay")).status == 201


def test_a_clone_has_the_targeting_of_its_source_everywhere(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server, "source", tags=["pay"], description="From")
    require(server, "source", "login")
    source = instruct(
        server,
        {"kind": "turnFlagOn"},
        {"kind": "addRule", **a_rule(BLUE)},
        {"kind": "addTargets", "variationId": GREEN, "values": ["ann"]},
        key="source",
    )

    answer = server.post(MANY, {"key": "checkout", "name": "Copy"}, query={"clone": "source"})

    assert answer.status == 201
    made = answer.json
    assert (made["name"], made["tags"], made["description"]) == ("Copy", ["pay"], "From")
    assert made["variations"] == source["variations"]
    assert made["_version"] == 1
    shared = ("on", "targets", "contextTargets", "rules", "prerequisites", "fallthrough", "offVariation")
    for key, found in made["environments"].items():
        assert [found[name] for name in shared] == [source["environments"][key][name] for name in shared]
        assert (found["version"], found["lastModified"]) == (1, START)
        assert found["salt"] != source["environments"][key]["salt"]
    dependents = server.get(f"{MANY}/login/dependent-flags", version="beta").json["items"]
    assert [item["key"] for item in dependents] == ["checkout", "source"]


def test_a_clone_needs_a_source_that_the_caller_may_clone(server: TestServer) -> None:
    make(server, "source", tags=["pay"])
    body = {"key": "checkout", "name": "Copy"}
    create = Statement("allow", resources=("proj/*:env/*:flag/*",), actions=("createFlag",))
    clone = Statement("allow", resources=("proj/*:env/*:flag/source",), actions=("cloneFlag",))

    def call(source: str, *statements: Statement) -> int:
        as_ = server.add_token(*statements)
        return server.post(MANY, body, query={"clone": source}, as_=as_).status

    assert call("unknown", create, clone) == 404
    assert call("source", create) == 403
    assert call("source", clone) == 403
    assert call("source", create, clone) == 201


@pytest.mark.parametrize(
    "members", [{"variations": COLOURS[:2]}, {"purpose": "migration", "migrationSettings": {"stageCount": 2}}]
)
def test_a_clone_cannot_have_other_variations(server: TestServer, members: Any) -> None:
    make_colours(server, "source")

    answer = server.post(MANY, {"key": "checkout", "name": "Copy"} | members, query={"clone": "source"})

    assert (answer.status, answer.code) == (400, "invalid_request")


def test_an_archived_flag_cannot_be_cloned_with_a_prerequisite_that_is_gone(server: TestServer) -> None:
    make_switch(server, "login")
    make(server)
    require(server, "checkout", "login")
    instruct(server, {"kind": "archiveFlag"})
    assert server.delete(f"{MANY}/login").status == 204

    answer = server.post(MANY, {"key": "copy", "name": "Copy"}, query={"clone": "checkout"})

    assert (answer.status, answer.code) == (409, "conflict")
    assert "login" in answer.message


def test_a_deleted_flag_is_gone_for_readers_sdks_and_indexes(server: TestServer) -> None:
    make_switch(server, "login")
    make(server, tags=["pay"])
    require(server, "checkout", "login")

    assert server.delete(ONE).status == 204

    assert server.get(ONE).status == 404
    assert published(server)["checkout"] is None
    assert server.get("/api/v2/tags", query={"kind": "flag"}).json["items"] == []
    assert server.get(f"{MANY}/login/dependent-flags", version="beta").json["items"] == []
    assert server.delete(f"{MANY}/login").status == 204
    assert [server.count(table) for table in ("flags", "targetings", "reference_uses")] == [0, 0, 0]
    assert recorded(server)[-1].verb == "deleted the flag"


def test_a_flag_that_another_one_needs_cannot_be_deleted(server: TestServer) -> None:
    make_switch(server, "login")
    make(server)
    require(server, "checkout", "login", environment="production")
    before = state_of(server)

    answer = server.delete(f"{MANY}/login")

    assert (answer.status, answer.code) == (409, "conflict")
    assert answer.message == "Flag is still in use as a prerequisite of checkout"
    assert state_of(server) == before


def test_deleting_needs_the_permission_in_every_environment(server: TestServer) -> None:
    make(server)
    here = Statement("allow", resources=("proj/*:env/test:flag/*",), actions=("deleteFlag",))
    everywhere = Statement("allow", resources=("proj/*:env/*:flag/*",), actions=("deleteFlag",))
    denied = Statement("deny", resources=("proj/*:env/production:flag/*",), actions=("*",))

    assert server.delete(ONE, as_=server.add_token(here)).status == 403
    assert server.delete(ONE, as_=server.add_token(everywhere, denied)).status == 403
    assert server.delete(ONE, as_=server.add_token(everywhere)).status == 204
