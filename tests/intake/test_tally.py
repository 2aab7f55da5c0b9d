"""What payloads come to, before anything is stored."""

from typing import Any

import msgspec
import pytest

from flagstaff.intake.contexts import Contexts
from flagstaff.intake.decoding import decode_body
from flagstaff.intake.payload import read_payload
from flagstaff.intake.rows import RawRow
from flagstaff.intake.tally import MOST_OUTCOMES, Tally
from tests.intake.sdk import ADA, a_counter, a_custom, a_feature, a_summary, an_index
from tests.support.server import START

MINUTE = START - START % 60_000
ORG = {"kind": "multi", "user": {"key": "ada"}, "org": {"key": "o"}}


def tally(*events: Any, **headers: str) -> Tally:
    named = {"x-launchdarkly-event-schema": "4"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    made = Tally(read_payload("e", "server", named, START))
    made.add(decode_body(msgspec.json.encode(events)).events, Contexts())
    return made


def singles(made: Tally) -> list[RawRow]:
    return [row for rows in made.raw.values() for row in rows]


def outcome(variation: int = 0, version: int = 7, kinds: str = "user", flag: str = "checkout") -> Any:
    return (flag, MINUTE - 60_000 if START - 1_000 < MINUTE else MINUTE, variation, version, kinds)


def test_counts_come_from_summaries_alone() -> None:
    made = tally(a_summary(), a_feature(), a_feature(), {**a_feature(), "kind": "debug"})
    assert made.counts == {outcome(): 3}
    assert {kind: len(rows) for (kind, _), rows in made.raw.items()} == {"feature": 2, "debug": 1}
    assert made.events == 4


def test_each_summary_of_a_payload_counts() -> None:
    client = {"contextKinds": None, "counters": [a_counter(2)]}
    made = tally(a_summary(), a_summary({"checkout": client}, context=ORG), a_summary())
    assert made.counts == {outcome(): 6, outcome(kinds="org,user"): 2}
    assert [instance.kinds for instance, _ in made.instances.values()] == [("org", "user")]


@pytest.mark.parametrize(
    ("counter", "expected"),
    [
        (a_counter(1, None, None, unknown=True), (-1, -1)),
        (a_counter(1, None), (-1, 7)),
        (a_counter(1, 2, None), (2, -1)),
        ({"count": 1}, (-1, -1)),
    ],
)
def test_a_counter_may_leave_out_what_there_was_not(counter: Any, expected: tuple[int, int]) -> None:
    made = tally(a_summary({"checkout": {"counters": [counter], "contextKinds": ["user"]}}))
    assert made.counts == {outcome(*expected): 1}


def test_a_flag_is_requested_with_the_fallback_value_that_was_seen_last() -> None:
    flags = {"a": {"default": {"x": 1}, "counters": []}, "b": {"counters": None}, "c": {"default": None}}
    made = tally(a_summary(flags), a_summary({"a": {"default": 2}}))
    defaults = {key: seen.default for key, seen in made.flags.items()}
    assert defaults == {"a": "2", "b": None, "c": None}
    assert {seen.last for seen in made.flags.values()} == {START - 1_000}


def test_the_kinds_of_contexts_are_those_the_sdk_tells() -> None:
    made = tally(a_summary({"f": {"contextKinds": ["user", "org", "user"], "counters": [a_counter(1)]}}))
    assert [key[4] for key in made.counts] == ["org,user"]
    assert set(made.flag_kinds) == {("f", "org"), ("f", "user")}


@pytest.mark.parametrize(
    ("told", "at"), [(1, START), (START + 5_000, START), (START - 60_000, START - 60_000)]
)
def test_a_clock_that_cannot_be_right_is_not_believed(told: int, at: int) -> None:
    made = tally(a_custom(creationDate=told))
    assert singles(made)[0][0] == at


@pytest.mark.parametrize(
    "headers", [{"x_launchdarkly_unsummarized": "true"}, {"x_launchdarkly_event_schema": "2"}]
)
def test_evaluations_are_counted_for_sdks_that_do_not(headers: dict[str, str]) -> None:
    events = [
        a_feature(),
        a_feature(trackEvents=True),
        a_feature(debugEventsUntilDate=START + 60_000),
        a_feature(excludeFromSummaries=True),
    ]
    made = tally(*events, **headers)
    assert made.counts == {outcome(): 3}
    assert len(singles(made)) == 2
    assert made.flags["checkout"].last == START - 1_000


@pytest.mark.parametrize("kind", ["index", "identify"])
def test_contexts_are_learned_from_events_that_say_nothing_else(kind: str) -> None:
    made = tally(an_index(kind=kind))
    assert [instance.members[0].key for instance, _ in made.instances.values()] == ["ada"]
    assert made.raw == {}


@pytest.mark.parametrize(
    ("members", "keys"),
    [
        ({"context": ADA}, '{"user":"ada"}'),
        ({"contextKeys": {"user": "ada", "org": "o"}}, '{"org":"o","user":"ada"}'),
        ({"userKey": "ada"}, '{"user":"ada"}'),
        ({"user": {"key": "ada", "email": "e"}}, '{"user":"ada"}'),
        ({"context": None, "contextKeys": {"user": "ada"}}, '{"user":"ada"}'),
    ],
)
def test_an_event_tells_whom_it_is_about_in_one_of_many_ways(members: dict[str, Any], keys: str) -> None:
    event = {"kind": "custom", "key": "bought", **members}
    assert [bytes(row[6]).decode() for row in singles(tally(event))] == [keys]


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"contextKeys": {"user": 7}},
        {"contextKeys": []},
        {"userKey": 7},
        {"context": {"kind": "user"}},
        {"user": 7},
    ],
)
def test_an_event_that_is_about_nobody_is_refused(members: dict[str, Any]) -> None:
    made = tally({"kind": "custom", "key": "bought", **members}, a_custom())
    assert (made.events, len(singles(made)), made.refused) == (1, 1, {"context": 1})


