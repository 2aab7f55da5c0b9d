import pytest

from flagstaff.access.decision import MOST_SEEN, Caller, Decision, decide, decide_everywhere, is_visible
from flagstaff.access.roles import BUILT_IN
from flagstaff.access.specifiers import project_resource, top_resource
from tests.access.builders import (
    ACCOUNT,
    MEMBER,
    OTHER,
    TOKEN,
    a_flag,
    a_member,
    a_personal_token,
    a_policy,
    a_project,
    a_service_token,
    a_token_of,
    allow,
    an_environment,
    deny,
    read_policy,
)

ALLOWED, FORBIDDEN, HIDDEN = Decision.ALLOWED, Decision.FORBIDDEN, Decision.HIDDEN
STAGING = an_environment("staging")
TOGGLES = a_policy(allow("proj/*:env/staging:flag/*", "updateOn"))
NO_PRODUCTION = a_policy(allow("proj/*:env/*:flag/*"), deny("proj/*:env/production:flag/*"))


def test_what_no_policy_allows_is_forbidden():
    assert decide(a_member(TOGGLES), "updateOn", a_flag(environment=STAGING)) is ALLOWED
    assert decide(a_member(TOGGLES), "updateRules", a_flag(environment=STAGING)) is FORBIDDEN
    assert decide(a_member(TOGGLES), "updateOn", a_flag()) is FORBIDDEN


def test_whoever_may_change_rules_may_describe_them_where_nothing_else_is_said_of_that():
    rules, describe = allow("proj/*:env/*:flag/*", "updateRules"), "updateFlagRuleDescription"
    assert decide(a_member(a_policy(rules)), describe, a_flag()) is ALLOWED
    for denied in (describe, "updateRules"):
        policy = a_policy(rules, deny("proj/*:env/production:flag/*", denied))
        assert decide(a_member(policy), describe, a_flag()) is FORBIDDEN
        assert decide(a_member(policy), describe, a_flag(environment=STAGING)) is ALLOWED


def test_a_caller_without_policies_sees_nothing():
    assert decide(a_member(), "viewProject", a_project()) is HIDDEN
    assert decide(a_member(), "updateOn", a_flag()) is HIDDEN


@pytest.mark.parametrize("grants", [(NO_PRODUCTION, BUILT_IN["writer"]), (BUILT_IN["writer"], NO_PRODUCTION)])
def test_one_policy_that_allows_is_enough_even_if_another_denies(grants):
    assert decide(a_member(NO_PRODUCTION), "updateOn", a_flag()) is FORBIDDEN
    assert decide(a_member(*grants), "updateOn", a_flag()) is ALLOWED


