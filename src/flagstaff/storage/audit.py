"""The audit log: one sealed entry per change, each carrying a MAC over itself and its predecessor's."""

import hmac
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

import msgspec
from isal import isal_zlib

from flagstaff.kernel.clock import Millis
from flagstaff.storage.documents import Write
from flagstaff.storage.transaction import SqlValue, Transaction

GENESIS = bytes(32)
TABLE = "audit_log"
DENY = "deny"
PATCH = "patch"  # under which the patch stands beside the documents that it changed
HEAD = (TABLE, "head")  # under which units remember the newest MAC
COLUMNS = (
    "id, date, kind, name, title_verb, description, comment, "
    "member_id, token_id, accesses, resources, versions"
)
INSERT = f"INSERT INTO audit_log ({COLUMNS}, mac) VALUES ({', '.join('?' * 13)})"


class Actor(msgspec.Struct, frozen=True):
    """Who made a change, by reference: erasing a member leaves the chain valid."""

    member_id: str = ""
    token_id: str = ""


class Entry(msgspec.Struct, frozen=True):
    """What a change says about itself. `accesses` are (action, resource specifier) pairs.

    One that is `denied` tells of what was not allowed and not done.
    """

    kind: str  # the resource: "flag", "segment", "environment", "project"
    name: str  # for a member the id: who is removed is named nowhere
    title_verb: str
    description: str
    accesses: tuple[tuple[str, str], ...]
    actor: Actor
    comment: str = ""
    denied: bool = False


class Break(msgspec.Struct, frozen=True):
    """The first place where the chain does not hold."""

    entry_id: str
    position: int


class BrokenChain(Exception):
    """The chain does not hold at `place`."""

    def __init__(self, place: Break) -> None:
        super().__init__(place)
        self.place = place


def record(tx: Transaction, entry: Entry, writes: Sequence[Write]) -> str:
    """Write the sealed entry and return its id. The versions kept are those of the documents written."""
    entry_id = tx.ids.object_id()
    resources = tuple(dict.fromkeys(resource for _, resource in entry.accesses))
    values = (
        entry_id,
        tx.now,
        entry.kind,
        entry.name,
        entry.title_verb,
        entry.description,
        entry.comment,
        entry.actor.member_id,
        entry.actor.token_id,
        _write_accesses(entry),
        msgspec.json.encode(resources).decode(),
        _pack(writes, tx.patch),
    )
    mac = seal(tx.seal_key, head(tx), values)
    inserted = tx.connection.execute(INSERT, (*values, mac))
    tx.connection.executemany(
        "INSERT INTO audit_documents (document_id, position) VALUES (?, ?)",
        [(document_id, inserted.lastrowid) for document_id in {write.document_id for write in writes}],
    )
    tx.remember(HEAD, mac, len(mac), (TABLE,))
    return entry_id


def head(tx: Transaction) -> bytes:
    """The MAC of the newest entry; kept elsewhere, it tells later that nothing before it changed."""
    held: bytes | None = tx.recall(HEAD)
    if held is not None:
        return held
    row = tx.one("SELECT mac FROM audit_log ORDER BY position DESC LIMIT 1")
    return GENESIS if row is None else bytes(row[0])


def count_entries(tx: Transaction) -> int:
    """How many entries there have been; the newest has this number."""
    row = tx.one("SELECT max(position) FROM audit_log")
    return 0 if row is None or row[0] is None else int(row[0])


def seal(key: bytes, previous: bytes, values: Sequence[Any]) -> bytes:
    return hmac.digest(key, previous + msgspec.msgpack.encode(values), "sha256")


def verify(tx: Transaction, since: bytes | None = None) -> Break | None:
    """Walk the chain; return where it first breaks, or None. `since` is a head that must occur in it.

    Raises LookupError when the head `since` is not in the log: entries up to it were removed or rewritten.
    """
    try:
        _, previous = start(tx)
        met = since in {None, GENESIS, previous}
        for _, mac in follow(tx.seal_key, previous, entries(tx)):
            met = met or mac == since
    except BrokenChain as broken:
        return broken.place
    if not met:
        raise LookupError("the given head is not in the audit log")
    return None


def follow(
    key: bytes, previous: bytes, found: Iterable[tuple[int, Sequence[Any], bytes]]
) -> Iterator[tuple[int, bytes]]:
    """Position and MAC of each entry that `entries` gives; raises BrokenChain at one that does not follow."""
    for position, values, mac in found:
        if not hmac.compare_digest(seal(key, previous, values), mac):
            raise BrokenChain(Break(str(values[0]), position))
        yield position, mac
        previous = mac


