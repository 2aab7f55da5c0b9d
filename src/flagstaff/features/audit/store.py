"""The audit log as it is read: entries newest first, and documents as they were at an entry."""

from collections.abc import Iterator
from typing import Any

import msgspec

from flagstaff.features.audit.model import AuditEntry, Deed
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import DENY, unpack
from flagstaff.storage.conditions import contains_text
from flagstaff.storage.transaction import SqlValue, Transaction

COLUMNS = (
    "audit_log.position, audit_log.id, date, kind, name, title_verb, description, comment, "
    "audit_log.member_id, token_id, accesses, versions"
)
PEOPLE = ("members", "targets")  # who acted, and members who were acted on
NAMES = ("{}.email", "json_extract({}.body, '$.first_name')", "json_extract({}.body, '$.last_name')")
SEARCHED = ("name", "comment", "resources", *(name.format(who) for who in PEOPLE for name in NAMES))
AT_ONCE = 100
DENIED = f',"{DENY}"]'  # within the accesses of a refused entry, where only the end of one can be that

RowKey = tuple[str, ...]  # the table and the key columns of a document
State = dict[RowKey, Any]  # documents as they were stored, None where there was none


class Selection(msgspec.Struct, frozen=True):
    """Which entries are wanted: dates are exclusive, `cursor` is a position before which to go on.

    `who` is the id of a member or token; `named` are texts that the resources of an entry contain. Of
    a `deed`, all are selected that may be one; others, too, where it has actions that it does not take.
    """

    before: int | None = None
    after: int | None = None
    text: str = ""
    cursor: int | None = None
    who: str = ""
    named: tuple[str, ...] = ()
    deed: Deed | None = None


def list_entries(tx: Transaction, selection: Selection) -> Iterator[AuditEntry]:
    """The entries selected, newest first, read as far as the caller goes."""
    condition, values = _where(selection)
    sql = (
        f"SELECT {COLUMNS} FROM audit_log LEFT JOIN members ON members.id = audit_log.member_id "
        "LEFT JOIN members AS targets ON kind = 'member' AND targets.id = audit_log.name "
        f"WHERE audit_log.position < :cursor AND {condition} ORDER BY audit_log.position DESC LIMIT {AT_ONCE}"
    )
    cursor = 2**62 if selection.cursor is None else selection.cursor
    while rows := tx.all(sql, **values, cursor=cursor):
        for row in rows:
            tx.pace()
            yield _entry(row)
        cursor = rows[-1][0]


def get_entry(tx: Transaction, entry_id: str) -> AuditEntry:
    """The entry with that id; raises NotFound."""
    entry = find_entry(tx, entry_id)
    if entry is None:
        raise NotFound
    return entry


def find_entry(tx: Transaction, entry_id: str) -> AuditEntry | None:
    row = tx.one(f"SELECT {COLUMNS} FROM audit_log WHERE id = :id", id=entry_id)
    return None if row is None else _entry(row)


def state_around(tx: Transaction, entry: AuditEntry, document_id: str, newest: State) -> tuple[State, State]:
    """The rows of one document before and after an entry, where `newest` is how they are today.

    What no later entry has written is today as it was then; what one has, was as that entry first found it.
    """
    after = state_at(tx, entry.position, document_id, newest)
    before = dict(after)
    for key, write in _writes(entry.versions, document_id):
        before[key], after[key] = write["before"], write["after"]
    return before, after


def state_at(tx: Transaction, position: int, document_id: str, newest: State) -> State:
    """The rows of one document after the entry at a position, where `newest` is how they are today."""
    state = dict(newest)
    settled: set[RowKey] = set()
    for versions in _later(tx, document_id, position):
        tx.pace()
        for key, write in _writes(versions, document_id):
            if key not in settled:
                settled.add(key)
                state[key] = write["before"]
    return state


def find_position(tx: Transaction, moment: Millis) -> int | None:
    """The position of the last entry up to a moment; None where the log begins later."""
    row = tx.one("SELECT max(position) FROM audit_log WHERE date <= :moment", moment=moment)
    return None if row is None or row[0] is None else int(row[0])


def find_version(tx: Transaction, key: RowKey, version: int) -> int | None:
    """The position of the entry that wrote a row in a version; None if the log does not have it."""
    sql = (
        "SELECT audit_log.position, versions FROM audit_documents "
        "JOIN audit_log ON audit_log.position = audit_documents.position WHERE document_id = :document "
        f"AND audit_documents.position < :position ORDER BY audit_documents.position DESC LIMIT {AT_ONCE}"
    )
    position = 2**62
    while rows := tx.all(sql, document=key[1], position=position):
        for found, versions in rows:
            tx.pace()
            for written, write in _writes(versions, key[1]):
                if written == key and write["after"] and write["after"].get("version", 1) == version:
                    return int(found)
        position = rows[-1][0]
    return None


def main_document(entry: AuditEntry) -> tuple[str, str] | None:
    """Table and id of what the entry is about: the first document written; None where there was none."""
    for write in unpack(entry.versions):
        if "keys" in write:
            return write["table"], str(next(iter(write["keys"].values())))
    return None


def _later(tx: Transaction, document_id: str, position: int) -> Iterator[bytes]:
    sql = (
        "SELECT audit_log.position, versions FROM audit_documents "
        "JOIN audit_log ON audit_log.position = audit_documents.position WHERE document_id = :document "
        f"AND audit_documents.position > :position ORDER BY audit_documents.position LIMIT {AT_ONCE}"
    )
    while rows := tx.all(sql, document=document_id, position=position):
        yield from (versions for _, versions in rows)
        position = rows[-1][0]


def _writes(versions: bytes, document_id: str) -> Iterator[tuple[RowKey, dict[str, Any]]]:
    for write in unpack(versions):
        keys = tuple(map(str, write.get("keys", {}).values()))
        if keys and keys[0] == document_id:
            yield (write["table"], *keys), write


def _where(selection: Selection) -> tuple[str, dict[str, SqlValue]]:
    parts, values = ["TRUE"], dict[str, SqlValue]()
    if selection.before is not None:
        parts.append("date < :before")
        values["before"] = selection.before
    if selection.after is not None:
        parts.append("date > :after")
        values["after"] = selection.after
    if selection.text:
        condition, found = contains_text(selection.text, *SEARCHED)
        parts.append(f"({condition})")
        values |= found
    if selection.who:
        parts.append(":who IN (audit_log.member_id, token_id)")
        values["who"] = selection.who
    for number, name in enumerate(selection.named):
        parts.append(f"instr(resources, :named{number}) > 0")
        values[f"named{number}"] = name
    if selection.deed is not None:
        parts.append(f"(instr(accesses, :denied) > 0) = {int(selection.deed.denied)}")
        values["denied"] = DENIED
        begun = {f"action{number}": f'["{name}' for number, name in enumerate(selection.deed.actions)}
        parts.append("(" + " OR ".join(f"instr(accesses, :{name}) > 0" for name in begun) + ")")
        values |= begun
    return " AND ".join(parts), values


def _entry(row: tuple[Any, ...]) -> AuditEntry:
    values = dict(zip(AuditEntry.__match_args__, row, strict=False))
    accesses = msgspec.json.decode(values["accesses"], type=list[list[str]])
    values["accesses"] = tuple((action, resource) for action, resource, *_ in accesses)
    return AuditEntry(**values, denied=any(access[2:] == [DENY] for access in accesses))
