import pytest

from flagstaff.features.console.streams.subscriptions import Subscriptions


@pytest.mark.parametrize(
    ("projects", "project", "wanted"),
    [
        ({"shop"}, "shop", True),
        ({"shop"}, "other", False),
        ({"shop"}, "", False),
        ({"*"}, "other", True),
        ({"*"}, "", True),
        (set(), "shop", False),
    ],
)
def test_changes_are_wanted_by_project(projects: set[str], project: str, wanted: bool) -> None:
    asked = Subscriptions(frozenset(projects), (), None, lambda _: None)
    assert asked.wants(project) is wanted
