from pathlib import Path

from flagstaff.intake.event_keys import keep_event_key
from flagstaff.intake.ledger import Ceilings, Memory
from tests.intake.stored import NOW, Scratch

KEY = ("custom", "bought")
LATER = NOW + 120_000


def test_a_key_has_one_number_in_its_environment_and_kind(events: Path) -> None:
    scratch = Scratch(events)
    with scratch.ledger() as ledger:
        number = keep_event_key(ledger, "e", KEY, NOW)
        others = [("other", KEY), ("e", ("click", "bought")), ("e", ("custom", "sold"))]
        assert number not in {keep_event_key(ledger, environment, key, NOW) for environment, key in others}
    for memory in (scratch.memory, Memory()):
        scratch.memory = memory
        with scratch.ledger() as ledger:
            assert keep_event_key(ledger, "e", KEY, LATER) == number
    where = f"id = {number}"
    assert scratch.rows(f"SELECT first_seen, last_seen FROM event_keys WHERE {where}") == [(NOW, LATER)]


def test_a_new_key_above_the_ceiling_has_none(events: Path) -> None:
    scratch = Scratch(events, Ceilings(keys=1))
    with scratch.ledger() as ledger:
        assert keep_event_key(ledger, "e", KEY, NOW) is not None
        assert keep_event_key(ledger, "e", ("custom", "sold"), NOW) is None
        assert ledger.over == {"event_keys": 1}
