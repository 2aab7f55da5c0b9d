"""The audit log as a file that is checked without the database: JSON lines that end with a sealed head."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, TypeVar

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.storage import audit
from flagstaff.storage.transaction import Transaction

NAMES = audit.COLUMNS.replace(",", "").split()
Mac = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Line = TypeVar("Line", bound=msgspec.Struct)
_encoder = msgspec.json.Encoder()


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="audit_log"):
    """The first line: the MAC before the first entry, which is that of the newest that is no longer kept."""

    previous: Mac


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="audit_head"):
    """The last line: how many entries there are from `previous` on, and the MAC of the last."""

    previous: str
    head: str
    entries: int
    exported: Millis
    seal: str = ""

    def sealed(self, key: bytes) -> "Head":
        """The same with the seal that it must have."""
        bare = _encoder.encode(msgspec.structs.replace(self, seal=""))
        return msgspec.structs.replace(self, seal=hmac.digest(key, b"exported" + bare, "sha256").hex())


class BrokenFile(ValueError):
    """The file is not as it was exported; the message says where."""


def export_lines(tx: Transaction) -> Iterator[bytes]:
    """Every entry that is kept, oldest first. `versions` are the packed documents, in base64."""
    _, first, _ = audit.anchor(tx)
    last, count = first, 0
    yield _encoder.encode(Opening(first.hex())) + b"\n"
    for position, values, mac in audit.entries(tx):
        shown = dict(zip(NAMES, values, strict=True))
        shown["versions"] = b64encode(shown["versions"]).decode()
        yield _encoder.encode({"position": position, **shown, "mac": mac.hex()}) + b"\n"
        last, count = mac, count + 1
    head = Head(previous=first.hex(), head=last.hex(), entries=count, exported=tx.now)
    yield _encoder.encode(head.sealed(tx.seal_key)) + b"\n"


def verify_lines(lines: Iterable[bytes], key: bytes) -> Head:
    """The head of a file of which every line is as it was exported and none is missing; raises BrokenFile."""
    numbered = enumerate(lines, 1)
    opening = _convert(_decode(*next(numbered, (1, b""))), Opening, 1)
    previous, count = opening.previous, 0
    for number, line in numbered:
        found = _decode(number, line)
        if "type" in found:
            head = _convert(found, Head, number)
            break
        values, mac = _read_entry(found, number)
        if not hmac.compare_digest(audit.seal(key, bytes.fromhex(previous), values).hex(), mac):
            raise BrokenFile(f"line {number} was altered, or lines before it are missing")
        previous, count = mac, count + 1
    else:
        raise BrokenFile("the head is missing: the file ends too early")
    if not hmac.compare_digest(head.sealed(key).seal, head.seal):
        raise BrokenFile("the head was altered, or another secret key has sealed it")
    if (head.previous, head.head, head.entries) != (opening.previous, previous, count):
        raise BrokenFile("entries at the beginning or at the end are missing")
    if next(numbered, None) is not None:
        raise BrokenFile("there is something behind the head")
    return head


def _decode(number: int, line: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(line)
    except msgspec.DecodeError:
        found = None
    if not isinstance(found, dict):
        raise BrokenFile(f"line {number} is no JSON object")
    return found


def _convert(found: dict[str, Any], kind: type[Line], number: int) -> Line:
    try:
        return msgspec.convert(found, kind)
    except msgspec.ValidationError as error:
        raise BrokenFile(f"line {number}: {error}") from None


def _read_entry(found: dict[str, Any], number: int) -> tuple[list[Any], str]:
    """The values as they were sealed, and the seal."""
    try:
        values = {name: found[name] for name in NAMES} | {"versions": b64decode(found["versions"])}
        return list(values.values()), str(found["mac"])
    except (KeyError, TypeError, ValueError):
        raise BrokenFile(f"line {number} is no entry") from None
