from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.policies import check_statements
from flagstaff.kernel.errors import InvalidRequest
from tests.support.server import TestServer

ON = {"effect": "allow", "resources": ["proj/*:env/*:flag/*"], "actions": ["updateOn"]}
ALL_BUT_VIEW = {"effect": "deny", "notResources": ["proj/a"], "notActions": ["view*"]}
# Where policies are sent: how a body holds one, and how it is refused.
PLACES = {
    "/api/v2/roles": ("policy", {"key": "new", "name": "New"}),
    "/api/v2/tokens": ("inlineRole", {"name": "New"}),
    "/api/v2/webhooks": ("statements", {"url": "https://example.com", "on": False, "sign": False}),
    "/api/v2/account/relay-auto-configs": ("policy", {"name": "New"}),
}

FINE = Statement("allow", resources=("proj/*",), actions=("*",))


def test_statements_that_hold_are_returned():
    assert check_statements((FINE,)) == (FINE,)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (Statement("allow", resources=("proj/*",)), "$.policy[1].actions"),
        (Statement("allow", actions=("*",)), "$.policy[1].resources"),
        (Statement("allow", resources=("car/*",), actions=("*",)), "$.policy[1].resources[0]"),
        (
            Statement("deny", resources=("proj/*",), not_resources=("proj/a",), actions=("*",)),
            "$.policy[1].notResources",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(statement, where):
    with pytest.raises(InvalidRequest) as refused:
        check_statements((FINE, statement))
    assert f"at `{where}`" in refused.value.message


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"actions": None}, "[0].actions"),
        ({"notActions": ["updateOn"]}, "[0].notActions"),
        ({"resources": None}, "[0].resources"),
        ({"notResources": ["proj/b"]}, "[0].notResources"),
        ({"resources": ["proj"]}, "[0].resources[0]"),
        ({"resources": ["flag/b"]}, "[0].resources[0]"),
        ({"resources": ["proj/*:env/"]}, "[0].resources[0]"),
        ({"actions": ["update On"]}, "[0].actions[0]"),
        ({"effect": "ask"}, "[0].effect"),
    ],
)
def test_a_faulty_policy_is_refused_wherever_one_is_sent(
    server: TestServer, change: dict[str, Any], where: str
) -> None:
    before = server.count("audit_log")
    for path, (member, body) in PLACES.items():
        answer = server.post(path, body | {member: [ON | change]})

        assert (answer.status, answer.code) == (400, "invalid_request"), path
        assert f"$.{member}{where}" in answer.message, path
    assert server.count("audit_log") == before


def test_what_holds_is_kept_as_it_came_with_actions_of_long_ago(server: TestServer) -> None:
    policy = [ON | {"actions": ["anActionOfLongAgo"]}, ALL_BUT_VIEW]
    for path, (member, body) in PLACES.items():
        answer = server.post(path, body | {member: policy})

        assert answer.status in {200, 201}, answer
        assert answer.json[member] == policy
