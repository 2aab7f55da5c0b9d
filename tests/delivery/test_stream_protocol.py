"""What clients of every kind get when they ask for a stream: raw bytes in, raw bytes out."""

import pytest

from tests.delivery.serving import Environment, SdkServer, a_flag
from tests.delivery.wire import Event

EMPTY_PUT = Event("put", {"path": "/", "data": {"flags": {}, "segments": {}}})


def test_a_stream_begins_with_a_put_of_flags_and_segments(environment: Environment) -> None:
    with environment.stream() as wire:
        assert wire.status == 200
        assert wire.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert wire.headers["cache-control"] == "no-cache, no-store, must-revalidate"
        assert wire.headers["transfer-encoding"] == "chunked"
        assert wire.headers["x-accel-buffering"] == "no"
        assert wire.headers["x-ld-envid"] == environment.id
        assert "date" in wire.headers
        assert wire.read_event() == EMPTY_PUT


def test_a_change_of_one_object_is_a_patch_or_delete(environment: Environment) -> None:
    with environment.stream() as wire:
        wire.read_event()
        environment.publish_flag("a", on=True)
        environment.publish_segment("s")
        environment.remove("flags", "a")
        assert wire.read_event() == Event(
            "patch", {"path": "/flags/a", "data": {**a_flag("a", on=True), "version": 1}}
        )
        assert wire.read_event().data["path"] == "/segments/s"
        assert wire.read_event() == Event("delete", {"path": "/flags/a", "version": 3})