@pytest.mark.parametrize(
    ("policy", "action", "resource", "expected"),
    [
        # base reader: shown unless denied by a view action, an allow adds nothing
        (a_policy(), "viewProject", a_project(), ALLOWED),
        (a_policy(deny("proj/default", "viewProject")), "viewProject", a_project(), HIDDEN),
        (a_policy(deny("proj/default", "viewProject")), "viewProject", a_project("other"), ALLOWED),
        (a_policy(deny("proj/default")), "viewProject", a_project(), HIDDEN),
        (a_policy(deny("proj/default", "update*")), "viewProject", a_project(), ALLOWED),
        (a_policy(deny("proj/*;secret", "viewProject")), "viewProject", a_project(tags="secret"), HIDDEN),
        (a_policy(deny("proj/*:env/*:flag/*")), "viewProject", a_flag(), ALLOWED),
        (a_policy(), "viewTeam", top_resource("team", "web"), ALLOWED),
        (a_policy(deny("team/web", "viewTeam")), "viewTeam", top_resource("team", "web"), HIDDEN),
        (a_policy(deny("template/*", "viewTemplate")), "viewTemplate", top_resource("template", "t"), HIDDEN),
        (a_policy(), "viewSdkKey", an_environment(), ALLOWED),
        (a_policy(deny("proj/*:env/production", "viewSdkKey")), "viewSdkKey", an_environment(), FORBIDDEN),
        # base no_access: hidden until an allow shows it
        (a_policy(base="no_access"), "viewProject", a_project(), HIDDEN),
        (
            a_policy(allow("proj/default", "viewProject"), base="no_access"),
            "viewProject",
            a_project(),
            ALLOWED,
        ),
        (a_policy(allow("proj/default", "viewProject"), base="no_access"), "viewProject", a_flag(), ALLOWED),
        (a_policy(allow("proj/default"), base="no_access"), "viewProject", a_project(), ALLOWED),
        (a_policy(allow("proj/a"), base="no_access"), "viewProject", a_project(), HIDDEN),
        (a_policy(base="no_access"), "viewTeam", top_resource("team", "web"), HIDDEN),
        (
            a_policy(allow("team/web", "viewTeam"), base="no_access"),
            "viewTeam",
            top_resource("team", "web"),
            ALLOWED,
        ),
        (
            a_policy(allow("proj/default", "viewProject"), base="no_access"),
            "viewSdkKey",
            an_environment(),
            FORBIDDEN,
        ),
        # tokens of one's own
        (a_policy(), "createAccessToken", a_token_of(MEMBER), ALLOWED),
        (a_policy(), "createAccessToken", a_token_of(OTHER), FORBIDDEN),
        (a_policy(), "deleteAccessToken", a_token_of(MEMBER), FORBIDDEN),
        (a_policy(), "createAccessToken", top_resource("service-token", "new"), FORBIDDEN),
        (a_policy(deny("member/*:token/*")), "createAccessToken", a_token_of(MEMBER), FORBIDDEN),
        (a_policy(base="no_access"), "createAccessToken", a_token_of(MEMBER), FORBIDDEN),
        (a_policy(allow("member/*:token/*")), "resetAccessToken", a_token_of(OTHER), ALLOWED),
        (a_policy(allow("member/${self}:token/*")), "resetAccessToken", a_token_of(MEMBER), ALLOWED),
        (a_policy(allow("member/${self}:token/*")), "resetAccessToken", a_token_of(OTHER), HIDDEN),
    ],
)
def test_base_permissions_and_their_exceptions(policy, action, resource, expected):
    assert decide(a_member(policy), action, resource) is expected


def test_an_allowed_action_on_something_hidden_is_still_hidden():
    blind = a_policy(allow("proj/*:env/*:flag/*"), base="no_access")
    assert decide(a_member(blind), "updateOn", a_flag()) is HIDDEN
    guarded = a_policy(allow("proj/*:env/*:flag/*"), deny("proj/default", "viewProject"))
    assert decide(a_member(guarded), "updateOn", a_flag()) is HIDDEN
    assert (
        decide(a_member(guarded), "updateOn", a_flag(environment=an_environment(project=a_project("a"))))
        is ALLOWED
    )


def test_sight_may_come_from_another_policy_than_the_permission():
    blind = a_policy(allow("proj/*:env/*:flag/*"), base="no_access")
    seeing = a_policy(allow("proj/*", "viewProject"), base="no_access")
    assert decide(a_member(blind, seeing), "updateOn", a_flag()) is ALLOWED


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("createProject", a_project("new")),
        ("createWebhook", top_resource("webhook", "new")),
        ("createTeam", top_resource("team", "new")),
        ("createAccessToken", a_token_of(OTHER)),
    ],
)
def test_what_is_about_to_be_made_is_never_hidden(action, resource):
    creator = a_policy(allow(resource.text, action), base="no_access")
    assert decide(a_member(a_policy(base="no_access")), action, resource) is FORBIDDEN
    assert decide(a_member(creator), action, resource) is ALLOWED


def test_nothing_is_made_inside_a_hidden_project():
    creator = a_policy(allow("proj/*:env/*"), base="no_access")
    assert decide(a_member(creator), "createEnvironment", an_environment("new")) is HIDDEN


