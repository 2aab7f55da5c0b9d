"""Callers, policies and resources for the tests of access."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import Resource, account_resource, project_resource, top_resource

MEMBER = "5f0000000000000000000001"
OTHER = "5f0000000000000000000002"
TOKEN = "5f0000000000000000000003"


def allow(resources: str, actions: str = "*") -> Statement:
    return Statement("allow", resources=tuple(resources.split()), actions=tuple(actions.split()))


def deny(resources: str, actions: str = "*") -> Statement:
    return Statement("deny", resources=tuple(resources.split()), actions=tuple(actions.split()))


def a_policy(
    *statements: Statement, base: Literal["reader", "no_access"] = "reader", name: str = ""
) -> Policy:
    return Policy(statements, base, name)


def read_policy(policy: list[dict[str, Any]], base: Literal["reader", "no_access"] = "reader") -> Policy:
    """The policy of a role in its wire form."""
    return Policy(msgspec.convert(policy, tuple[Statement, ...]), base)


def a_member(*grants: Policy, attributes: Mapping[str, tuple[str, ...]] | None = None) -> Caller:
    return Caller("member", MEMBER, None, "Sandy", grants, role_attributes=attributes or {})


def a_personal_token(*cap: Policy, owner: tuple[Policy, ...]) -> Caller:
    return Caller("token", MEMBER, TOKEN, "deploys", owner, cap)


def a_service_token(*grants: Policy) -> Caller:
    return Caller("service-token", None, TOKEN, "pipeline", grants)


def a_project(key: str = "default", tags: str = "") -> Resource:
    return project_resource(key, tags.split())


def an_environment(key: str = "production", tags: str = "", *, project: Resource | None = None) -> Resource:
    return (project or a_project()).environment(key, tags.split(), critical=key == "production")


def a_flag(key: str = "checkout", tags: str = "", *, environment: Resource | None = None) -> Resource:
    return (environment or an_environment()).child("flag", key, tags.split())


def a_token_of(member_id: str, token_id: str = "5f0000000000000000000009") -> Resource:
    return top_resource("member", member_id).child("token", token_id)


ACCOUNT = account_resource()
