"""The keys of big segments: a table in which each stands once for each list, found by its hash.

`docs/big-segments.md` tells the layout. A big segment has a number, and two lists: twice its number for who
is included, one more for who is excluded. An import writes its keys under its own number beside the others;
they are seen once that number is the segment's `shown`. After a replacement, only keys that were kept since
`floor` are seen.
"""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from flagstaff.evaluation.big_segments import FindMembership, Membership
from flagstaff.features.segments.model import Segment
from flagstaff.storage.jobs import Job, enqueue
from flagstaff.storage.transaction import SqlValue, Transaction

HASH = 16  # bytes of the SHA-256 of a key that find it
STEP = 500  # keys that one unit of a job moves
SEEN = "(list % 2 = 1 OR (added <= :shown AND kept >= :floor))"
FIND = (
    "SELECT reference, list % 2 FROM big_segments JOIN big_segment_members "
    "ON list IN (2 * number, 2 * number + 1) AND hash = :hash AND key = :key "
    "WHERE environment_id = :environment AND "
    "(list % 2 = 1 OR (added <= shown AND kept >= floor))"
)
ADD = (
    "INSERT INTO big_segment_members (list, hash, key, added, kept) "
    "VALUES (:list, :hash, :key, :number, :number) "
    f"ON CONFLICT (list, hash) DO UPDATE SET added = :number, kept = :number WHERE NOT {SEEN}"
)
REMOVE = f"DELETE FROM big_segment_members WHERE list = :list AND hash = :hash AND {SEEN}"
KEEP = (
    "UPDATE big_segment_members SET kept = :number "
    "WHERE list = :list AND hash = :hash AND added <= :shown AND kept >= :floor"
)
EMPTY = "empty_big_segment"  # the job that removes what a deleted one has left


class Lists(msgspec.Struct, frozen=True):
    """Where the keys of a big segment are, and which of them are seen."""

    number: int
    shown: int
    floor: int

    def list_of(self, *, included: bool) -> int:
        """The number of a list."""
        return 2 * self.number + (not included)

    def where(self, *, included: bool) -> dict[str, SqlValue]:
        """The parameters of a statement about a list."""
        return {"list": self.list_of(included=included), "shown": self.shown, "floor": self.floor}


def hash_key(key: str) -> bytes:
    """What finds a key: the first half of the SHA-256 that the stores of SDKs know it by."""
    return digest_key(key)[:HASH]


def digest_key(key: str) -> bytes:
    """What the stores of SDKs know a context by, whatever its kind."""
    return hashlib.sha256(key.encode()).digest()


def create_lists(tx: Transaction, segment: Segment) -> None:
    """Make the empty lists of a new big segment."""
    tx.run(
        "INSERT INTO big_segments (segment_id, environment_id, reference, shown, floor) "
        "VALUES (:segment, :environment, :reference, 0, 0)",
        segment=segment.id,
        environment=segment.environment_id,
        reference=segment.reference,
    )


def delete_lists(tx: Transaction, segment: Segment) -> None:
    """Forget the lists of a big segment at once; a job removes their keys."""
    lists = get_lists(tx, segment.id)
    tx.run("DELETE FROM big_segments WHERE segment_id = :id", id=segment.id)
    arguments = {
        "number": lists.number,
        "segment_id": segment.id,
        "environment_id": segment.environment_id,
        "reference": segment.reference,
    }
    enqueue(tx, Job(kind=EMPTY, subject=segment.reference, arguments=arguments))


def get_lists(tx: Transaction, segment_id: str) -> Lists:
    """The lists of a big segment; raises LookupError if there is none, which is a defect."""
    lists = find_lists(tx, segment_id)
    if lists is None:
        raise LookupError(segment_id)
    return lists


def find_lists(tx: Transaction, segment_id: str) -> Lists | None:
    """The lists of a big segment that may have been deleted."""
    row = tx.one("SELECT number, shown, floor FROM big_segments WHERE segment_id = :id", id=segment_id)
    return None if row is None else Lists(*row)


def add_keys(
    tx: Transaction, lists: Lists, keys: Iterable[str], *, included: bool, number: int | None = None
) -> int:
    """Put keys on a list; return how many were not on it.

    With the `number` of an import they are not seen before it is shown.
    """
    rows = _rows(lists, keys, included=included)
    return tx.run_many(ADD, [{**row, "number": lists.shown if number is None else number} for row in rows])


def keep_keys(tx: Transaction, lists: Lists, keys: Iterable[str], number: int) -> None:
    """Have those of the included keys that are seen survive a replacement by the import of that number."""
    rows = _rows(lists, keys, included=True)
    tx.run_many(KEEP, [{**row, "number": number} for row in rows])


def remove_keys(tx: Transaction, lists: Lists, keys: Iterable[str], *, included: bool) -> int:
    """Take keys off a list; return how many were on it."""
    return tx.run_many(REMOVE, _rows(lists, keys, included=included))


def is_listed(tx: Transaction, lists: Lists, key: str, *, included: bool) -> bool:
    """Whether a key is on a list."""
    sql = f"SELECT 1 FROM big_segment_members WHERE list = :list AND hash = :hash AND key = :key AND {SEEN}"
    return tx.one(sql, **lists.where(included=included), hash=hash_key(key), key=key) is not None


def list_keys(tx: Transaction, lists: Lists, after: bytes, limit: int = STEP) -> list[tuple[bytes, str]]:
    """The next included keys after a hash, in the order of hashes; each with its hash."""
    rows = tx.all(
        f"SELECT hash, key FROM big_segment_members WHERE list = :list AND hash > :after AND {SEEN} "
        "ORDER BY hash LIMIT :limit",
        **lists.where(included=True),
        after=after,
        limit=limit,
    )
    return [(bytes(found), key) for found, key in rows]


def find_memberships(tx: Transaction, environment_id: str, keys: Sequence[str]) -> dict[str, Membership]:
    """The big segments of an environment that each key is in or kept out of; whatever the context's kind."""
    found = {}
    for key in keys:
        rows = tx.all(FIND, environment=environment_id, hash=hash_key(key), key=key)
        references = {reference: False for reference, excluded in rows if excluded}
        references |= {reference: True for reference, excluded in rows if not excluded}
        found[key] = Membership(references)
    return found


def membership_finder(tx: Transaction, environment_id: str) -> FindMembership:
    """Finds memberships for evaluations inside of a unit."""
    return lambda key: find_memberships(tx, environment_id, (key,))[key]


def _rows(lists: Lists, keys: Iterable[str], *, included: bool) -> list[dict[str, SqlValue]]:
    where = lists.where(included=included)
    # In the order of the table, so that each of its pages is visited once.
    return [
        {**where, "hash": found, "key": key} for found, key in sorted((hash_key(key), key) for key in keys)
    ]
