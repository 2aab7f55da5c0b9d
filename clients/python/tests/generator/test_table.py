"""The table of operations."""

from pathlib import Path

import pytest

from generator.arguments import list_arguments
from generator.names import document_argument, document_member
from generator.table import FOLDER, Table, find_problems, read_table
from tests.generator.tables import a_row, a_shape, a_table

TABLE = read_table()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (a_row(surprise=1), "things.get: surprise is not known"),
        (a_row(answer="[Vanished]"), "things.get: no shape Vanished"),
        (a_row(query={"limit": "integer"}), "things.get: no shape integer"),
    ],
)
def test_what_does_not_fit_together_is_named(row: object, problem: str) -> None:
    assert list(find_problems(a_table(row))) == [problem]


def test_a_kind_within_a_shape_is_checked_too() -> None:
    shape = a_shape("Thing", parts="{Vanished}")
    assert list(find_problems(a_table(a_row(answer="Thing"), shapes=(shape,)))) == [
        "Thing: no shape Vanished"
    ]


def test_a_table_with_problems_is_not_read(tmp_path: Path) -> None:
    for folder in ("operations", "shapes"):
        (tmp_path / folder).mkdir()
    (tmp_path / "words.toml").write_text("")
    (tmp_path / "operations" / "things.toml").write_text('about = "Things."\n[get]\nanswer = "Vanished"\n')
    with pytest.raises(ValueError, match="no shape Vanished"):
        read_table(tmp_path)


def test_shapes_are_reached_at_any_depth_and_in_circles() -> None:
    shapes = (
        a_shape("A", b="[B]"),
        a_shape("B", c="{[C]}"),
        a_shape("C", a="A", n="int"),
        a_shape("D", a="A"),
    )
    assert a_table(shapes=shapes).reach(iter(["[A]", "str", ""])) == ["A", "B", "C"]


def test_a_path_is_used_once_for_each_method() -> None:
    calls = [row.facts["call"] for row in TABLE.rows]
    assert len(set(calls)) == len(calls) == 257


def test_beta_operations_stand_in_beta_groups() -> None:
    assert {row.group for row in TABLE.rows if row.facts.get("beta")} == {
        group for group in TABLE.about if group.endswith("_beta")
    }


def test_words_are_about_arguments_that_there_are() -> None:
    used = {(row.name, one.wire) for row in TABLE.rows for one in list_arguments(TABLE, row)}
    wires = {wire for _name, wire in used}
    assert TABLE.words["names"].keys() - wires == set()
    given = {(name, wire) for name, words in TABLE.words["operations"].items() for wire in words}
    assert given - used == set()


def test_no_two_members_of_a_shape_have_one_name() -> None:
    for shape in TABLE.shapes.values():
        names = [document_member(member.wire) for member in shape.members]
        assert len(set(names)) == len(names), shape.name


def test_no_member_hides_a_method_of_answers() -> None:
    wires = {member.wire for shape in answered(TABLE) for member in shape.members}
    assert {document_member(wire) for wire in wires} & {"get", "keys", "to_dict"} == set()


def answered(table: Table) -> list[object]:
    return [table.shapes[name] for name in table.reach(row.kind("answer") for row in table.rows)]


def test_no_method_is_another_one_with_an_a_in_front() -> None:
    for group in TABLE.about:
        names = {row.method for row in TABLE.group(group)}
        assert {f"a{name}" for name in names} & names == set()


def test_every_shape_is_used() -> None:
    kinds = [row.kind(place) for row in TABLE.rows for place in ("body", "answer")]
    assert TABLE.reach(iter([*kinds, "Instruction", "PatchOperation"])) == list(TABLE.shapes)


def test_arguments_are_python_names() -> None:
    assert all(
        document_argument(one.wire or one.name).isidentifier()
        for row in TABLE.rows
        for one in list_arguments(TABLE, row)
    )


def test_the_table_is_part_of_the_package() -> None:
    assert FOLDER.parent.name == "launch_darkly_python_sdk"
