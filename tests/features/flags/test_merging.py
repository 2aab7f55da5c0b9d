import pytest

from flagstaff.features.flags.merging import merge_operations
from flagstaff.kernel.json_patch import Add, Remove

DOCUMENT = {"name": "x", "tags": [1], "a/b": {"m~n": 1, "gone": 2}, "variations": []}


@pytest.mark.parametrize(
    ("merge", "operations"),
    [
        ({"name": "y"}, [Add("/name", "y")]),
        ({"name": None}, [Remove("/name")]),
        ({"absent": None}, []),
        ({"tags": {"0": 5}}, [Add("/tags", {"0": 5})]),
        ({"a/b": {"m~n": 2, "gone": None}}, [Remove("/a~1b/gone"), Add("/a~1b/m~0n", 2)]),
        ({"a/b": 3}, [Add("/a~1b", 3)]),
        (
            {"new": {"kept": 1, "dropped": None, "deep": {"dropped": None}}},
            [Add("/new", {"kept": 1, "deep": {}})],
        ),
        ({"a/b": {}}, []),
        (
            {"name": "y", "tags": None, "variations": [7]},
            [Add("/variations", [7]), Remove("/tags"), Add("/name", "y")],
        ),
    ],
)
def test_a_merge_is_said_in_operations(merge, operations):
    assert merge_operations(DOCUMENT, merge) == operations
