"""Bodies of event posts, as bytes."""

import gzip
import tracemalloc
from collections.abc import AsyncIterator

import pytest

from flagstaff.intake.bodies import MOST_MEMBERS, Bodies, gunzip, unpack
from flagstaff.kernel.errors import InvalidRequest, Unavailable

PACKED = gzip.compress(b'[{"kind":"custom"}]', mtime=0)  # names of tests are the same in every process


async def in_chunks(body: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def read(bodies: Bodies, chunks: AsyncIterator[bytes], owner: str = "e") -> bytes | None:
    async with bodies.collect(owner, chunks) as body:
        return body


@pytest.mark.parametrize(
    ("packed", "encoding", "body"),
    [
        (b"[1]", "", b"[1]"),
        (b"[1]", "identity", b"[1]"),
        (PACKED, "gzip", b'[{"kind":"custom"}]'),
        (PACKED, " GZip ", b'[{"kind":"custom"}]'),
        (PACKED, "x-gzip", b'[{"kind":"custom"}]'),
        (gzip.compress(b"[1,", mtime=0) + gzip.compress(b"2]", mtime=0), "gzip", b"[1,2]"),
    ],
)
def test_a_body_is_unpacked_as_it_says(packed: bytes, encoding: str, body: bytes) -> None:
    assert unpack(packed, encoding, 1000) == body


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (b"[1]", "br"),
        (b"[1]", "gzip"),
        (b"", "gzip"),
        (PACKED[:-3], "gzip"),
        (PACKED[:-8] + bytes(8), "gzip"),
        (PACKED + b"more", "gzip"),
        (PACKED + PACKED[:-1], "gzip"),
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


@pytest.mark.parametrize("length", [0, 10, 999, 300_000])
async def test_a_body_may_come_in_chunks_of_any_size(length: int) -> None:
    bodies = Bodies()
    for size in (7, 1000):
        assert await read(bodies, in_chunks(b"x" * length, size)) == b"x" * length
    assert bodies.held == 0


async def test_a_body_that_is_too_large_is_read_to_its_end_and_not_kept() -> None:
    bodies = Bodies(most_packed=5000)
    chunks = in_chunks(b"x" * 5001, 10)
    assert await read(bodies, chunks) is None
    assert [chunk async for chunk in chunks] == []
    assert bodies.held == 0


async def test_too_much_at_once_is_a_temporary_state() -> None:
    bodies = Bodies(most_held=10_000)

    async def read_another() -> AsyncIterator[bytes]:
        yield b"x" * 2000
        with pytest.raises(Unavailable):
            await read(bodies, in_chunks(b"x" * 1000))
        assert await read(bodies, in_chunks(b"x" * 500)) == b"x" * 500
        assert await read(bodies, in_chunks(b"x" * 2000), "another") == b"x" * 2000

    assert await read(bodies, read_another()) is not None
    assert bodies.held == 0


async def test_environments_together_have_a_bound_as_well() -> None:
    bodies = Bodies(most_held=400)

    async def read_more(owners: list[str]) -> AsyncIterator[bytes]:
        yield b"x" * 100
        if owners:
            await read(bodies, read_more(owners[1:]), owners[0])

    await read(bodies, read_more(["b", "c", "d"]), "a")
    with pytest.raises(Unavailable):
        await read(bodies, read_more(["b", "c", "d", "e"]), "a")
    assert bodies.held == 0
