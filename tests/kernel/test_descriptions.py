"""Differences as sentences."""

from typing import Any

import msgspec
import pytest

from flagstaff.kernel.descriptions import TAGS, Wording, describe_change
from flagstaff.kernel.markdown import quote

WORDING = Wording(
    texts={"name": "name", "place.host": "host"},
    switches={"on": ("Turned on", "Turned off")},
    lists=TAGS | {"keys": ("the key", quote)},
    unshown={"secret": "secret", "limits": "limits"},
)


class Place(msgspec.Struct, frozen=True):
    host: str


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    name: str = ""
    place: Place = Place("a")
    version: int = 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"name": "a"}, {"name": "a"}, ""),
        ({"name": "a"}, {"name": "b"}, "- Changed the name from ~~`a`~~ to `b`"),
        ({"name": ""}, {"name": "b"}, "- Set the name to `b`"),
        ({"name": "a"}, {"name": None}, "- Removed the name ~~`a`~~"),
        ({"on": False}, {"on": True}, "- Turned on"),
        ({"on": True}, {"on": False}, "- Turned off"),
        ({"secret": "s3"}, {"secret": "s4"}, "- Changed the secret"),
        ({"limits": {"a": 1}}, {"limits": {"a": 2}}, "- Changed the limits"),
        ({"tags": ("a", "b")}, {"tags": ("b", "c")}, "- Added tag `c`\n\n- Removed tag ~~`a`~~"),
        ({"keys": ()}, {"keys": ("k",)}, "- Added the key `k`"),
        ({"other": 1}, {"other": 2}, ""),
        ({}, {"name": "b"}, ""),
    ],
)
def test_every_difference_is_one_item(before: dict[str, Any], after: dict[str, Any], said: str) -> None:
    assert describe_change(before, after, WORDING) == said


def test_structs_are_compared_with_what_is_inside_them() -> None:
    said = describe_change(Thing(), Thing(name="b", place=Place("c"), version=2), WORDING)

    assert said == "- Set the name to `b`\n\n- Changed the host from ~~`a`~~ to `c`"
