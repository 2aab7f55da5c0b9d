"""Errors that a caller can meet."""

import pytest

from flagstaff.kernel import errors
from flagstaff.kernel.errors import ApiError


def all_errors(kind=ApiError):
    return [kind, *(found for child in kind.__subclasses__() for found in all_errors(child))]


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (errors.ApiError, 500, "internal_service_error"),
        (errors.InvalidRequest, 400, "invalid_request"),
        (errors.InvalidPatch, 400, "invalid_patch"),
        (errors.Unauthorized, 401, "unauthorized"),
        (errors.OAuthError, 400, "invalid_request"),
        (errors.InvalidClient, 401, "unauthorized"),
        (errors.Forbidden, 403, "forbidden"),
        (errors.NotFound, 404, "not_found"),
        (errors.MethodNotAllowed, 405, "method_not_allowed"),
        (errors.Conflict, 409, "conflict"),
        (errors.StaleVersion, 409, "optimistic_locking_error"),
        (errors.TooLarge, 413, "request_entity_too_large"),
        (errors.UnsupportedMediaType, 415, "unsupported_media_type"),
        (errors.PatchFailed, 422, "patch_failed"),
        (errors.RateLimited, 429, "rate_limited"),
        (errors.Unavailable, 503, "service_unavailable"),
    ],
)
def test_an_error_has_its_documented_status_and_code(kind, status, code):
    error = kind()
    assert (error.status, error.code) == (status, code)


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.__name__)
def test_an_error_says_its_own_message_or_that_of_its_kind(kind):
    assert kind().message == kind.default == str(kind())
    assert kind("another").message == "another" == str(kind("another"))


def test_an_error_of_oauth_has_the_name_that_its_clients_know():
    assert errors.OAuthError().error == "invalid_request"
    assert errors.OAuthError(error="invalid_grant").error == "invalid_grant"
    assert errors.InvalidClient().error == "invalid_client"


def test_an_error_may_tell_when_to_come_back():
    assert errors.Unavailable(retry_after=3).retry_after == 3
    assert errors.RateLimited(retry_after=4).retry_after == 4
    assert errors.Conflict().retry_after is None


def test_a_method_that_is_not_allowed_comes_with_those_that_are():
    assert errors.MethodNotAllowed(allowed=("GET", "POST")).allowed == ("GET", "POST")


def test_a_rate_limit_comes_with_the_headers_that_tell_what_remains():
    headers = {"X-Ratelimit-Reset": "1"}
    error = errors.RateLimited(headers=headers)
    assert error.headers == headers
    assert errors.RateLimited().headers == {}


def test_an_invalid_patch_is_an_invalid_request():
    with pytest.raises(errors.InvalidRequest):
        raise errors.InvalidPatch
