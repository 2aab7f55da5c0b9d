"""What becomes of payloads in the event store, beside who was seen."""

from pathlib import Path

from flagstaff.intake.contexts import Contexts
from flagstaff.intake.decoding import decode_body
from flagstaff.intake.ledger import Ceilings, Memory
from flagstaff.intake.payload import read_payload
from flagstaff.intake.store import EventWriter, Stored
from flagstaff.intake.tally import Tally
from flagstaff.storage.events.transaction import EventTransaction
from tests.intake.sdk import Sdk, a_counter, a_custom, a_feature, a_summary, an_index
from tests.intake.stored import NOW, Scratch
from tests.support.server import START

AT = START - 1_000
BODY = b'[{"kind":"summary","endDate":%d,"features":{"%s":{"counters":[{"count":2,"variation":0}]}}}]'


def a_tally(environment_id: str = "e", payload_id: str = "", flag: bytes = b"f") -> Tally:
    headers = {"x-launchdarkly-event-schema": "4", "x-launchdarkly-payload-id": payload_id}
    tally = Tally(read_payload(environment_id, "server", headers, NOW))
    tally.add(decode_body(BODY % (NOW, flag)).events, Contexts())
    return tally


def write(scratch: Scratch, *tallies: Tally, ceilings: Ceilings | None = None) -> list[Stored]:
    return EventWriter(ceilings or Ceilings(), Memory()).write(EventTransaction(scratch.connection), tallies)


COUNTS = "SELECT environment_id, flag_key, sum(count) FROM flag_counters GROUP BY 1, 2 ORDER BY 1, 2"


def test_payloads_of_a_group_are_stored_together(events: Path) -> None:
    scratch = Scratch(events)
    results = write(scratch, a_tally(), a_tally(flag=b"g"), a_tally("other"), a_tally())
    assert [result.is_duplicate for result in results] == [False] * 4
    assert scratch.rows(COUNTS) == [("e", "f", 4), ("e", "g", 2), ("other", "f", 2)]


def test_a_payload_is_stored_once_in_its_environment(events: Path) -> None:
    scratch = Scratch(events)
    group = [a_tally(payload_id="1"), a_tally(payload_id="1"), a_tally("other", "1")]
    assert [result.is_duplicate for result in write(scratch, *group)] == [False, True, False]
    assert [result.is_duplicate for result in write(scratch, a_tally(payload_id="1"))] == [True]
    assert scratch.rows(COUNTS) == [("e", "f", 2), ("other", "f", 2)]


def test_counts_of_a_flag_above_the_ceiling_are_not_kept(events: Path) -> None:
    scratch = Scratch(events)
    results = write(
        scratch, a_tally(), a_tally(flag=b"g"), a_tally("other", flag=b"g"), ceilings=Ceilings(keys=1)
    )
    assert results[0].over == {"flags": 1}
    assert scratch.rows(COUNTS) == [("e", "f", 2), ("other", "g", 2)]


def test_flags_are_kept_with_who_asked_for_them(sdk: Sdk) -> None:
    sdk.send(a_summary(), X_LaunchDarkly_Tags="application-id/shop application-version/2")
    assert sdk.rows("flag_key, first_requested, last_requested, default_value", "flag_requests") == [
        ("checkout", AT, AT, "false")
    ]
    assert sdk.rows("flag_key, kind", "flag_context_kinds") == [("checkout", "user")]
    assert sdk.rows("key, source, name", "applications") == [("shop", "server", "")]
    assert sdk.rows("application_key, key", "application_versions") == [("shop", "2")]
    assert sdk.rows("application_key, flag_key", "application_flags") == [("shop", "checkout")]


def test_the_application_of_a_payload_goes_before_that_of_a_context(sdk: Sdk) -> None:
    own = {"key": "k", "id": "own", "name": "Own", "version": "3", "versionName": "three"}
    event = an_index({"kind": "multi", "user": {"key": "a"}, "ld_application": own})
    sdk.send(event)
    assert sdk.rows("key, name", "applications") == [("own", "Own")]
    assert sdk.rows("application_key, key, name", "application_versions") == [("own", "3", "three")]
    sdk.send(event, X_LaunchDarkly_Tags="application-id/told")
    assert sdk.rows("key, name", "applications") == [("own", "Own"), ("told", "")]
    assert sdk.rows("DISTINCT application_id", "contexts") == [("own",), ("told",)]


def test_a_flood_of_applications_is_counted_and_not_stored(sdk: Sdk) -> None:
    intake = sdk.server.wired.intake
    intake.store._write_batches = EventWriter(Ceilings(applications=2), Memory()).write
    for number in range(5):
        sdk.send(a_custom(), X_LaunchDarkly_Tags=f"application-id/shop{number}")
    assert len(sdk.rows("key", "applications")) == 2
    assert sdk.counted("events_dropped", reason="new_applications") == 3


def test_sdks_are_counted_by_the_minute(sdk: Sdk) -> None:
    sdk.send(a_custom(), a_custom())
    sdk.send(a_custom(), X_LaunchDarkly_Wrapper="flask/1.0")
    sdk.send(a_custom())
    sdk.server.clock.advance(seconds=60)
    sdk.send(a_custom())
    minute = START - START % 60_000
    columns = "at, width, source, sdk, version, wrapper, events, payloads"
    assert sdk.rows(columns, "sdk_counters", "at, wrapper") == [
        (minute, 60_000, "server", "PythonClient", "9.18.2", "", 3, 2),
        (minute, 60_000, "server", "PythonClient", "9.18.2", "flask/1.0", 1, 1),
        (minute + 60_000, 60_000, "server", "PythonClient", "9.18.2", "", 1, 1),
    ]


def test_counters_of_a_minute_add_up(sdk: Sdk) -> None:
    flags = {"f": {"counters": [a_counter(1), a_counter(2, 1), a_counter(3, None, None, unknown=True)]}}
    for _ in range(2):
        sdk.send(a_summary(flags), a_summary(flags))
    assert sdk.rows("variation, version, count", "flag_counters") == [(-1, -1, 12), (0, 7, 4), (1, 7, 8)]


def test_single_events_are_kept_in_the_order_they_came(sdk: Sdk) -> None:
    sdk.send(a_custom("a", metricValue=1.5), a_feature("f"), a_custom("b"))
    assert sdk.raw("kind, key, value, at") == [
        ("custom", "a", 1.5, AT),
        ("feature", "f", None, AT),
        ("custom", "b", None, AT),
    ]


def test_single_events_whose_key_is_above_the_ceiling_are_not_kept(sdk: Sdk) -> None:
    intake = sdk.server.wired.intake
    intake.store._write_batches = EventWriter(Ceilings(keys=2), Memory()).write
    sdk.send(*(a_custom(f"key-{number % 4}") for number in range(12)))
    assert [key for (key,) in sdk.raw("key")] == ["key-0"] * 3 + ["key-1"] * 3
    assert sdk.counted("events_dropped", reason="new_event_keys") == 2
