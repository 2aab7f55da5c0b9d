"""What bodies hold, as typed dictionaries."""

import ast
from typing import Any

from generator.bodies import write_bodies
from tests.generator.tables import a_row, a_shape, a_table

THING = a_shape("Thing", key="str!", ownerId="str!", parts="[Part]")
PART = a_shape("Part", "parts", **{"from": "str", "size": "int"})
LOOSE = a_shape("Loose", "parts", **{"*": "any", "kind": "str!"})
WRITTEN = dict(
    write_bodies(
        a_table(
            a_row("make", "POST /x", body="Thing"),
            a_row("set", "POST /y", body="Loose"),
            shapes=(THING, PART, LOOSE),
        )
    )
)


def read_shapes(path: str) -> Any:
    names: dict[str, Any] = {}
    exec(compile(WRITTEN[path], "generated", "exec"), names)
    return names["SHAPES"]


def test_a_member_is_given_under_either_of_its_names() -> None:
    text = WRITTEN["bodies/things.py"]
    assert "    owner_id: str | None\n    ownerId: str | None\n" in text
    assert read_shapes("bodies/things.py")["Thing"]["owner_id"] == ("ownerId", "str")


def test_what_must_be_given_is_required_where_it_has_one_name() -> None:
    assert "    key: Required[str]\n" in WRITTEN["bodies/things.py"]


def test_names_that_python_reserves_are_possible() -> None:
    assert (
        'Part = TypedDict("Part", {"from": "str | None", "size": "int | None"}, total=False)'
        in (WRITTEN["bodies/parts.py"])
    )


def test_an_object_with_members_that_nobody_names_has_no_type() -> None:
    assert "class Loose" not in WRITTEN["bodies/parts.py"]
    assert "Loose" not in WRITTEN["bodies/__init__.pyi"]
    assert read_shapes("bodies/parts.py")["Loose"] == {"kind": ("kind", "str"), "*": ("*", "any")}


def test_everything_written_is_python() -> None:
    assert [ast.parse(text) is not None for text in WRITTEN.values()] == [True] * len(WRITTEN)
