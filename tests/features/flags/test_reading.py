"""Reading flags over HTTP: one of them, pages of them, what depends on one."""

from typing import Any

import pytest

from flagstaff.features.flags import store
from tests.support.client import READER
from tests.support.flag_calls import (
    GREEN,
    MANY,
    ONE,
    RED,
    YES,
    a_rollout,
    a_rule,
    instruct,
    keys,
    make,
    make_colours,
    make_switch,
    require,
)
from tests.support.server import TestServer

DETAILS = {"targets", "contextTargets", "rules", "fallthrough", "offVariation", "prerequisites"}
ENVIRONMENTS = "/api/v2/projects/default/environments"


def test_one_flag_is_shown_in_all_environments_or_in_those_that_are_named(server: TestServer) -> None:
    make(server)

    def shown(*env: str) -> list[str]:
        return list(server.get(ONE, query=[("env", key) for key in env], as_=READER).json["environments"])

    assert sorted(shown()) == ["production", "test"]
    assert shown("test") == ["test"]
    assert shown("test", "production", "test") == ["test", "production"]
    refused = server.get(ONE, query={"env": "nowhere"})
    assert (refused.status, refused.code) == (400, "invalid_request")
    assert "`env`" in refused.message


@pytest.mark.parametrize(
    "key",
    ["unknown", "a%2Fb", "%25", "%2525", "sch%C3%B6n", "a%00b", "Checkout", "a:b", "x" * 5000, "%ED%A0%80"],
)
def test_a_flag_that_is_not_there_is_not_found(server: TestServer, key: str) -> None:
    make(server)
    path = f"{MANY}/{key}"

    answers = [server.get(path), server.delete(path), server.instruct(path, {"kind": "turnFlagOn"})]

    assert [(answer.status, answer.code) for answer in answers] == [(404, "not_found")] * 3
    assert all(len(answer.message) < 200 for answer in answers)


@pytest.mark.parametrize("expand", ["", "evaluation", "evaluation,migrationSettings", "whatever"])
def test_what_cannot_be_expanded_is_left_out(server: TestServer, expand: str) -> None:
    make(server)

    one, many = (server.get(path, query={"expand": expand}).json for path in (ONE, MANY))

    assert one == server.get(ONE).json
    assert many["items"] == server.get(MANY).json["items"]


