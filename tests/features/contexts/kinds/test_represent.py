import msgspec

from flagstaff.features.contexts.kinds.model import default_kind
from flagstaff.features.contexts.kinds.represent import represent_kind
from flagstaff.features.projects.model import Project

PROJECT = Project(id="a1", key="shop", name="Shop", created=5)


def test_a_kind_that_nothing_was_seen_of_has_no_last_seen():
    shown = msgspec.to_builtins(represent_kind(PROJECT, default_kind(PROJECT), None))
    assert shown == {
        "key": "user",
        "name": "User",
        "description": "",
        "version": 1,
        "creationDate": 5,
        "lastModified": 5,
        "createdFrom": "default",
        "hideInTargeting": False,
        "archived": False,
        "_links": {
            "parent": {"href": "/api/v2/projects/shop/context-kinds", "type": "application/json"},
            "self": {"href": "/api/v2/projects/shop/context-kinds/user", "type": "application/json"},
        },
    }


def test_the_last_evaluation_is_shown_when_there_was_one():
    assert represent_kind(PROJECT, default_kind(PROJECT), 7).last_seen == 7
