"""Files of keys that are imported: read, checked, and cut into pieces in the order of the table."""

import csv
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper

from msgspec import Struct

from flagstaff.features.segments.members import STEP, digest_key, hash_key
from flagstaff.features.segments.model import KeyChange
from flagstaff.features.segments.revisions import pack
from flagstaff.kernel.errors import InvalidRequest

LARGEST_FILE = 40_000_000  # bytes
MOST_KEYS = 1_000_000
LONGEST_KEY = 4_096
BREATH = 500  # keys after which others may have the interpreter
MOST_REPORTED = 100  # skipped lines that a report names; the rest are counted
CSV_FAULTS = {
    "unexpected end of data": "a quote is never closed",
    "field larger than field limit (131072)": "a column is longer than 131,072 characters",
    "',' expected after '\"'": "something stands between a closing quote and the next comma",
}
OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class SkippedLine(Struct, frozen=True):
    """A line that holds no key which a context could have."""

    line: int
    reason: str


class Skipped(Struct):
    """How many lines were left out, and the first of them."""

    count: int = 0
    lines: list[SkippedLine] = []

    def add(self, line: int, reason: str) -> None:
        self.count += 1
        if len(self.lines) < MOST_REPORTED:
            self.lines.append(SkippedLine(line, reason))


class KeyFile(Struct, frozen=True):
    """The pieces of a file; each holds at most some 500 keys, and each key stands once."""

    pieces: list[bytes]
    keys: int
    skipped: Skipped


def pack_keys(content: bytes, breathe: Callable[[], None]) -> KeyFile:
    """Read a CSV file whose first column holds keys; raises InvalidRequest for one without any.

    Lines that hold no key are left out and told of.

    Keys are sorted by their hash without holding them as objects: a million take little more than their text.
    """
    bits = max(0, (content.count(b"\n") * 4 // STEP // 3).bit_length())
    buckets = [bytearray() for _ in range(1 << bits)]
    skipped = Skipped()
    for number, key in enumerate(read_keys(content, skipped), 1):
        if number > MOST_KEYS:
            raise InvalidRequest(f"The file holds more than {MOST_KEYS:,} keys")
        place = int.from_bytes(digest_key(key)[:4]) >> (32 - bits)
        buckets[place] += key.encode() + b"\0"
        if number % BREATH == 0:
            breathe()
    pieces, count = _pack(buckets, breathe)
    if not count:
        raise InvalidRequest("The file holds no keys" + "".join(map(_tell, skipped.lines[:1])))
    return KeyFile(pieces, count, skipped)


def read_keys(content: bytes, skipped: Skipped) -> Iterator[str]:
    """The keys of a file, line by line; raises InvalidRequest where it is unclear which lines hold keys."""
    encoding = OTHER_ENCODINGS.get(content[:2])
    if encoding is not None:
        raise InvalidRequest(f"The file is {encoding}; it must be UTF-8")
    text = TextIOWrapper(BytesIO(content), encoding="utf-8-sig", errors="surrogateescape", newline="")
    rows = csv.reader(text, strict=True)
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            skipped.add(line, _find_fault(error, line, rows.line_num))
            continue
        if row is None:
            return
        if any(row):
            if fault := check_key(row[0]):
                skipped.add(line, fault)
            else:
                yield row[0]


def check_key(key: str) -> str:
    """Why no context can have that key; empty for one that may be."""
    if not key:
        return "the first column is empty"
    if "\0" in key:
        return "a key must not contain NUL"
    if len(key) > LONGEST_KEY:
        return f"the key is longer than {LONGEST_KEY:,} characters"
    return "" if key.isascii() or _is_text(key) else "is not UTF-8"


def _is_text(key: str) -> bool:
    try:
        key.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8 were read as halves of pairs
        return False
    return True


def _find_fault(error: csv.Error, line: int, last: int) -> str:
    """What is wrong with a line; raises InvalidRequest if an open quote has taken others along."""
    reason = CSV_FAULTS.get(str(error), str(error))
    if last > line:
        raise InvalidRequest(f"line {line}: {reason}")
    return reason


def _tell(skipped: SkippedLine) -> str:
    return f". Line {skipped.line}: {skipped.reason}"


def _pack(buckets: list[bytearray], breathe: Callable[[], None]) -> tuple[list[bytes], int]:
    """The pieces, and how many keys they hold."""
    pieces: list[bytes] = []
    count = 0
    for place, bucket in enumerate(buckets):
        keys = sorted(set(bytes(bucket[:-1]).decode().split("\0")), key=hash_key) if bucket else []
        buckets[place] = bytearray()
        for start in range(0, len(keys), STEP):
            pieces.append(pack([KeyChange(added=tuple(keys[start : start + STEP]))]))
            breathe()
        count += len(keys)
    return pieces, count
