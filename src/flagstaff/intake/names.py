"""Names that are kept with their last sight: flags, context kinds, attributes, applications, event keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from flagstaff.intake.ledger import Ledger
from flagstaff.kernel.clock import Millis
from flagstaff.storage.events.reading import SqlValue

MINUTE = 60_000  # how exact times of the last sight are


@dataclass(frozen=True)
class Names:
    """A table of names. `what` is the ceiling of new ones, if there is any; `told` are further columns."""

    table: str
    columns: tuple[str, ...]
    last: str = "last_seen"
    first: str = ""
    what: str = ""
    told: tuple[str, ...] = ()
    merge: str = "coalesce(nullif(?, ''), {name})"

    def keep(self, ledger: Ledger, key: tuple[str, ...], at: Millis, told: tuple[SqlValue, ...] = ()) -> bool:
        """Note a name; false where it is above a ceiling. `key` begins with the environment's id."""
        known = hash((self.table, key))
        minute, found = at // MINUTE, ledger.find(known)
        if found is not None and found[0] >= minute and found[1] == told:
            return True
        if not ledger.tx.run(self._update, (at, *told, *key)):
            if self.what and not ledger.admit(key[0], self.what):
                return False
            seen = (at, at) if self.first else (at,)
            ledger.tx.run(self._insert, (*key, *seen, *told))
        ledger.note(known, (minute, told))
        return True

    @cached_property
    def _update(self) -> str:
        told = "".join(f", {name} = {self.merge.format(name=name)}" for name in self.told)
        where = " AND ".join(f"{name} = ?" for name in self.columns)
        return f"UPDATE {self.table} SET {self.last} = max({self.last}, ?){told} WHERE {where}"

    @cached_property
    def _insert(self) -> str:
        first = (self.first,) if self.first else ()
        columns = (*self.columns, *first, self.last, *self.told)
        return f"INSERT INTO {self.table} ({_list(columns)}) VALUES ({_list('?' for _ in columns)})"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


ENVIRONMENT = "environment_id"
FLAGS = Names(
    "flag_requests",
    (ENVIRONMENT, "flag_key"),
    last="last_requested",
    first="first_requested",
    what="flags",
    told=("default_value",),
)
FLAG_KINDS = Names(
    "flag_context_kinds", (ENVIRONMENT, "flag_key", "kind"), last="last_requested", what="flag_kinds"
)
KINDS = Names("context_kinds", (ENVIRONMENT, "kind"), first="first_seen", what="kinds")
ATTRIBUTES = Names(
    "attribute_names",
    (ENVIRONMENT, "kind", "name"),
    first="first_seen",
    what="attributes",
    told=("redacted",),
    merge="max({name}, ?)",
)
APPLICATIONS = Names(
    "applications",
    (ENVIRONMENT, "key"),
    first="first_seen",
    what="applications",
    told=("source", "name"),
)
VERSIONS = Names(
    "application_versions",
    (ENVIRONMENT, "application_key", "key"),
    first="first_seen",
    what="applications",
    told=("name",),
)
APPLICATION_FLAGS = Names(
    "application_flags",
    (ENVIRONMENT, "application_key", "flag_key"),
    last="last_requested",
    what="application_flags",
)
