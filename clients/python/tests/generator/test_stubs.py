"""The ways in which stubs let a method be called."""

import pytest

from generator.arguments import list_arguments
from generator.stubs import list_ways
from generator.table import Row
from tests.generator.tables import a_row, a_shape, a_table

SHAPES = (a_shape("Loose", name="str"), a_shape("Strict", name="str!", limit="int"))


@pytest.mark.parametrize(
    ("row", "ways"),
    [
        (a_row(), [["id!"]]),
        (a_row(call="POST /x", body="Loose"), [["name", "body"]]),
        (a_row(call="POST /x", body="Strict"), [["name!", "limit"], ["body!"]]),
        (a_row(call="POST /x", body="[Strict]"), [["body!"]]),
        (
            a_row(
                call="PATCH /x/{id}",
                body="[PatchOperation]",
                patch=["json", "semantic"],
                environment="argument",
            ),
            [
                ["id!", "patch!", "comment"],
                ["id!", "instructions!", "comment", "environment_key"],
                ["id!", "body!"],
            ],
        ),
        (
            a_row(call="PATCH /x/{id}", body="[PatchOperation]", patch=["json"], bare=True),
            [["id!", "patch!", "comment"], ["id!", "body!"], ["id!"]],
        ),
    ],
)
def test_a_body_is_given_in_one_of_several_ways(row: Row, ways: list[list[str]]) -> None:
    found = list_ways(row, list_arguments(a_table(row, shapes=SHAPES), row))
    assert [[f"{one.name}{'!' if one.required else ''}" for one in way] for way in found] == ways
