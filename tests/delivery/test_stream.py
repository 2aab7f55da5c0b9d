"""One stream and its transport."""

import asyncio

import pytest

from flagstaff.delivery import stream as stream_module
from flagstaff.delivery.frames import Frame
from flagstaff.delivery.stream import GONE, Stream
from tests.delivery.planes import Transport, settle

FRAME = Frame([b"event: x\n\n"])


class Owner:
    def __init__(self) -> None:
        self.left: list[Stream] = []
        self.dropped: list[Stream] = []

    def leave(self, stream: Stream) -> None:
        self.left.append(stream)

    def drop(self, stream: Stream) -> None:
        self.dropped.append(stream)
        stream.abort()


def make_stream(*, chunked: bool = True) -> tuple[Stream, Transport, Owner]:
    transport, owner = Transport(), Owner()
    stream = Stream(owner, transport, b"key", chunked=chunked)
    transport.set_protocol(stream)
    return stream, transport, owner


@pytest.mark.parametrize(
    ("chunked", "text"),
    [
        (True, b"HEADa\r\nevent: x\n\n\r\na\r\nevent: x\n\n\r\n3\r\n:\n\n\r\n0\r\n\r\n"),
        (False, b"HEADevent: x\n\nevent: x\n\n:\n\n"),
    ],
)
async def test_what_a_stream_is_given_is_framed_as_its_client_understands(chunked: bool, text: bytes) -> None:
    stream, transport, owner = make_stream(chunked=chunked)
    stream.open(b"HEAD", FRAME, 1)
    stream.give(FRAME, 2)
    stream.beat()
    assert stream.version == 2
    stream.end()
    await settle()
    assert transport.text == text
    assert transport.closing == "close"
    assert owner.left == [stream]


async def test_the_bytes_of_a_frame_are_not_copied() -> None:
    stream, transport, _ = make_stream()
    written: list[bytes] = []
    transport.write = written.append  # type: ignore[method-assign]
    stream.give(FRAME, 1)
    assert written[0] is FRAME.chunk


async def test_an_ended_stream_is_given_nothing_more() -> None:
    stream, transport, _ = make_stream()
    stream.end()
    stream.end()
    stream.beat()
    assert transport.text == b"0\r\n\r\n"
    assert stream.version == GONE


async def test_an_ended_stream_may_read_what_it_was_given_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream_module, "LINGER", 0.01)
    stream, transport, owner = make_stream()
    transport.buffered = 100
    stream.end()
    assert transport.closing == "close"
    async with asyncio.timeout(10):
        while not owner.left:  # noqa: ASYNC110 - a timer of the loop has no event
            await asyncio.sleep(0)
    assert transport.closing == "abort"


async def test_a_full_buffer_drops_the_stream() -> None:
    stream, transport, owner = make_stream()
    stream.make_room(1000)
    assert transport.high == 1000
    stream.pause_writing()
    stream.pause_writing()
    await settle()
    assert owner.dropped == [stream]
    assert transport.closing == "abort"


async def test_a_client_that_closes_its_side_ends_the_stream() -> None:
    stream, transport, _ = make_stream()
    assert not stream.eof_received()  # type: ignore[func-returns-value]
    assert transport.text == b"0\r\n\r\n"
    assert transport.closing == "close"


async def test_what_a_client_sends_is_ignored() -> None:
    stream, transport, _ = make_stream()
    stream.data_received(b"anything")
    assert transport.text == b""
    assert not transport.closing


def test_a_stream_has_no_dictionary() -> None:
    stream, _, _ = make_stream()
    assert not hasattr(stream, "__dict__")
