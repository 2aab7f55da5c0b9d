from hypothesis import example, given
from hypothesis import strategies as st

from flagstaff.access.decision import Caller, Decision, decide, explain
from flagstaff.access.policies import Policy
from tests.access.builders import MEMBER, TOKEN, a_flag, a_member, a_policy, allow, deny
from tests.access.reference import VIEWS, expected_decision, statement_speaks
from tests.access.strategies import ACTIONS, ATTRIBUTES, GRANTS, POLICIES, callers, resources

ALLOWED, FORBIDDEN, HIDDEN = Decision.ALLOWED, Decision.FORBIDDEN, Decision.HIDDEN


@given(callers(), st.sampled_from(ACTIONS), resources())
def test_decisions_are_those_of_a_plain_reading_of_the_rules(caller, action, resource):
    decision = decide(caller, action, resource)
    assert decision is expected_decision(caller, action, resource)


@given(callers(), st.sampled_from(ACTIONS), resources())
def test_what_is_allowed_and_nothing_else_is_explained_by_what_allows_it(caller, action, resource):
    found = explain(caller, action, resource)
    assert (found is not None) is (decide(caller, action, resource) is ALLOWED)
    if found is None:
        return
    asked = resource.root if action in VIEWS.values() else resource
    assert (found.capped is None) is (caller.cap is None)
    for reason in filter(None, (found.granted, found.capped)):
        if reason.statement is not None:
            assert reason.statement.effect == "allow"
            assert statement_speaks(reason.statement, action, asked, dict(caller.role_attributes))


RANK = {HIDDEN: 0, FORBIDDEN: 1, ALLOWED: 2}


@given(GRANTS, POLICIES, ATTRIBUTES, st.sampled_from(ACTIONS), resources())
def test_one_more_policy_never_narrows(grants, policy, attributes, action, resource):
    before = decide(a_member(*grants, attributes=attributes), action, resource)
    after = decide(a_member(*grants, policy, attributes=attributes), action, resource)
    assert RANK[after] >= RANK[before]


@given(POLICIES, st.sampled_from(ACTIONS), resources())
def test_a_denial_inside_a_policy_always_wins(policy, action, resource):
    denied = Policy((*policy.statements, deny(resource.text, action)), policy.base)
    assert decide(a_member(denied), action, resource) is not ALLOWED or action == "viewProject"
    assert (
        decide(a_member(Policy((*policy.statements, deny(resource.root.text)))), action, resource) is HIDDEN
    )


@given(GRANTS, GRANTS, ATTRIBUTES, st.sampled_from(ACTIONS), resources())
def test_a_cap_never_widens_and_never_gives_more_than_itself(grants, cap, attributes, action, resource):
    token = Caller("token", MEMBER, TOKEN, "t", grants, cap, attributes)
    allowed = decide(token, action, resource) is ALLOWED
    assert not allowed or decide(a_member(*grants, attributes=attributes), action, resource) is ALLOWED
    assert not allowed or decide(a_member(*cap, attributes=attributes), action, resource) is ALLOWED


@given(resources(), st.sampled_from(ACTIONS))
@example(a_flag(tags="ops mobile"), "updateOn")
def test_a_policy_that_names_the_resource_by_its_own_text_allows_it(resource, action):
    policy = a_policy(allow(resource.text, action))
    assert decide(a_member(policy), action, resource) is ALLOWED
