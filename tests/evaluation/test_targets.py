"""Targets: individual contexts, tried in their order."""

from typing import Any

import pytest

from tests.support.sdk_data import (
    a_flag,
    a_target,
    evaluate,
)

BOTH = {
    "targets": [a_target(2, "a", "b"), a_target(1, "c", "a")],
    "contextTargets": [
        a_target(1, "a", contextKind="org"),
        a_target(2, contextKind="user"),
        a_target(2, "b", contextKind="org"),
        a_target(1, contextKind="user"),
    ],
}


@pytest.mark.parametrize(
    ("members", "context", "index"),
    [
        ({"targets": [a_target(2, "a"), a_target(1, "a", "b")]}, {"key": "a"}, 2),
        ({"targets": [a_target(2, "a"), a_target(1, "a", "b")]}, {"key": "b"}, 1),
        ({"targets": [a_target(2, "a")]}, {"key": "c"}, 0),
        ({"targets": [a_target(2, "a")]}, {"kind": "org", "key": "a"}, 0),
        ({"targets": [a_target(2, "a")]}, {"kind": "multi", "user": {"key": "a"}, "org": {"key": "x"}}, 2),
        (BOTH, {"key": "a"}, 2),
        (BOTH, {"key": "c"}, 1),
        (BOTH, {"kind": "org", "key": "a"}, 1),
        (BOTH, {"kind": "org", "key": "b"}, 2),
        (BOTH, {"kind": "org", "key": "c"}, 0),
        (BOTH, {"kind": "multi", "user": {"key": "b"}, "org": {"key": "a"}}, 1),
        (BOTH, {"kind": "multi", "user": {"key": "a"}, "org": {"key": "x"}}, 2),
        (BOTH, {"kind": "multi", "user": {"key": "c"}, "org": {"key": "b"}}, 2),
        (BOTH, {"kind": "multi", "user": {"key": "x"}, "org": {"key": "x"}}, 0),
        (
            {"targets": [a_target(2, "a")], "contextTargets": [a_target(1, "x", contextKind="org")]},
            {"key": "a"},
            0,
        ),
        ({"targets": [a_target(2, "a"), a_target(2, "b")], "contextTargets": [a_target(2)]}, {"key": "b"}, 0),
        (
            {"targets": [a_target(2, "a")], "contextTargets": [a_target(1, contextKind="user")]},
            {"key": "a"},
            0,
        ),
        ({"targets": None, "contextTargets": None}, {"key": "a"}, 0),
        ({"targets": [a_target(2, "")]}, {"key": ""}, 2),
    ],
)
def test_targets_are_tried_in_their_order(members: dict[str, Any], context: Any, index: int) -> None:
    assert evaluate(a_flag(**members), context).variation_index == index


def test_keys_of_users_in_context_targets_count() -> None:
    """Go's way; Python, Java and JavaScript look for users in `targets` only."""
    flag = a_flag(targets=[a_target(2, "b")], contextTargets=[a_target(2, "a", contextKind="user")])
    assert evaluate(flag, {"key": "a"}).variation_index == 2
    assert evaluate(flag, {"key": "b"}).variation_index == 0
