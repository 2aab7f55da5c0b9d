"""Answers and errors out of what was received."""

from typing import Any

import pytest

from launch_darkly_python_sdk import errors
from launch_darkly_python_sdk.errors import ApiException, Received
from launch_darkly_python_sdk.models import Token
from launch_darkly_python_sdk.reading import read_answer

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
CALL = "GET /api/v2/tokens"


def received(status: int, content: bytes, headers: dict[str, str] = JSON) -> Received:
    return Received(status, "Phrase", headers, content, 0.25)


def fail(status: int, content: bytes, headers: dict[str, str] = JSON) -> ApiException:
    with pytest.raises(ApiException) as raised:
        read_answer(received(status, content, headers), "Token", CALL)
    return raised.value


def test_an_answer_has_its_model_and_everything_around_it() -> None:
    raw = read_answer(received(201, b'{"_id":"5f"}'), "Token", CALL)
    assert isinstance(raw.body, Token)
    assert (raw.body.id, raw.status, raw.headers, raw.round_trip_time) == ("5f", 201, JSON, 0.25)


@pytest.mark.parametrize(
    ("status", "content", "answer", "body"),
    [
        (204, b"", "Token", None),
        (204, b"", "[Token]", []),
        (200, b"", "", None),
        (200, b"", "any", None),
        (200, b'{"a":1}', "", {"a": 1}),
        (200, b"[]", "[Token]", []),
        (200, b"null", "Token", None),
    ],
)
def test_an_empty_answer_is_none_or_an_empty_list(
    status: int, content: bytes, answer: str, body: Any
) -> None:
    assert read_answer(received(status, content), answer, CALL).body == body


@pytest.mark.parametrize(
    ("content", "headers", "problem"),
    [
        (b"<html>Sign in</html>", HTML, "the answer is not JSON but text/html"),
        (b"hello", {}, "the answer is not JSON but no media type"),
        (b"", JSON, "the answer is empty"),
        (b'{"_id":"5', JSON, "the JSON is broken"),
        (b"\xff\xfe\xff", JSON, "the JSON is broken"),
        (b"[" * 100_000, JSON, "the JSON is broken"),
    ],
)
def test_a_success_that_is_no_json_is_an_error(content: bytes, headers: dict[str, str], problem: str) -> None:
    error = fail(200, content, headers)
    assert isinstance(error, errors.UnreadableAnswer)
    assert problem in str(error)
    assert (error.status, error.headers, error.round_trip_time) == (200, headers, 0.25)
    assert isinstance(error.body, str if content else type(None))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (405, errors.MethodNotAllowed),
        (409, errors.Conflict),
        (413, errors.TooLarge),
        (415, errors.UnsupportedMediaType),
        (422, errors.Unprocessable),
        (429, errors.RateLimited),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.ServiceUnavailable),
        (418, ApiException),
        (304, ApiException),
    ],
)
def test_an_error_has_the_class_of_its_status(status: int, kind: type[ApiException]) -> None:
    error = fail(status, b'{"code":"some_code","message":"in words","id":"9a"}')
    assert type(error) is kind
    assert (error.status, error.reason, error.code, error.message) == (
        status,
        "Phrase",
        "some_code",
        "in words",
    )
    assert (error.request_id, error.headers, error.round_trip_time) == ("9a", JSON, 0.25)
    assert error.body == {"code": "some_code", "message": "in words", "id": "9a"}
    assert str(error) == f"{status} Phrase (some_code): in words [{CALL}, request 9a]"


@pytest.mark.parametrize(
    ("content", "headers", "message", "body"),
    [
        (
            b"<html>\n<b>Bad gateway</b></html>",
            HTML,
            "not JSON but text/html: <html> <b>Bad gateway</b></html>",
            "<html>\n<b>Bad gateway</b></html>",
        ),
        (b"", {}, "Bad Gateway", None),
        (b"[1]", JSON, "Bad Gateway", [1]),
        (b'{"message": 5}', JSON, "Bad Gateway", {"message": 5}),
        (b"\xff", {}, "not JSON but no media type: \ufffd", "\ufffd"),
        (b"x" * 9999, HTML, "not JSON but text/html: " + "x" * 200, "x" * 9999),
    ],
)
def test_an_error_of_a_proxy_is_told_in_its_words(
    content: bytes, headers: dict[str, str], message: str, body: Any
) -> None:
    error = fail(502, content, headers)
    assert (error.message, error.body, error.code) == (message, body, None)


def test_a_request_id_is_also_found_in_the_headers() -> None:
    assert fail(500, b"", {"X-Request-Id": "7"}).request_id == "7"
