"""Errors and answers on their way out."""

import falcon.asgi
import msgspec
import pytest

from flagstaff.http.answers import MOST_DENIED, Answer, refuse, send
from flagstaff.kernel.errors import (
    ApiError,
    Conflict,
    Forbidden,
    InvalidClient,
    MethodNotAllowed,
    OAuthError,
    RateLimited,
    Unavailable,
)


def test_an_error_has_its_code_its_message_and_the_id_of_the_request() -> None:
    answer = refuse(Conflict("There is one already"), "request-1")

    assert answer.status == 409
    assert msgspec.json.decode(answer.body) == {
        "code": "conflict",
        "message": "There is one already",
        "id": "request-1",
    }


def test_a_refusal_names_what_is_missing_but_not_endlessly() -> None:
    one = refuse(Forbidden(accesses=(("updateOn", "webhook/a1"),)), "")
    many = refuse(Forbidden(accesses=tuple(("updateRole", f"member/{at}") for at in range(1_000))), "")

    assert msgspec.json.decode(one.body)["denied"] == [{"action": "updateOn", "resource": "webhook/a1"}]
    assert len(msgspec.json.decode(many.body)["denied"]) == MOST_DENIED
    assert "denied" not in msgspec.json.decode(refuse(Forbidden("Only here"), "").body)


def test_an_error_of_oauth_is_told_under_its_names_as_well() -> None:
    answer = refuse(OAuthError("The code is not valid", error="invalid_grant"), "request-1")

    assert answer.status == 400
    assert msgspec.json.decode(answer.body) == {
        "code": "invalid_request",
        "message": "The code is not valid",
        "id": "request-1",
        "error": "invalid_grant",
        "error_description": "The code is not valid",
    }


@pytest.mark.parametrize(
    ("error", "headers"),
    [
        (Conflict(), {}),
        (InvalidClient(), {"WWW-Authenticate": 'Basic realm="OAuth 2.0 clients"'}),
        (Unavailable(retry_after=3), {"Retry-After": "3"}),
        (MethodNotAllowed(allowed=("GET", "PATCH")), {"Allow": "GET, PATCH"}),
        (RateLimited(headers={"X-Ratelimit-Reset": "5"}), {"X-Ratelimit-Reset": "5"}),
    ],
)
def test_an_error_has_the_headers_that_go_with_it(error: ApiError, headers: dict[str, str]) -> None:
    assert refuse(error, "", {"LD-API-Version": "beta"}).headers == {"LD-API-Version": "beta", **headers}


def test_an_answer_is_sent_as_json() -> None:
    response = falcon.asgi.Response()

    send(response, Answer(201, b"{}", {"X-Here": "yes"}))

    assert (response.status, response.content_type, response.data) == (201, "application/json", b"{}")
    assert response.get_header("X-Here") == "yes"


def test_an_answer_without_content_has_no_media_type() -> None:
    response = falcon.asgi.Response()

    send(response, Answer(204, b""))

    assert (response.status, response.content_type, response.data) == (204, None, None)
