"""What the audit log keeps of each format of a patch."""

from typing import Any

import pytest

from flagstaff.http.patch_notes import note_patch
from flagstaff.kernel.patches import PatchFormat, parse_patch

HIDDEN = {"secret"}


def note(body: Any, *, semantic: bool = False) -> dict[str, Any]:
    return note_patch(parse_patch(body, semantic=semantic, allowed=PatchFormat), HIDDEN)


def test_the_operations_of_a_json_patch_are_its_delta() -> None:
    operations = [
        {"op": "test", "path": "/name", "value": "Old"},
        {"op": "copy", "path": "/a", "from": "/name"},
        {"op": "remove", "path": "/tags/0"},
    ]

    assert note(operations) == {"delta": operations}
    assert note({"patch": operations, "comment": "Why"}) == {"delta": operations}


def test_a_merge_patch_is_kept_as_it_came() -> None:
    assert note({"name": "New", "tags": None}) == {"merge": {"name": "New", "tags": None}}


def test_instructions_are_told_by_the_description_alone() -> None:
    assert note({"instructions": [{"kind": "turnFlagOn"}]}, semantic=True) == {}


@pytest.mark.parametrize(
    ("operation", "kept"),
    [
        ({"op": "add", "path": "/secret", "value": "s3"}, "****"),
        ({"op": "test", "path": "/secret/0", "value": "s3"}, "****"),
        (
            {"op": "replace", "path": "", "value": {"secret": "s3", "on": True}},
            {"secret": "****", "on": True},
        ),
        ({"op": "add", "path": "/secretary", "value": "Ada"}, "Ada"),
    ],
)
def test_what_must_not_stay_is_left_out_of_a_json_patch(operation: dict[str, Any], kept: Any) -> None:
    assert note([operation]) == {"delta": [operation | {"value": kept}]}


def test_what_must_not_stay_is_left_out_of_a_merge_patch() -> None:
    assert note({"secret": "s3", "on": True}) == {"merge": {"secret": "****", "on": True}}
