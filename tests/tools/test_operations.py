"""The list of operations."""

from pathlib import Path

from flagstaff.access.actions import RESOURCE_TYPES
from flagstaff.http.operations import BY_CHANGE
from flagstaff.rows import OPERATIONS
from tests.support.rows import a_row
from tools.operations import describe_actions, describe_row, describe_rows, find_differences, make_files
from tools.status import BEGIN, END


def test_a_line_tells_what_a_row_is() -> None:
    read = a_row(path="/api/v2/things/{key}", open=True, beta=True, sdk=("things_beta", "list"))
    write = a_row("PATCH", name="patch_thing", action=BY_CHANGE)

    assert describe_row(read) == "getThings GET /api/v2/things/{key} - beta,open,reads things_beta.list"
    assert describe_row(write) == "patchThing PATCH /api/v2/things by-change - things.patch_thing"


def test_every_line_has_as_many_words() -> None:
    lines = describe_rows(OPERATIONS).splitlines()[1:]

    assert len(lines) == len(OPERATIONS)
    assert {len(line.split()) for line in lines} == {6}


def test_lines_stand_in_the_order_of_paths() -> None:
    rows = [a_row("POST", name="post_thing"), a_row(path="/api/v2"), a_row()]

    assert [line.split()[1:3] for line in describe_rows(rows).splitlines()[1:]] == [
        ["GET", "/api/v2"],
        ["GET", "/api/v2/things"],
        ["POST", "/api/v2/things"],
    ]


def test_the_console_is_told_the_actions_of_every_type_of_resource() -> None:
    lines = describe_actions().splitlines()[3:-1]

    assert len(lines) == len(RESOURCE_TYPES)
    assert "  'proj:context-kind': ['createContextKind', 'updateAvailabilityForExperiments'" in "\n".join(
        lines
    )


def test_a_file_that_is_missing_or_old_is_named(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(f"{BEGIN}\n{END}\n")
    files = make_files(tmp_path)
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)

    assert find_differences(tmp_path, files) == [
        "docs/operations.txt is not up to date: make operations",
        "console/src/format/actions.ts is not up to date: make operations",
        "README.md is not up to date: make operations",
    ]
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert find_differences(tmp_path, make_files(tmp_path)) == []
