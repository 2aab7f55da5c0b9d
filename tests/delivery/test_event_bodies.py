"""Bodies of event posts, as bytes."""

import gzip
import tracemalloc
from collections.abc import AsyncIterator

import pytest
from prometheus_client import CollectorRegistry

from flagstaff.delivery.event_bodies import IN_THREAD, MOST_MEMBERS, EventBodies, check_json, gunzip, unpack
from flagstaff.delivery.metrics import Metrics
from flagstaff.kernel.errors import InvalidRequest, Unavailable

PACKED = gzip.compress(b'[{"kind":"custom"}]', mtime=0)  # names of tests are the same in every process


def make_bodies(**limits: int) -> EventBodies:
    return EventBodies(Metrics(CollectorRegistry()), **limits)


async def in_chunks(body: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


@pytest.mark.parametrize(
    ("packed", "encoding", "body"),
    [
        (b"[1]", "", b"[1]"),
        (b"[1]", "identity", b"[1]"),
        (PACKED, "gzip", b'[{"kind":"custom"}]'),
        (PACKED, " GZip ", b'[{"kind":"custom"}]'),
        (PACKED, "x-gzip", b'[{"kind":"custom"}]'),
        (gzip.compress(b"[1,", mtime=0) + gzip.compress(b"2]", mtime=0), "gzip", b"[1,2]"),
        (b'  {"a": [1, 2, "\\u00e9"]}\n', "", b'  {"a": [1, 2, "\\u00e9"]}\n'),
    ],
)
def test_a_body_is_unpacked_as_it_says(packed: bytes, encoding: str, body: bytes) -> None:
    assert unpack(packed, encoding, 1000) == body


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (b"", ""),
        (b"   ", ""),
        (b"no JSON", ""),
        (b"[1,]", ""),
        (b"[1] [2]", ""),
        (b"[1", ""),
        (b'"text"', ""),
        (b"7", ""),
        (b"null", ""),
        (b"[" * 100_000 + b"]" * 100_000, ""),
        (b"[1]", "br"),
        (b"[1]", "gzip"),
        (b"", "gzip"),
        (PACKED[:-3], "gzip"),
        (PACKED[:-8] + bytes(8), "gzip"),
        (PACKED + b"more", "gzip"),
        (PACKED + PACKED[:-1], "gzip"),
        (PACKED, ""),
    ],
)
def test_a_body_that_is_not_what_it_says_is_invalid(packed: bytes, encoding: str) -> None:
    with pytest.raises(InvalidRequest):
        unpack(packed, encoding, 1000)


@pytest.mark.parametrize(("length", "fits"), [(1000, True), (1001, False), (50_000_000, False)])
def test_what_unpacks_to_more_than_the_limit_is_too_large(length: int, fits: bool) -> None:
    body = b"[" + b" " * (length - 2) + b"]"
    packed = gzip.compress(body)
    tracemalloc.start()
    unpacked = gunzip(packed, 1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert unpacked == (body if fits else None)
    assert peak < 1_000_000


def test_a_body_of_endless_tiny_parts_is_invalid() -> None:
    assert gunzip(PACKED * MOST_MEMBERS, 10_000) is not None
    with pytest.raises(InvalidRequest):
        gunzip(PACKED * (MOST_MEMBERS + 1), 10_000)


def test_the_members_of_a_body_are_not_built() -> None:
    body = b"[" + b"1," * 1_000_000 + b"1]"
    tracemalloc.start()
    check_json(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2.5 * len(body)


@pytest.mark.parametrize("length", [10, IN_THREAD, IN_THREAD + 1, 300_000])
async def test_a_body_may_come_in_chunks_of_any_size(length: int) -> None:
    body = b"[" + b" " * (length - 2) + b"]"
    bodies = make_bodies()
    assert await bodies.read(in_chunks(body), "") == body
    assert await bodies.read(in_chunks(gzip.compress(body), 7), "gzip") == body


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (b"[%s]" % (b" " * 5000), {"most_packed": 5000}),
        (b"no JSON" * 1000, {"most_packed": 5000}),
        (gzip.compress(b"[%s]" % (b" " * 5000), mtime=0), {"most_unpacked": 5000}),
    ],
)
async def test_a_body_that_is_too_large_is_read_to_its_end_and_counted(body: bytes, limits: dict) -> None:
    bodies = make_bodies(**limits)
    chunks = in_chunks(body, 10)
    assert await bodies.read(chunks, "gzip" if "most_unpacked" in limits else "") is None
    assert [chunk async for chunk in chunks] == []
    assert bodies._metrics.refused_bodies._value.get() == 1
    assert bodies._held == 0


async def test_too_much_at_once_is_a_temporary_state() -> None:
    bodies = make_bodies(most_held=2500)

    async def read_another() -> AsyncIterator[bytes]:
        yield b"[" + b" " * 1500
        with pytest.raises(Unavailable):
            await bodies.read(in_chunks(b"[%s]" % (b" " * 1500)), "")
        assert await bodies.read(in_chunks(b"[1]"), "") == b"[1]"
        yield b"]"

    assert await bodies.read(read_another(), "") is not None
    assert bodies._held == 0
