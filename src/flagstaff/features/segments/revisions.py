"""What has changed in the big segments of an environment, in its order, for the stores that SDKs read.

A relay, or our own push to a store, asks for what came after a cursor until there is nothing more. An import
is one entry of the log: it comes in the pieces that were loaded. A cursor that the log does not have is that
of a store with another past, which gets everything from the beginning.
"""

import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from flagstaff.features.segments.members import digest_key
from flagstaff.features.segments.model import KeyChange
from flagstaff.storage.transaction import Transaction

MOST_KEYS = 10_000  # that one answer is made of, or one entry of the log more
ENTRIES = 100
FEW, MUCH = 20, 64_000  # entries or pieces, and bytes of them, that one unit shortens
NEXT = "SELECT coalesce(max(number), 0) + 1 FROM big_segment_revisions WHERE environment_id = :environment"
INSERT = (
    "INSERT INTO big_segment_revisions (environment_id, number, reference, content, import_id, pieces) "
    f"VALUES (:environment, ({NEXT}), :reference, :content, :import_id, :pieces)"
)


class Hashes(Struct, frozen=True):
    """Contexts by the hashes of their keys."""

    add: Sequence[str] = ()
    remove: Sequence[str] = ()


class Changes(Struct, frozen=True):
    """What happened to both lists."""

    included: Hashes = Hashes()
    excluded: Hashes = Hashes()


class Patch(Struct, frozen=True, rename="camel"):
    """One step of a store from one cursor to the next."""

    environment_id: str
    segment_id: str
    version: str
    previous_version: str
    changes: Changes


class Cursor(Struct, frozen=True):
    """A place in the log: after so many pieces of an entry, or (-1) after all of it."""

    number: int = 0
    piece: int = -1

    @property
    def text(self) -> str:
        """As stores keep it."""
        return str(self.number) if self.piece < 0 else f"{self.number}.{self.piece}"


class _Entry(Struct, frozen=True):
    """One entry of the log: changes, or an import of so many pieces."""

    number: int
    reference: str
    content: bytes
    import_id: str
    pieces: int


START = Cursor()

# Filled by hooks.py: who is told that there is something new in the log of an environment.
on_logged: list[Callable[[Transaction, str], None]] = []


def log_changes(tx: Transaction, environment_id: str, reference: str, changes: Sequence[KeyChange]) -> None:
    """Log keys that were added and removed by one unit."""
    content = pack([change for change in changes if change.added or change.removed])
    tx.run(INSERT, environment=environment_id, reference=reference, content=content, import_id="", pieces=0)
    _tell(tx, environment_id)


def log_import(tx: Transaction, environment_id: str, reference: str, import_id: str, pieces: int) -> None:
    """Log an import whose keys are seen from this unit on."""
    tx.run(
        INSERT,
        environment=environment_id,
        reference=reference,
        content=b"",
        import_id=import_id,
        pieces=pieces,
    )
    _tell(tx, environment_id)


def _tell(tx: Transaction, environment_id: str) -> None:
    for tell in on_logged:
        tell(tx, environment_id)


def forget_reference(tx: Transaction, environment_id: str, reference: str) -> None:
    """Keep nothing of a deleted segment but the places of its entries."""
    tx.run(
        "UPDATE big_segment_revisions SET content = :none, import_id = '', pieces = 0 "
        "WHERE environment_id = :environment AND reference = :reference",
        none=b"",
        environment=environment_id,
        reference=reference,
    )


def shorten_log(
    tx: Transaction, environment_id: str, reference: str, import_id: str, after: int
) -> int | None:
    """Take out of some entries what an import that replaced all keys tells again: who was included before it.

    What was removed stays, and every place does: whoever stands at one comes to the same lists. Give the
    entry to go on after, or None where there are no more. To be called once the import is swept.
    """
    rows = tx.all(
        "SELECT number, reference, content, import_id, pieces FROM big_segment_revisions "
        "WHERE environment_id = :environment AND reference = :reference AND number > :after AND number < "
        "(SELECT number FROM big_segment_revisions WHERE environment_id = :environment AND import_id = :id) "
        "AND (pieces > 0 OR length(content) > 0) ORDER BY number LIMIT :few",
        environment=environment_id,
        reference=reference,
        after=after,
        id=import_id,
        few=FEW,
    )
    read = 0
    for entry in (_Entry(*row) for row in rows):
        if _forget_pieces(tx, entry):
            return after
        _shorten(tx, environment_id, entry)
        after, read = entry.number, read + len(entry.content)
        if read > MUCH:
            break
    return after if rows else None


def _forget_pieces(tx: Transaction, entry: _Entry) -> int:
    """Remove some of the pieces of an import; return how many."""
    if not entry.pieces:
        return 0
    return tx.run(
        "DELETE FROM segment_import_pieces WHERE rowid IN "
        "(SELECT rowid FROM segment_import_pieces WHERE import_id = :id LIMIT :few)",
        id=entry.import_id,
        few=FEW,
    )


