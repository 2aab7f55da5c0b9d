"""Pending changes of a flag: a patch that would break one is refused, unless the caller says otherwise."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from flagstaff.features.flags.model import Flag
from flagstaff.features.flags.pending_changes import PendingChange, find_pending_changes
from flagstaff.features.flags.store import FlagPlace
from flagstaff.hooks import fill_hooks
from flagstaff.storage.transaction import Transaction
from tests.support.client import Answer
from tests.support.flag_calls import (
    BLUE,
    FIRST,
    GREEN,
    ONE,
    RED,
    a_rule,
    at,
    instruct,
    make_colours,
    state_of,
)
from tests.support.server import TestServer

SERVE_RED = {"kind": "updateFallthroughVariationOrRollout", "variationId": RED}
DEFAULTS = {"kind": "updateDefaultVariation", "onVariationValue": "blue"}
REMOVE_RED = {"kind": "removeVariation", "variationId": RED}
NAME = {"kind": "updateName", "value": "Till"}


@pytest.fixture
def pending(server: TestServer) -> Iterator[list[PendingChange]]:
    """What a schedule keeps for the flag `checkout`, plugged in where the wiring plugs in such things."""
    kept: list[PendingChange] = []

    def find(tx: Transaction, place: FlagPlace, flag: Flag) -> Iterable[PendingChange]:
        return kept if flag.key == "checkout" else []

    make_colours(server)
    make_colours(server, "other")
    find_pending_changes[:] = [find]
    yield kept
    fill_hooks()


def plan(*instructions: Any, environment: str = "test", named: str = "5e1") -> PendingChange:
    return PendingChange("scheduled-change", named, environment, instructions)


def change(server: TestServer, *instructions: Any, flag: str = ONE, **query: str) -> Answer:
    body = {"instructions": instructions, "environmentKey": "test"}
    return server.patch(flag, body, semantic=True, query=query)


def test_nothing_is_pending_where_nothing_keeps_changes() -> None:
    fill_hooks()

    assert find_pending_changes == []


def test_a_change_that_would_break_a_pending_one_is_refused(
    server: TestServer, pending: list[PendingChange]
) -> None:
    pending[:] = [plan(SERVE_RED), plan({"kind": "turnFlagOn"}, named="5e2")]
    before = state_of(server)

    answer = change(server, DEFAULTS, REMOVE_RED)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "scheduled-change 5e1;" in answer.message
    assert "ignoreConflicts=true" in answer.message
    assert state_of(server) == before


@pytest.mark.parametrize(
    "body",
    [
        [
            {"op": "replace", "path": "/defaults/onVariation", "value": 2},
            {"op": "remove", "path": "/variations/0"},
        ],
        {
            "defaults": {"onVariation": 1, "offVariation": 1},
            "variations": [{"_id": GREEN, "value": "green"}, {"_id": BLUE, "value": "blue"}],
        },
    ],
)
def test_that_holds_for_every_format_of_a_patch(
    server: TestServer, pending: list[PendingChange], body: Any
) -> None:
    pending[:] = [plan(SERVE_RED)]

    assert server.patch(ONE, body).status == 400
    assert server.patch(ONE, body, query={"ignoreConflicts": "true"}).status == 200


def test_a_caller_may_ignore_what_will_then_fail(server: TestServer, pending: list[PendingChange]) -> None:
    pending[:] = [plan(SERVE_RED)]

    answer = change(server, DEFAULTS, REMOVE_RED, ignoreConflicts="true")

    assert answer.status == 200
    assert [variation["value"] for variation in answer.json["variations"]] == ["green", "blue"]


@pytest.mark.parametrize("kind", ["archiveFlag", "deleteFlag"])
def test_nothing_pending_can_be_made_on_a_flag_that_is_put_away(
    server: TestServer, pending: list[PendingChange], kind: str
) -> None:
    pending[:] = [plan({"kind": "turnFlagOn"})]

    assert change(server, {"kind": kind}).status == 400
    assert change(server, {"kind": kind}, ignoreConflicts="true").status in {200, 204}


def test_what_leaves_pending_changes_possible_is_made(
    server: TestServer, pending: list[PendingChange]
) -> None:
    pending[:] = [plan(SERVE_RED), plan({"kind": "addRule", **a_rule()}), plan(NAME, environment="")]

    assert change(server, NAME, {"kind": "turnFlagOn"}).status == 200
    assert change(server, DEFAULTS, REMOVE_RED, flag=f"{ONE[:-8]}other").status == 200


def test_a_pending_change_that_could_not_be_made_before_is_not_in_the_way(
    server: TestServer, pending: list[PendingChange]
) -> None:
    pending[:] = [plan({"kind": "updateRuleDescription", "ruleId": FIRST, "description": "x"})]

    assert change(server, NAME).status == 200
    assert at(server.get(ONE).json, "name") == "Till"


def test_a_dry_run_names_what_would_fail(server: TestServer, pending: list[PendingChange]) -> None:
    pending[:] = [plan(SERVE_RED)]
    before = state_of(server)

    assert change(server, DEFAULTS, REMOVE_RED, dryRun="true").status == 400
    answer = change(server, DEFAULTS, REMOVE_RED, dryRun="true", ignoreConflicts="true")

    assert answer.json["_preview"]["conflicts"] == [
        {"kind": "scheduled-change", "key": "5e1", "message": "The scheduled change 5e1 would fail"}
    ]
    assert change(server, NAME, dryRun="true").json["_preview"]["conflicts"] == []
    assert state_of(server) == before


def test_what_changes_nothing_breaks_nothing(server: TestServer, pending: list[PendingChange]) -> None:
    instruct(server, {"kind": "archiveFlag"})
    pending[:] = [plan({"kind": "turnFlagOn"})]

    assert change(server, {"kind": "archiveFlag"}).status == 200
