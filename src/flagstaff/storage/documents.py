"""Versioned documents: one row per resource, with the columns searched by, a version and a JSON body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from flagstaff.storage.transaction import SqlValue, Transaction

Model = TypeVar("Model", bound=msgspec.Struct)

_encoder = msgspec.json.Encoder()


@dataclass(frozen=True)
class Documents(Generic[Model]):
    """A table of documents. `columns` gives every column but `version` and `body`; `keys` name its row."""

    table: str
    model: type[Model]
    columns: Callable[[Model], Mapping[str, SqlValue]]
    keys: tuple[str, ...] = ("id",)

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Model]:
        return msgspec.json.Decoder(self.model)

    def decode(self, body: bytes | str) -> Model:
        return self.decoder.decode(body)

    def encode(self, model: Model) -> bytes:
        return _encoder.encode(model)

    def find(self, tx: Transaction, where: str, /, **values: SqlValue) -> Model | None:
        """The document of the one row that `where` names, or None."""
        row = tx.one(f"SELECT body FROM {self.table} WHERE {where}", **values)
        return None if row is None else self.decoder.decode(row[0])

    def list(self, tx: Transaction, where: str, /, **values: SqlValue) -> list[Model]:
        """The documents that `where` (with its ORDER BY and LIMIT) names."""
        return [
            self.decoder.decode(body)
            for (body,) in tx.all(f"SELECT body FROM {self.table} WHERE {where}", **values)
        ]


@dataclass(frozen=True)
class Write:
    """One document before and after: None before is an insert, None after a delete."""

    documents: Documents[Any]
    before: Any
    after: Any

    @property
    def changes(self) -> bool:
        return bool(self.before != self.after)


def apply_write(tx: Transaction, write: Write) -> None:
    """Insert, update or delete the row; raises RuntimeError where the version read is not the one stored.

    Units run one after another, so only a defect can trip that guard.
    """
    documents, before, after = write.documents, write.before, write.after
    row = _row(documents, after if after is not None else before)
    if before is None:
        names = ", ".join(row)
        tx.run(f"INSERT INTO {documents.table} ({names}) VALUES ({_places(row)})", **row)
        return
    where = " AND ".join(f"{key} = :{key}" for key in documents.keys)
    if after is None:
        touched = tx.run(
            f"DELETE FROM {documents.table} WHERE {where} AND version = :seen",
            **_only(row, documents),
            seen=before.version,
        )
    else:
        changes = ", ".join(f"{name} = :{name}" for name in row if name not in documents.keys)
        touched = tx.run(
            f"UPDATE {documents.table} SET {changes} WHERE {where} AND version = :seen",
            **row,
            seen=before.version,
        )
    if touched != 1:
        raise RuntimeError(f"{documents.table} changed under its unit")


def _row(documents: Documents[Any], model: Any) -> dict[str, SqlValue]:
    return {**documents.columns(model), "version": model.version, "body": documents.encode(model)}


def _only(row: dict[str, SqlValue], documents: Documents[Any]) -> dict[str, SqlValue]:
    return {key: row[key] for key in documents.keys}


def _places(row: dict[str, SqlValue]) -> str:
    return ", ".join(f":{name}" for name in row)
