"""What a request of a client says."""

from typing import Any

import pytest
from msgspec.structs import replace

from flagstaff.delivery.client_requests import (
    MOST_CONTEXT,
    ClientRequest,
    check_media_type,
    find_stream,
)
from flagstaff.kernel.errors import InvalidRequest, UnsupportedMediaType

ADA = b'{"kind":"user","key":"ada"}'
ENCODED = "eyJraW5kIjoidXNlciIsImtleSI6ImFkYSJ9"


@pytest.mark.parametrize(
    ("query", "with_reasons", "secure_hash"),
    [
        ("", False, ""),
        ("withReasons=true", True, ""),
        ("withReasons=false&h=", False, ""),
        ("h=abc&withReasons=true", True, "abc"),
        ("withReasons=true&h=abc&x", True, "abc"),
        ("withReasons=1", False, ""),
    ],
)
def test_the_query_may_be_in_any_order(query: str, with_reasons: bool, secure_hash: str) -> None:
    request = ClientRequest("mobile", "mob", query)
    assert (request.with_reasons, request.secure_hash) == (with_reasons, secure_hash)


@pytest.mark.parametrize("members", [{"encoded": ENCODED}, {"body": ADA}])
def test_the_context_is_in_path_or_body(members: Any) -> None:
    request = ClientRequest("mobile", "mob", **members)
    context = request.read_context()
    assert request.context_json == ADA
    assert context is not None
    assert context.fully_qualified_key == "ada"


def test_a_ping_has_none() -> None:
    assert ClientRequest("mobile", "mob").read_context() is None


def test_a_context_may_be_so_long_and_no_longer() -> None:
    fits = ADA + b" " * (MOST_CONTEXT - len(ADA))
    assert ClientRequest("mobile", "mob", body=fits).read_context() is not None
    with pytest.raises(InvalidRequest):
        ClientRequest("mobile", "mob", body=fits + b" ").read_context()


@pytest.mark.parametrize(
    "media",
    [
        "",
        "application/json",
        "Application/JSON;charset=utf-8",
        "a/b+json",
        "application/x-www-form-urlencoded",
    ],
)
def test_bodies_that_may_be_json_are_read(media: str) -> None:
    check_media_type(media)


@pytest.mark.parametrize("media", ["text/plain", "application/jsonp", "application/xml; a=application/json"])
def test_bodies_that_are_something_else_are_not(media: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        check_media_type(media)


BROWSER = ClientRequest("environment_id", "env", "q")
MOBILE = ClientRequest("mobile", "mob", "q")


@pytest.mark.parametrize(
    ("method", "path", "found"),
    [
        ("GET", b"/eval/env/abc", replace(BROWSER, encoded="abc")),
        ("GET", b"//eval/e%6Ev//ab%3D/", replace(BROWSER, encoded="ab=")),
        ("REPORT", b"/eval/env", replace(BROWSER, body=b"")),
        ("GET", b"/ping/env", BROWSER),
        ("GET", b"/meval/abc", replace(MOBILE, encoded="abc")),
        ("REPORT", b"/meval", replace(MOBILE, body=b"")),
        ("GET", b"/mping", MOBILE),
        ("GET", b"/", None),
        ("GET", b"/eval", None),
        ("GET", b"/eval/env", None),
        ("GET", b"/eval/env/abc/d", None),
        ("REPORT", b"/eval/env/abc", None),
        ("REPORT", b"/eval", None),
        ("GET", b"/ping", None),
        ("GET", b"/ping/env/abc", None),
        ("REPORT", b"/ping/env", None),
        ("GET", b"/meval", None),
        ("REPORT", b"/meval/abc", None),
        ("GET", b"/mping/abc", None),
        ("GET", b"/evals/env/abc", None),
        ("GET", b"/api/v2/eval/env/abc", None),
    ],
)
def test_a_path_stands_for_a_stream_or_not(method: str, path: bytes, found: ClientRequest | None) -> None:
    assert find_stream(method, path, "q", "mob") == found
