"""What the event store forgets."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flagstaff.intake import pruning
from flagstaff.intake.pruning import DAY, Bounds, Step, list_steps
from flagstaff.storage.events.transaction import EventTransaction
from tests.intake.sdk import ADA, Sdk, a_custom, a_feature, a_summary, an_index
from tests.intake.stored import Scratch


@pytest.fixture
def scratch(events: Path) -> Scratch:
    return Scratch(events)


def run(scratch: Scratch, step: Callable[..., bool], **how: Any) -> int:
    """Do all there is to do; how many units that took."""
    units = 1
    while step(EventTransaction(scratch.connection), **how):
        units += 1
    return units


def prune(sdk: Sdk) -> None:
    sdk.server.run(sdk.server.wired.intake.prune())


def add_events(scratch: Scratch, *times: int) -> None:
    rows = [(1, at, 1, f'[[{at},null,null,0,null,1,{{}},"{{}}"]]') for at in times]
    sql = "INSERT INTO event_packs (key_id, at, count, events) VALUES (?, ?, ?, ?)"
    scratch.connection.executemany(sql, rows)


def test_single_events_are_forgotten_by_their_age_in_slices(
    scratch: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "PACKS", 2)
    add_events(scratch, 1, 2, 3, 4, 5, 6)
    assert run(scratch, pruning.forget_old_events, before=6) == 3
    assert scratch.rows("SELECT at FROM raw_events") == [(6,)]


def test_the_oldest_events_go_when_the_store_is_too_large(scratch: Scratch) -> None:
    ((most,),) = scratch.rows(pruning.SIZE)
    add_events(scratch, *range(20_000))
    ((before,),) = scratch.rows(pruning.SIZE)
    assert before > most + 200_000
    assert run(scratch, pruning.forget_surplus_events, most=most + 200_000) > 1
    left = [at for (at,) in scratch.rows("SELECT at FROM raw_events ORDER BY position")]
    assert 0 < len(left) < 20_000
    assert left == list(range(20_000 - len(left), 20_000))
    assert scratch.rows(pruning.SIZE)[0][0] <= most + 200_000
    assert run(scratch, pruning.forget_surplus_events, most=1) > 1
    assert scratch.rows("SELECT at FROM raw_events") == []


def test_a_payload_is_known_for_a_day(sdk: Sdk) -> None:
    payload = {"X-LaunchDarkly-Payload-ID": "one"}
    sdk.send(a_custom(), **payload)
    prune(sdk)
    assert len(sdk.rows("payload_id", "payloads")) == 1
    sdk.server.clock.advance(seconds=86_401)
    prune(sdk)
    assert sdk.rows("payload_id", "payloads") == []


def test_who_was_not_seen_for_thirty_days_is_forgotten(sdk: Sdk) -> None:
    both = {"kind": "multi", "user": {"key": "bob"}, "org": {"key": "o"}}
    sdk.send(an_index(both), an_index({"kind": "user", "key": "eve", "plan": "x"}))
    sdk.server.clock.advance(seconds=20 * 86_400)
    sdk.send({**an_index(), "creationDate": sdk.server.clock.now})
    sdk.server.clock.advance(seconds=11 * 86_400)
    prune(sdk)
    assert sdk.rows("key", "contexts") == [(ADA["key"],)]
    assert sdk.rows("kinds", "context_instances") == [("user",)]
    assert sdk.rows("key", "instance_contexts") == []
    assert sdk.rows("name", "attribute_names") == [("/email",), ("/name",)]
    assert sdk.rows("count(DISTINCT shape)", "context_shapes") == [(1,)]
    assert len(sdk.rows("day", "active_contexts")) == 3
    sdk.server.clock.advance(seconds=40 * 86_400)
    prune(sdk)
    assert len(sdk.rows("day", "active_contexts")) == 1


def test_counts_outlive_single_events(sdk: Sdk) -> None:
    sdk.send(a_summary(), a_feature())
    sdk.server.clock.advance(seconds=400 * 86_400)
    prune(sdk)
    assert sdk.raw("kind") == []
    assert sdk.rows("width, count", "flag_counters") == [(DAY, 3)]
    assert sdk.rows("flag_key", "flag_requests") == [("checkout",)]


def test_intake_goes_on_after_pruning(sdk: Sdk) -> None:
    sdk.send(an_index())
    prune(sdk)
    sdk.server.run(sdk.server.wired.intake.write(lambda tx: tx.run("DELETE FROM contexts")))
    sdk.send(an_index())
    assert sdk.rows("key", "contexts") == [("ada",)]


def test_every_bound_has_its_step() -> None:
    steps: list[Step] = list_steps(Bounds(days=3, size=7), 10 * DAY)
    told = [step.keywords for step in steps if hasattr(step, "keywords")]
    assert told[:2] == [{"before": 7 * DAY}, {"most": 7}]
