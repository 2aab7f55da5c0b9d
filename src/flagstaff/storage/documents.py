"""Versioned documents: one row per resource, with the columns searched by, a version and a JSON body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

import msgspec

from flagstaff.storage.transaction import SqlValue, Transaction

Model = TypeVar("Model", bound=msgspec.Struct)

_encoder = msgspec.json.Encoder()


@dataclass(frozen=True)
class Documents(Generic[Model]):
    """A table of documents. `columns` gives every column but `version` and `body`; `keys` name its row.

    Documents are frozen and can be shared, so of a table that nearly every call reads, some are `remembered`:
    they are decoded once, and read units find them without a query as long as nothing changes.
    What is `personal` never enters the audit log, which only refers to people, so that it can be erased.
    """

    table: str
    model: type[Model]
    columns: Callable[[Model], Mapping[str, SqlValue]]
    keys: tuple[str, ...] = ("id",)
    remembered: int = 0
    personal: tuple[str, ...] = ()  # attributes, which are texts

    @cached_property
    def decode(self) -> Callable[[bytes | str], Model]:
        """Read a body as it was stored."""
        decode = msgspec.json.Decoder(self.model).decode
        return lru_cache(self.remembered)(decode) if self.remembered else decode

    def _tables(self, where: str) -> tuple[str, ...]:
        """Where a result comes from; none where that would have to be found out."""
        return () if "SELECT" in where.upper() else (self.table,)

    def encode(self, model: Model) -> bytes:
        return _encoder.encode(model)

    def without_personal(self, model: Model | None) -> Model | None:
        """A document as the audit log keeps it."""
        if model is None or not self.personal:
            return model
        return msgspec.structs.replace(model, **dict.fromkeys(self.personal, ""))

    def find(self, tx: Transaction, where: str, /, **values: SqlValue) -> Model | None:
        """The document of the one row that `where` names, or None."""
        found = self.list(tx, where, **values)
        return found[0] if found else None

    def list(self, tx: Transaction, where: str, /, **values: SqlValue) -> list[Model]:
        """The documents that `where` (with its ORDER BY and LIMIT) names."""
        key = (self.table, where, *values.values())
        held: list[Model] | None = tx.recall(key) if self.remembered else None
        if held is not None:
            return list(held)
        bodies = [body for (body,) in tx.all(f"SELECT body FROM {self.table} WHERE {where}", **values)]
        found = [self.decode(body) for body in bodies]
        if self.remembered and (found or not values):  # what callers name and is not there takes no room
            tx.remember(key, list(found), sum(map(len, bodies)), self._tables(where))
        return found


class Write(msgspec.Struct, frozen=True, dict=True):
    """One document before and after: None before is an insert, None after a delete.

    `place` holds the columns that say what the document belongs to, where it does not know itself.
    """

    documents: Documents[Any]
    before: Any
    after: Any
    place: Mapping[str, SqlValue] = msgspec.field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Whether there is anything to write: a changed document has a new version."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        return bool(self.before.version != self.after.version)

    @property
    def keys(self) -> dict[str, SqlValue]:
        """The columns that name the row."""
        model = self.before if self.after is None else self.after
        place = self.place
        return {key: place[key] if key in place else getattr(model, key) for key in self.documents.keys}

    @cached_property
    def body(self) -> bytes:
        """The document after, as it is stored, or as it was where there is none."""
        return self.documents.encode(self.before if self.after is None else self.after)

    @property
    def document_id(self) -> SqlValue:
        """What the row is of: its own id, or that of the resource that it is a part of."""
        return self.keys[self.documents.keys[0]]


def apply_write(tx: Transaction, write: Write) -> None:
    """Insert, update or delete the row; raises RuntimeError where the version read is not the one stored.

    Units run one after another, so only a defect can trip that guard.
    """
    documents, before, after = write.documents, write.before, write.after
    row = _row(write)
    table = documents.table
    if before is None:
        places = ", ".join(f":{name}" for name in row)
        tx.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", **row)
        return
    where = " AND ".join(f"{key} = :{key}" for key in documents.keys) + " AND version = :seen"
    if after is None:
        touched = tx.run(f"DELETE FROM {table} WHERE {where}", **write.keys, seen=before.version)
    else:
        changes = ", ".join(f"{name} = :{name}" for name in row if name not in documents.keys)
        touched = tx.run(f"UPDATE {table} SET {changes} WHERE {where}", **row, seen=before.version)
    if touched != 1:
        raise RuntimeError(f"{table} changed under its unit")


def _row(write: Write) -> dict[str, SqlValue]:
    model = write.before if write.after is None else write.after
    columns = {**write.place, **write.documents.columns(model)}
    return {**columns, "version": model.version, "body": write.body}
