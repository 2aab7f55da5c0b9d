"""Python annotations out of kinds."""

import pytest

from generator.annotations import Annotations, list_imports, order_families
from generator.table import find_shape
from launch_darkly_python_sdk.kinds import parse_kind
from tests.generator.tables import a_shape, a_table

TABLE = a_table(shapes=(a_shape("Thing"), a_shape("Open", **{"*": "any"})))


@pytest.mark.parametrize(
    ("kind", "given", "answered"),
    [
        ("str", "str", "str"),
        ("millis", "int", "int"),
        ("[Thing]", "Sequence[bodies.Thing]", "builtins.list[models.Thing]"),
        ("{[any]}", "Mapping[str, Sequence[Any]]", "dict[str, builtins.list[Any]]"),
        ("Open", "Mapping[str, Any]", "models.Open"),
    ],
)
def test_what_is_given_may_be_more_than_what_is_answered(kind: str, given: str, answered: str) -> None:
    annotations = Annotations(TABLE, bodies="bodies.", models="models.", in_class=True)
    assert (annotations.given(kind), annotations.answered(kind)) == (given, answered)


def test_lists_in_a_query_may_be_single_texts() -> None:
    assert Annotations(TABLE).in_query("[str]") == "str | Sequence[str]"
    assert Annotations(TABLE).in_query("int") == "int"
    assert Annotations(TABLE).answered("") == "None"


def test_shapes_of_other_families_are_imported() -> None:
    shapes = [a_shape("A", own="B", other="[C]"), a_shape("B")]
    table = a_table(shapes=(*shapes, a_shape("C", "others")))
    assert order_families(list(table.shapes.values())).keys() == {"things", "others"}
    lines = list_imports(shapes, table, lambda kind: find_shape(parse_kind(kind)), "package")
    assert lines == ["from package.others import C"]
