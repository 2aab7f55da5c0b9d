import pytest

from flagstaff.features.flags.statuses.model import WEEK, Observed, status_of

NOW = 100 * WEEK


def a_flag(**members):
    old = {
        "key": "checkout",
        "created": NOW - 10 * WEEK,
        "is_on": True,
        "modified": NOW - WEEK,
        "servable": 1,
    }
    return Observed(**(old | {"requested": NOW} | members))


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({"created": NOW, "requested": None}, "new"),
        ({"created": NOW - WEEK + 1, "requested": None}, "new"),
        ({"created": NOW - WEEK, "requested": None}, "inactive"),
        ({"requested": NOW - WEEK - 1}, "inactive"),
        ({"created": NOW - 1, "requested": NOW - 2}, "new"),
        ({"created": NOW - 1, "modified": NOW - 1, "requested": NOW}, "active"),
        ({}, "launched"),
        ({"requested": NOW - WEEK}, "launched"),
        ({"is_on": False}, "active"),
        ({"servable": 2}, "active"),
        ({"modified": NOW - WEEK + 1}, "active"),
    ],
)
def test_a_status_follows_from_age_requests_and_configuration(members, status):
    assert status_of(a_flag(**members), NOW) == status


def test_a_request_for_an_earlier_flag_of_the_same_key_does_not_count():
    assert a_flag(created=NOW, requested=NOW - 1).last_requested is None
    assert a_flag(created=NOW, requested=NOW).last_requested == NOW
