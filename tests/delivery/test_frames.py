"""Frames as bytes."""

import pytest

from flagstaff.delivery.frames import HEARTBEAT, Frame, encode_event, frame_flags, frame_put, stream_head
from flagstaff.storage.transaction import Item


def test_a_frame_is_one_chunk_of_all_its_parts() -> None:
    frame = Frame([b"event: a\n\n", b"event: b\n\n"])
    assert frame.chunk == b"14\r\nevent: a\n\nevent: b\n\n\r\n"
    assert frame.plain == b"event: a\n\nevent: b\n\n"


def test_a_heartbeat_is_a_comment() -> None:
    assert HEARTBEAT.plain == b":\n\n"


def test_a_put_wraps_its_data() -> None:
    put = frame_put([b'{"flags":{},', b'"segments":{}}'])
    assert put.plain == b'event: put\ndata: {"path":"/","data":{"flags":{},"segments":{}}}\n\n'
    assert put.is_put


def test_a_put_of_flags_alone_is_their_map() -> None:
    put = frame_flags([b'{"a":{}}'])
    assert put.plain == b'event: put\ndata: {"a":{}}\n\n'
    assert put.is_put


@pytest.mark.parametrize(
    ("item", "event"),
    [
        (
            Item("e", "flags", "a", {"version": 7}, 7, b'{"version":7}'),
            b'event: patch\ndata: {"path":"/flags/a","data":{"version":7}}\n\n',
        ),
        (
            Item("e", "segments", "s", None, 8),
            b'event: delete\ndata: {"path":"/segments/s","version":8}\n\n',
        ),
        (
            Item("e", "flags", 'a"\n', None, 9),
            b'event: delete\ndata: {"path":"/flags/a\\"\\n","version":9}\n\n',
        ),
    ],
)
def test_an_object_is_patched_or_deleted_with_its_path_first(item: Item, event: bytes) -> None:
    assert encode_event(item, folder=f"/{item.kind}") == event


@pytest.mark.parametrize("chunked", [True, False])
def test_a_head_says_how_the_events_come(chunked: bool) -> None:
    head = stream_head("e1", [(b"date", b"today")], chunked=chunked)
    assert head.startswith(b"HTTP/1.1 200 OK\r\ndate: today\r\n")
    assert head.endswith(b"\r\n\r\n")
    assert (b"\r\ntransfer-encoding: chunked\r\n" in head) is chunked
