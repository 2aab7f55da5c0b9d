"""Users over HTTP: contexts of the kind `user`, as older clients ask for them."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.support.client import Answer
from tests.support.seen import see
from tests.support.server import TestServer

USERS = "/api/v2/users/default/test"
SEARCH = "/api/v2/user-search/default/test"
ANN = {"kind": "user", "key": "ann", "name": "Ann Lee", "email": "ann@x.org", "age": 42, "trial": False}
BOB = {"kind": "user", "key": "bob", "firstName": "Bob", "age": "42", "plan": "Ann"}
EVE = {"kind": "user", "key": "eve/1", "lastName": "Lee", "trial": True, "tags": ["x"]}


@pytest.fixture
def seen(server: TestServer) -> TestServer:
    """Eve, Bob and Ann, in this order, a minute apart; and an organisation, who is no user."""
    for context in (EVE, BOB, ANN):
        see(server, context)
        server.clock.advance(seconds=60)
    see(server, {"kind": "org", "key": "ann"})
    return server


def keys(answer: Answer) -> list[str]:
    """The keys of the users in a list."""
    assert answer.status == 200, answer
    return [item["user"]["key"] for item in answer.json["items"]]


def test_users_are_listed_by_key(seen: TestServer) -> None:
    answer = seen.get(USERS)

    assert keys(answer) == ["ann", "bob", "eve/1"]
    assert answer.json["totalCount"] == 3
    assert [item["sortValue"] for item in answer.json["items"]] == ["ann", "bob", "eve/1"]


def test_a_user_of_several_applications_is_one(server: TestServer) -> None:
    see(server, ANN | {"email": "old@x.org"}, application="shop")
    server.clock.advance(seconds=60)
    see(server, ANN, application="mail")

    for path in (USERS, SEARCH, f"{SEARCH}?sort=-lastSeen", f"{SEARCH}?q=ann"):
        answer = server.get(path)
        assert answer.json["totalCount"] == 1
        assert [item["user"]["email"] for item in answer.json["items"]] == ["ann@x.org"]


def test_a_user_is_shown_as_they_were_last_seen(seen: TestServer) -> None:
    shown = seen.get(f"{USERS}/eve%2F1").json

    assert shown["user"] == {"key": "eve/1", "lastName": "Lee", "custom": {"trial": True, "tags": ["x"]}}
    assert shown["lastPing"] == "2023-11-14T22:13:20.000Z"
    assert len(shown["ownerId"]) == 24
    assert seen.get(shown["_links"]["self"]["href"]).json == shown


@pytest.mark.parametrize("version", ["20160426", "20191212"])
def test_before_20210729_a_user_is_shown_without_a_record(seen: TestServer, version: str) -> None:
    record = seen.get(f"{USERS}/ann", version="20210729").json

    assert seen.get(f"{USERS}/ann", version=version).json == record["user"]


@pytest.mark.parametrize("path", [USERS, f"{USERS}/ann", SEARCH])
def test_operations_of_users_answer_in_20240415_as_before(seen: TestServer, path: str) -> None:
    answer = seen.get(path, version="20240415")

    assert answer.headers["ld-api-version"] == "20240415"
    assert answer.json == seen.get(path, version="20220603").json


def test_users_are_deleted_and_their_attributes_named_in_20240415_as_before(seen: TestServer) -> None:
    attributes = "/api/v2/user-attributes/default/test"
    assert seen.delete(f"{USERS}/ann", version="20240415").status == 204
    assert seen.get(attributes, version="20240415").status == 403  # a beta operation, in every version
    assert seen.get(attributes, version="beta").json["standard"][0] == "key"


def test_a_user_who_was_never_seen_is_not_found(seen: TestServer) -> None:
    answer = seen.get(f"{USERS}/zoe")

    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["ann", "bob", "eve/1"]),
        ({"q": "LEE"}, ["ann", "eve/1"]),
        ({"q": "ann"}, ["ann"]),
        ({"q": "pro"}, []),
        ({"filter": "age:42"}, ["ann", "bob"]),
        ({"filter": "trial:false"}, ["ann"]),
        ({"filter": "trial:true,lastName:Lee"}, ["eve/1"]),
        ({"filter": "tags:x"}, ["eve/1"]),
        ({"sort": "-userKey"}, ["eve/1", "bob", "ann"]),
        ({"sort": "lastSeen"}, ["eve/1", "bob", "ann"]),
        ({"sort": "-lastSeen"}, ["ann", "bob", "eve/1"]),
        ({"sort": "-lastSeen", "q": "lee"}, ["ann", "eve/1"]),
        ({"after": 1_700_000_060_000}, ["bob", "eve/1"]),
        ({"offset": 1, "limit": 1}, ["bob"]),
        ({"searchAfter": "ann"}, ["bob", "eve/1"]),
    ],
)
def test_users_are_found(seen: TestServer, asked: Any, found: list[str]) -> None:
    assert keys(seen.get(SEARCH, query=asked)) == found


@pytest.mark.parametrize("asked", [{"sort": "name"}, {"filter": "age"}, {"limit": 0}, {"after": "x"}])
def test_a_search_that_cannot_be_is_refused(seen: TestServer, asked: Any) -> None:
    answer = seen.get(SEARCH, query=asked)

    assert (answer.status, answer.code) == (400, "invalid_request")


@pytest.mark.parametrize("more", [{}, {"q": "u"}])
@pytest.mark.parametrize("sort", ["userKey", "-userKey", "lastSeen", "-lastSeen"])
def test_pages_follow_each_other_without_gap_or_repetition(
    server: TestServer, sort: str, more: dict[str, str]
) -> None:
    for number in range(5):
        see(server, {"kind": "user", "key": f"u{number}"})
        server.clock.advance(seconds=60 * (number % 2))

    url, found, query = SEARCH, [], {"sort": sort, "limit": "2"} | more
    while url:
        answer = server.get(url, query=query)
        found += keys(answer)
        following = urlsplit(answer.json["_links"].get("next", {"href": ""})["href"])
        url, query = following.path, dict(parse_qsl(following.query))
    assert found == [f"u{number}" for number in range(5)][:: -1 if sort.startswith("-") else 1]


def test_attributes_of_users_are_named_in_three_lists(seen: TestServer) -> None:
    see(
        seen,
        {"kind": "user", "key": "ann", "address": {"city": "Lund"}, "_meta": {"redactedAttributes": ["ssn"]}},
    )

    answer = seen.get("/api/v2/user-attributes/default/test", version="beta")
    assert answer.json == {
        "private": ["ssn"],
        "custom": ["address", "age", "plan", "tags", "trial"],
        "standard": ["key", "email", "firstName", "lastName", "name"],
    }
