import pytest

from flagstaff.access.actions import RESOURCE_TYPES
from flagstaff.access.decision import Decision, decide, is_visible
from flagstaff.access.policies import validate_statements
from flagstaff.access.roles import BUILT_IN
from flagstaff.access.specifiers import parse_resource, top_resource
from tests.access.builders import (
    ACCOUNT,
    MEMBER,
    OTHER,
    a_flag,
    a_member,
    a_personal_token,
    a_project,
    a_service_token,
    a_token_of,
    an_environment,
)

ALLOWED, FORBIDDEN, HIDDEN = Decision.ALLOWED, Decision.FORBIDDEN, Decision.HIDDEN
ROLES = ("reader", "writer", "admin", "owner", "no_access")


def test_the_names_are_those_of_members_and_tokens():
    assert tuple(BUILT_IN) == ROLES


@pytest.mark.parametrize("role", ROLES)
def test_built_in_roles_are_ordinary_valid_policies(role):
    assert BUILT_IN[role].statements
    validate_statements(BUILT_IN[role].statements)


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        # action, resource, then the answers for reader, writer, admin, owner, no_access
        ("viewProject", a_project(), "A A A A H"),
        ("viewProject", a_flag(), "A A A A H"),
        ("viewTeam", top_resource("team", "web"), "A A A A H"),
        ("viewTemplate", top_resource("template", "t"), "A A A A H"),
        ("viewSdkKey", an_environment(), "A A A A H"),
        ("createProject", a_project("new"), "F A A A F"),
        ("deleteProject", a_project(), "F A A A H"),
        ("createEnvironment", an_environment("new"), "F A A A H"),
        ("updateApiKey", an_environment(), "F A A A H"),
        ("updateOn", a_flag(), "F A A A H"),
        ("createFlag", a_flag("new"), "F A A A H"),
        ("updateIncluded", an_environment().child("segment", "s"), "F A A A H"),
        ("createMetric", a_project().child("metric", "m"), "F A A A H"),
        ("createDestination", an_environment().child("destination", "d"), "F A A A H"),
        ("deleteUser", an_environment().child("user", "u"), "F A A A H"),
        ("createExperiment", an_environment().child("experiment", "e"), "F A A A H"),
        ("createReleasePipeline", a_project().child("release-pipeline", "r"), "F A A A H"),
        ("createContextKind", a_project().child("context-kind", "k"), "F F A A H"),
        ("createWebhook", top_resource("webhook", "w"), "F A A A F"),
        ("updateOn", top_resource("webhook", "w"), "F A A A H"),
        ("updateOn", top_resource("integration", "i"), "F A A A H"),
        ("createCodeRefsRepository", top_resource("code-reference-repository", "acme/web"), "F A A A F"),
        ("createMember", top_resource("member", "new"), "F F A A F"),
        ("updateRole", top_resource("member", OTHER), "F F A A H"),
        ("updateRole", top_resource("member", MEMBER), "F F A A F"),
        ("createRole", top_resource("role", "new"), "F F A A F"),
        ("updatePolicy", top_resource("role", "r"), "F F A A H"),
        ("createTeam", top_resource("team", "new"), "F F A A F"),
        ("updateTeamMembers", top_resource("team", "web"), "F F A A H"),
        ("updateSessionDuration", ACCOUNT, "F F A A F"),
        ("updateAccountOwner", ACCOUNT, "F F F A F"),
        ("createAccessToken", a_token_of(MEMBER), "A A A A F"),
        ("deleteAccessToken", a_token_of(MEMBER), "F A A A F"),
        ("createAccessToken", a_token_of(OTHER), "F F A A F"),
        ("resetAccessToken", a_token_of(OTHER), "H H A A H"),
        ("createAccessToken", top_resource("service-token", "new"), "F F A A F"),
        ("deleteAccessToken", top_resource("service-token", "s"), "F F A A H"),
    ],
)
def test_what_each_role_may_do(action, resource, expected):
    words = {"A": ALLOWED, "F": FORBIDDEN, "H": HIDDEN}
    decisions = [decide(a_member(BUILT_IN[role]), action, resource) for role in ROLES]
    assert decisions == [words[letter] for letter in expected.split()]


EVERY_RESOURCE = [
    parse_resource(":".join("acct" if part == "acct" else f"{part}/x" for part in path.split(":")))
    for path in RESOURCE_TYPES
]


@pytest.mark.parametrize("resource", EVERY_RESOURCE, ids=lambda resource: resource.path)
def test_the_owner_may_do_everything_and_the_admin_all_but_change_the_owner(resource):
    actions = RESOURCE_TYPES[resource.path].actions
    owner, admin = a_member(BUILT_IN["owner"]), a_member(BUILT_IN["admin"])
    assert {action for action in actions if decide(owner, action, resource) is not ALLOWED} == set()
    refused = {action for action in actions if decide(admin, action, resource) is not ALLOWED}
    assert refused == actions & {"updateAccountOwner"}


@pytest.mark.parametrize("resource", EVERY_RESOURCE, ids=lambda resource: resource.path)
def test_a_reader_sees_everything_but_the_tokens_of_others_and_changes_nothing(resource):
    reader = a_member(BUILT_IN["reader"])
    assert is_visible(reader, resource) is (resource.path != "member:token")
    changes = {
        action
        for action in RESOURCE_TYPES[resource.path].actions
        if not action.startswith("view") and decide(reader, action, resource) is ALLOWED
    }
    assert changes == set()


@pytest.mark.parametrize("resource", EVERY_RESOURCE, ids=lambda resource: resource.path)
def test_without_access_only_the_account_itself_is_seen(resource):
    assert is_visible(a_member(BUILT_IN["no_access"]), resource) is (resource.path == "acct")


@pytest.mark.parametrize("role", ["reader", "writer"])
def test_a_token_below_admin_manages_no_tokens_not_even_its_own(role):
    token = a_personal_token(BUILT_IN[role], owner=(BUILT_IN["owner"],))
    for action in RESOURCE_TYPES["member:token"].actions:
        assert decide(token, action, a_token_of(MEMBER)) is FORBIDDEN


def test_an_admin_token_of_an_admin_manages_tokens():
    token = a_personal_token(BUILT_IN["admin"], owner=(BUILT_IN["admin"],))
    assert decide(token, "resetAccessToken", a_token_of(OTHER)) is ALLOWED
    assert decide(token, "createAccessToken", top_resource("service-token", "new")) is ALLOWED


def test_a_service_token_has_the_rights_of_its_role_and_no_self():
    writer = a_service_token(BUILT_IN["writer"])
    assert decide(writer, "updateOn", a_flag()) is ALLOWED
    assert decide(writer, "createAccessToken", a_token_of(MEMBER)) is FORBIDDEN
    assert decide(writer, "deleteAccessToken", a_token_of(MEMBER)) is HIDDEN
