"""Shared bodies of polls."""

import gzip
import os

import pytest

from flagstaff.delivery.bodies import IN_THREAD, SharedBody


@pytest.mark.parametrize("size", [0, 10, IN_THREAD + 1, 3 * IN_THREAD])
async def test_a_packed_body_unpacks_to_the_plain_one(size: int) -> None:
    body = SharedBody(os.urandom(size // 2).hex().encode())
    assert gzip.decompress(await body.packed) == body.plain


async def test_a_body_is_packed_once_for_all_who_ask() -> None:
    body = SharedBody(b"x" * 2 * IN_THREAD)
    first, second = body.packed, body.packed
    assert await first is await second