@pytest.mark.parametrize(
    ("policy", "resource", "visible"),
    [
        (a_policy(), top_resource("webhook", "w"), True),
        (a_policy(deny("webhook/*")), top_resource("webhook", "w"), True),
        (a_policy(base="no_access"), top_resource("webhook", "w"), False),
        (a_policy(allow("webhook/w", "updateName"), base="no_access"), top_resource("webhook", "w"), True),
        (a_policy(allow("webhook/w", "updateName"), base="no_access"), top_resource("webhook", "x"), False),
        (
            a_policy(allow("webhook/*", "update*"), deny("webhook/w"), base="no_access"),
            top_resource("webhook", "w"),
            False,
        ),
        (a_policy(base="no_access"), ACCOUNT, True),
        (a_policy(base="no_access"), top_resource("member", MEMBER), True),
        (a_policy(base="no_access"), top_resource("member", OTHER), False),
        (a_policy(base="no_access"), a_token_of(MEMBER), True),
        (a_policy(), a_token_of(OTHER), False),
        (a_policy(allow("member/*:token/*", "deleteAccessToken")), a_token_of(OTHER), True),
        (a_policy(), top_resource("service-token", "s"), True),
    ],
)
def test_types_without_a_view_action_are_shown_by_the_base_or_by_any_permission(policy, resource, visible):
    assert is_visible(a_member(policy), resource) is visible


def test_a_service_token_sees_itself():
    blind = a_service_token(a_policy(base="no_access"))
    assert is_visible(blind, top_resource("service-token", TOKEN))
    assert not is_visible(blind, top_resource("service-token", "another"))


@pytest.mark.parametrize(
    ("owner", "cap", "action", "expected"),
    [
        ("writer", "writer", "updateOn", ALLOWED),
        ("writer", "reader", "updateOn", FORBIDDEN),
        ("reader", "writer", "updateOn", FORBIDDEN),
        ("no_access", "admin", "updateOn", HIDDEN),
        ("admin", "no_access", "updateOn", HIDDEN),
        ("no_access", "admin", "viewProject", HIDDEN),
        ("admin", "no_access", "viewProject", HIDDEN),
        ("admin", "reader", "viewProject", ALLOWED),
    ],
)
def test_a_personal_token_may_what_both_its_owner_and_itself_may(owner, cap, action, expected):
    token = a_personal_token(BUILT_IN[cap], owner=(BUILT_IN[owner],))
    assert decide(token, action, a_flag()) is expected


def test_the_policies_of_a_cap_are_joined_like_those_of_a_member():
    token = a_personal_token(NO_PRODUCTION, TOGGLES, owner=(BUILT_IN["writer"],))
    assert decide(token, "updateOn", a_flag(environment=STAGING)) is ALLOWED
    assert decide(token, "updateOn", a_flag()) is FORBIDDEN


def test_a_cap_without_policies_allows_nothing():
    assert decide(a_personal_token(owner=(BUILT_IN["owner"],)), "updateOn", a_flag()) is HIDDEN


def test_a_service_token_has_its_own_policy_alone():
    token = a_service_token(TOGGLES)
    assert decide(token, "updateOn", a_flag(environment=STAGING)) is ALLOWED
    assert decide(token, "updateOn", a_flag()) is FORBIDDEN


def test_a_token_does_not_manage_its_owners_tokens_unless_its_policy_names_them():
    owner = (BUILT_IN["owner"],)
    implied = a_personal_token(a_policy(allow("member/${self}:token/*")), owner=owner)
    assert decide(implied, "resetAccessToken", a_token_of(MEMBER)) is FORBIDDEN
    assert (
        decide(a_personal_token(a_policy(), owner=owner), "createAccessToken", a_token_of(MEMBER))
        is FORBIDDEN
    )
    named = a_personal_token(a_policy(allow(f"member/{MEMBER}:token/*")), owner=owner)
    assert decide(named, "resetAccessToken", a_token_of(MEMBER)) is ALLOWED


def test_a_role_attribute_can_not_pose_as_the_caller():
    posing = Caller(
        "token", MEMBER, TOKEN, "t", (BUILT_IN["owner"],), (BUILT_IN["writer"],), {"${self}": (MEMBER,)}
    )
    assert decide(posing, "resetAccessToken", a_token_of(MEMBER)) is FORBIDDEN
    member = a_member(BUILT_IN["writer"], attributes={"${self}": (OTHER,)})
    assert decide(member, "resetAccessToken", a_token_of(OTHER)) is HIDDEN


def test_role_attributes_fill_the_policies_of_grants_and_of_caps():
    role = a_policy(allow("proj/${roleAttribute/projects}:env/*:flag/*"))
    attributes = {"projects": ("shop", "default")}
    assert decide(a_member(role, attributes=attributes), "updateOn", a_flag()) is ALLOWED
    assert decide(a_member(role), "updateOn", a_flag()) is FORBIDDEN
    capped = Caller("token", MEMBER, TOKEN, "t", (BUILT_IN["owner"],), (role,), attributes)
    assert decide(capped, "updateOn", a_flag()) is ALLOWED
    other = a_flag(environment=an_environment(project=a_project("other")))
    assert decide(capped, "updateOn", other) is FORBIDDEN


