"""Arguments out of rows."""

import pytest

from generator.arguments import ArgumentRow, find_words, list_arguments
from generator.table import Row
from tests.generator.tables import a_row, a_shape, a_table

THING = a_shape("Thing", name="str", id="str!")


def names(row: Row) -> list[tuple[str, str, bool]]:
    return [(one.name, one.place, one.required) for one in list_arguments(a_table(row, shapes=(THING,)), row)]


@pytest.mark.parametrize(
    ("row", "arguments"),
    [
        (a_row(), [("id", "path", True)]),
        (
            a_row(call="GET /api/v2/things", query={"name": "str", "limit": "int!"}),
            [("limit", "query", True), ("name", "query", False)],
        ),
        (
            a_row(call="POST /api/v2/things", body="Thing"),
            [("id", "field", True), ("name", "field", False), ("body", "body", False)],
        ),
        (a_row(call="POST /api/v2/things", body="[Thing]"), [("body", "body", True)]),
        (
            a_row(call="PATCH /x/{id}", body="[PatchOperation]", patch=["json"]),
            [
                ("id", "path", True),
                ("patch", "patch", False),
                ("comment", "patch", False),
                ("body", "body", False),
            ],
        ),
        (
            a_row(call="PATCH /x/{id}", body="[PatchOperation]", patch=["semantic"], environment="argument"),
            [
                ("id", "path", True),
                ("instructions", "patch", False),
                ("comment", "patch", False),
                ("environment_key", "patch", False),
                ("body", "body", False),
            ],
        ),
    ],
)
def test_arguments_follow_from_the_places_of_a_row(row: Row, arguments: list[tuple[str, str, bool]]) -> None:
    assert names(row) == arguments


def test_a_name_in_two_places_is_refused_unless_the_row_says_where_it_goes() -> None:
    twice = {"call": "POST /api/v2/things", "query": {"name": "str"}, "body": "Thing"}
    with pytest.raises(ValueError, match=r"things\.get: name stands in two places"):
        names(a_row(**twice))
    assert ("name", "field", False) in names(a_row(**twice, sent_in_body=["name"]))
    assert ("name", "query", False) in names(a_row(**twice, sent_in_query=["name"]))


def test_on_has_another_spelling() -> None:
    row = a_row(call="POST /x", body="Switch")
    table = a_table(row, shapes=(a_shape("Switch", on="bool!"),), words={"names": {"on": "On."}})
    assert list_arguments(table, row)[:2] == [
        ArgumentRow("_true", "field", "bool", "on", "On.", required=True),
        ArgumentRow("on", "field", "bool", "on", "On.", same_as="_true"),
    ]


def test_words_for_one_operation_come_before_those_for_all() -> None:
    row = a_row()
    assert find_words(a_table(row), row, "id") == "Id."
    assert (
        find_words(a_table(row, words={"operations": {"things.get": {"id": "Its id."}}}), row, "id")
        == "Its id."
    )
    with pytest.raises(KeyError, match="what size is"):
        find_words(a_table(row), row, "size")
