"""Patches of a segment over HTTP, in all three formats."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.segment_calls import ONE, a_rule, ask_for, last_entry, make, published
from tests.support.server import START, TestServer

INCLUDE_ANN = {"kind": "addIncludedUsers", "values": ["ann"]}


def state_of(server: TestServer) -> tuple[Any, ...]:
    """All that a change would leave traces in."""
    counts = (server.count("audit_log"), server.count("outbox"))
    return server.get(ONE).body, counts, published(server)


def test_instructions_change_a_segment_under_one_new_version(server: TestServer) -> None:
    made = make(server)
    server.clock.advance(seconds=5)

    answer = server.instruct(
        ONE,
        INCLUDE_ANN,
        {"kind": "addExcludedTargets", "contextKind": "org", "values": ["acme"]},
        {"kind": "updateName", "value": "Friends"},
        {"kind": "addRule", **a_rule(weight=25_000)},
        environment="test",
    )

    changed = answer.json
    assert (changed["version"], changed["lastModifiedDate"]) == (2, START + 5000)
    assert (changed["included"], changed["excluded"]) == (["ann"], [])
    assert changed["excludedContexts"] == [{"contextKind": "org", "values": ["acme"]}]
    assert (changed["name"], changed["creationDate"]) == ("Friends", made["creationDate"])
    assert changed["rules"][0]["weight"] == 25_000
    assert server.get(ONE).json == changed | {"_flags": []}


def test_sdks_see_what_concerns_them_under_the_next_data_version(server: TestServer) -> None:
    make(server)
    server.instruct(ONE, INCLUDE_ANN)

    document = published(server)["beta"]
    assert (document["version"], document["included"]) == (2, ["ann"])
    server.instruct(ONE, {"kind": "updateName", "value": "Friends"}, {"kind": "addTags", "values": ["vip"]})
    assert published(server)["beta"] == document
    assert server.get(ONE).json["version"] == 3


def test_the_audit_log_says_what_was_done_and_why(server: TestServer) -> None:
    make(server, tags=["vip"])
    body = {"comment": "As agreed", "instructions": [INCLUDE_ANN, {"kind": "updateName", "value": "Friends"}]}
    server.patch(ONE, body, semantic=True)

    entry = last_entry(server)
    resource = "proj/default:env/test:segment/beta;vip"
    assert (entry["name"], entry["title_verb"], entry["comment"]) == (
        "Friends",
        "updated the segment",
        "As agreed",
    )
    assert entry["accesses"] == [["updateName", resource], ["updateIncluded", resource]]
    assert entry["description"] == (
        "- Changed the name from ~~`Segment beta`~~ to `Friends`\n\n- Added the included user `ann`"
    )


@pytest.mark.parametrize(
    ("body", "semantic"),
    [
        ({"instructions": [INCLUDE_ANN, {"kind": "removeTags", "values": ["x"]}]}, True),
        ([], False),
        ([{"op": "replace", "path": "/included", "value": ["ann"]}], False),
        ({"name": "Segment beta", "description": None}, False),
    ],
)
def test_what_changes_nothing_leaves_no_trace(server: TestServer, body: Any, semantic: bool) -> None:
    make(server)
    server.instruct(ONE, INCLUDE_ANN)
    before = state_of(server)
    server.clock.advance(seconds=5)

    answer = server.patch(ONE, body, semantic=semantic)

    assert (answer.status, answer.json["version"]) == (200, 2)
    assert state_of(server) == before


def test_a_segment_can_be_sent_back_as_it_was_shown(server: TestServer) -> None:
    make(server, tags=["vip"], description="x")
    server.instruct(ONE, INCLUDE_ANN, {"kind": "addRule", **a_rule(weight=1, bucketBy="city")})
    before = state_of(server)

    assert server.patch(ONE, server.get(ONE).json).status == 200

    assert state_of(server) == before


@pytest.mark.parametrize(
    ("operations", "changed"),
    [
        ([{"op": "replace", "path": "/description", "value": "New"}], {"description": "New"}),
        ([{"op": "add", "path": "/tags/0", "value": "a"}], {"tags": ["a", "vip"]}),
        ([{"op": "add", "path": "/included/-", "value": "bob"}], {"included": ["ann", "bob"]}),
        ([{"op": "add", "path": "/excluded/0", "value": "ann"}], {"excluded": ["ann"]}),
        (
            [
                {
                    "op": "add",
                    "path": "/includedContexts/-",
                    "value": {"contextKind": "org", "values": ["acme"]},
                }
            ],
            {"includedContexts": [{"contextKind": "org", "values": ["acme"]}]},
        ),
        ([{"op": "remove", "path": "/rules/0"}], {"rules": []}),
        (
            [
                {"op": "test", "path": "/version", "value": 2},
                {"op": "replace", "path": "/name", "value": "N"},
            ],
            {"name": "N"},
        ),
    ],
)
def test_a_json_patch_changes_what_it_names(server: TestServer, operations: Any, changed: Any) -> None:
    make(server, tags=["vip"])
    before = server.instruct(ONE, INCLUDE_ANN, {"kind": "addRule", **a_rule()}).json

    answer = server.patch(ONE, {"patch": operations, "comment": "So"})

    assert answer.json == before | changed | {"version": 3}
    assert last_entry(server)["comment"] == "So"


def test_rules_that_a_json_patch_leaves_alone_keep_their_ids(server: TestServer) -> None:
    make(server)
    (rule,) = server.instruct(ONE, {"kind": "addRule", **a_rule()}).json["rules"]

    answer = server.patch(
        ONE, [{"op": "add", "path": "/rules/0", "value": a_rule("in", "NO", weight=50_000)}]
    )

    first, second = answer.json["rules"]
    assert second == rule
    assert first["_id"] != rule["_id"]
    assert first["clauses"][0]["contextKind"] == "user"
    assert [sent["id"] for sent in published(server)["beta"]["rules"]] == [first["_id"], second["_id"]]


def test_a_merge_patch_replaces_members_and_removes_with_null(server: TestServer) -> None:
    make(server, tags=["vip"], description="x")
    server.instruct(ONE, INCLUDE_ANN)

    answer = server.patch(
        ONE, {"merge": {"description": None, "tags": None, "included": ["bob"]}, "comment": "So"}
    )

    assert "description" not in answer.json
    assert (answer.json["tags"], answer.json["included"], answer.json["version"]) == ([], ["bob"], 3)


@pytest.mark.parametrize(
    ("body", "status", "code", "reason"),
    [
        ([{"op": "replace", "path": "/version", "value": 7}], 400, "invalid_request", "/version"),
        ([{"op": "replace", "path": "/key", "value": "x"}], 400, "invalid_request", "/key"),
        ([{"op": "replace", "path": "/_links", "value": {}}], 400, "invalid_request", "/_links"),
        ([{"op": "replace", "path": "/unbounded", "value": True}], 400, "invalid_request", "/unbounded"),
        ([{"op": "replace", "path": "/generation", "value": 2}], 400, "invalid_request", "/generation"),
        ([{"op": "add", "path": "/colour", "value": "red"}], 400, "invalid_request", "/colour"),
        ([{"op": "remove", "path": "/name"}], 400, "invalid_request", "`name`"),
        ([{"op": "remove", "path": "/rules/0"}], 400, "invalid_patch", "/rules/0"),
        ([{"op": "test", "path": "/version", "value": 9}], 409, "optimistic_locking_error", "/version"),
        ([{"op": "add", "path": "/rules/0", "value": a_rule("is")}], 400, "invalid_request", "operator 'is'"),
        (
            [{"op": "add", "path": "/rules/0", "value": {"variation": 0}}],
            400,
            "invalid_request",
            "$.rules[0]",
        ),
        ({"included": "ann"}, 400, "invalid_request", "$.included"),
        ({"instructions": [INCLUDE_ANN]}, 400, "invalid_request", "domain-model"),
    ],
)
def test_a_patch_that_cannot_be_applied_changes_nothing(
    server: TestServer, body: Any, status: int, code: str, reason: str
) -> None:
    make(server)
    before = state_of(server)

    answer = server.patch(ONE, body)

    assert (answer.status, answer.code) == (status, code)
    assert reason in answer.message
    assert state_of(server) == before


@pytest.mark.parametrize(
    ("instructions", "reason"),
    [
        ([INCLUDE_ANN, {"kind": "addExcludedUsers", "values": ["ann"]}], "both included and excluded"),
        ([INCLUDE_ANN, {"kind": "explode"}], "unknown instruction kind 'explode'"),
        ([{"kind": "setRules", "rules": []}], "unknown instruction kind 'setRules'"),
        ([{"kind": "addBigSegmentIncludedTargets", "values": ["x"]}], "beta is not a big segment"),
        ([INCLUDE_ANN, {"kind": "addIncludedUsers", "values": "bob"}], "$.instructions[1].values"),
        ([{"kind": "addIncludedUsers", "values": ["x"] * 1_501}], "1,501 targets"),
        ([], "instructions"),
    ],
)
def test_one_wrong_instruction_undoes_all(server: TestServer, instructions: Any, reason: str) -> None:
    make(server)
    before = state_of(server)

    answer = server.instruct(ONE, *instructions)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
    assert state_of(server) == before


def test_instructions_for_another_environment_are_refused(server: TestServer) -> None:
    make(server)

    answer = server.instruct(ONE, INCLUDE_ANN, environment="production")

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "test, not in production" in answer.message


def test_the_lists_of_a_segment_are_bounded(server: TestServer) -> None:
    make(server)
    keys = [f"user-{number}" for number in range(15_001)]

    assert server.patch(ONE, {"included": keys[:15_000]}).status == 200
    answer = server.instruct(ONE, {"kind": "addExcludedUsers", "values": keys[15_000:]})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "more than 15,000" in answer.message


@pytest.mark.parametrize(
    ("action", "instruction", "member", "value"),
    [
        ("updateName", {"kind": "updateName", "value": "x"}, "name", "x"),
        ("updateDescription", {"kind": "updateDescription", "value": "x"}, "description", "x"),
        ("updateTags", {"kind": "addTags", "values": ["x"]}, "tags", ["x"]),
        ("updateIncluded", INCLUDE_ANN, "included", ["ann"]),
        ("updateExcluded", {"kind": "addExcludedUsers", "values": ["ann"]}, "excluded", ["ann"]),
        ("updateRules", {"kind": "addRule", **a_rule()}, "rules", [a_rule()]),
    ],
)
def test_every_format_asks_for_the_same_permission(
    server: TestServer, action: str, instruction: Any, member: str, value: Any
) -> None:
    make(server)
    every = "proj/*:env/*:segment/*"
    allowed = server.add_token(Statement("allow", resources=(every,), actions=(action,)))
    others = server.add_token(Statement("allow", resources=(every,), not_actions=(action,)))
    patch = [{"op": "replace", "path": f"/{member}", "value": value}]

    refused = [
        server.instruct(ONE, instruction, as_=others),
        server.patch(ONE, patch, as_=others),
        server.patch(ONE, {member: value}, as_=others),
    ]

    assert [(answer.status, answer.code) for answer in refused] == [(403, "forbidden")] * 3
    assert server.patch(ONE, {member: value}, as_=allowed).status == 200
    assert server.instruct(ONE, instruction, as_=allowed).status == 200
    assert [name for name, _ in last_entry(server)["accesses"]] == [action]


def test_a_dry_run_shows_what_would_be_and_keeps_nothing(server: TestServer) -> None:
    make(server)
    make(server, "staff")
    ask_for(server, "staff", "beta")
    before = state_of(server)

    answer = server.instruct(ONE, INCLUDE_ANN, query={"dryRun": "true"})

    assert (answer.json["included"], answer.json["version"]) == (["ann"], 2)
    assert answer.json["_preview"] == {
        "description": "- Added the included user `ann`",
        "environments": ["test"],
        "conflicts": [
            {"kind": "segment", "key": "staff", "message": "The segment staff uses the segment beta in Test"}
        ],
    }
    assert state_of(server) == before


def test_a_dry_run_of_what_sdks_do_not_see_disturbs_nobody(server: TestServer) -> None:
    make(server)
    make(server, "staff")
    ask_for(server, "staff", "beta")

    renamed = server.patch(ONE, {"name": "Friends"}, query={"dryRun": "true"}).json["_preview"]
    nothing = server.patch(ONE, {}, query={"dryRun": "true"}).json["_preview"]

    assert (renamed["environments"], renamed["conflicts"]) == (["test"], [])
    assert nothing == {"description": "", "environments": [], "conflicts": []}


def test_a_dry_run_makes_the_same_checks(server: TestServer) -> None:
    make(server)

    assert server.instruct(ONE, {"kind": "explode"}, query={"dryRun": "true"}).status == 400
    assert ask_for(server, "beta", "nobody").status == 400
