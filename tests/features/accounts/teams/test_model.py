"""Teams as frozen state."""

from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.teams.model import (
    Grant,
    Team,
    bind_attributes,
    policy_of_grants,
    without_members,
)

TEAM = Team(
    id="t",
    key="night",
    name="Night",
    member_ids=("a", "b"),
    grants=(
        Grant(action_set="maintainTeam", member_ids=("b", "c")),
        Grant(actions=("updateTeamName",), member_ids=("c",)),
    ),
    created=1,
    modified=1,
)


def test_a_team_concerns_its_members_and_whoever_looks_after_it() -> None:
    assert TEAM.concerned == ("a", "b", "c")
    assert TEAM.maintainer_ids == ("b", "c")
    assert Team(id="t", key="k", name="N", created=1, modified=1).maintainer_ids == ()


def test_grants_are_one_more_policy_that_names_the_team_alone() -> None:
    (policy,) = policy_of_grants(TEAM, "c")

    (statement,) = policy.statements
    assert statement.resources == ("team/night",)
    assert statement.actions == (
        "updateTeamMembers", "updateTeamName", "updateTeamPermissionGrants", "viewTeam"
    )  # fmt: skip
    assert policy.base == "no_access"
    assert policy_of_grants(TEAM, "a") == ()


def test_who_is_gone_leaves_members_and_grants_and_no_empty_grant_stays() -> None:
    left = without_members(TEAM, ["b", "c"])

    assert (left.member_ids, left.grants) == (("a",), ())


def test_the_policies_of_a_team_are_bound_even_where_it_has_no_values() -> None:
    policy = Role(id="r", key="ops", name="Ops", statements=(), created=1).policy

    assert bind_attributes([policy], {"b": ("2",), "a": ("1",)})[0].attributes == (
        ("a", ("1",)),
        ("b", ("2",)),
    )
    assert bind_attributes([policy], {})[0].attributes == ()
    assert policy.attributes is None
