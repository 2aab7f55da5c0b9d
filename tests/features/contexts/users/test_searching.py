import pytest

from flagstaff.features.contexts.users.schemas import UserSearchQuery
from flagstaff.features.contexts.users.searching import Order, condition_of, read_order
from flagstaff.kernel.errors import InvalidRequest


@pytest.mark.parametrize(
    ("sort", "search_after", "order"),
    [
        ("", "", Order()),
        ("-userKey", "ann", Order(descending=True, begins=("ann",))),
        ("lastSeen", "17,4", Order(by_time=True, begins=(17, 4))),
    ],
)
def test_an_order_says_where_its_part_begins(sort, search_after, order):
    assert read_order(sort, search_after) == order


@pytest.mark.parametrize(
    ("sort", "search_after"),
    [
        ("name", ""),
        ("userKey,lastSeen", ""),
        ("lastSeen", "ann"),
        ("lastSeen", "1,"),
        ("lastSeen", "1," + "2" * 40),
    ],
)
def test_another_order_is_refused(sort, search_after):
    with pytest.raises(InvalidRequest):
        read_order(sort, search_after)


def test_a_search_for_nothing_meets_everybody():
    assert condition_of(UserSearchQuery()) == ("TRUE", {})
