"""What a change says to each client."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from flagstaff.delivery.client_changes import MOST_EVENTS, PING, ClientChanges, frame_state
from flagstaff.delivery.client_data import Prepared, compare, nothing, prepare
from flagstaff.delivery.client_requests import Client
from flagstaff.storage.transaction import EnvironmentChange
from tests.delivery.builders import a_change, a_snapshot
from tests.delivery.clients import ADA, BOB, FOR_BROWSERS, for_ada, for_members
from tests.delivery.serving import a_segment


@dataclass
class Someone:
    """A listener that holds data version 1."""

    context_json: bytes | None
    client: Client = "environment_id"
    with_reasons: bool = False
    version: int = 1
    transfers: bool = False


def listener(context: Any = ADA, **members: Any) -> Someone:
    return Someone(None if context is None else json.dumps(context).encode(), **members)


def a_state(*changes: EnvironmentChange) -> Prepared:
    snapshot = a_snapshot(*changes)
    return prepare(nothing("e"), snapshot, compare(nothing("e").snapshot, snapshot))


def advance(before: Prepared, change: EnvironmentChange) -> ClientChanges:
    snapshot = before.snapshot.advance(change.data_version, change.items)
    return ClientChanges(before, prepare(before, snapshot, compare(before.snapshot, snapshot)))


@pytest.fixture
def state() -> Prepared:
    return a_state(a_change(1, flag=for_ada("flag"), in_s=for_members("in_s", "s"), segment_s=a_segment("s")))


def test_a_stream_begins_with_all_results_at_one_version(state: Prepared) -> None:
    frame = frame_state(listener(), state)
    assert frame.is_put
    name, data, *rest = frame.plain.decode().split("\n")
    assert (name, rest) == ("event: put", ["", ""])
    results = json.loads(data.removeprefix("data: "))
    assert [result["version"] for result in results.values()] == [1, 1]


def test_a_ping_has_one_space_of_data(state: Prepared) -> None:
    assert frame_state(listener(None), state) is PING
    assert PING.plain == b"event: ping\ndata:  \n\n"


def test_a_flag_that_means_the_same_to_a_context_is_not_told(state: Prepared) -> None:
    changes = advance(state, a_change(2, flag=for_ada("flag", targets=[])))
    assert changes.frame_for(listener(BOB)) is None
    frame = changes.frame_for(listener(ADA))
    assert frame is not None
    assert frame.plain == (
        b'event: patch\ndata: {"key":"flag","version":2,"flagVersion":2,"value":false,"variation":1}\n\n'
    )


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"trackEvents": True}, '"trackEvents":true'),
        ({"debugEventsUntilDate": 5}, '"debugEventsUntilDate":5'),
        ({"prerequisites": [{"key": "in_s", "variation": 1}]}, '"prerequisites":["in_s"]'),
        ({"variations": [2, False]}, '"value":2'),
    ],
)
def test_whatever_of_a_result_changes_is_told(state: Prepared, members: Any, told: str) -> None:
    frame = advance(state, a_change(2, flag=for_ada("flag", **members))).frame_for(listener())
    assert frame is not None
    assert told in frame.plain.decode()


def test_another_reason_is_told_to_those_who_asked_for_reasons(state: Prepared) -> None:
    changes = advance(state, a_change(2, flag=for_ada("flag", targets=[], fallthrough={"variation": 0})))
    assert changes.frame_for(listener()) is None
    frame = changes.frame_for(listener(with_reasons=True))
    assert frame is not None
    assert b'"reason":{"kind":"FALLTHROUGH"}' in frame.plain


def test_what_depends_on_a_segment_keeps_its_flag_version(state: Prepared) -> None:
    frame = advance(state, a_change(2, segment_s=a_segment("s", included=["ada"]))).frame_for(listener())
    assert frame is not None
    assert b'{"key":"in_s","version":2,"flagVersion":1,"value":true' in frame.plain


def test_a_flag_that_is_gone_is_deleted_for_those_who_saw_it(state: Prepared) -> None:
    for_browsers = a_change(2, flag=for_ada("flag", clientSideAvailability=FOR_BROWSERS))
    changes = advance(state, for_browsers)
    assert changes.frame_for(listener()) is None
    frame = changes.frame_for(listener(client="mobile"))
    assert frame is not None
    assert frame.plain == b'event: delete\ndata: {"key":"flag","version":2}\n\n'
    assert advance(state, a_change(2, never=None)).frame_for(listener()) is None


def test_who_holds_another_version_is_given_everything(state: Prepared) -> None:
    frame = advance(state, a_change(2, flag=for_ada("flag"))).frame_for(listener(version=0))
    assert frame is not None
    assert frame.is_put


@pytest.mark.parametrize(("flags", "is_put"), [(MOST_EVENTS, False), (MOST_EVENTS + 1, True)])
def test_many_changes_are_one_put(state: Prepared, flags: int, is_put: bool) -> None:
    new = {f"f{number}": for_ada(f"f{number}") for number in range(flags)}
    frame = advance(state, a_change(2, **new)).frame_for(listener())
    assert frame is not None
    assert frame.is_put is is_put
    assert frame.plain.count(b"event: ") == (1 if is_put else flags)


@pytest.mark.parametrize(
    ("change", "is_told"),
    [
        (a_change(2, segment_t=a_segment("t")), False),
        (a_change(2, segment_s=a_segment("s", included=["x"])), True),
        (a_change(2, hidden=for_ada("hidden", clientSideAvailability={})), False),
        (a_change(2, flag=None), True),
    ],
)
def test_a_ping_is_sent_where_a_flag_that_is_seen_may_have_changed(
    state: Prepared, change: EnvironmentChange, is_told: bool
) -> None:
    assert advance(state, change).frame_for(listener(None)) is (PING if is_told else None)
