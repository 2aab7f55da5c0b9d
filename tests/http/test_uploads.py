"""Forms with a file."""

from typing import Any

import pytest
from falcon.asgi import Request
from falcon.testing import create_asgi_req

from flagstaff.http import uploads
from flagstaff.http.uploads import Upload, parse_fields, parse_form, read_bounded, receive_upload
from flagstaff.kernel.errors import InvalidRequest, OAuthError, TooLarge, Unavailable
from tests.support.key_files import FORM, a_form


def a_request(body: bytes, **headers: str) -> Request:
    return create_asgi_req(method="POST", body=body, headers={"Content-Type": FORM, **headers})


def test_a_form_is_taken_apart() -> None:
    body = a_form(b"a\r\nb", filename="k\u00e4the.csv", mode="merge", more="x")

    assert parse_form(body, FORM) == Upload("k\u00e4the.csv", b"a\r\nb", {"mode": "merge", "more": "x"})


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"", FORM),
        (a_form(None, mode="merge"), FORM),
        (a_form(b"x"), "multipart/form-data"),
        (a_form(b"x")[:-30], FORM),
        (a_form(b"x").replace(b'name="file"', b'name="files"'), FORM),
        (a_form(b"x", mode="merge").replace(b"merge", b"\xff\xfe"), FORM),
    ],
)
def test_what_is_no_form_with_a_file_is_refused(body: bytes, media: str) -> None:
    with pytest.raises(InvalidRequest):
        parse_form(body, media)


async def test_a_form_is_read_within_bounds() -> None:
    assert (await receive_upload(a_request(a_form(b"x" * 10)), 10)).content == b"x" * 10
    with pytest.raises(TooLarge):
        await receive_upload(a_request(a_form(b"x" * 11)), 10)
    with pytest.raises(TooLarge):
        await receive_upload(a_request(a_form(b"x" * 100_000)), 10)


async def test_a_body_without_length_is_bounded_too() -> None:
    request = a_request(b"x" * 100)
    assert await read_bounded(request, 100) == b"x" * 100
    request = a_request(b"x" * 101)
    request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != b"content-length"]
    with pytest.raises(TooLarge):
        await read_bounded(request, 100)


async def test_few_files_are_received_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_running", uploads.MOST_AT_ONCE)

    with pytest.raises(Unavailable) as caught:
        await receive_upload(a_request(a_form(b"x")), 10)
    assert caught.value.retry_after == 1


async def test_a_refused_form_frees_its_place() -> None:
    for _ in range(uploads.MOST_AT_ONCE + 1):
        with pytest.raises(InvalidRequest):
            await receive_upload(a_request(b"none"), 10)
    found: Any = await receive_upload(a_request(a_form(b"x")), 10)
    assert found.content == b"x"


def test_the_fields_of_a_plain_form_are_decoded_and_empty_ones_left_out() -> None:
    assert parse_fields(b"a=b+c&d=%C3%BC&e=&f=%2B") == {"a": "b c", "d": "ü", "f": "+"}


@pytest.mark.parametrize(
    "content", [b"a=1&a=2", b"a=%FF", b"\xff=1", b"&".join(b"a%d=1" % number for number in range(101))]
)
def test_what_is_no_plain_form_is_refused(content: bytes) -> None:
    with pytest.raises(OAuthError) as caught:
        parse_fields(content)
    assert caught.value.error == "invalid_request"
