import msgspec
import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.roles.represent import represent_role


@pytest.mark.parametrize("description", ["", "Who is on call"])
def test_a_role_shows_its_policy_and_a_description_where_it_has_one(description):
    statement = Statement("allow", resources=("proj/*",), actions=("*",))
    role = Role(id="r1", key="ops", name="Ops", description=description, statements=(statement,), created=0)
    assert msgspec.json.decode(msgspec.json.encode(represent_role(role))) == {
        "_id": "r1",
        "_links": {
            "self": {"href": "/api/v2/roles/ops", "type": "application/json"},
            "parent": {"href": "/api/v2/roles", "type": "application/json"},
        },
        "key": "ops",
        "name": "Ops",
        "policy": [{"effect": "allow", "resources": ["proj/*"], "actions": ["*"]}],
        "basePermissions": "reader",
    } | ({"description": description} if description else {})
