"""The figures that `make stats` prints."""

from tools.sizes import Size
from tools.stats import count_operations, describe_sizes, describe_slices, sum_slices

ROWS = 'OPERATIONS = (\n    Operation("getFlag"),\n    Operation("patchFlag"),\n)\n'


def test_operation_rows_are_counted_and_other_calls_are_not() -> None:
    assert count_operations(ROWS + 'find("Operation")\nhttp.Operation\n') == 2


def test_a_slice_is_the_sum_of_its_files_at_any_depth() -> None:
    texts = {
        "src/flagstaff/features/flags/operations.py": ROWS,
        "src/flagstaff/features/flags/instructions/rules.py": "a = 1\n",
        "src/flagstaff/features/__init__.py": "",
        "src/flagstaff/http/router.py": "b = 2\n",
    }

    assert sum_slices(texts) == {"flags": (5, 2)}


def test_a_slice_without_operations_has_no_lines_for_each() -> None:
    table = describe_slices({"flags": (150, 2), "targeting": (50, 0)})

    assert [line.split() for line in table[1:4]] == [
        ["flags", "150", "2", "75"],
        ["targeting", "50", "0", "0"],
        ["all", "200", "2", "100"],
    ]


def test_a_distribution_shows_its_middle_its_ninth_tenth_and_its_end() -> None:
    sizes = [Size(f"{lines}.py", lines) for lines in range(1, 11)]

    assert describe_sizes("files", sizes) == "files: 10, median 6, nine in ten up to 9, longest 10 (10.py)"
    assert describe_sizes("files", []) == "files: none"
