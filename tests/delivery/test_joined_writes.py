"""Answers that leave in one write."""

import asyncio
from collections.abc import Iterable

from flagstaff.delivery.joined_writes import JoinedWrites
from tests.delivery.planes import settle


class Wire(asyncio.Transport):
    """What was sent, by calls of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        self.sent.append(b"".join(list_of_data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


async def test_a_head_leaves_with_its_body_and_what_follows_by_itself() -> None:
    wire = Wire()
    answer = JoinedWrites(wire, asyncio.get_running_loop())
    for data in (b"head", b"body", b"more"):
        answer.write(data)
    await settle()
    assert wire.sent == [b"headbody", b"more"]


async def test_a_head_does_not_wait_for_a_body_that_comes_later() -> None:
    wire = Wire()
    answer = JoinedWrites(wire, asyncio.get_running_loop())
    answer.write(b"head")
    await settle()
    assert wire.sent == [b"head"]
    answer.write(b"body")
    assert wire.sent == [b"head", b"body"]


async def test_what_is_closed_was_sent_before() -> None:
    wire = Wire()
    answer = JoinedWrites(wire, asyncio.get_running_loop())
    answer.write(b"head")
    assert not answer.is_closing()
    answer.close()
    assert (wire.sent, answer.is_closing()) == ([b"head"], True)
