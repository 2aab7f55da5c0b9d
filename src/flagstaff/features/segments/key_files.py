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
OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class KeyFile(Struct, frozen=True):
    """The pieces of a file; each holds at most some 500 keys, and each key stands once."""

    pieces: list[bytes]
    keys: int


def pack_keys(content: bytes, breathe: Callable[[], None]) -> KeyFile:
    """Read a CSV file whose first column holds keys; raises InvalidRequest naming the first bad line.

    Keys are sorted by their hash without holding them as objects: a million take little more than their text.
    """
    bits = max(0, (content.count(b"\n") * 4 // STEP // 3).bit_length())
    buckets = [bytearray() for _ in range(1 << bits)]
    for number, key in enumerate(read_keys(content), 1):
        if number > MOST_KEYS:
            raise InvalidRequest(f"The file holds more than {MOST_KEYS:,} keys")
        place = int.from_bytes(digest_key(key)[:4]) >> (32 - bits)
        buckets[place] += key.encode() + b"\0"
        if number % BREATH == 0:
            breathe()
    return _pack(buckets, breathe)


def read_keys(content: bytes) -> Iterator[str]:
    """The keys of a file, line by line; raises InvalidRequest."""
    encoding = OTHER_ENCODINGS.get(content[:2])
    if encoding is not None:
        raise InvalidRequest(f"The file is {encoding}; it must be UTF-8")
    rows = csv.reader(TextIOWrapper(BytesIO(content), encoding="utf-8-sig", newline=""), strict=True)
    try:
        for row in rows:
            if row and any(row):
                yield check_line(row[0], rows.line_num)
    except csv.Error as error:
        raise InvalidRequest(f"line {rows.line_num}: {error}") from None
    except UnicodeDecodeError:
        raise InvalidRequest(f"line {_find_bad_line(content)}: is not UTF-8") from None


def check_line(key: str, line: int) -> str:
    """Return a key, or raise InvalidRequest for one that no context can have."""
    if not key:
        raise InvalidRequest(f"line {line}: the first column is empty")
    if "\0" in key:
        raise InvalidRequest(f"line {line}: a key must not contain NUL")
    if len(key) > LONGEST_KEY:
        raise InvalidRequest(f"line {line}: the key is longer than {LONGEST_KEY:,} characters")
    return key


def _pack(buckets: list[bytearray], breathe: Callable[[], None]) -> KeyFile:
    pieces: list[bytes] = []
    count = 0
    for place, bucket in enumerate(buckets):
        keys = sorted(set(bytes(bucket[:-1]).decode().split("\0")), key=hash_key) if bucket else []
        buckets[place] = bytearray()
        for start in range(0, len(keys), STEP):
            pieces.append(pack([KeyChange(added=tuple(keys[start : start + STEP]))]))
            breathe()
        count += len(keys)
    if not count:
        raise InvalidRequest("The file holds no keys")
    return KeyFile(pieces, count)


def _find_bad_line(content: bytes) -> int:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1
    return 1
