"""Archived kinds cannot be used in new targeting, of flags or of segments."""

from typing import Any

import pytest

from tests.support.flag_calls import MANY as FLAGS
from tests.support.flag_calls import NO, YES, a_clause, a_rule, make_switch
from tests.support.segment_calls import MANY as SEGMENTS
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer

ORG = "/api/v2/projects/default/context-kinds/org"
CLAUSE = a_clause(contextKind="org")
FLAG = f"{FLAGS}/checkout"


def archive(server: TestServer, *, archived: bool = True) -> None:
    assert server.put(ORG, {"name": "Org", "archived": archived}).status == 200


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "addTargets", "contextKind": "org", "variationId": YES, "values": ["acme"]},
        {"kind": "addRule", **a_rule(YES, CLAUSE)},
        {
            "kind": "updateFallthroughVariationOrRollout",
            "rolloutWeights": {YES: 50_000, NO: 50_000},
            "rolloutContextKind": "org",
        },
    ],
)
def test_flags_cannot_begin_to_use_an_archived_kind(server: TestServer, instruction: Any) -> None:
    make_switch(server, "checkout")
    archive(server)

    answer = server.instruct(FLAG, instruction, environment="test")

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "'org' is archived" in answer.message
    archive(server, archived=False)
    assert server.instruct(FLAG, instruction, environment="test").status == 200


def test_flags_that_use_an_archived_kind_already_can_still_be_changed(server: TestServer) -> None:
    make_switch(server, "checkout")
    rule = {"kind": "addRule", **a_rule(YES, CLAUSE)}
    assert server.instruct(FLAG, rule, environment="test").status == 200
    archive(server)

    assert server.instruct(FLAG, rule, {"kind": "turnFlagOn"}, environment="test").status == 200
    assert server.instruct(FLAG, rule, environment="production").status == 400


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "addIncludedTargets", "contextKind": "org", "values": ["acme"]},
        {"kind": "addExcludedTargets", "contextKind": "org", "values": ["acme"]},
        {"kind": "addRule", "clauses": [CLAUSE]},
        {"kind": "addRule", "clauses": [a_clause()], "rolloutContextKind": "org", "weight": 1000},
    ],
)
def test_segments_cannot_begin_to_use_an_archived_kind(server: TestServer, instruction: Any) -> None:
    make_segment(server)
    archive(server)

    answer = server.instruct(f"{SEGMENTS}/beta", instruction)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "'org' is archived" in answer.message
    archive(server, archived=False)
    assert server.instruct(f"{SEGMENTS}/beta", instruction).status == 200
