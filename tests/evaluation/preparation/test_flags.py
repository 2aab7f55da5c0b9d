"""What preparing a flag decides; what the prepared flag serves is tested with evaluation."""

from typing import Any

import pytest

from flagstaff.evaluation.model import Flag
from flagstaff.evaluation.preparation.flags import prepare_flag
from tests.support.sdk_data import a_clause, a_flag, a_rollout, a_rule, in_segment


def prepare(**members: Any) -> Flag:
    flag = prepare_flag("flag", a_flag(**members))
    assert flag is not None
    return flag


@pytest.mark.parametrize(
    ("members", "index"),
    [
        ({"on": False, "rules": [a_rule()]}, 1),
        ({}, 0),
        ({"targets": [{"variation": 2, "values": []}]}, 0),
        ({"rules": [a_rule()]}, None),
        ({"targets": [{"variation": 2, "values": ["a"]}]}, None),
        ({"prerequisites": [{"key": "a", "variation": 0}]}, None),
        ({"fallthrough": a_rollout((0, 100_000))}, None),
    ],
)
def test_what_serves_everybody_the_same_is_constant(members: Any, index: int | None) -> None:
    constant = prepare(**members).constant
    assert (constant and constant.index) == index


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, False),
        ({"rules": [a_rule(a_clause("a", "in", 1))]}, False),
        ({"rules": [a_rule(), a_rule(a_clause("a", "in", 1), in_segment("s"))]}, True),
        ({"prerequisites": [{"key": "a", "variation": 0}]}, True),
        ({"prerequisites": [{"key": "a", "variation": 0}], "on": False}, False),
    ],
)
def test_links_to_other_flags_and_segments_are_known(members: Any, expected: bool) -> None:
    assert prepare(**members).has_links is expected


def test_targets_of_one_kind_in_a_row_are_one() -> None:
    targets = [{"variation": 0, "values": ["a", "b"]}, {"variation": 1, "values": ["b", "c"]}]
    (prepared,) = prepare(targets=targets).targets
    assert {key: outcome.index for key, outcome in prepared.outcomes.items()} == {"a": 0, "b": 0, "c": 1}
    split = [
        {"contextKind": "user", "variation": 0, "values": []},
        {"contextKind": "org", "variation": 1, "values": ["o"]},
        {"contextKind": "user", "variation": 1, "values": []},
    ]
    assert [target.kind for target in prepare(targets=targets, contextTargets=split).targets] == [
        "user",
        "org",
        "user",
    ]


def test_a_deleted_flag_is_none() -> None:
    assert prepare_flag("flag", {"version": 2, "deleted": True}) is None
    assert prepare_flag("flag", b'{"version":2,"deleted":true}') is None


@pytest.mark.parametrize("source", [None, [], "", b"\xff", {"rules": 5}, {"deleted": 5}])
def test_an_unreadable_flag_is_malformed_for_everybody(source: Any) -> None:
    flag = prepare_flag("flag", source)
    assert flag is not None
    assert (flag.constant, flag.is_on, flag.malformed.reason["errorKind"]) == (None, True, "MALFORMED_FLAG")


@pytest.mark.parametrize(
    ("members", "seen"),
    [
        ({}, (True, False)),
        ({"clientSideAvailability": None, "clientSide": True}, (True, True)),
        ({"clientSideAvailability": {"usingEnvironmentId": True}}, (False, True)),
        ({"clientSideAvailability": {"usingEnvironmentId": True}, "rules": 5}, (False, True)),
        ({"clientSideAvailability": 5}, (False, False)),
    ],
)
def test_availability_is_read_even_from_malformed_flags(members: Any, seen: tuple[bool, bool]) -> None:
    flag = prepare(**members)
    assert (flag.using_mobile_key, flag.using_environment_id) == seen


def test_clients_do_not_see_what_nobody_can_read() -> None:
    flag = prepare_flag("flag", "no JSON")
    assert flag is not None
    assert (flag.using_mobile_key, flag.using_environment_id) == (False, False)


def test_a_version_that_is_too_large_is_not_told() -> None:
    for version in (2**63, 10**5000, -(10**5000)):
        assert prepare(version=version).opening == b',"flag":{"flagVersion":0'
