"""Migration flags: which changes endanger data, and how the operation says so."""

from typing import Any

import pytest
from msgspec.structs import replace

from flagstaff.features.flags.migration_safety import FALLTHROUGH, Issue, find_issues
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.variations import STAGES
from flagstaff.features.targeting.model import WHOLE, Rollout, Weight
from tests.support.audit import traces
from tests.support.client import READER
from tests.support.flag_calls import MANY, a_clause, instruct, make, make_switch
from tests.support.flags import a_flag, a_migration_flag, a_rule, a_state, a_targeting, variations
from tests.support.server import TestServer

SIX = STAGES[6]
SAFETY = "/api/v2/projects/default/flags/move/environments/test/migration-safety-issues"


def serve(*stages: str) -> Rollout:
    """Everybody is in one of these stages, in equal shares."""
    weights = tuple(Weight(variation_id=stage, weight=WHOLE // len(stages)) for stage in stages)
    return Rollout(weights=weights)


def a_migration(fallthrough: str = "off", on: bool = True, **rules: str) -> FlagState:
    """A migration of six stages, whose variations have the stages for ids; each rule serves its stage."""
    named = [replace(variation, id=variation.value) for variation in variations(*SIX)]
    flag = a_migration_flag(variations=tuple(named))
    targeting = a_targeting(
        on=on,
        fallthrough=serve(*fallthrough.split()),
        off_variation_id="off",
        rules=tuple(a_rule(name, serve(*stages.split())) for name, stages in rules.items()),
    )
    return a_state(flag, test=targeting)


OLD, NEW = True, False  # which system is affected


@pytest.mark.parametrize(
    ("before", "after", "issues"),
    [
        (a_migration("off"), a_migration("dualwrite"), []),
        (a_migration("dualwrite"), a_migration("shadow"), []),
        (a_migration("shadow"), a_migration("live"), []),
        (a_migration("live"), a_migration("rampdown"), []),
        (a_migration("rampdown"), a_migration("complete"), []),
        (a_migration("dualwrite"), a_migration("off"), []),
        (a_migration("off"), a_migration("live"), [(FALLTHROUGH, (FALLTHROUGH,), NEW)]),
        (a_migration("shadow"), a_migration("complete"), [(FALLTHROUGH, (FALLTHROUGH,), OLD)]),
        (
            a_migration("off"),
            a_migration("complete"),
            [(FALLTHROUGH, (FALLTHROUGH,), OLD), (FALLTHROUGH, (FALLTHROUGH,), NEW)],
        ),
        (a_migration("off"), a_migration("off live"), [(FALLTHROUGH, (FALLTHROUGH,), NEW)]),
        (a_migration("off"), a_migration("off dualwrite"), []),
        (
            a_migration("off", beta="off"),
            a_migration("off", beta="live"),
            [("beta", ("beta", FALLTHROUGH), NEW)],
        ),
        (a_migration("dualwrite", beta="shadow"), a_migration("dualwrite", beta="live"), []),
        (
            a_migration("shadow", beta="rampdown"),
            a_migration("shadow", beta="complete"),
            [("beta", (FALLTHROUGH,), OLD)],
        ),
        (a_migration("off"), a_migration("off", beta="live"), [("beta", ("beta", FALLTHROUGH), NEW)]),
        (
            a_migration("off", beta="complete"),
            a_migration("off"),
            [("beta", ("beta",), OLD), ("beta", ("beta",), NEW)],
        ),
        (a_migration("off", beta="live"), a_migration("off", beta="live"), []),
        (a_migration("live", on=False), a_migration("live"), [(FALLTHROUGH, (FALLTHROUGH,), NEW)]),
        (a_migration("dualwrite", on=False), a_migration("dualwrite"), []),
        (
            a_migration("complete"),
            a_migration("complete", on=False),
            [(FALLTHROUGH, (FALLTHROUGH,), OLD), (FALLTHROUGH, (FALLTHROUGH,), NEW)],
        ),
        (a_migration("off", on=False), a_migration("complete", on=False), []),
    ],
)
def test_stages_that_are_served_at_once_must_agree(
    before: FlagState, after: FlagState, issues: list[tuple[Any, ...]]
) -> None:
    assert find_issues(before, after, "test") == [Issue(*issue) for issue in issues]


def test_a_flag_that_is_no_migration_has_no_issues() -> None:
    before = a_state(a_flag(variations=variations("off", "complete")))
    after = a_state(before.flag, test=a_targeting(on=True, fallthrough="b"))

    assert find_issues(before, after, "test") == []


def make_migration(server: TestServer, stages: int = 6) -> Any:
    settings = {"stageCount": stages} | ({"contextKind": "org"} if stages == 6 else {})
    return make(server, "move", purpose="migration", migrationSettings=settings)


def to_stage(flag: Any, *stages: str) -> dict[str, Any]:
    ids = {variation["value"]: variation["_id"] for variation in flag["variations"]}
    weights = {ids[stage]: 100_000 // len(stages) for stage in stages}
    return {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": weights}


@pytest.mark.parametrize("stages", [2, 4, 6])
def test_a_migration_starts_with_everybody_in_its_first_stage(server: TestServer, stages: int) -> None:
    made = make_migration(server, stages)

    assert [variation["value"] for variation in made["variations"]] == list(STAGES[stages])
    assert (made["_purpose"], made["kind"]) == ("migration", "multivariate")
    assert "migrationSettings" not in made
    found = made["environments"]["test"]
    rollout = found["fallthrough"]["rollout"]
    assert rollout["variations"][0] == {"variation": 0, "weight": 100_000}
    assert rollout["contextKind"] == ("org" if stages == 6 else "user")
    shown = server.get(f"{MANY}/move", query={"expand": "migrationSettings"}).json["migrationSettings"]
    assert shown == {"stageCount": stages} | ({"contextKind": "org"} if stages == 6 else {})


@pytest.mark.parametrize(
    "settings",
    [
        {"stageCount": 3},
        {"stageCount": 6},
        {"stageCount": 4, "contextKind": "org"},
        {"stageCount": 6, "contextKind": "multi"},
        {},
    ],
)
def test_migration_settings_must_fit_together(server: TestServer, settings: Any) -> None:
    body = {"key": "move", "name": "Move", "purpose": "migration", "migrationSettings": settings}

    assert server.post(MANY, body).status == 400


@pytest.mark.parametrize(
    "members",
    [{"variations": [{"value": 1}, {"value": 2}]}, {"defaults": {"onVariation": 1, "offVariation": 0}}],
)
def test_a_migration_brings_its_own_variations(server: TestServer, members: Any) -> None:
    body = {"key": "move", "name": "Move", "purpose": "migration", "migrationSettings": {"stageCount": 2}}

    assert server.post(MANY, body | members).status == 400


def test_a_migration_serves_rollouts_only_and_keeps_its_stages(server: TestServer) -> None:
    made = make_migration(server)
    first = made["variations"][0]["_id"]
    path = f"{MANY}/move"

    refused = [
        server.instruct(
            path, {"kind": "updateFallthroughVariationOrRollout", "variationId": first}, environment="test"
        ),
        server.instruct(
            path, {"kind": "addRule", "variationId": first, "clauses": [a_clause()]}, environment="test"
        ),
        server.instruct(path, {"kind": "removeVariation", "variationId": made["variations"][1]["_id"]}),
        server.instruct(path, {"kind": "addVariation", "value": "later"}),
        server.patch(
            path, [{"op": "replace", "path": "/environments/test/fallthrough", "value": {"variation": 0}}]
        ),
    ]

    assert [(answer.status, answer.code) for answer in refused] == [(400, "invalid_request")] * 5
    ratio = [{"op": "replace", "path": "/environments/test/migrationSettings/checkRatio", "value": 10}]
    assert server.patch(path, ratio).status == 200
    shown = [server.get(path, query=query).json for query in ({}, {"expand": "migrationSettings"})]
    assert [one["environments"]["test"].get("migrationSettings") for one in shown] == [
        None,
        {"checkRatio": 10},
    ]


def test_the_operation_names_the_cohorts_that_a_change_would_endanger(server: TestServer) -> None:
    made = make_migration(server)
    flag = instruct(server, {"kind": "turnFlagOn"}, key="move")
    before = traces(server)

    answer = server.post(
        SAFETY, {"instructions": [to_stage(flag, "off", "live")]}, version="beta", as_=READER
    )

    assert answer.status == 200
    assert answer.json == [
        {
            "causingRuleId": "fallthrough",
            "affectedRuleIds": ["fallthrough"],
            "issue": "Some contexts read from the new system while others do not write to it",
            "oldSystemAffected": False,
        }
    ]
    assert traces(server) == before
    assert server.get(f"{MANY}/move").json["environments"]["production"] == made["environments"]["production"]


def test_a_safe_change_has_no_content(server: TestServer) -> None:
    flag = make_migration(server)
    make_switch(server, "login")

    for body in ({"instructions": [to_stage(flag, "dualwrite")]}, {"instructions": []}):
        answer = server.post(SAFETY, body, version="beta")
        assert (answer.status, answer.body) == (204, b"")
    other = SAFETY.replace("/move/", "/login/")
    assert server.post(other, {"instructions": [{"kind": "turnFlagOn"}]}, version="beta").status == 204


@pytest.mark.parametrize(
    ("body", "path", "status"),
    [
        ({"instructions": [{"kind": "flyAway"}]}, SAFETY, 400),
        ({"instructions": [{"kind": "removeVariation", "variationId": "x"}]}, SAFETY, 400),
        ({"instructions": {}}, SAFETY, 400),
        ({}, SAFETY, 400),
        ({"instructions": []}, SAFETY.replace("/move/", "/other/"), 404),
        ({"instructions": []}, SAFETY.replace("/test/", "/nowhere/"), 404),
    ],
)
def test_what_cannot_be_analysed_is_refused(server: TestServer, body: Any, path: str, status: int) -> None:
    make_migration(server)

    assert server.post(path, body, version="beta").status == status


def test_the_analysis_is_in_beta(server: TestServer) -> None:
    make_migration(server)

    assert server.post(SAFETY, {"instructions": []}).status == 403


def test_a_dry_run_names_who_would_read_what_others_do_not_write(server: TestServer) -> None:
    flag = make_migration(server)
    ids = {one["value"]: one["_id"] for one in flag["variations"]}

    def conflicts(*instructions: Any) -> list[Any]:
        body = {"instructions": instructions, "environmentKey": "test"}
        answer = server.patch(f"{MANY}/move", body, semantic=True, query={"dryRun": "true"})
        found: list[Any] = answer.json["_preview"]["conflicts"]
        return found

    def rule(stage: str) -> dict[str, Any]:
        weights = {ids[stage]: WHOLE}
        return {"kind": "addRule", "clauses": [a_clause()], "rolloutWeights": weights}

    assert conflicts({"kind": "turnFlagOn"}, to_stage(flag, "dualwrite")) == []
    instruct(server, {"kind": "turnFlagOn"}, rule("off"), rule("dualwrite"), key="move")
    assert conflicts(to_stage(flag, "live")) == [
        {
            "kind": "migration-safety",
            "key": "test",
            "message": "Some contexts read from the new system while others do not write to it. "
            "In Test: everyone else, rule 1",
        }
    ]
    instruct(server, *[rule("off")] * 10, key="move")
    (conflict,) = conflicts(to_stage(flag, "live"))
    assert conflict["message"].endswith("rule 9, rule 10, 2 more")