def start(tx: Transaction) -> tuple[int, bytes]:
    """Where the chain goes on from, as `anchor` has it; raises BrokenChain where its seal does not hold."""
    position, mac, found = anchor(tx)
    if not hmac.compare_digest(_seal_anchor(tx.seal_key, position, mac), found):
        raise BrokenChain(Break("that is no longer kept", position))
    return position, mac


def anchor(tx: Transaction) -> tuple[int, bytes, bytes]:
    """Position and MAC of the newest entry that is no longer kept, sealed: the chain goes on from there."""
    row = tx.one("SELECT position, mac, seal FROM audit_anchor")
    if row is None:
        return 0, GENESIS, _seal_anchor(tx.seal_key, 0, GENESIS)
    return row[0], bytes(row[1]), bytes(row[2])


def prune(tx: Transaction, before: Millis, most: int) -> int:
    """Remove up to `most` of the oldest entries from before that time, never the newest; returns how many."""
    rows = tx.all(
        "SELECT position, date, mac FROM audit_log WHERE position < (SELECT max(position) FROM audit_log) "
        "ORDER BY position LIMIT :most",
        most=most,
    )
    old = [*takewhile(lambda row: row[1] < before, rows)]
    if old:
        position, _, mac = old[-1]
        _save_anchor(tx, position, bytes(mac))
        tx.run("DELETE FROM audit_documents WHERE position <= :position", position=position)
        tx.run("DELETE FROM audit_log WHERE position <= :position", position=position)
    return len(old)


def _save_anchor(tx: Transaction, position: int, mac: bytes) -> None:
    tx.run("DELETE FROM audit_anchor")
    if position:
        tx.run(
            "INSERT INTO audit_anchor (position, mac, seal) VALUES (:position, :mac, :seal)",
            position=position,
            mac=mac,
            seal=_seal_anchor(tx.seal_key, position, mac),
        )


def _seal_anchor(key: bytes, position: int, mac: bytes) -> bytes:
    return hmac.digest(key, b"no longer kept" + msgspec.msgpack.encode((position, mac)), "sha256")


def seal_again(tx: Transaction) -> None:
    """Give every entry a MAC under the transaction's key, whatever it had before."""
    last, previous, _ = anchor(tx)
    _save_anchor(tx, last, previous)
    while rows := tx.all(
        f"SELECT position, {COLUMNS} FROM audit_log WHERE position > :last ORDER BY position LIMIT 1000",
        last=last,
    ):
        sealed: list[dict[str, SqlValue]] = []
        for position, *values in rows:
            previous = seal(tx.seal_key, previous, values)
            sealed.append({"position": position, "mac": previous})
        tx.run_many("UPDATE audit_log SET mac = :mac WHERE position = :position", sealed)
        last = rows[-1][0]


def unpack(versions: bytes) -> list[dict[str, Any]]:
    """The documents of an entry: `{"table", "keys", "before", "after"}` each, as they were stored."""
    return [part for part in _unpack_all(versions) if PATCH not in part]


def unpack_patch(versions: bytes) -> dict[str, Any]:
    """The patch that was sent, by its format: `delta` or `merge`; empty where there was none."""
    patch: dict[str, Any] = next((part[PATCH] for part in _unpack_all(versions) if PATCH in part), {})
    return patch


def _unpack_all(versions: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = msgspec.json.decode(zlib.decompress(versions))
    return found


def entries(
    tx: Transaction, after: int | None = None, most: int = -1
) -> Iterator[tuple[int, Sequence[Any], bytes]]:
    """Every entry, oldest first, or so many of those after a position.

    Of each its position, the values that are sealed (as COLUMNS has them), and its MAC.
    """
    behind = "" if after is None else "WHERE position > :after"
    sql = f"SELECT position, {COLUMNS}, mac FROM audit_log {behind} ORDER BY position LIMIT :most"
    for row in tx.connection.execute(sql, {"after": after, "most": most}):
        yield row[0], row[1:-1], bytes(row[-1])


def _write_accesses(entry: Entry) -> str:
    """Each access as a list, which ends with the word `deny` where it was refused."""
    accesses = [(*access, DENY) for access in entry.accesses] if entry.denied else entry.accesses
    return msgspec.json.encode(accesses).decode()


def _after(write: Write) -> Any:
    """The document that was written, which is encoded already unless something must be left out."""
    after = write.documents.without_personal(write.after)
    return msgspec.Raw(write.body) if after is write.after and after is not None else after


def _pack(writes: Sequence[Write], patch: Mapping[str, Any]) -> bytes:
    documents: list[dict[str, Any]] = [
        {
            "table": write.documents.table,
            "keys": write.keys,
            "before": write.documents.without_personal(write.before),
            "after": _after(write),
        }
        for write in writes
    ]
    if patch:
        documents.append({PATCH: patch})  # behind them
    packed: bytes = isal_zlib.compress(msgspec.json.encode(documents))  # as zlib does, in a sixth of the time
    return packed
