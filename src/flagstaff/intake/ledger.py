"""What the writer need not look up: what was written lately, and how much new may still come."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.storage.events.transaction import EventTransaction

DAY = 86_400_000
MOST_KNOWN = 100_000
READ = "SELECT count FROM new_names WHERE environment_id = :environment_id AND day = :day AND what = :what"
ADD = """INSERT INTO new_names VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count"""


class Ceilings(msgspec.Struct, frozen=True):
    """How much that it has not had before an environment may bring in a day: a client-side ID is public."""

    contexts: int = 100_000
    attributes: int = 1_000
    applications: int = 100
    keys: int = 10_000

    def of(self, what: str) -> int:
        """A ceiling by what it bounds; of active contexts a tenfold, since anonymous ones are among them."""
        match what:
            case "contexts" | "instances":
                return self.contexts
            case "active":
                return self.contexts * 10
            case "applications":
                return self.applications
            case "flags" | "event_keys":
                return self.keys
            case "flag_kinds" | "application_flags" | "outcomes":
                return self.keys * 10
        return self.attributes


class Memory:
    """What committed transactions have written, by a hash of its key; at worst something is written again."""

    def __init__(self, most: int = MOST_KNOWN) -> None:
        self._most = most
        self.known: dict[int, Any] = {}

    def clear(self) -> None:
        self.known.clear()

    def update(self, written: dict[int, Any]) -> None:
        if len(self.known) + len(written) > self._most:
            self.known.clear()
        self.known.update(written)


@dataclass
class Ledger:
    """One transaction's view. `over` counts what was above a ceiling and is not stored."""

    tx: EventTransaction
    memory: Memory
    ceilings: Ceilings
    now: Millis
    over: Counter[str] = field(default_factory=Counter)
    _written: dict[int, Any] = field(default_factory=dict)
    _room: dict[tuple[str, str], int] = field(default_factory=dict)
    _new: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def day(self) -> int:
        return self.now // DAY

    def find(self, key: int) -> Any:
        """What was last noted under the key, in this transaction or in one that has committed."""
        found = self._written.get(key)
        return self.memory.known.get(key) if found is None else found

    def note(self, key: int, value: Any) -> None:
        self._written[key] = value

    def admit(self, environment_id: str, what: str) -> bool:
        """Whether the environment may bring in something new of this sort; if so it is counted."""
        if not self.has_room(environment_id, what):
            self.over[what] += 1
            return False
        self.count(environment_id, what)
        return True

    def has_room(self, environment_id: str, what: str) -> bool:
        """Whether there may be anything new of this sort."""
        return self.room(environment_id, what) > 0

    def room(self, environment_id: str, what: str) -> int:
        """How much new of this sort there may be."""
        room = self._room.get((environment_id, what))
        if room is None:
            row = self.tx.one(READ, environment_id=environment_id, day=self.day, what=what)
            room = self._room[environment_id, what] = self.ceilings.of(what) - (row[0] if row else 0)
        return room

    def count(self, environment_id: str, what: str, number: int = 1) -> None:
        """Count what is new, for which there was room."""
        self._room[environment_id, what] -= number
        self._new[environment_id, what] += number

    def close(self) -> None:
        """Write down what was new; remember the rest once it is durable."""
        rows = [
            (environment_id, self.day, what, count)
            for (environment_id, what), count in self._new.items()
            if count
        ]
        self.tx.run_many(ADD, rows)
        self.tx.on_commit.append(lambda: self.memory.update(self._written))
