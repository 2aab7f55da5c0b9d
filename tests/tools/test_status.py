"""The table of what is offered."""

import pytest

from flagstaff.http.operations import OWN
from flagstaff.rows import OPERATIONS
from tests.support.rows import a_row
from tools.status import BEGIN, END, GROUPS, describe, replace_table


def test_groups_are_counted_and_those_without_any_are_named() -> None:
    rows = [a_row(sdk=("webhooks", "a")), a_row(sdk=("webhooks", "b")), a_row(sdk=("tags", "list"))]

    lines = describe(rows, {"flags": ("status", "evaluated")}).splitlines()

    assert lines[0] == "3 of 258 operations:"
    assert lines[4:6] == ["| `tags` | 1 | 1 |", "| `webhooks` | 2 | 5 |"]
    assert lines[7].startswith("Not offered yet: `access_tokens`, ")
    assert "`tags`" not in lines[7]
    assert lines[9].endswith(": `status`, `evaluated`.")


def test_operations_of_our_own_are_counted_apart() -> None:
    own = f"{OWN[0]}things"
    rows = [a_row(sdk=("webhooks", "a")), a_row(path=own), a_row(path=own)]

    lines = describe(rows, {}).splitlines()

    assert lines[0] == "1 of 258 operations, and 2 that only Flagstaff has:"
    assert lines[4:6] == ["| `webhooks` | 1 | 5 |", ""]


def test_no_group_offers_more_than_there_is() -> None:
    groups = [row.sdk[0] for row in OPERATIONS if not row.is_own]

    assert {group: groups.count(group) for group in groups if groups.count(group) > GROUPS[group]} == {}


def test_the_table_is_put_between_its_marks() -> None:
    text = f"# Title\n{BEGIN}\nold\n{END}\nThe end\n"

    assert replace_table(text, "new") == f"# Title\n{BEGIN}\nnew\n{END}\nThe end\n"


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_text_without_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no place for the table"):
        replace_table(text, "new")
