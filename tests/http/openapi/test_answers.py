"""Statuses and bodies of answers."""

from typing import Any

import msgspec
import pytest

from flagstaff.http.openapi.answers import describe_answers, describe_errors, list_errors
from flagstaff.http.openapi.components import Components
from tests.support.rows import a_row


class Thing(msgspec.Struct):
    name: str


@pytest.mark.parametrize(
    ("members", "statuses"),
    [
        ({"open": True}, [400, 429, 503]),
        ({}, [400, 401, 403, 429, 503]),
        ({"path": "/things/{key}"}, [400, 401, 403, 404, 429, 503]),
        ({"method": "POST"}, [400, 401, 403, 409, 429, 503]),
        ({"method": "POST", "body": Thing}, [400, 401, 403, 409, 413, 415, 429, 503]),
        ({"method": "POST", "body": Thing, "reads": True}, [400, 401, 403, 413, 415, 429, 503]),
    ],
)
def test_the_errors_are_those_that_a_call_can_meet(members: dict[str, Any], statuses: list[int]) -> None:
    assert list(list_errors(a_row(**members))) == statuses


def test_a_success_has_the_schema_of_the_answer() -> None:
    components = Components()

    answers = describe_answers(a_row("POST", status=201, answer=Thing), components)

    assert answers["201"]["content"] == {
        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
    }
    assert answers["409"] == {"$ref": "#/components/responses/Conflict"}


def test_errors_of_oauth_have_its_names_beside_the_others() -> None:
    answers = describe_answers(a_row("POST", oauth=True, open=True), Components())

    for status in ("400", "401"):
        schema = answers[status]["content"]["application/json"]["schema"]
        names = [one["$ref"].rpartition("/")[2] for one in schema["anyOf"]]
        assert names == ["ErrorRep", "OAuthErrorRep"]


def test_a_row_that_redirects_says_so() -> None:
    assert "302" in describe_answers(a_row(redirects=True), Components())
    assert "302" not in describe_answers(a_row(), Components())


def test_a_success_without_body_has_no_content() -> None:
    answers = describe_answers(a_row("DELETE", status=204), Components())

    assert "content" not in answers["204"]


def test_all_errors_have_one_shape() -> None:
    components = Components()

    errors = describe_errors(components)

    assert {str(error["content"]) for error in errors.values()} == {str(errors["Conflict"]["content"])}
    assert components.schemas["ErrorRep"]["required"] == ["code", "message", "id"]
