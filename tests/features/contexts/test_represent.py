import msgspec

from flagstaff.features.contexts.model import SeenContext, SeenInstance
from flagstaff.features.contexts.represent import represent_context, represent_instance
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project

PROJECT = Project(id="p1", key="shop", name="Shop", created=0)
ENVIRONMENT = Environment(id="e1", project_id="p1", key="test", name="Test", color="00ff00", created=0)
TEST = "/api/v2/projects/shop/environments/test"


def test_a_context_links_to_itself_in_its_application():
    seen = SeenContext("org", "a/b:c", 'say "hi"', 0, (), '{"kind":"org","key":"a/b:c"}', 2)
    shown = represent_context(PROJECT, ENVIRONMENT, seen)
    assert {name: link.href for name, link in shown.links.items()} == {
        "parent": TEST,
        "self": f"{TEST}/contexts/org/a%2Fb%3Ac?filter=applicationId%3A%22say+%5C%22hi%5C%22%22",
        "site": "/shop/test/contexts/org/a%2Fb%3Ac",
    }
    assert shown.associated_contexts == 2


def test_what_an_instance_does_not_have_is_left_out():
    seen = SeenInstance("dXNlcjph", "", (), 0, '{"kind":"user","key":"a"}')
    shown = msgspec.json.decode(msgspec.json.encode(represent_instance(PROJECT, ENVIRONMENT, seen)))
    assert shown == {
        "lastSeen": "1970-01-01T00:00:00.000Z",
        "id": "dXNlcjph",
        "context": {"kind": "user", "key": "a"},
        "_links": {
            "parent": {"href": TEST, "type": "application/json"},
            "self": {"href": f"{TEST}/context-instances/dXNlcjph", "type": "application/json"},
            "site": {"href": "/shop/test/context-instances/dXNlcjph", "type": "text/html"},
        },
    }
