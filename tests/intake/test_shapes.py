"""Shapes of contexts as the event store has them: with all members, or not at all."""

from pathlib import Path

from flagstaff.features.contexts.shapes import shape_of
from flagstaff.intake.ledger import Ceilings, Memory
from flagstaff.intake.shapes import WHAT, keep_shape
from flagstaff.intake.store import EventWriter
from tests.intake.sdk import ADA, Sdk, an_index
from tests.intake.stored import NOW, Scratch

BOB = {"kind": "user", "key": "bob", "email": "bob@example.com", "name": "Bob"}
EVE = {"kind": "user", "key": "eve", "odd": [{"a": 1}]}


def test_contexts_of_one_shape_have_its_number(sdk: Sdk) -> None:
    shape = shape_of(("/email", "/name"))
    assert shape is not None
    sdk.send(an_index(ADA), an_index(BOB), an_index(EVE))

    assert sdk.rows("key, shape", "contexts") == [("ada", shape.id), ("bob", shape.id), ("eve", None)]
    members = sdk.rows("path, is_only", "context_shapes")
    assert members == [("/email", 1), ("/key", 1), ("/kind", 1), ("/name", 1)]


def test_a_context_that_changes_has_another_shape(sdk: Sdk) -> None:
    sdk.send(an_index(ADA))
    sdk.send(an_index({**ADA, "odd": [{"a": 1}]}))
    assert sdk.rows("shape", "contexts") == [(None,)]
    sdk.send(an_index({**ADA, "odd": 1}))
    assert sdk.rows("DISTINCT shape", "contexts") == sdk.rows(
        "shape", "(SELECT * FROM context_shapes WHERE path = '/odd')"
    )


def test_a_shape_is_seen_last_when_a_context_of_it_was(sdk: Sdk) -> None:
    sdk.send(an_index(ADA))
    before = sdk.rows("last_seen", "context_shapes")
    sdk.server.clock.advance(seconds=3 * 3600)
    sdk.send({**an_index(BOB), "creationDate": sdk.server.clock.now})
    after = sdk.rows("last_seen", "context_shapes")
    assert len(set(before)) == len(set(after)) == 1
    assert after[0][0] - before[0][0] == 3 * 3_600_000


def test_contexts_are_stored_without_a_shape_where_too_many_shapes_are_new(sdk: Sdk) -> None:
    sdk.server.wired.intake.store._write_batches = EventWriter(Ceilings(attributes=2), Memory()).write
    sdk.send(*(an_index({"kind": "user", "key": f"u{number}", f"a{number}": 1}) for number in range(4)))
    assert [shape is None for (shape,) in sdk.rows("shape", "contexts", "key")] == [False, False, True, True]
    assert sdk.rows("count(DISTINCT shape)", "context_shapes") == [(2,)]
    assert sdk.counted("events_dropped", reason=f"new_{WHAT}") == 0


def test_what_is_known_is_kept_where_nothing_new_may_come(events: Path) -> None:
    shape, other = shape_of(("/a",)), shape_of(("/b",))
    assert shape is not None
    assert other is not None
    scratch = Scratch(events, Ceilings(attributes=1))
    with scratch.ledger() as ledger:
        assert keep_shape(ledger, "e", shape, NOW) == shape.id
    with scratch.ledger() as ledger:
        assert keep_shape(ledger, "e", other, NOW) is None
        assert keep_shape(ledger, "e", shape, NOW + 5) == shape.id
        assert keep_shape(ledger, "e", None, NOW) is None
    assert scratch.rows("SELECT DISTINCT last_seen FROM context_shapes") == [(NOW + 5,)]
