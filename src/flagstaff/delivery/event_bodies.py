"""Bodies of event posts: read whole or chunked, unpacked, bounded, and looked at.

A body that is too large is read to its end and discarded: some SDKs never send events again after a 413.
"""

import asyncio
from collections.abc import AsyncIterable
from typing import cast

import msgspec
from isal import isal_zlib

from flagstaff.delivery.bodies import GZIP
from flagstaff.delivery.metrics import Metrics
from flagstaff.kernel.errors import InvalidRequest, Unavailable

MOST_PACKED = 10_000_000
MOST_UNPACKED = 100_000_000
MOST_HELD = 128_000_000  # bytes of all bodies being read at once
MOST_MEMBERS = 64  # parts of one gzip body; a usual one has a single part
GZIP_ERROR = cast("type[Exception]", isal_zlib.error)  # typed as an instance
IN_THREAD = 16 * 1024  # bytes from which unpacking would hold up the loop
AT_ONCE = 2  # bodies unpacked in threads


class EventBodies:
    """Reads bodies one by one, bounded all together."""

    def __init__(
        self,
        metrics: Metrics,
        most_packed: int = MOST_PACKED,
        most_unpacked: int = MOST_UNPACKED,
        most_held: int = MOST_HELD,
    ) -> None:
        self._metrics = metrics
        self._most_packed = most_packed
        self._most_unpacked = most_unpacked
        self._most_held = most_held
        self._held = 0
        self._threads = asyncio.Semaphore(AT_ONCE)

    async def read(self, chunks: AsyncIterable[bytes], encoding: str) -> bytes | None:
        """The JSON text of a body, or None for one that was discarded as too large.

        Raises InvalidRequest where it is empty, not packed as `encoding` says, or no JSON array or object,
        and Unavailable while too many are being read.
        """
        packed = bytearray()
        try:
            complete = await self._collect(chunks, packed)
            body = await self._unpack(bytes(packed), encoding) if complete else None
        finally:
            self._held -= len(packed)
        if body is None:
            self._metrics.refused_bodies.inc()
        return body

    async def _collect(self, chunks: AsyncIterable[bytes], packed: bytearray) -> bool:
        """Add what comes to `packed`; false, with nothing kept, when it is too much."""
        complete = True
        async for chunk in chunks:
            if len(packed) + len(chunk) > self._most_packed:
                complete = False
                self._held -= len(packed)
                packed.clear()
            if complete:
                if self._held + len(chunk) > self._most_held:
                    raise Unavailable("Too many events at once; try again", retry_after=1)
                self._held += len(chunk)
                packed += chunk
        return complete

    async def _unpack(self, packed: bytes, encoding: str) -> bytes | None:
        if len(packed) <= IN_THREAD:
            return unpack(packed, encoding, self._most_unpacked)
        async with self._threads:
            return await asyncio.to_thread(unpack, packed, encoding, self._most_unpacked)


def unpack(packed: bytes, encoding: str, limit: int) -> bytes | None:
    """The JSON text in a body, None where it is longer than `limit`; raises InvalidRequest."""
    if encoding.strip().lower() in {"", "identity"}:
        body: bytes | None = packed
    elif encoding.strip().lower() in {"gzip", "x-gzip"}:
        body = gunzip(packed, limit)
    else:
        raise InvalidRequest("The content encoding must be gzip")
    if body is not None:
        check_json(body)
    return body


def gunzip(packed: bytes, limit: int) -> bytes | None:
    """Unpack; None where it comes to more than `limit`; raises InvalidRequest for what is not gzip."""
    parts: list[bytes] = []
    room = limit
    try:
        for _ in range(MOST_MEMBERS):
            member = isal_zlib.decompressobj(GZIP)
            parts.append(member.decompress(packed, room + 1))
            room -= len(parts[-1])
            if room < 0:
                return None
            packed = member.unused_data
            if not member.eof or not packed:
                break
    except GZIP_ERROR:
        raise InvalidRequest("The body is not valid gzip") from None
    if not member.eof or packed:
        raise InvalidRequest("The body is not valid gzip")
    return b"".join(parts)


def check_json(body: bytes) -> None:
    """Raise InvalidRequest unless the text is one JSON array or object; its members are not built."""
    try:
        text = bytes(msgspec.json.decode(body, type=msgspec.Raw))
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidRequest(f"The body is not valid JSON: {error}") from None
    if not text.lstrip().startswith((b"[", b"{")):
        raise InvalidRequest("The body must be a JSON array or object")
