"""The pages of the reference."""

import re

from generator.pages import write_pages
from generator.table import read_table
from tests.generator.tables import a_row, a_shape, a_table

FIND = a_row("find", query={"name": "str"}, answer="Things", pages="links", beta=True, errors=[404])
DROP = a_row("drop", "DELETE /api/v2/things/{id}", errors=[])
WORDS = {"names": {"id": "Id.", "name": "One | other."}}
PAGES = dict(write_pages(a_table(FIND, DROP, shapes=(a_shape("Things", items="[str]!"),), words=WORDS)))


def test_a_page_tells_each_method_with_arguments_answer_and_errors() -> None:
    assert "## `find` *beta* *pages*\n\nShow one thing.\n\n`GET /api/v2/things/{id}`\n" in PAGES["things.md"]
    assert "| `id` | text, required | Id. |" in PAGES["things.md"]
    assert "Answers [`Things`](shapes/things.md#things); raises NotFound (404)." in PAGES["things.md"]
    assert "## `drop`" in PAGES["things.md"]
    assert PAGES["things.md"].endswith("Answers nothing.\n")


def test_a_bar_does_not_end_a_cell() -> None:
    assert "| `name` | text | One \\| other. |" in PAGES["things.md"]


def test_the_index_leads_to_each_page() -> None:
    assert "| [`things`](things.md) | 2 | Things. |" in PAGES["README.md"]


def test_every_link_to_a_shape_leads_to_its_heading() -> None:
    pages = dict(write_pages(read_table()))
    linked = {
        (path, anchor)
        for text in pages.values()
        for path, anchor in re.findall(r"\]\((?:shapes/)?(\w+\.md)#(\w+)\)", text)
    }
    headings = {
        (name.removeprefix("shapes/"), title.lower())
        for name, text in pages.items()
        for title in re.findall(r"^## (\w+)$", text, re.MULTILINE)
    }
    assert len(linked) > 100
    assert linked - headings == set()
