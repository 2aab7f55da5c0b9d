"""The pages of shapes."""

import pytest

from generator.shapes import link_kind, write_shapes
from tests.generator.tables import a_shape, a_table

THING = a_shape("Thing", ownerId="str!", parts="[Part]", made="millis")
PART = a_shape("Part", "parts", **{"*": "any", "kind": "str!"})
TABLE = a_table(shapes=(THING, PART))
PAGES = dict(write_shapes(TABLE, "<!-- note -->"))


def test_a_page_has_the_shapes_of_a_family_with_both_names_of_their_members() -> None:
    page = PAGES["shapes/things.md"]
    assert page.startswith("<!-- note -->\n\n# Shapes: things\n\n## Thing\n")
    assert "| `owner_id` | `ownerId` | text | always there |" in page
    assert "| `parts` | `parts` | list of [`Part`](parts.md#part) |  |" in page
    assert "| `made` | `made` | Unix milliseconds |  |" in page


def test_an_open_shape_says_so() -> None:
    assert "further members" in PAGES["shapes/parts.md"]
    assert "further members" not in PAGES["shapes/things.md"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("[str]", "list of text"),
        ("{[Thing]}", "dictionary of list of [`Thing`](shapes/things.md#thing)"),
        ("Part", "[`Part`](shapes/parts.md#part)"),
    ],
)
def test_a_kind_leads_to_its_shape(kind: str, words: str) -> None:
    assert link_kind(TABLE, kind) == words
