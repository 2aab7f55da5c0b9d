from pathlib import Path

import pytest

from flagstaff.intake import names
from flagstaff.intake.ledger import Ceilings, Memory
from tests.intake.stored import NOW, Scratch

FLAGS = "SELECT * FROM flag_requests ORDER BY flag_key"
LATER = NOW + 120_000


def test_a_name_is_kept_with_its_first_and_its_last_sight(events: Path) -> None:
    scratch = Scratch(events)
    for at in (NOW, LATER, NOW - 120_000):
        with scratch.ledger() as ledger:
            assert names.FLAGS.keep(ledger, ("e", "f"), at, ("true",))
    assert scratch.rows(FLAGS) == [("e", "f", NOW, LATER, "true")]


def test_what_is_told_later_replaces_what_was_told_and_nothing_replaces_nothing(events: Path) -> None:
    scratch = Scratch(events)
    for told in ("1", "2", None):
        with scratch.ledger() as ledger:
            names.FLAGS.keep(ledger, ("e", "f"), NOW, (told,))
    assert scratch.rows(FLAGS) == [("e", "f", NOW, NOW, "2")]


def test_an_attribute_that_was_redacted_once_stays_so(events: Path) -> None:
    scratch = Scratch(events)
    for redacted in (0, 1, 0):
        with scratch.ledger() as ledger:
            names.ATTRIBUTES.keep(ledger, ("e", "user", "/email"), NOW, (redacted,))
    assert scratch.rows("SELECT name, redacted FROM attribute_names") == [("/email", 1)]


def test_what_was_written_within_the_minute_is_not_written_again(events: Path) -> None:
    scratch = Scratch(events)
    for at in (NOW, NOW + 1_000):
        with scratch.ledger() as ledger:
            names.KINDS.keep(ledger, ("e", "user"), at)
    assert scratch.rows("SELECT last_seen FROM context_kinds") == [(NOW,)]
    scratch.memory = Memory()
    with scratch.ledger() as ledger:
        names.KINDS.keep(ledger, ("e", "user"), NOW + 1_000)
    assert scratch.rows("SELECT last_seen FROM context_kinds") == [(NOW + 1_000,)]


def test_a_new_name_above_the_ceiling_is_not_kept_and_a_known_one_is(events: Path) -> None:
    scratch = Scratch(events, Ceilings(keys=1))
    with scratch.ledger() as ledger:
        kept = [names.FLAGS.keep(ledger, ("e", key), NOW, (None,)) for key in ("a", "b", "a")]
        assert kept == [True, False, True]
    scratch.memory = Memory()
    with scratch.ledger() as ledger:
        assert names.FLAGS.keep(ledger, ("e", "a"), LATER, (None,))
    assert scratch.rows(FLAGS) == [("e", "a", NOW, LATER, None)]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (names.FLAG_KINDS, ()),
        (names.APPLICATIONS, ("server", "Shop")),
        (names.VERSIONS, ("one",)),
        (names.APPLICATION_FLAGS, ()),
    ],
)
def test_every_table_of_names_takes_a_name_twice(
    events: Path, table: names.Names, told: tuple[str, ...]
) -> None:
    scratch = Scratch(events)
    key = ("e", "a", "b")[: len(table.columns)]
    for at in (NOW, LATER):
        with scratch.ledger() as ledger:
            assert table.keep(ledger, key, at, told)
    assert scratch.rows(f"SELECT {table.last} FROM {table.table}") == [(LATER,)]
