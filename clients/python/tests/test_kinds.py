"""The notation of kinds."""

import pytest

from launch_darkly_python_sdk.kinds import Kind, parse_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("str", Kind("str")),
        ("[int]", Kind("list", Kind("int"))),
        ("{[Link]}", Kind("map", Kind("list", Kind("shape", shape="Link")))),
    ],
)
def test_the_notation_is_read_from_outside_to_inside(text: str, kind: Kind) -> None:
    assert parse_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "has"), [("Link", True), ("[{Link}]", True), ("{any}", False), ("str", False)]
)
def test_a_kind_knows_whether_documented_names_can_occur_in_it(text: str, has: bool) -> None:
    assert parse_kind(text).has_shapes is has
