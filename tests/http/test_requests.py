"""What is read from a request."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from flagstaff.http import requests
from flagstaff.http.operations import Operation
from flagstaff.http.requests import LARGEST_BODY, Received, receive
from flagstaff.kernel.errors import InvalidRequest, TooLarge, UnsupportedMediaType
from flagstaff.kernel.patches import MergePatch, PatchFormat
from tests.support.rows import a_row


class Query(msgspec.Struct, frozen=True, rename="camel"):
    limit: int | None = None
    is_on: bool = False
    tag: list[str] = []
    name: str = ""


class Thing(msgspec.Struct, frozen=True):
    size: int


@dataclass
class Sent:
    """As much of Falcon's request as is read."""

    body: bytes = b""
    content_type: str | None = "application/json"
    query_string: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    content_length: int | None = None
    taken: int = 0

    @property
    def scope(self) -> dict[str, bytes]:
        return {"raw_path": b"/things/a%2Fb"}

    @property
    async def stream(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.body), 65_536):
            self.taken = start + 65_536
            yield self.body[start : self.taken]

    def get_header(self, name: str) -> str | None:
        return self.headers.get(name)


async def read(row: Operation, **sent: Any) -> Received:
    return await receive(Sent(**sent), row, {})


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("limit=5&isOn=true&name=a%20b%2Bc+d", Query(limit=5, is_on=True, name="a b+c d")),
        ("tag=a&tag=b", Query(tag=["a", "b"])),
        ("name=first&name=last", Query(name="last")),
        ("name=&unknown=1", Query()),
        ("isOn=0", Query()),
    ],
)
async def test_the_query_gets_the_types_of_its_struct(text: str, query: Query) -> None:
    received = await read(a_row(query=Query), query_string=text)

    assert received.typed_query() == query


@pytest.mark.parametrize(
    ("text", "name"),
    [("limit=many", "limit"), ("limit=", "limit"), ("isOn=maybe", "isOn"), (f"limit={2**63}", "limit")],
)
async def test_a_parameter_of_another_type_is_named(text: str, name: str) -> None:
    received = await read(a_row(query=Query), query_string=text)

    with pytest.raises(InvalidRequest, match=rf"query: .*`{name}`"):
        received.typed_query()


@pytest.mark.parametrize(
    "media", ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON", None]
)
async def test_a_body_gets_the_type_of_its_row(media: str | None) -> None:
    received = await read(a_row("POST", body=Thing), body=b'{"size": 3}', content_type=media)

    assert received.typed_body() == Thing(3)


async def test_a_row_without_body_reads_none() -> None:
    request = Sent(body=b"ignored", content_type="text/plain")

    received = await receive(request, a_row("POST"), {})

    assert received.typed_body() is None
    assert request.taken == 0


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "needs a JSON body"),
        (b"{", "Invalid request body"),
        (b'{"size": "3"}', r"`\$\.size`"),
        (b"{}", "size"),
        (b"[" * 100 + b"]" * 100, "levels deep"),
    ],
)
async def test_a_body_that_does_not_fit_is_refused_when_it_is_asked_for(body: bytes, message: str) -> None:
    received = await read(a_row("POST", body=Thing), body=body)

    with pytest.raises(InvalidRequest, match=message):
        received.typed_body()


async def test_another_media_type_goes_before_what_is_in_the_body() -> None:
    received = await read(a_row("POST", body=Thing), body=b"{", content_type="text/plain")

    with pytest.raises(UnsupportedMediaType):
        received.typed_body()


async def test_a_patch_is_read_in_the_formats_of_its_row() -> None:
    row = a_row("PATCH", patch=frozenset({PatchFormat.MERGE}))

    assert (await read(row, body=b'{"size": 3}')).typed_body() == MergePatch({"size": 3})
    with pytest.raises(InvalidRequest, match="takes a JSON merge patch"):
        (await read(row, body=b"[]")).typed_body()


async def test_a_large_body_is_decoded_off_the_loop_to_the_same_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(requests, "LARGE", 5)

    assert (await read(a_row("POST", body=Thing), body=b'{"size": 3}')).typed_body() == Thing(3)
    with pytest.raises(InvalidRequest):
        (await read(a_row("POST", body=Thing), body=b'{"size": 3')).typed_body()


async def test_no_more_is_read_than_a_body_may_have() -> None:
    announced = Sent(content_length=LARGEST_BODY + 1)
    endless = Sent(body=b"x" * (LARGEST_BODY + 1_000_000))

    for request in (announced, endless):
        with pytest.raises(TooLarge):
            await receive(request, a_row("POST", body=Thing), {})
    assert announced.taken == 0
    assert endless.taken < LARGEST_BODY + 65_536 + 1


async def test_the_path_is_kept_as_it_was_sent_for_links() -> None:
    assert (await read(a_row())).url == "/things/a%2Fb"
