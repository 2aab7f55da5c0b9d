import pytest

from flagstaff.features.segments.nesting import find_cycle

USES = {"staff": ["admins"], "admins": ["owners"], "friends": ["beta"], "loop": ["loop"]}


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ({"beta"}, ["beta", "beta"]),
        ({"friends"}, ["beta", "friends", "beta"]),
        ({"staff", "friends"}, ["beta", "friends", "beta"]),
        ({"staff"}, []),
        ({"staff", "admins", "owners"}, []),
        (set(), []),
    ],
)
def test_the_way_back_to_a_segment_is_found(asked, way):
    assert find_cycle("beta", asked, USES) == way


def test_a_circle_of_others_is_walked_once():
    assert find_cycle("beta", {"loop"}, USES) == []