def test_a_list_shows_targeting_in_numbers_unless_told_otherwise(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    require(server, "checkout", "login")
    instruct(
        server,
        {"kind": "addRule", **a_rule(GREEN)},
        {"kind": "addTargets", "variationId": RED, "values": ["ann", "bob"]},
        {"kind": "addTargets", "variationId": RED, "contextKind": "org", "values": ["acme"]},
        {"kind": "updateFallthroughVariationOrRollout", **a_rollout(red=40_000, green=60_000)},
    )

    def listed(**query: str) -> Any:
        (item,) = server.get(MANY, query={"filter": "query:checkout", "env": "test"} | query).json["items"]
        return item["environments"]["test"]

    assert not DETAILS & listed().keys()
    assert listed()["_summary"] == {
        "variations": {
            "0": {
                "rules": 0,
                "nullRules": 0,
                "targets": 2,
                "contextTargets": 1,
                "isFallthrough": True,
                "rollout": 40_000,
            },
            "1": {
                "rules": 1,
                "nullRules": 0,
                "targets": 0,
                "contextTargets": 0,
                "isFallthrough": True,
                "rollout": 60_000,
            },
            "2": {"rules": 0, "nullRules": 0, "targets": 0, "contextTargets": 0, "isOff": True},
        },
        "prerequisites": 1,
    }
    assert listed(summary="0") == server.get(ONE).json["environments"]["test"]
    assert listed(summary="true") == listed()


@pytest.mark.parametrize(
    ("version", "summary"),
    [("20160426", False), ("20191212", True), ("20210729", True), ("20220603", True), ("20240415", True)],
)
def test_the_oldest_version_lists_flags_in_detail(server: TestServer, version: str, summary: bool) -> None:
    make(server)

    (item,) = server.get(MANY, query={"env": "test"}, version=version).json["items"]

    assert DETAILS.isdisjoint(item["environments"]["test"]) == summary


def test_a_list_is_whole_and_newest_first_unless_told_otherwise(server: TestServer) -> None:
    for number in range(25):
        make(server, f"f{number:02}")
        server.clock.advance(seconds=1)

    answer = server.get(MANY)

    assert keys(answer) == [f"f{number:02}" for number in reversed(range(25))]
    assert answer.json["totalCount"] == 25
    assert list(answer.json["_links"]) == ["self"]
    assert keys(server.get(MANY, query={"limit": -1})) == keys(answer)


def test_a_page_links_to_those_that_exist_and_keeps_what_was_asked(server: TestServer) -> None:
    for number in range(5):
        make(server, f"f{number}")

    def links(**query: Any) -> dict[str, str]:
        found = server.get(MANY, query={"sort": "key", "limit": 2} | query).json["_links"]
        return {name: link["href"].removeprefix(MANY) for name, link in found.items()}

    assert links() == {
        "self": "?sort=key&limit=2",
        "next": "?sort=key&limit=2&offset=2",
        "last": "?sort=key&limit=2&offset=4",
    }
    assert links(offset=4) == {
        "self": "?sort=key&limit=2&offset=4",
        "first": "?sort=key&limit=2",
        "prev": "?sort=key&limit=2&offset=2",
    }
    seen, path = [], f"{MANY}?sort=key&limit=2&filter=tags%3Aa%2Bb"
    assert keys(server.get(path)) == []
    path = f"{MANY}?sort=key&limit=2&env=test&filter=query%3Af"
    while path:
        answer = server.get(path)
        seen += keys(answer)
        path = answer.json["_links"].get("next", {}).get("href", "")
    assert seen == [f"f{number}" for number in range(5)]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": -2},
        {"limit": "many"},
        {"offset": -1},
        {"summary": "perhaps"},
        {"compare": "x"},
    ],
)
def test_a_page_that_cannot_be_is_refused(server: TestServer, query: Any) -> None:
    answer = server.get(MANY, query=query)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert f"`{next(iter(query))}`" in answer.message


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"limit": "2"}, 200),
        ({"limit": "3"}, 400),
        ({"offset": "1"}, 200),
        ({"env": "test"}, 200),
        ({"filter": "query:b"}, 200),
        ({"compare": "true"}, 400),
        ({"compare": "true", "env": "test"}, 200),
    ],
)
def test_more_than_one_answer_can_hold_must_be_asked_for_in_parts(
    server: TestServer, monkeypatch: pytest.MonkeyPatch, query: Any, status: int
) -> None:
    monkeypatch.setattr(store, "MOST_SHOWN", 4)  # of flags in an environment each
    for key in ("a", "b", "c"):
        make(server, key)

    answer = server.get(MANY, query=query)

    assert answer.status == status
    if status == 400:
        assert "3 flags in 2 environments" in answer.message
        assert all(f"`{name}`" in answer.message for name in ("limit", "env", "filter"))


def test_an_unknown_environment_in_a_list_is_refused(server: TestServer) -> None:
    answer = server.get(MANY, query={"env": "nowhere"})

    assert (answer.status, "`env`" in answer.message) == (400, True)


def test_since_20240415_a_list_has_pages_and_only_the_environments_that_were_asked_for(
    server: TestServer,
) -> None:
    for number in range(101):
        make(server, f"f{number}")

    def listed(**query: Any) -> Any:
        return server.get(MANY, query=query, version="20240415").json

    page = listed()
    assert (len(page["items"]), page["totalCount"]) == (20, 101)
    assert page["_links"]["self"]["href"] == f"{MANY}?limit=20"
    assert all("environments" not in item for item in page["items"])
    assert len(listed(limit=1000)["items"]) == 100
    assert list(listed(limit=1, env="test")["items"][0]["environments"]) == ["test"]
    about_test = listed(limit=1, filter="filterEnv:test")["items"][0]
    assert list(about_test["environments"]) == ["test"]
    make(server, "filterEnv")
    assert "environments" not in listed(filter="query:filterEnv")["items"][0]
    assert set(server.get(f"{MANY}/f1", version="20240415").json["environments"]) == {"production", "test"}


@pytest.mark.parametrize("text", ["contextKindTargeted:org", "segmentTargeted:beta,filterEnv:test"])
def test_since_20240415_some_filters_are_gone(server: TestServer, text: str) -> None:
    assert server.get(MANY, query={"filter": text}, version="20240415").status == 400
    assert server.get(MANY, query={"filter": text}).status == 200
    assert server.get(MANY, query={"filter": text}, version="beta").status == 200


