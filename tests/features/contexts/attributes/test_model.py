import pytest

from flagstaff.features.contexts.attributes.model import Counts, list_references

COUNTS = Counts({("user", "/email"): 5}, {"user": 10}, {"user": 1_000, "org": 3})


@pytest.mark.parametrize(
    ("kind", "name", "weight"), [("user", "/email", 500), ("user", "/rare", 1), ("org", "/plan", 1)]
)
def test_what_is_in_half_of_the_sample_is_in_half_of_all(kind, name, weight):
    assert COUNTS.weigh(kind, name) == weight


def test_references_lead_to_everything_that_has_a_value():
    context = {
        "kind": "user",
        "key": "ann",
        "anonymous": False,
        "gone": None,
        "a/b~c": 1,
        "address": {"city": "Lund", "kind": "home", "empty": {}},
        "tags": ["x"],
        "deep": {"1": {"2": {"3": {"4": {"5": 6}}}}},
    }
    assert list(list_references(context)) == [
        "/a~1b~0c",
        "/address/city",
        "/address/kind",
        "/address/empty",
        "/tags",
        "/deep/1/2/3/4",
    ]