ONLY_TEST = a_policy(allow("proj/*:env/test:flag/*"))
BLIND = a_policy(base="no_access")


@pytest.mark.parametrize(
    ("policy", "environments", "expected"),
    [
        (BUILT_IN["writer"], ["test", "production"], ALLOWED),
        (ONLY_TEST, ["test"], ALLOWED),
        (ONLY_TEST, ["test", "production"], FORBIDDEN),
        (NO_PRODUCTION, ["test", "staging"], ALLOWED),
        (NO_PRODUCTION, ["test", "production"], FORBIDDEN),
        (BLIND, ["test", "production"], HIDDEN),
        (BUILT_IN["owner"], [], FORBIDDEN),
    ],
)
def test_a_flag_wide_change_needs_the_action_in_every_environment(policy, environments, expected):
    flags = [a_flag(environment=an_environment(key)) for key in environments]
    assert decide_everywhere(a_member(policy), "updateTags", flags) is expected


def test_one_hidden_resource_among_many_hides_the_answer():
    policy = a_policy(deny("proj/secret", "viewProject"))
    hidden = a_flag(environment=an_environment(project=a_project("secret")))
    assert decide_everywhere(a_member(policy), "updateOn", [a_flag(), hidden]) is HIDDEN


@pytest.mark.parametrize(
    ("policy", "questions"),
    [
        (
            # one project for members who may see no other
            [
                {"effect": "deny", "actions": ["viewProject"], "notResources": ["proj/shop"]},
                {"effect": "allow", "actions": ["*"], "resources": ["proj/shop:env/*:flag/*"]},
            ],
            [("updateOn", "shop", "test", ALLOWED), ("updateOn", "other", "test", HIDDEN)],
        ),
        (
            # a private project
            [{"effect": "deny", "actions": ["viewProject"], "resources": ["proj/secret"]}],
            [("viewProject", "secret", "test", HIDDEN), ("viewProject", "shop", "test", ALLOWED)],
        ),
        (
            # toggles only, and not in production
            [
                {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/*:flag/*"]},
                {"effect": "deny", "actions": ["*"], "resources": ["proj/*:env/production:flag/*"]},
            ],
            [
                ("updateOn", "shop", "test", ALLOWED),
                ("updateOn", "shop", "production", FORBIDDEN),
                ("updateRules", "shop", "test", FORBIDDEN),
            ],
        ),
        (
            # everything that is no flag of production
            [{"effect": "allow", "actions": ["*"], "notResources": ["proj/*:env/production:flag/*"]}],
            [("updateOn", "shop", "test", ALLOWED), ("updateOn", "shop", "production", FORBIDDEN)],
        ),
        (
            # all but the approvals
            [
                {
                    "effect": "allow",
                    "notActions": ["reviewApprovalRequest", "applyApprovalRequest"],
                    "resources": ["proj/*:env/*:flag/*"],
                }
            ],
            [("updateOn", "shop", "test", ALLOWED), ("applyApprovalRequest", "shop", "test", FORBIDDEN)],
        ),
    ],
)
def test_documented_roles_decide_as_their_descriptions_say(policy, questions):
    caller = a_member(read_policy(policy))
    for action, project, environment, expected in questions:
        flag = a_flag(environment=an_environment(environment, project=a_project(project)))
        assert (action, decide(caller, action, flag)) == (action, expected)


def test_what_is_remembered_of_a_caller_stays_true_and_bounded():
    caller = a_member(a_policy(deny("proj/hidden*", "viewProject")))
    for _ in range(2):
        assert is_visible(caller, project_resource("open").environment("test", critical=False))
        assert not is_visible(caller, project_resource("hidden-1").environment("test", critical=False))
    for number in range(MOST_SEEN + 5):
        assert not is_visible(caller, project_resource(f"hidden-{number}"))
    assert is_visible(caller, project_resource("another"))
    assert len(caller.seen) == MOST_SEEN
