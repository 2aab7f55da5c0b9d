"""Shared bodies of polls: encoded once, compressed on first demand, given to everybody."""

import asyncio
from dataclasses import dataclass
from functools import cached_property

from isal import isal_zlib

GZIP = 31  # window bits that stand for the gzip format
IN_THREAD = 256 * 1024  # bytes from which compressing would hold up the loop


@dataclass(frozen=True, eq=False)
class SharedBody:
    """The bytes of an answer; `packed` is used on the event loop only."""

    plain: bytes

    @cached_property
    def packed(self) -> "asyncio.Task[bytes]":
        """The gzipped body, one task for all who await it."""
        return asyncio.get_running_loop().create_task(pack(self.plain))


async def pack(body: bytes) -> bytes:
    """The body gzipped, a long one in a thread."""
    if len(body) > IN_THREAD:
        return await asyncio.to_thread(_compress, body)
    return _compress(body)


def _compress(body: bytes) -> bytes:
    packed: bytes = isal_zlib.compress(body, isal_zlib.ISAL_DEFAULT_COMPRESSION, GZIP)
    return packed
