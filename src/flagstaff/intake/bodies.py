"""Bodies of event posts: read whole or chunked, bounded, and unpacked.

A body that is too large is read to its end and discarded: some SDKs never send events again after a 413.
"""

from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from isal import isal_zlib

from flagstaff.kernel.errors import InvalidRequest, Unavailable

GZIP = 31  # window bits that stand for the gzip format
MOST_PACKED = 10_000_000
MOST_UNPACKED = 100_000_000
MOST_HELD = 128_000_000  # bytes of all bodies being read at once
MOST_MEMBERS = 64  # parts of one gzip body; a usual one has a single part
GZIP_ERROR = cast("type[Exception]", isal_zlib.error)  # typed as an instance


class Bodies:
    """Reads bodies one by one, bounded all together, and a quarter of that for one environment."""

    def __init__(self, most_packed: int = MOST_PACKED, most_held: int = MOST_HELD) -> None:
        self._most_packed = most_packed
        self._most_held = most_held
        self._held: Counter[str] = Counter()

    @property
    def held(self) -> int:
        """Bytes held at the moment."""
        return self._held.total()

    @asynccontextmanager
    async def collect(self, owner: str, chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes | None]:
        """The bytes of a body, or None for one that was discarded as too large; held until the block ends.

        Raises Unavailable while too much is being read, in all or of this owner.
        """
        packed = bytearray()
        try:
            complete = await self._collect(owner, chunks, packed)
            yield bytes(packed) if complete else None
        finally:
            self._release(owner, len(packed))

    async def _collect(self, owner: str, chunks: AsyncIterable[bytes], packed: bytearray) -> bool:
        """Add what comes to `packed`; false, with nothing kept, when it is too much."""
        complete = True
        async for chunk in chunks:
            if len(packed) + len(chunk) > self._most_packed:
                complete = False
                self._release(owner, len(packed))
                packed.clear()
            if complete:
                self._take(owner, len(chunk))
                packed += chunk
        return complete

    def _take(self, owner: str, size: int) -> None:
        if self.held + size > self._most_held or self._held[owner] + size > self._most_held // 4:
            raise Unavailable("Too many events at once; try again", retry_after=1)
        self._held[owner] += size

    def _release(self, owner: str, size: int) -> None:
        self._held[owner] -= size
        if not self._held[owner]:
            del self._held[owner]


def is_packed(encoding: str) -> bool:
    """Whether a body has to be unpacked; raises InvalidRequest for an encoding that nobody knows."""
    match encoding.strip().lower():
        case "" | "identity":
            return False
        case "gzip" | "x-gzip":
            return True
    raise InvalidRequest("The content encoding must be gzip")


def unpack(packed: bytes, encoding: str, limit: int = MOST_UNPACKED) -> bytes | None:
    """The text in a body, None where it is longer than `limit`; raises InvalidRequest."""
    return gunzip(packed, limit) if is_packed(encoding) else packed


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
