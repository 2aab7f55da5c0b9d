from pathlib import Path

import pytest

from flagstaff.intake.ledger import DAY, Ceilings, Memory
from tests.intake.stored import NOW, Scratch

CEILINGS = Ceilings(contexts=2, attributes=3, applications=4, keys=5)


@pytest.mark.parametrize(
    ("what", "most"),
    [
        ("contexts", 2),
        ("instances", 2),
        ("active", 20),
        ("attributes", 3),
        ("kinds", 3),
        ("applications", 4),
        ("flags", 5),
        ("event_keys", 5),
        ("flag_kinds", 50),
        ("application_flags", 50),
        ("outcomes", 50),
        ("sdks", 3),
    ],
)
def test_an_environment_may_bring_in_so_much_in_a_day(events: Path, what: str, most: int) -> None:
    scratch = Scratch(events, CEILINGS)
    with scratch.ledger() as ledger:
        assert [ledger.admit("e", what) for _ in range(most + 2)] == [True] * most + [False] * 2
        assert ledger.admit("other", what)
        assert ledger.over == {what: 2}
    with scratch.ledger() as ledger:
        assert not ledger.admit("e", what)
    with scratch.ledger(NOW + DAY) as ledger:
        assert ledger.admit("e", what)


def test_what_may_have_been_there_already_is_counted_once_that_is_known(events: Path) -> None:
    scratch = Scratch(events, CEILINGS)
    with scratch.ledger() as ledger:
        for _ in range(5):
            assert ledger.has_room("e", "contexts")
    assert scratch.rows("SELECT * FROM new_names") == []
    with scratch.ledger() as ledger:
        while ledger.has_room("e", "contexts"):
            ledger.count("e", "contexts")
        assert not ledger.admit("e", "contexts")
    assert scratch.rows("SELECT count FROM new_names") == [(CEILINGS.contexts,)]


def test_what_a_transaction_notes_is_remembered_once_it_has_committed(events: Path) -> None:
    scratch = Scratch(events)
    with scratch.ledger() as ledger:
        ledger.note(1, "a")
        assert ledger.find(1) == "a"
        assert scratch.memory.known.get(1) is None
    assert scratch.memory.known.get(1) == "a"
    with scratch.ledger() as ledger:
        assert ledger.find(1) == "a"
        ledger.note(1, "b")
        assert ledger.find(1) == "b"


def test_memory_is_bounded() -> None:
    memory = Memory(most=3)
    memory.update({1: "a", 2: "b"})
    memory.update({3: "c"})
    assert memory.known.get(1) == "a"
    memory.update({4: "d"})
    assert (memory.known.get(1), memory.known.get(4)) == (None, "d")
    memory.clear()
    assert memory.known.get(4) is None
