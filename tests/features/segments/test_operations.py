"""Segments over HTTP: made, listed, shown, deleted, and asked who is in them."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.client import READER, Answer
from tests.support.segment_calls import MANY, ONE, a_rule, ask_for, last_entry, make, published
from tests.support.server import START, TestServer

EVALUATE = "/api/v2/projects/default/environments/test/segments/evaluate"


def keys(answer: Answer) -> list[str]:
    assert answer.status == 200, answer
    return [segment["key"] for segment in answer.json["items"]]


def test_a_new_segment_is_empty(server: TestServer) -> None:
    made = make(server, description="Who helps", tags=["b", "a"], unbounded=False, unboundedContextKind="org")

    assert server.get(ONE).json == made | {"_flags": []}
    assert (made["name"], made["description"], made["tags"]) == ("Segment beta", "Who helps", ["a", "b"])
    assert (made["version"], made["generation"], made["deleted"], made["unbounded"]) == (1, 1, False, False)
    assert made["creationDate"] == made["lastModifiedDate"] == START


def test_a_new_segment_is_in_the_audit_log_and_with_sdks(server: TestServer) -> None:
    make(server)

    entry = last_entry(server)
    assert (entry["kind"], entry["name"], entry["title_verb"]) == (
        "segment",
        "Segment beta",
        "created the segment",
    )
    assert entry["accesses"] == [["createSegment", "proj/default:env/test:segment/beta"]]
    document = published(server)["beta"]
    assert len(document.pop("salt")) == 32
    assert document == {
        "key": "beta",
        "version": 1,
        "included": [],
        "excluded": [],
        "includedContexts": [],
        "excludedContexts": [],
        "rules": [],
    }


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"name": ""}, "$.name"),
        ({"name": "  "}, "must not be empty"),
        ({"key": "a/b"}, "segment key"),
        ({"key": "expiring-targets"}, "reserved word"),
        ({"key": "expiring-user-targets"}, "reserved word"),
        ({"key": "triggers"}, "reserved word"),
        ({"tags": ["a b"]}, "tag 'a b'"),
        ({"unbounded": True, "unboundedContextKind": "multi"}, "context kind 'multi'"),
        ({"rules": []}, "unknown field `rules`"),
    ],
)
def test_a_segment_that_cannot_be_is_refused(server: TestServer, members: Any, reason: str) -> None:
    answer = server.post(MANY, {"key": "beta", "name": "Beta"} | members)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
    assert server.get(MANY).json["totalCount"] == 0


def test_a_key_is_given_once_in_an_environment(server: TestServer) -> None:
    make(server)
    make(server, many="/api/v2/segments/default/production")

    answer = server.post(MANY, {"key": "beta", "name": "Again"})

    assert (answer.status, answer.code) == (409, "conflict")
    assert "already exists" in answer.message


@pytest.mark.parametrize(
    "path", ["/api/v2/segments/nowhere/test", "/api/v2/segments/default/nowhere", f"{MANY}/nobody"]
)
def test_what_is_not_there_is_not_found(server: TestServer, path: str) -> None:
    answer = server.get(path)

    assert (answer.status, answer.code) == (404, "not_found")


def test_segments_are_listed_newest_first(server: TestServer) -> None:
    for key in ("one", "two", "three"):
        server.clock.advance(seconds=1)
        make(server, key)

    assert keys(server.get(MANY)) == ["three", "two", "one"]
    assert "_flags" not in server.get(MANY).json["items"][0]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["one", "three", "two"]),
        ("-name", ["two", "three", "one"]),
        ("creationDate", ["one", "two", "three"]),
        ("-lastModified", ["one", "three", "two"]),
    ],
)
def test_segments_are_sorted(server: TestServer, sort: str, order: list[str]) -> None:
    for key in ("one", "two", "three"):
        server.clock.advance(seconds=1)
        make(server, key)
    server.clock.advance(seconds=1)
    server.instruct(f"{MANY}/one", {"kind": "addTags", "values": ["x"]})

    assert keys(server.get(MANY, query={"sort": sort})) == order


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("query equals 'BIG'", ["two"]),
        ("query equals 'friendly'", ["one"]),
        ("query equals 'e_'", []),
        ("query equals 'o'", ["one", "two"]),
        ("tags anyOf ['vip', 'none']", ["one", "three"]),
        ("tags anyOf [\"vip\"],query equals 'three'", ["three"]),
        ("tags anyOf [slow] | kind equals rule-based", ["three", "two"]),
        ("kind equals 'list'", ["one", "two"]),
        ("kind equals 'synced'", []),
        ("kind equals 'big'", []),
        ("unbounded equals false", ["one", "three", "two"]),
        ("unbounded equals true", []),
        ("external exists true", []),
        ("external exists false", ["one", "three", "two"]),
    ],
)
def test_segments_are_filtered(server: TestServer, text: str, found: list[str]) -> None:
    make(server, "one", description="Friendly people", tags=["vip", "fast"])
    make(server, "two", name="The big ones", tags=["slow"])
    make(server, "three", tags=["vip"])
    server.instruct(f"{MANY}/three", {"kind": "addRule", **a_rule()})
    make(server, "elsewhere", many="/api/v2/segments/default/production", tags=["vip"])

    answer = server.get(MANY, query={"filter": text, "sort": "name"})

    assert sorted(keys(answer)) == sorted(found)
    assert answer.json["totalCount"] == len(found)


def test_a_filter_that_means_nothing_is_refused(server: TestServer) -> None:
    answer = server.get(MANY, query={"filter": "colour equals red"})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "external, kind, query, tags, unbounded" in answer.message


def test_a_page_links_to_those_that_exist(server: TestServer) -> None:
    for number in range(5):
        make(server, f"s{number}")

    links = server.get(MANY, query={"limit": 2, "offset": 2, "sort": "name"}).json["_links"]

    assert {name: link["href"].rpartition("?")[2] for name, link in links.items()} == {
        "self": "sort=name&limit=2&offset=2",
        "first": "sort=name&limit=2",
        "prev": "sort=name&limit=2",
        "next": "sort=name&limit=2&offset=4",
        "last": "sort=name&limit=2&offset=4",
    }
    assert keys(server.get(MANY, query={"limit": 2, "offset": 4, "sort": "name"})) == ["s4"]


@pytest.mark.parametrize(("version", "limit"), [("20220603", 50), ("20240415", 20)])
def test_a_page_without_a_limit_is_shorter_since_20240415(
    server: TestServer, version: str, limit: int
) -> None:
    for number in range(51):
        make(server, f"s{number}")

    answer = server.get(MANY, version=version)

    assert (len(answer.json["items"]), answer.json["totalCount"]) == (limit, 51)
    assert answer.json["_links"]["self"]["href"] == f"{MANY}?limit={limit}"


def test_a_deleted_segment_is_gone_for_readers_and_sdks(server: TestServer) -> None:
    make(server, tags=["vip"])

    assert server.delete(ONE).status == 204

    assert server.get(ONE).status == 404
    assert published(server) == {"beta": None}
    assert last_entry(server)["title_verb"] == "deleted the segment"
    assert server.get("/api/v2/tags").json["items"] == []


def test_the_segments_of_one_key_are_counted(server: TestServer) -> None:
    make(server)
    server.delete(ONE)
    again = make(server)

    assert (again["generation"], again["version"]) == (2, 1)
    assert published(server)["beta"]["version"] == 3
    server.delete(ONE)
    assert make(server)["generation"] == 3


def test_a_segment_that_another_one_asks_for_cannot_be_deleted(server: TestServer) -> None:
    make(server)
    make(server, "staff")
    assert ask_for(server, "staff", "beta").status == 200

    answer = server.delete(ONE)

    assert (answer.status, answer.code) == (409, "conflict")
    assert "in use by the segment staff" in answer.message
    assert server.delete(f"{MANY}/staff").status == 204
    assert server.delete(ONE).status == 204


def test_a_reader_changes_nothing(server: TestServer) -> None:
    make(server)

    refused = [
        server.post(MANY, {"key": "mine", "name": "Mine"}, as_=READER),
        server.delete(ONE, as_=READER),
        server.instruct(ONE, {"kind": "updateName", "value": "Mine"}, as_=READER),
    ]

    assert [(answer.status, answer.code) for answer in refused] == [(403, "forbidden")] * 3
    assert server.get(ONE, as_=READER).json["name"] == "Segment beta"


def test_a_policy_speaks_of_segments_by_key_and_tag(server: TestServer) -> None:
    make(server, tags=["vip"])
    make(server, "plain")
    token = server.add_token(
        Statement("allow", resources=("proj/*:env/test:segment/*;vip",), actions=("deleteSegment",))
    )

    assert server.delete(f"{MANY}/plain", as_=token).status == 403
    assert server.delete(ONE, as_=token).status == 204


def memberships(server: TestServer, context: Any) -> dict[str, tuple[bool, bool, bool]]:
    answer = server.post(EVALUATE, context)
    assert answer.status == 200, answer
    return {
        item["key"]: (item["isMember"], item["isIndividuallyTargeted"], item["isRuleTargeted"])
        for item in answer.json["items"]
    }


def test_a_context_is_told_which_segments_it_is_in_and_why(server: TestServer) -> None:
    listed, ruled = (True, True, False), (True, False, True)
    nothing = (False, False, False)
    for key in ("listed", "ruled", "both", "out", "nested"):
        make(server, key)
    include = {"kind": "addIncludedUsers", "values": ["ann"]}
    rule = {"kind": "addRule", **a_rule()}
    server.instruct(f"{MANY}/listed", include)
    server.instruct(f"{MANY}/ruled", rule)
    server.instruct(f"{MANY}/both", include, rule)
    server.instruct(f"{MANY}/out", {"kind": "addExcludedUsers", "values": ["ann"]}, rule)
    ask_for(server, "nested", "ruled")

    assert memberships(server, {"kind": "user", "key": "ann", "country": "SE"}) == {
        "listed": listed,
        "ruled": ruled,
        "both": listed,
        "out": nothing,
        "nested": ruled,
    }
    assert memberships(server, {"key": "eve"}) == dict.fromkeys(
        ["listed", "ruled", "both", "out", "nested"], nothing
    )


def test_any_part_of_a_multi_context_may_be_listed(server: TestServer) -> None:
    make(server)
    server.instruct(ONE, {"kind": "addIncludedTargets", "contextKind": "org", "values": ["acme"]})

    context = {"kind": "multi", "user": {"key": "ann"}, "org": {"key": "acme"}}
    assert memberships(server, context) == {"beta": (True, True, False)}
    assert memberships(server, {"kind": "user", "key": "acme"}) == {"beta": (False, False, False)}


def test_an_evaluation_writes_nothing(server: TestServer) -> None:
    make(server)
    before = server.count("audit_log"), server.count("outbox")

    assert server.post(EVALUATE, {"kind": "user", "key": "ann"}, as_=READER).status == 200

    assert (server.count("audit_log"), server.count("outbox")) == before


@pytest.mark.parametrize(
    "context", [{}, {"kind": "user"}, {"kind": "multi"}, {"kind": "user", "key": ""}, []]
)
def test_what_is_no_context_is_refused(server: TestServer, context: Any) -> None:
    answer = server.post(EVALUATE, context)

    assert (answer.status, answer.code) == (400, "invalid_request")
