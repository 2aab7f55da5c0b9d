import msgspec

from flagstaff.features.contexts.users.model import SeenUser
from flagstaff.features.contexts.users.represent import represent_user
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project

PROJECT = Project(id="p1", key="shop", name="Shop", created=0)
ENVIRONMENT = Environment(id="e1", project_id="p1", key="test", name="Test", color="00ff00", created=0)


def test_a_user_is_shown_with_links_that_lead_to_them():
    seen = SeenUser("a/b", 1_000, (), '{"kind":"user","key":"a/b"}')
    shown = msgspec.to_builtins(represent_user(PROJECT, ENVIRONMENT, "m1", seen, None))
    assert shown["lastPing"] == "1970-01-01T00:00:01.000Z"
    assert (shown["environmentId"], shown["ownerId"], shown["user"]) == ("e1", "m1", {"key": "a/b"})
    assert {name: link["href"] for name, link in shown["_links"].items()} == {
        "parent": "/api/v2/users/shop/test",
        "self": "/api/v2/users/shop/test/a%2Fb",
        "settings": "/api/v2/users/shop/test/a%2Fb/flags",
        "site": "/shop/test/users/a%2Fb",
    }
    assert "sortValue" not in shown
    assert represent_user(PROJECT, ENVIRONMENT, "m1", seen, "a/b").sort_value == "a/b"