def test_a_comparison_lists_the_flags_that_differ_between_environments(server: TestServer) -> None:
    for key in ("a", "b", "c", "d"):
        make_colours(server, key)
    instruct(server, {"kind": "turnFlagOn"}, key="a")
    for environment in ("test", "production"):
        instruct(server, {"kind": "addRule", **a_rule()}, key="b", environment=environment)
    instruct(server, {"kind": "addTargets", "variationId": RED, "values": ["x"]}, key="c")

    def compared(*env: str, **query: Any) -> Any:
        pairs = [("compare", "true"), ("sort", "key"), *(("env", key) for key in env), *query.items()]
        return server.get(MANY, query=pairs).json

    found = compared("test", "production")
    assert [item["key"] for item in found["items"]] == ["a", "c"]
    assert (found["totalCount"], found["totalCountWithDifferences"]) == (4, 2)
    page = compared(limit=1, offset=1)
    assert [item["key"] for item in page["items"]] == ["c"]
    assert page["_links"].keys() == {"self", "first", "prev"}
    assert compared("test")["items"] == []
    assert server.get(MANY, query={"compare": "true"}, version="20240415").json["totalCount"] == 4
    assert "totalCountWithDifferences" not in server.get(MANY).json


def make_dependents(server: TestServer) -> None:
    make_switch(server, "login")
    make(server, "b", name="Second")
    make(server, "a", name="First")
    for key, environment in (("a", "test"), ("b", "test"), ("b", "production")):
        assert require(server, key, "login", environment=environment).status == 200


def test_dependents_are_listed_with_the_environments_where_they_are(server: TestServer) -> None:
    make_dependents(server)

    answer = server.get(f"{MANY}/login/dependent-flags", version="beta").json

    assert answer["_site"] == {"href": "/default/~/features/login", "type": "text/html"}
    assert answer["_links"]["self"]["href"] == f"{MANY}/login/dependent-flags"
    assert answer["_links"]["parent"]["href"] == f"{MANY}/login"
    found = {item["key"]: item for item in answer["items"]}
    assert {key: item["name"] for key, item in found.items()} == {"a": "First", "b": "Second"}
    assert sorted(one["key"] for one in found["b"]["environments"]) == ["production", "test"]
    assert found["a"]["environments"] == [
        {
            "name": "Test",
            "key": "test",
            "_links": {"self": {"href": f"{MANY}/a", "type": "application/json"}},
            "_site": {"href": "/default/test/features/a", "type": "text/html"},
        }
    ]


def test_dependents_of_one_environment_are_listed(server: TestServer) -> None:
    make_dependents(server)

    def listed(environment: str) -> Any:
        return server.get(f"{MANY}/{environment}/login/dependent-flags", version="beta")

    assert [(item["key"], item["name"]) for item in listed("test").json["items"]] == [
        ("a", "First"),
        ("b", "Second"),
    ]
    only = listed("production").json
    assert [item["_site"]["href"] for item in only["items"]] == ["/default/production/features/b"]
    assert only["_site"]["href"] == "/default/production/features/login"
    assert listed("nowhere").status == 404
    assert server.get(f"{MANY}/test/unknown/dependent-flags", version="beta").status == 404
    assert server.get(f"{MANY}/test/login/dependent-flags").status == 403


def test_a_flag_in_the_archive_depends_on_nothing(server: TestServer) -> None:
    make_dependents(server)
    instruct(server, {"kind": "archiveFlag"}, key="b")

    assert keys(server.get(f"{MANY}/test/login/dependent-flags", version="beta")) == ["a"]
    assert keys(server.get(f"{MANY}/login/dependent-flags", version="beta")) == ["a"]
    instruct(server, {"kind": "restoreFlag"}, key="b")
    assert keys(server.get(f"{MANY}/login/dependent-flags", version="beta")) == ["a", "b"]


def test_dependents_follow_every_change(server: TestServer) -> None:
    make_dependents(server)

    def listed() -> list[str]:
        return keys(server.get(f"{MANY}/test/login/dependent-flags", version="beta"))

    instruct(server, {"kind": "removePrerequisite", "key": "login"}, key="a")
    assert listed() == ["b"]
    server.delete(f"{MANY}/b")
    assert listed() == []
    patch = [
        {"op": "add", "path": "/environments/test/prerequisites/-", "value": {"key": "login", "variation": 0}}
    ]
    assert server.patch(f"{MANY}/a", patch).status == 200
    assert listed() == ["a"]
    assert server.post(MANY, {"key": "c", "name": "C"}, query={"clone": "a"}).status == 201
    assert listed() == ["a", "c"]
    body = {"source": {"key": "test"}, "target": {"key": "production"}}
    server.post(f"{MANY}/c/copy", body)
    assert keys(server.get(f"{MANY}/production/login/dependent-flags", version="beta")) == ["c"]
    server.delete(f"{ENVIRONMENTS}/test")
    assert server.get(f"{MANY}/login/dependent-flags", version="beta").json["items"][0]["key"] == "c"
    assert server.get(f"{MANY}/{YES}/dependent-flags", version="beta").status == 404
