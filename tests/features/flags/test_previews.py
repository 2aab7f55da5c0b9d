"""Dry runs of patches of a flag over HTTP: the answer of the real thing, and what would come of it."""

from typing import Any

import pytest

from tests.support.flag_calls import (
    GREEN,
    MANY,
    NO,
    ONE,
    RED,
    YES,
    instruct,
    make_colours,
    make_switch,
    require,
    state_of,
)
from tests.support.server import TestServer

ON = {"kind": "turnFlagOn"}
NAME = {"kind": "updateName", "value": "Till"}


def dry(server: TestServer, *instructions: Any, key: str = "checkout", environment: str = "test") -> Any:
    body = {"instructions": instructions, "environmentKey": environment}
    return server.patch(f"{MANY}/{key}", body, semantic=True, query={"dryRun": "true"})


@pytest.mark.parametrize(
    ("body", "semantic"),
    [
        ({"instructions": [ON, NAME], "environmentKey": "test"}, True),
        (
            [
                {"op": "replace", "path": "/name", "value": "Till"},
                {"op": "replace", "path": "/environments/test/on", "value": True},
            ],
            False,
        ),
        ({"name": "Till", "environments": {"test": {"on": True}}}, False),
    ],
)
def test_a_dry_run_answers_what_the_change_would_and_keeps_nothing(
    server: TestServer, body: Any, semantic: bool
) -> None:
    make_colours(server)
    before = state_of(server)

    answer = server.patch(ONE, body, semantic=semantic, query={"dryRun": "true"})

    assert answer.status == 200
    assert state_of(server) == before
    shown = answer.json
    preview = shown.pop("_preview")
    assert sorted(preview["environments"]) == ["production", "test"]
    assert "Till" in preview["description"]
    assert preview["conflicts"] == []
    assert server.patch(ONE, body, semantic=semantic).json == shown


@pytest.mark.parametrize(
    ("instructions", "description", "environments"),
    [
        ([ON], "Turned on the flag", ["test"]),
        ([{"kind": "archiveFlag"}], "Archived the flag", ["production", "test"]),
        ([{"kind": "deleteFlag"}], "Deleted the flag", ["production", "test"]),
        ([{"kind": "turnFlagOff"}], "", []),
    ],
)
def test_a_preview_says_what_the_audit_log_would(
    server: TestServer, instructions: Any, description: str, environments: list[str]
) -> None:
    make_colours(server)

    preview = dry(server, *instructions).json["_preview"]

    assert preview["description"] == description
    assert sorted(preview["environments"]) == environments


def test_a_preview_names_the_dependents_that_would_notice(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    make_colours(server, "other")
    require(server, "checkout", "login", environment="test")
    require(server, "other", "login", environment="production")

    def conflicts(*instructions: Any, environment: str = "test") -> list[tuple[str, str]]:
        preview = dry(server, *instructions, key="login", environment=environment).json["_preview"]
        return sorted((one["kind"], one["key"]) for one in preview["conflicts"])

    assert conflicts(ON) == [("flag", "checkout")]
    assert conflicts(ON, environment="production") == [("flag", "other")]
    assert conflicts(NAME) == []
    assert conflicts({"kind": "turnOnClientSideAvailability", "value": "usingEnvironmentId"}) == [
        ("flag", "checkout"),
        ("flag", "other"),
    ]
    (conflict,) = dry(server, ON, key="login").json["_preview"]["conflicts"]
    assert conflict["message"] == "The flag Flag checkout has this flag as a prerequisite in Test"
    instruct(server, {"kind": "archiveFlag"})
    assert conflicts(ON) == []


def test_a_preview_names_prerequisites_in_the_archive(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    require(server, "checkout", "login", YES)
    instruct(server, {"kind": "archiveFlag"})
    instruct(server, {"kind": "archiveFlag"}, key="login")

    preview = dry(server, {"kind": "restoreFlag"}).json["_preview"]

    assert preview["conflicts"] == [
        {"kind": "flag", "key": "login", "message": "The prerequisite Flag login in Test is archived"}
    ]


def test_a_variation_that_is_required_is_called_by_its_name(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    needs = {"kind": "addPrerequisite", "key": "login", "variationId": YES}

    assert dry(server, needs).json["_preview"]["description"] == (
        "* Added the prerequisite `login` serving `true`"
    )
    require(server, "checkout", "login", YES)
    instead = {"kind": "updatePrerequisite", "key": "login", "variationId": NO}
    assert dry(server, instead).json["_preview"]["description"] == (
        "* Changed the prerequisite from ~~`login` serving `true`~~ to `login` serving `false`"
    )
    entry = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"][0]
    assert entry["description"] == "* Added the prerequisite `login` serving `true`"


def test_a_dry_run_makes_the_same_checks(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    require(server, "checkout", "login")
    before = state_of(server)

    assert dry(server, {"kind": "archiveFlag"}, key="login").status == 409
    assert dry(server, {"kind": "updateOffVariation", "variationId": "x"}).status == 400
    assert dry(server, ON, environment="nowhere").status == 400
    tested = [{"op": "test", "path": "/version", "value": 9}]
    assert server.patch(ONE, tested, query={"dryRun": "true"}).status == 409
    assert state_of(server) == before


def test_dependents_that_would_have_to_follow_stay_where_they_are(server: TestServer) -> None:
    make_colours(server, "colour")
    make_colours(server)
    require(server, "checkout", "colour", GREEN)
    before = state_of(server)

    removed = {"kind": "removeVariation", "variationId": RED}
    defaults = {"kind": "updateDefaultVariation", "onVariationValue": "blue"}
    assert dry(server, defaults, removed, key="colour").status == 200

    assert state_of(server) == before
