"""Previews over HTTP: they say what the patch then does."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.audit import traces
from tests.support.client import JSON, READER, SEMANTIC
from tests.support.flag_calls import (
    GREEN,
    MANY,
    ONE,
    RED,
    YES,
    a_rule,
    instruct,
    make,
    make_colours,
    make_switch,
    require,
)
from tests.support.segment_calls import ONE as SEGMENT
from tests.support.segment_calls import a_rule as segment_rule
from tests.support.segment_calls import ask_for
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer

PREVIEW = "/api/v2/flagstaff/projects/default/flags/checkout/preview"
SEGMENT_PREVIEW = "/api/v2/flagstaff/projects/default/environments/test/segments/beta/preview"
LOG = "/api/v2/auditlog"
ON = {"kind": "turnFlagOn"}
NAME = {"kind": "updateName", "value": "Till"}
PATCH = [
    {"op": "replace", "path": "/name", "value": "Till"},
    {"op": "replace", "path": "/environments/test/on", "value": True},
]


def preview(server: TestServer, body: Any, path: str = PREVIEW, **how: Any) -> Any:
    semantic = isinstance(body, dict) and "instructions" in body
    answer = server.post(path, body, content_type=SEMANTIC if semantic else JSON, **how)
    assert answer.status == 200, answer
    return answer.json


def in_test(*instructions: Any) -> dict[str, Any]:
    return {"instructions": instructions, "environmentKey": "test", "comment": "Because"}


def newest(server: TestServer) -> Any:
    return server.get(LOG, query={"limit": 1}).json["items"][0]


@pytest.mark.parametrize(
    "body", [in_test(ON, NAME), PATCH, {"name": "Till", "environments": {"test": {"on": True}}}]
)
def test_a_preview_says_what_the_patch_then_does(server: TestServer, body: Any) -> None:
    make_colours(server)
    before = traces(server)

    said = preview(server, body)

    assert traces(server) == before
    semantic = isinstance(body, dict) and "instructions" in body
    patched = server.patch(ONE, body, semantic=semantic)
    assert patched.json == said["flag"]
    entry = newest(server)
    assert (said["title"], said["titleVerb"], said["description"]) == (
        entry["title"],
        entry["titleVerb"],
        entry["description"],
    )
    assert said["title"].startswith("[")
    assert sorted(said["environments"]) == ["production", "test"]
    assert said["steps"] == [
        {"environmentKey": "", "instructions": [{"kind": "updateName", "value": "Till"}]},
        {"environmentKey": "test", "instructions": [{"kind": "turnFlagOn"}]},
    ]
    assert (said["conflicts"], said["denied"]) == ([], [])


def test_a_preview_of_a_migration_tells_its_check_ratio(server: TestServer) -> None:
    migration = {"purpose": "migration", "migrationSettings": {"stageCount": 2}}
    make(server, **migration)
    path = "/environments/test/migrationSettings/checkRatio"
    patch = [{"op": "add", "path": path, "value": 20}]

    said = preview(server, patch)

    server.patch(ONE, patch)
    assert server.get(ONE, query={"expand": "migrationSettings"}).json == said["flag"]
    assert said["flag"]["environments"]["test"]["migrationSettings"] == {"checkRatio": 20}


def test_the_sentence_names_flag_and_environment(server: TestServer) -> None:
    make_colours(server)

    title = preview(server, in_test(ON))["title"]

    assert "turned on the flag [Flag checkout](/default/test/features/checkout) in `Test`" in title


def test_the_steps_can_be_sent_in_place_of_a_patch(server: TestServer) -> None:
    make_colours(server)
    rules = [{"op": "add", "path": "/environments/test/rules/0", "value": {"variation": 1, "clauses": []}}]

    (step,) = preview(server, rules)["steps"]

    assert step["environmentKey"] == "test"
    assert [wire["kind"] for wire in step["instructions"]] == ["replaceRules"]
    assert instruct(server, *step["instructions"])["environments"]["test"]["rules"][0]["variation"] == 1


def test_conflicts_are_those_of_a_dry_run(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    require(server, "checkout", "login", YES)
    path = PREVIEW.replace("checkout", "login")

    said = preview(server, in_test(ON), path)

    dry = server.patch(f"{MANY}/login", in_test(ON), semantic=True, query={"dryRun": "true"}).json
    assert said["conflicts"] == dry["_preview"]["conflicts"] != []


def test_who_may_only_read_sees_the_change_and_what_is_denied(server: TestServer) -> None:
    make_colours(server)

    said = preview(server, in_test(ON, {"kind": "addRule", **a_rule(GREEN)}), as_=READER)

    assert said["flag"]["environments"]["test"]["on"] is True
    assert sorted(one["action"] for one in said["denied"]) == ["updateOn", "updateRules"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (in_test({"kind": "fly"}), 400),
        ({"instructions": [ON]}, 400),
        (in_test({"kind": "addTargets", "variationId": "none", "values": ["x"]}), 400),
        ([{"op": "replace", "path": "/version", "value": 9}], 400),
        ([{"op": "test", "path": "/version", "value": 9}], 409),
        (in_test({"kind": "addPrerequisite", "key": "nothing", "variationId": RED}), 400),
    ],
)
def test_what_the_patch_refuses_the_preview_refuses_alike(server: TestServer, body: Any, status: int) -> None:
    make_colours(server)
    semantic = isinstance(body, dict)
    refused = server.patch(ONE, body, semantic=semantic)

    answer = server.post(PREVIEW, body, content_type=SEMANTIC if semantic else JSON)

    assert (answer.status, answer.code, answer.message) == (status, refused.code, refused.message)
    assert refused.status == status


def test_a_flag_that_others_need_cannot_be_archived_in_a_preview_either(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    require(server, "checkout", "login", YES)
    body = {"instructions": [{"kind": "archiveFlag"}]}

    answer = server.post(PREVIEW.replace("checkout", "login"), body, content_type=SEMANTIC)

    assert (answer.status, server.patch(f"{MANY}/login", body, semantic=True).status) == (409, 409)


@pytest.mark.parametrize(
    "body",
    [
        {"instructions": [{"kind": "updateName", "value": "Till"}, {"kind": "addTags", "values": ["x"]}]},
        [{"op": "replace", "path": "/name", "value": "Till"}, {"op": "add", "path": "/tags/-", "value": "x"}],
        {"name": "Till", "tags": ["x"]},
    ],
)
def test_a_preview_of_a_segment_says_what_the_patch_then_does(server: TestServer, body: Any) -> None:
    make_segment(server)
    before = traces(server)

    said = preview(server, body, SEGMENT_PREVIEW)

    assert traces(server) == before
    semantic = isinstance(body, dict) and "instructions" in body
    assert server.patch(SEGMENT, body, semantic=semantic).json == said["segment"]
    entry = newest(server)
    assert (said["title"], said["description"]) == (entry["title"], entry["description"])
    assert said["steps"] == [
        {
            "environmentKey": "test",
            "instructions": [{"kind": "updateName", "value": "Till"}, {"kind": "addTags", "values": ["x"]}],
        }
    ]


def test_a_segment_that_is_in_use_and_one_that_may_not_be_changed_say_so(server: TestServer) -> None:
    make_segment(server)
    make_segment(server, "other")
    ask_for(server, "other", "beta")
    body = {"instructions": [{"kind": "addRule", **segment_rule()}]}

    said = preview(server, body, SEGMENT_PREVIEW, as_=READER)

    assert [one["key"] for one in said["conflicts"]] == ["other"]
    assert said["denied"] == [{"action": "updateRules", "resource": "proj/default:env/test:segment/beta"}]
    assert preview(server, {"name": "Segment beta"}, SEGMENT_PREVIEW)["title"] == ""


def test_segments_that_would_contain_each_other_are_refused_in_a_preview(server: TestServer) -> None:
    make_segment(server)
    make_segment(server, "other")
    ask_for(server, "other", "beta")
    body = {"instructions": [{"kind": "addRule", **segment_rule("segmentMatch", "other")}]}

    answer = server.post(SEGMENT_PREVIEW, body, content_type=SEMANTIC)

    assert (answer.status, "contain each other" in answer.message) == (400, True)


def test_what_is_not_there_is_not_found(server: TestServer) -> None:
    make(server)
    make_segment(server)
    blind = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))
    for path in (PREVIEW, SEGMENT_PREVIEW):
        assert server.post(path, {"name": "x"}, as_=blind).status == 404
        assert server.post(path.replace("default", "nothing"), {"name": "x"}).status == 404
