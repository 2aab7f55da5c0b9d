"""Search over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.client import READER
from tests.support.flag_calls import instruct, make
from tests.support.seen import see
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer

SEARCH = "/api/v2/flagstaff/search"


def search(server: TestServer, text: str, **how: Any) -> list[tuple[str, str]]:
    as_ = how.pop("as_", READER)
    answer = server.get(SEARCH, query={"q": text} | how, as_=as_)
    assert answer.status == 200, answer
    return [(item["kind"], item["key"]) for item in answer.json["items"]]


def test_every_kind_is_found(server: TestServer) -> None:
    make(server, "test-flag", name="One")
    make_segment(server, "test-segment")
    see(server, {"kind": "user", "key": "test-user", "name": "Ann"}, {"kind": "org", "key": "other"})

    found = search(server, "test", projectKey="default", environmentKey="test")

    assert found == [
        ("environment", "test"),
        ("flag", "test-flag"),
        ("segment", "test-segment"),
        ("context", "test-user"),
    ]
    ((kind, _),) = search(server, "owner@ex")
    assert kind == "member"
    assert search(server, "default") == [("project", "default")]


def test_items_say_where_they_are(server: TestServer) -> None:
    make_segment(server, "beta", tags=["x"])
    see(server, {"kind": "org", "key": "beta-corp", "name": "Beta"})

    segment, context = server.get(
        SEARCH, query={"q": "beta", "projectKey": "default", "environmentKey": "test"}
    ).json["items"]

    assert (segment["projectKey"], segment["environmentKey"], segment["name"]) == (
        "default",
        "test",
        "Segment beta",
    )
    assert (context["contextKind"], context["name"]) == ("org", "Beta")
    (owner,) = server.get(SEARCH, query={"q": "owner"}).json["items"]
    assert owner["email"] == "owner@example.com"


def test_every_word_must_occur_in_key_or_name(server: TestServer) -> None:
    make(server, "checkout-v2", name="New checkout")
    make(server, "checkout", name="Old one")

    assert search(server, "check new") == [("flag", "checkout-v2")]
    assert search(server, "CHECKOUT") == [("flag", "checkout"), ("flag", "checkout-v2")]
    assert search(server, "check nothing") == []
    assert search(server, "%") == search(server, "_heckout") == search(server, "") == []


def test_the_archive_comes_last(server: TestServer) -> None:
    make(server, "pay")
    instruct(server, {"kind": "archiveFlag"}, key="pay")
    make(server, "repay")

    answer = server.get(SEARCH, query={"q": "pay"}).json["items"]

    assert [(item["key"], item.get("archived")) for item in answer] == [("repay", None), ("pay", True)]


def test_the_best_of_thousands_is_among_the_first(server: TestServer) -> None:
    for number in range(70):
        make(server, f"team-{number}-pay")
    make(server, "zz", name="Pay")
    make(server, "pay")

    assert search(server, "pay", limit=2) == [("flag", "pay"), ("flag", "zz")]
    assert len(search(server, "team", limit=100)) == 50


def test_only_what_may_be_seen_is_found(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "secret", "name": "Secret"})
    make(server, "hidden", many="/api/v2/flags/secret")
    make(server, "hidden-not")
    make_segment(server, "hidden-one", many="/api/v2/segments/secret/test")
    statements = (
        Statement("allow", resources=("proj/*",), actions=("viewProject",)),
        Statement("deny", resources=("proj/secret",), actions=("viewProject",)),
    )
    token = server.add_token(*statements)

    assert search(server, "hidden", as_=token) == [("flag", "hidden-not")]
    assert len(search(server, "hidden")) == 3
    assert search(server, "hidden", projectKey="secret") == [("flag", "hidden"), ("segment", "hidden-one")]
    assert server.get(SEARCH, query={"q": "x", "projectKey": "secret"}, as_=token).status == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"q": "x" * 201}, 400),
        ({"q": "a b c d e f g h i j k"}, 400),
        ({"q": "x", "limit": 0}, 400),
        ({"q": "x", "environmentKey": "test"}, 400),
        ({"q": "x", "projectKey": "nowhere"}, 404),
        ({"q": "x", "projectKey": "default", "environmentKey": "nowhere"}, 404),
    ],
)
def test_what_cannot_be_searched_is_refused(server: TestServer, query: Any, status: int) -> None:
    assert server.get(SEARCH, query=query).status == status
