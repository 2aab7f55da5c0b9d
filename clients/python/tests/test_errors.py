"""What an exception knows of the answer that it stands for."""

import copy
import pickle

import pytest

from launch_darkly_python_sdk.errors import (
    BY_STATUS,
    ApiException,
    NoAnswer,
    NotFound,
    Received,
    ServerError,
    TimedOut,
    describe_status,
    make_error,
)

MISSING = Received(
    404, "Not Found", {"X-Request-Id": "7"}, b"{}", 0.25, {"code": "not_found", "message": "no such flag"}
)


def test_an_error_has_everything_that_is_known_of_the_answer() -> None:
    error = make_error(MISSING, "GET /x")
    assert isinstance(error, NotFound)
    assert (error.status, error.reason, error.code, error.message) == (
        404,
        "Not Found",
        "not_found",
        "no such flag",
    )
    assert (error.headers, error.body, error.call) == (MISSING.headers, MISSING.body, "GET /x")
    assert (error.request_id, error.round_trip_time) == ("7", 0.25)
    assert str(error) == "404 Not Found (not_found): no such flag [GET /x, request 7]"


def test_an_error_without_an_answer_says_why() -> None:
    error = TimedOut("no answer in time", call="GET /x", round_trip_time=1.5)
    assert str(error) == "no answer in time [GET /x]"
    assert (error.status, error.reason, error.body, error.code, error.request_id) == (
        None,
        "",
        None,
        None,
        None,
    )
    assert error.round_trip_time == 1.5
    assert isinstance(error, NoAnswer)


@pytest.mark.parametrize("fields", [{"code": 5, "id": ["9"]}, {"code": None}, {}])
def test_members_that_are_no_texts_are_left_in_the_body(fields: dict[str, object]) -> None:
    error = make_error(MISSING._replace(headers={}, body=fields), "GET /x")
    assert (error.code, error.request_id, error.body) == (None, None, fields)


def test_every_status_has_its_class_and_others_the_general_ones() -> None:
    assert {
        status: type(make_error(MISSING._replace(status=status), "")) for status in BY_STATUS
    } == BY_STATUS
    assert type(make_error(MISSING._replace(status=500), "")) is ServerError
    assert type(make_error(MISSING._replace(status=418), "")) is ApiException


@pytest.mark.parametrize("error", [make_error(MISSING, "GET /x"), TimedOut("late", call="GET /x")])
def test_an_error_is_copied_and_goes_to_other_processes_whole(error: ApiException) -> None:
    for copied in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert type(copied) is type(error)
        assert (str(copied), vars(copied)) == (str(error), vars(error))


@pytest.mark.parametrize(("status", "phrase"), [(404, "Not Found"), (599, "")])
def test_a_status_has_its_usual_phrase(status: int, phrase: str) -> None:
    assert describe_status(status) == phrase
