"""Which environments a policy gives to a Relay Proxy."""

import pytest

from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import Resource, project_resource
from flagstaff.features.projects.relays.model import RelayConfiguration, select_allowed

WEB, APP = project_resource("web"), project_resource("app", ["mobile"])
ENVIRONMENTS = {
    "web test": WEB.environment("test", critical=False),
    "web live": WEB.environment("live", ["eu"], critical=True),
    "app test": APP.environment("test", ["qa_1"], critical=False),
}


def allowing(*resources: str, actions: tuple[str, ...] = ("*",)) -> Statement:
    return Statement("allow", resources=resources, actions=actions)


def denying(*resources: str) -> Statement:
    return Statement("deny", resources=resources, actions=("*",))


@pytest.mark.parametrize(
    ("statements", "allowed"),
    [
        ([], []),
        ([allowing("proj/*:env/*")], ["web test", "web live", "app test"]),
        ([allowing("proj/web:env/*")], ["web test", "web live"]),
        ([allowing("proj/*;mobile:env/*")], ["app test"]),
        ([allowing("proj/*:env/*;qa_*")], ["app test"]),
        ([allowing("proj/*:env/*;{critical:true}")], ["web live"]),
        ([allowing("proj/*:env/*"), denying("proj/*:env/*;eu")], ["web test", "app test"]),
        ([denying("proj/*:env/*"), allowing("proj/web:env/test")], []),
        ([Statement("allow", not_resources=("proj/web:env/*",), actions=("*",))], ["app test"]),
        ([allowing("proj/*")], []),
        ([allowing("proj/*:env/*", actions=("updateName",))], []),
        ([allowing("proj/*:env/*:flag/*")], []),
    ],
)
def test_a_policy_names_environments_by_key_tag_and_property(
    statements: list[Statement], allowed: list[str]
) -> None:
    resources: list[Resource] = list(ENVIRONMENTS.values())

    found = select_allowed(Policy(tuple(statements), "no_access"), resources)

    assert [name for name, is_allowed in zip(ENVIRONMENTS, found, strict=True) if is_allowed] == allowed


def test_a_configuration_without_statements_allows_nothing() -> None:
    relay = RelayConfiguration(id="r", name="Edge", statements=(), key_ending="abcd", created=1, modified=1)

    assert select_allowed(relay.policy, ENVIRONMENTS.values()) == [False, False, False]
    assert relay.resource.text == "relay-proxy-config/r"
