from flagstaff.access.policies import Statement
from flagstaff.features.accounts.roles.model import Role, role_resource

STATEMENT = Statement("allow", resources=("proj/*",), actions=("*",))


def test_a_role_is_a_policy_under_its_name():
    role = Role(id="r1", key="ops", name="Ops", statements=(STATEMENT,), base="no_access", created=0)
    policy = role.policy
    assert (policy.statements, policy.base, policy.role_name) == ((STATEMENT,), "no_access", "Ops")
    assert role.resource == role_resource("ops")
    assert role.resource.text == "role/ops"