def test_an_event_stands_for_as_many_as_its_sampling_ratio_says() -> None:
    made = tally(a_custom(samplingRatio=10), a_custom(), a_custom(samplingRatio=1), a_custom(samplingRatio=0))
    assert [row[5] for row in singles(made)] == [10, 1, 1]
    assert made.refused == {"sampled_out": 1}


def test_a_summary_is_taken_in_whole_or_not_at_all() -> None:
    many = [a_counter(1, number) for number in range(MOST_OUTCOMES + 1)]
    made = tally(a_summary({"a": {"counters": [a_counter(1)]}, "b": {"counters": many}}))
    assert (made.counts, made.flags, made.refused) == ({}, {}, {"too_many_outcomes": 1})
    broken = tally(a_summary(context={"kind": "user"}))
    assert (broken.counts, broken.refused) == ({}, {"context": 1})


def test_what_is_tracked_is_kept_by_its_kind() -> None:
    page = {"kind": "pageview", "key": "home", "url": "http://shop.test", "contextKeys": {"user": "ada"}}
    click = {**page, "kind": "click", "selector": "#a", "data": None}
    made = tally(a_custom(), page, click, {**page, "kind": "click_pageview"})
    keys = [("custom", "bought"), ("pageview", "home"), ("click", "home"), ("click_pageview", "home")]
    assert list(made.raw) == keys


def test_the_context_that_was_seen_last_stands_last() -> None:
    changed = {**ADA, "name": "Lady Ada"}
    made = tally(an_index(), an_index(changed), an_index())
    assert [instance.members[0].name for instance, _ in made.instances.values()] == ["Lady Ada", "Ada"]


def test_what_older_sdks_and_diagnostics_send_is_tolerated() -> None:
    made = tally({"kind": "alias", "key": "a"}, {"kind": "diagnostic"}, {"kind": "diagnostic-init"})
    assert (made.events, made.raw, made.refused) == (3, {}, {})
