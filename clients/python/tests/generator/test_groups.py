"""The modules of groups."""

from typing import Any

from generator.groups import write_groups
from launch_darkly_python_sdk.operation import Operation
from tests.generator.tables import a_row, a_shape, a_table

THING = a_shape("Thing", name="str", id="str!")


def run(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(text, "generated", "exec"), names)
    return names


def test_a_group_states_its_operations_in_both_forms() -> None:
    row = a_row(
        "find", "POST /api/v2/things/{id}", query={"limit": "int"}, answer="[Thing]", reads=True, beta=True
    )
    written = dict(write_groups(a_table(row, shapes=(THING,))))
    group = run(written["groups/things.py"])["Things"]
    operation: Operation = group.find.operation
    assert (operation.name, operation.title) == ("things.find", "POST /api/v2/things/{id}")
    assert {name: one.place for name, one in operation.arguments.items()} == {"id": "path", "limit": "query"}
    assert (operation.answer, operation.beta, operation.repeatable) == ("[Thing]", True, True)
    assert operation.doc.startswith("Show one thing.\n")
    assert group.afind.operation is operation
    assert (group.find.is_awaited, group.afind.is_awaited) == (False, True)


def test_a_patch_states_its_formats_and_is_never_repeated() -> None:
    row = a_row(
        "update", "PATCH /x/{id}", body="[PatchOperation]", patch=["json", "semantic"], environment="path"
    )
    operation = run(dict(write_groups(a_table(row)))["groups/things.py"])["Things"].update.operation
    assert (operation.formats, operation.environment, operation.repeatable) == (
        ("json", "semantic"),
        True,
        False,
    )


def test_the_directories_name_groups_and_what_reads_at_a_path() -> None:
    table = a_table(a_row(), a_row("make", "POST /api/v2/things", body="Thing"), shapes=(THING,))
    written = dict(write_groups(table))
    assert set(written) == {"groups/__init__.py", "groups/paths.py", "groups/things.py"}
    assert run(written["groups/paths.py"])["READING"] == {"/api/v2/things/{id}": ("Things", "things", "get")}
    assert 'things = LazyGroup("Things")' in written["groups/__init__.py"]