def _shorten(tx: Transaction, environment_id: str, entry: _Entry) -> None:
    changes = unpack(entry.content) if entry.content else []
    left = [replace(change, added=()) if change.included else change for change in changes]
    left = [change for change in left if change.added or change.removed]
    tx.run(
        "UPDATE big_segment_revisions SET content = :content, import_id = '', pieces = 0 "
        "WHERE environment_id = :environment AND number = :number",
        content=pack(left) if left else b"",
        environment=environment_id,
        number=entry.number,
    )


def read_cursor(tx: Transaction, environment_id: str, text: str) -> Cursor | None:
    """The place that a text stands for, or None where the log does not have it."""
    if not text:
        return START
    number, _, piece = text.partition(".")
    digits = number.isascii() and number.isdecimal() and len(text) < 30
    if not digits or (piece and not (piece.isascii() and piece.isdecimal())):
        return None
    cursor = Cursor(int(number), int(piece) if piece else -1)
    row = tx.one(
        "SELECT pieces FROM big_segment_revisions WHERE environment_id = :environment AND number = :number",
        environment=environment_id,
        number=cursor.number,
    )
    if row is None or (row[0] and cursor.piece >= row[0]):
        return None
    return cursor if row[0] else Cursor(cursor.number)


def find_end(tx: Transaction, environment_id: str) -> str:
    """The cursor of a store that holds everything; empty where nothing was ever logged."""
    row = tx.one(
        "SELECT max(number) FROM big_segment_revisions WHERE environment_id = :environment",
        environment=environment_id,
    )
    return "" if row is None or row[0] is None else Cursor(row[0]).text


def read_patches(tx: Transaction, environment_id: str, after: str) -> list[Patch]:
    """The next steps of a store that holds a cursor; none where it holds everything."""
    cursor = read_cursor(tx, environment_id, after) or START
    patches: list[Patch] = []
    held, keys = after, 0
    for entry in _list_entries(tx, environment_id, cursor):
        first = cursor.piece if entry.number == cursor.number else 0
        for place, changes in _read(tx, entry, first):
            patch = Patch(environment_id, entry.reference, place, held, hash_changes(changes))
            patches.append(patch)
            held, keys = patch.version, keys + sum(len(one.added) + len(one.removed) for one in changes)
            if keys >= MOST_KEYS:
                return patches
    return patches


def hash_changes(changes: Iterable[KeyChange]) -> Changes:
    """The same under the hashes that stores know contexts by."""
    sides = (True, False)
    lists: dict[tuple[bool, bool], list[str]] = {(side, add): [] for side in sides for add in sides}
    for change in changes:
        lists[change.included, True] += map(encode_hash, change.added)
        lists[change.included, False] += map(encode_hash, change.removed)
    included, excluded = (Hashes(lists[side, True], lists[side, False]) for side in sides)
    return Changes(included, excluded)


def encode_hash(key: str) -> str:
    """The hash of a context key as text."""
    return b64encode(digest_key(key)).decode()


def pack(changes: Sequence[KeyChange]) -> bytes:
    """Changes as they are stored: the keys themselves, which are shorter than their hashes."""
    return zlib.compress(msgspec.json.encode(changes), 1)


def unpack(content: bytes) -> list[KeyChange]:
    """The changes of an entry or of a piece."""
    return msgspec.json.decode(zlib.decompress(content), type=list[KeyChange])


def _list_entries(tx: Transaction, environment_id: str, cursor: Cursor) -> list[_Entry]:
    """The entries after a cursor, the one that it stands in the middle of among them."""
    rows = tx.all(
        "SELECT number, reference, content, import_id, pieces FROM big_segment_revisions "
        "WHERE environment_id = :environment AND number >= :since AND (pieces > 0 OR length(content) > 0) "
        "ORDER BY number LIMIT :limit",
        environment=environment_id,
        since=cursor.number + (cursor.piece < 0),
        limit=ENTRIES,
    )
    return [_Entry(*row) for row in rows]


def _read(tx: Transaction, entry: _Entry, first: int) -> Iterator[tuple[str, list[KeyChange]]]:
    """The steps of an entry from a piece on, each with the cursor after it."""
    if entry.content:
        yield Cursor(entry.number).text, unpack(entry.content)
    for piece in range(max(first, 0), entry.pieces):
        row = tx.one(
            "SELECT content FROM segment_import_pieces WHERE import_id = :id AND piece = :piece",
            id=entry.import_id,
            piece=piece,
        )
        place = Cursor(entry.number, piece + 1 if piece + 1 < entry.pieces else -1)
        yield place.text, unpack(row[0]) if row else []
