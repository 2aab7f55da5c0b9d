"""Payload filters over HTTP: made, changed, listed, deleted, and what SDKs get by them."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.projects.payload_filters.model import MOST_FILTERS
from tests.support.segment_calls import last_entry
from tests.support.server import TestServer

MANY = "/api/v2/flagstaff/projects/default/payload-filters"
WEB = f"{MANY}/web"


def put(server: TestServer, path: str = WEB, **members: Any) -> Any:
    answer = server.put(path, {"name": "Web", **members})
    assert answer.status == 200, answer
    return answer.json


def make_flag(server: TestServer, key: str, *tags: str) -> None:
    assert server.post("/api/v2/flags/default", {"key": key, "name": key, "tags": tags}).status == 201


def poll(server: TestServer, filter_key: str = "web") -> Any:
    return server.get(f"/sdk/latest-all?filter={filter_key}", as_=server.sdk_key())


def seen(server: TestServer, filter_key: str = "web") -> list[str]:
    answer = poll(server, filter_key)
    assert answer.status == 200, answer
    return sorted(answer.json["flags"])


def test_a_filter_is_made_shown_and_changed(server: TestServer) -> None:
    made = put(server, flagTags=["b", "a", "a"], flagKeys=["two", "one"])
    assert (made["key"], made["name"], made["_version"]) == ("web", "Web", 1)
    assert (made["flagTags"], made["flagKeys"]) == (["a", "b"], ["one", "two"])
    assert put(server, flagTags=["a", "b"], flagKeys=["one", "two"]) == made
    assert put(server, name="Page")["_version"] == 2
    put(server, f"{MANY}/app")
    listed = server.get(MANY).json
    assert ([one["key"] for one in listed["items"]], listed["totalCount"]) == (["app", "web"], 2)


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (WEB, {}, "name"),
        (WEB, {"name": ""}, "$.name"),
        (WEB, {"name": "W", "flagTags": ["a b"]}, "tag"),
        (WEB, {"name": "W", "flagKeys": ["a/b"]}, "flag key"),
        (WEB, {"name": "W", "flagKeys": [f"f{n}" for n in range(1_001)]}, "$.flagKeys"),
        (WEB, {"name": "W", "key": "web"}, "key"),
        (f"{MANY}/a%20b", {"name": "W"}, "payload filter key"),
    ],
)
def test_what_is_no_filter_is_refused_with_its_place(
    server: TestServer, path: str, body: Any, reason: str
) -> None:
    answer = server.put(path, body)
    assert (answer.status, server.get(MANY).json["totalCount"]) == (400, 0)
    assert reason in answer.message


def test_there_may_be_so_many_and_no_more(server: TestServer) -> None:
    for number in range(MOST_FILTERS):
        put(server, f"{MANY}/f{number}")
    assert server.put(WEB, {"name": "Web"}).status == 400
    put(server, f"{MANY}/f0", name="Changed")


def test_each_change_is_in_the_audit_log(server: TestServer) -> None:
    entries = []
    for call in (lambda: put(server), lambda: put(server, name="Page"), lambda: server.delete(WEB)):
        call()
        entries.append(last_entry(server))
    assert [entry["title_verb"] for entry in entries] == [
        "created the payload filter",
        "updated the payload filter",
        "deleted the payload filter",
    ]
    resource = "proj/default:payload-filter/web"
    assert [entry["accesses"] for entry in entries] == [
        [[f"{action}PayloadFilter", resource]] for action in ("create", "update", "delete")
    ]


@pytest.mark.parametrize("action", ["createPayloadFilter", "updatePayloadFilter", "deletePayloadFilter"])
def test_each_change_needs_its_own_permission(server: TestServer, action: str) -> None:
    token = server.add_token(
        Statement("allow", resources=("proj/*", "proj/*:payload-filter/*"), actions=("*",)),
        Statement("deny", resources=("proj/*:payload-filter/web",), actions=(action,)),
    )
    if action != "createPayloadFilter":
        put(server)
    body = {"name": "Changed"}
    answer = (
        server.delete(WEB, as_=token) if action == "deletePayloadFilter" else server.put(WEB, body, as_=token)
    )
    assert answer.status == 403


def test_a_project_takes_its_filters_with_it(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    put(server, "/api/v2/flagstaff/projects/spare/payload-filters/web")
    server.delete("/api/v2/projects/spare")
    assert server.count("payload_filters") == 0


def test_sdks_get_the_flags_with_a_tag_or_a_key(server: TestServer) -> None:
    make_flag(server, "tagged", "shop", "other")
    make_flag(server, "other", "other")
    make_flag(server, "named")
    put(server, flagTags=["shop", "nowhere"], flagKeys=["named", "later"])
    assert seen(server) == ["named", "tagged"]
    make_flag(server, "later")
    assert seen(server) == ["later", "named", "tagged"]
    assert server.get("/sdk/latest-all", as_=server.sdk_key()).json["flags"].keys() > {"other"}
    flags = server.get("/sdk/flags?filter=web", as_=server.sdk_key()).json
    assert sorted(flags) == ["later", "named", "tagged"]
    assert server.get("/sdk/flags/other?filter=web", as_=server.sdk_key()).status == 404


def test_a_flag_comes_and_goes_with_its_tags(server: TestServer) -> None:
    put(server, flagTags=["shop"])
    make_flag(server, "flag")
    assert seen(server) == []
    for kind, expected in (("addTags", ["flag"]), ("removeTags", []), ("addTags", ["flag"])):
        etag = poll(server).headers["etag"]
        server.instruct("/api/v2/flags/default/flag", {"kind": kind, "values": ["shop"]})
        assert seen(server) == expected
        assert poll(server).headers["etag"] != etag


def test_tags_that_no_filter_asks_for_are_no_news_for_sdks(server: TestServer) -> None:
    put(server, flagTags=["shop"])
    make_flag(server, "flag")
    etag = server.get("/sdk/latest-all", as_=server.sdk_key()).headers["etag"]
    server.instruct("/api/v2/flags/default/flag", {"kind": "addTags", "values": ["other"]})
    assert server.get("/sdk/latest-all", as_=server.sdk_key()).headers["etag"] == etag


def test_a_filter_that_is_changed_or_deleted_holds_at_once(server: TestServer) -> None:
    make_flag(server, "a")
    make_flag(server, "b")
    assert poll(server).status == 404
    put(server, flagKeys=["a"])
    assert seen(server) == ["a"]
    put(server, flagKeys=["b"])
    assert seen(server) == ["b"]
    server.delete(WEB)
    assert poll(server).status == 404


def test_a_poll_behind_a_filter_is_unchanged_while_its_part_is(server: TestServer) -> None:
    make_flag(server, "a")
    make_flag(server, "b")
    put(server, flagKeys=["a"])
    etag = poll(server).headers["etag"]
    server.instruct("/api/v2/flags/default/b", {"kind": "turnFlagOn"}, environment="production")
    again = server.get("/sdk/latest-all?filter=web", as_=server.sdk_key(), headers={"If-None-Match": etag})
    assert (again.status, again.headers["etag"]) == (304, etag)
    server.instruct("/api/v2/flags/default/a", {"kind": "turnFlagOn"}, environment="production")
    assert poll(server).headers["etag"] != etag
