"""Single events are stored in packs of one key, and read one by one."""

from pathlib import Path

import msgspec

from flagstaff.intake.contexts import Contexts
from flagstaff.intake.decoding import decode_body
from flagstaff.intake.packs import MOST, keep_events
from flagstaff.intake.payload import read_payload
from flagstaff.intake.tally import Tally
from tests.intake.sdk import a_custom, a_feature
from tests.intake.stored import NOW, Scratch

KEPT = f"SELECT environment_id, key, count, at - {NOW} FROM event_packs JOIN event_keys ON id = key_id"


def tally(environment_id: str, *events: object) -> Tally:
    made = Tally(read_payload(environment_id, "server", {"x-launchdarkly-event-schema": "4"}, NOW))
    made.add(decode_body(msgspec.json.encode(events)).events, Contexts())
    return made


def keep(scratch: Scratch, *tallies: Tally) -> None:
    with scratch.ledger() as ledger:
        keep_events(ledger, tallies)


def test_events_of_one_key_that_come_together_are_one_row_in_each_environment(events: Path) -> None:
    scratch = Scratch(events)
    first = tally("a", a_custom("x", creationDate=NOW - 1), a_custom("y", creationDate=NOW - 5))
    second = tally("a", a_custom("x", creationDate=NOW - 3), a_custom("x", creationDate=NOW - 2))
    keep(scratch, first, tally("b", a_custom("x", creationDate=NOW)), second)
    keep(scratch, tally("a", a_custom("x", creationDate=NOW)))
    assert scratch.rows(f"{KEPT} ORDER BY position") == [
        ("a", "y", 1, -5),
        ("a", "x", 3, -1),
        ("b", "x", 1, 0),
        ("a", "x", 1, 0),
    ]
    assert scratch.rows(f"SELECT number, at - {NOW} FROM raw_events WHERE position = 2 ORDER BY number") == [
        (0, -1),
        (1, -3),
        (2, -2),
    ]


def test_a_row_does_not_grow_without_end(events: Path) -> None:
    scratch = Scratch(events)
    keep(scratch, tally("e", *(a_custom("x", metricValue=number) for number in range(2 * MOST + 1))))
    assert scratch.rows("SELECT count FROM event_packs ORDER BY position") == [(MOST,), (MOST,), (1,)]
    values = scratch.rows("SELECT value FROM raw_events ORDER BY position, number")
    assert values == [(float(number),) for number in range(2 * MOST + 1)]


def test_what_an_event_says_comes_back_as_it_was_however_deep_it_is(events: Path) -> None:
    scratch, deep = Scratch(events), "[" * 900 + "]" * 900
    odd = {"text": 'quoted "\\ \u2028 ü', "deep": msgspec.Raw(deep.encode())}
    keep(scratch, tally("e", a_custom("x", data=odd), a_feature("f", value=None, samplingRatio=4)))
    columns = "variation, version, in_experiment, weight, contexts, data"
    tracked, evaluated = scratch.rows(f"SELECT {columns} FROM raw_events ORDER BY position, number")
    assert tracked[:5] == (None, None, 0, 1, '{"user":"ada"}')
    assert tracked[5] == f'{{"data":{msgspec.json.encode(odd).decode()}}}'
    assert evaluated == (0, 7, 0, 4, '{"user":"ada"}', '{"value":null,"default":null,"reason":null}')
