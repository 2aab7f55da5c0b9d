"""The classes of answers, and their stubs."""

import ast

from generator.models import list_names, write_directory, write_models
from generator.table import Member
from tests.generator.tables import a_row, a_shape, a_table

THING = a_shape("Thing", _id="str!", ownerId="str", parts="[Part]!")
PART = a_shape("Part", "parts", size="int")
UNUSED = a_shape("Unused", "parts", size="int")
WRITTEN = dict(write_models(a_table(a_row(answer="Thing"), shapes=(THING, PART, UNUSED))))


def test_what_is_answered_has_a_class_with_its_fields() -> None:
    assert "class Thing(Answer):" in WRITTEN["models/things.py"]
    assert '"owner_id": ("ownerId", "str"),' in WRITTEN["models/things.py"]
    assert "Unused" not in "".join(WRITTEN.values())


def test_a_stub_says_what_may_be_missing_and_reads_under_both_names() -> None:
    stub = WRITTEN["models/things.pyi"]
    ast.parse(stub)
    assert "def id(self) -> str: ..." in stub
    assert "def owner_id(self) -> str | None: ..." in stub
    assert "def parts(self) -> list[Part]: ..." in stub
    assert 'name: Literal["owner_id", "ownerId"]) -> str | None: ...' in stub
    assert "from launch_darkly_python_sdk.models.parts import Part" in stub


def test_a_class_of_one_type_needs_no_overloads() -> None:
    assert "@overload" not in WRITTEN["models/parts.pyi"]
    assert "@overload" in WRITTEN["models/things.pyi"]


def test_the_directory_names_the_module_of_each_class() -> None:
    names: dict[str, object] = {"__name__": "models"}
    exec(compile(write_directory("Things.", [THING, PART]), "generated", "exec"), names)
    assert names["MODULES"] == {"Thing": "things", "Part": "parts"}


def test_a_member_whose_names_are_the_same_has_one() -> None:
    assert list_names(Member("name", "str", required=True)) == ["name"]
    assert list_names(Member("_links", "any", required=True)) == ["links", "_links"]
