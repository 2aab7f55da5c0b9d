"""Contexts over HTTP: sent by SDKs, then searched and shown, alone and as they were evaluated together."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.support.client import Answer
from tests.support.seen import see
from tests.support.server import TestServer

TEST = "/api/v2/projects/default/environments/test"
CONTEXTS = f"{TEST}/contexts/search"
INSTANCES = f"{TEST}/context-instances/search"
ANN = {"kind": "user", "key": "ann", "name": "Ann Lee", "email": "ann@x.org", "age": 42, "beta": True}
BOB = {"kind": "user", "key": "bob", "name": "Bob", "tags": ["red", "blue"], "address": {"city": "Lund"}}
ACME = {"kind": "org", "key": "acme/eu", "name": "Acme", "since": "2020-05-01T00:00:00Z", "plan": "pro"}
TOGETHER = {"kind": "multi", "user": {"key": "ann", "name": "Ann Lee"}, "org": {"key": "acme/eu"}}


@pytest.fixture
def seen(server: TestServer) -> TestServer:
    """Ann, Bob and Acme, in this order, a minute apart."""
    for context in (ANN, BOB, ACME):
        see(server, context)
        server.clock.advance(seconds=60)
    return server


def keys(answer: Answer) -> list[str]:
    """The keys of the contexts in an answer, or of instances the kinds and keys."""
    assert answer.status == 200, answer
    return [item["context"]["key"] for item in answer.json["items"]]


def test_a_context_is_shown_as_it_was_last_seen(seen: TestServer) -> None:
    answer = seen.get(f"{TEST}/contexts/org/acme%2Feu")

    (item,) = answer.json["items"]
    assert item["context"] == ACME
    assert item["lastSeen"] == "2023-11-14T22:15:20.000Z"
    assert item["associatedContexts"] == 0
    assert "applicationId" not in item
    assert item["_links"]["self"]["href"] == f"{TEST}/contexts/org/acme%2Feu"
    assert answer.json["totalCount"] == 1
    assert answer.json["_environmentId"] == seen.rows("SELECT id FROM environments WHERE key = 'test'")[0][0]


def test_a_context_that_was_never_seen_is_an_empty_list(seen: TestServer) -> None:
    assert seen.get(f"{TEST}/contexts/user/eve").json["items"] == []
    assert seen.get(f"{TEST.replace('test', 'production')}/contexts/user/ann").json["items"] == []


def test_a_context_is_shown_once_for_each_application(server: TestServer) -> None:
    see(server, ANN, application="shop")
    see(server, ANN | {"email": "ann@y.org"}, application="mail-1.2")

    answer = server.get(f"{TEST}/contexts/user/ann", query={"filter": 'applicationId:"mail-1.2"'})
    (item,) = answer.json["items"]
    assert (item["applicationId"], item["context"]["email"]) == ("mail-1.2", "ann@y.org")
    assert server.get(f"{TEST}/contexts/user/ann").json["totalCount"] == 2
    assert server.get(item["_links"]["self"]["href"]).json["items"] == [item]
    refused = server.get(f"{TEST}/contexts/user/ann", query={"filter": "kind equals user"})
    assert (refused.status, refused.code) == (400, "invalid_request")
    assert "allowed fields: applicationId" in refused.message


def test_what_an_sdk_held_back_is_named(server: TestServer) -> None:
    see(server, ANN | {"_meta": {"redactedAttributes": ["/ssn"]}})

    (item,) = server.get(f"{TEST}/contexts/user/ann").json["items"]
    assert item["context"] == ANN | {"_meta": {"redactedAttributes": ["/ssn"]}}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["acme/eu", "bob", "ann"]),
        ("kind equals user", ["bob", "ann"]),
        ('kind:{"equals": ["org"]}', ["acme/eu"]),
        ("kind notEquals user", ["acme/eu"]),
        ('kind anyOf ["org","device"]', ["acme/eu"]),
        ('kinds contains ["user"]', ["bob", "ann"]),
        ('kinds contains ["user","org"]', []),
        ('kinds anyOf ["user","org"]', ["acme/eu", "bob", "ann"]),
        ("key equals bob", ["bob"]),
        ("key startsWith a", ["acme/eu", "ann"]),
        ('kindKey equals "org:acme/eu"', ["acme/eu"]),
        ('kindKey notEquals "user:bob"', ["acme/eu", "ann"]),
        ('kindKeys anyOf ["user:ann","org:ann","bob"]', ["ann"]),
        ('kindKeys:{"contains": ["user:bob"]}', ["bob"]),
        ("id equals dXNlcjphbm4", ["ann"]),
        ("id equals nonsense", []),
        ("q equals LUND", ["bob"]),
        ("q equals lee", ["ann"]),
        ("q equals kind", []),
        ("q equals acme", ["acme/eu"]),
        ("name startsWith A", ["acme/eu", "ann"]),
        ("name exists false", []),
        ('name equals "Ann Lee"', ["ann"]),
        ("user.email exists true", ["ann"]),
        ("org.email exists true", []),
        ("*.name startsWith Ac", ["acme/eu"]),
        ("*./address/city equals Lund", ["bob"]),
        ("user.age equals 42", ["ann"]),
        ("user.age notEquals 42", ["bob"]),
        ("*.beta equals true", ["ann"]),
        ("*.tags equals blue", ["bob"]),
        ("org.since before 2021-01-01T00:00:00Z", ["acme/eu"]),
        ("org.since after 1609459200000", []),
        ("kind equals user,(key equals ann|*.name equals Acme)", ["ann"]),
        ("*.name startsWith Jo,kind anyOf ['user']|key equals bob", ["bob"]),
        ("applicationId equals shop", []),
    ],
)
def test_contexts_are_found_by_filters(seen: TestServer, text: str, found: list[str]) -> None:
    by_query = seen.post(CONTEXTS, query={"filter": text})
    by_body = seen.post(CONTEXTS, {"filter": text})

    assert keys(by_query) == found
    assert by_query.json["totalCount"] == len(found)
    assert by_body.json["items"] == by_query.json["items"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"filter": "colour equals red"}, "unknown field 'colour'"),
        ({"filter": "kind contains user"}, "'kind'"),
        ({"filter": "user. equals 1"}, "unknown field"),
        ({"filter": "user.//x equals 1"}, "user.//x"),
        ({"filter": "'user.a\"b' equals 1"}, "cannot be searched"),
        ({"sort": "name"}, "sort: unknown field 'name'"),
        ({"limit": 0}, "limit"),
        ({"continuationToken": "nonsense"}, "continuationToken"),
    ],
)
def test_a_search_that_cannot_be_is_refused_with_the_field(seen: TestServer, asked: Any, reason: str) -> None:
    for path in (CONTEXTS, INSTANCES):
        for answer in (seen.post(path, query=asked), seen.post(path, asked)):
            assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in seen.post(CONTEXTS, asked).message


def test_a_search_stands_in_the_query_or_in_the_body(seen: TestServer) -> None:
    answer = seen.post(CONTEXTS, {"filter": "kind equals user"}, query={"sort": "ts"})
    counted = seen.post(CONTEXTS, {"filter": "kind equals user"}, query={"includeTotalCount": "false"})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "not in both" in answer.message
    assert "totalCount" not in counted.json


@pytest.mark.parametrize("text", ["", "*.name exists true"])
@pytest.mark.parametrize(("sort", "order"), [("ts", 1), ("-ts", -1), ("", -1)])
def test_pages_follow_each_other_without_gap_or_repetition(
    server: TestServer, text: str, sort: str, order: int
) -> None:
    for number in range(7):
        see(server, {"kind": "user", "key": f"u{number}", "name": "U"})
        server.clock.advance(seconds=60 * (number % 2))

    url, found, pages = CONTEXTS, [], 0
    query: Any = {"filter": text, "sort": sort, "limit": 3}
    while url:
        answer = server.post(url, query=query)
        found += keys(answer)
        assert answer.json["totalCount"] == 7
        pages += 1
        following = urlsplit(answer.json["_links"].get("next", {"href": ""})["href"])
        url, query = following.path, dict(parse_qsl(following.query))
        assert query.get("continuationToken") == answer.json.get("continuationToken")
    assert found == [f"u{number}" for number in range(7)][::order]
    assert pages == 3


def test_contexts_that_were_evaluated_together_are_an_instance(server: TestServer) -> None:
    see(server, TOGETHER | {"device": {"key": "phone", "anonymous": True}}, application="shop")
    see(server, BOB)

    (item,) = server.post(INSTANCES, query={"filter": "kinds contains ['org']"}).json["items"]
    assert item["context"] == TOGETHER
    assert item["anonymousKinds"] == ["device"]
    assert item["applicationId"] == "shop"
    assert server.get(item["_links"]["self"]["href"]).json["items"] == [item]
    assert server.get(f"{TEST}/context-instances/{item['id']}").json["totalCount"] == 1
    (ann,) = server.get(f"{TEST}/contexts/user/ann").json["items"]
    assert ann["associatedContexts"] == 1
    assert server.get(f"{TEST}/contexts/device/phone").json["items"] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 2),
        ("kinds equals ['user','org']", 1),
        ("kinds equals ['org']", 0),
        ("kinds anyOf ['org','device']", 1),
        ("kinds contains ['user']", 2),
        ('kindKeys contains ["user:ann"]', 1),
        ('kindKeys contains ["user:ann","org:acme/eu"]', 1),
        ('kindKeys contains ["user:ann","org:other"]', 0),
        ('kindKeys equals ["org:acme/eu","user:ann"]', 1),
        ('kindKeys anyOf ["user:bob","user:eve"]', 1),
        ("id equals dXNlcjpib2I", 1),
        ("applicationId notEquals shop", 1),
    ],
)
def test_instances_are_found_by_filters(server: TestServer, text: str, count: int) -> None:
    see(server, TOGETHER, application="shop")
    see(server, BOB)

    assert server.post(INSTANCES, {"filter": text}).json["totalCount"] == count


def test_kinds_that_sdks_send_are_there_without_being_made(seen: TestServer) -> None:
    path = "/api/v2/projects/default/context-kinds"
    found = {item["key"]: item for item in seen.get(path).json["items"]}
    org = found["org"]
    assert (org["name"], org["createdFrom"], org["version"]) == ("org", "auto-add", 1)
    assert org["lastSeen"] == org["creationDate"] == seen.clock.now - 60_000
    assert found["user"]["lastSeen"] == seen.clock.now - 120_000

    assert seen.put(f"{path}/org", {"name": "Organisation"}).status == 200
    (changed,) = (item for item in seen.get(path).json["items"] if item["key"] == "org")
    assert (changed["createdFrom"], changed["version"]) == ("auto-add", 2)
    assert changed["creationDate"] == org["creationDate"]
    assert (
        seen.rows("SELECT accesses FROM audit_log ORDER BY position DESC LIMIT 1")[0][0].count("update") == 1
    )


def test_a_user_is_served_what_their_attributes_ask_for(seen: TestServer) -> None:
    rule = {"kind": "addRule", "variationId": "", "clauses": []}
    flag = seen.post("/api/v2/flags/default", {"key": "checkout", "name": "Checkout"}).json
    rule["variationId"] = flag["variations"][1]["_id"]
    rule["clauses"] = [{"attribute": "email", "op": "endsWith", "values": ["@x.org"], "contextKind": "user"}]
    off = {"kind": "turnFlagOn"}
    assert seen.instruct("/api/v2/flags/default/checkout", off, rule, environment="test").status == 200

    served = [seen.get(f"/api/v2/users/default/test/{key}/flags/checkout").json for key in ("ann", "eve")]
    assert [(one["_value"], one["reason"]["kind"]) for one in served] == [
        (False, "RULE_MATCH"),
        (True, "FALLTHROUGH"),
    ]
