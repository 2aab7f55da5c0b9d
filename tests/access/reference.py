"""A second, slow and plain reading of the rules of access, to compare decisions with."""

import re

from flagstaff.access.decision import Caller, Decision
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import Resource, ResourceSegment

VIEWS = {"proj": "viewProject", "team": "viewTeam", "template": "viewTemplate"}
ATTRIBUTE = re.compile(r"\$\{roleAttribute/(\w+)\}")


def like(pattern: str, text: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text, re.DOTALL) is not None


def substitute(specifier: str, attributes: dict[str, tuple[str, ...]]) -> list[str]:
    """Every text that arises when each placeholder takes each value; none if one has no value."""
    texts = [specifier]
    for name in ATTRIBUTE.findall(specifier):
        placeholder = f"${{roleAttribute/{name}}}"
        texts = [text.replace(placeholder, value, 1) for text in texts for value in attributes.get(name, ())]
    return texts


def segment_matches(text: str, segment: ResourceSegment) -> bool:
    named, _, tags = text.partition(";")
    resource_type, _, name = named.partition("/")
    wanted = tags.split(",") if tags else []
    return (
        resource_type == segment.type
        and like(name, segment.name)
        and all(any(like(pattern, tag) for tag in segment.tags) for pattern in wanted)
    )


def specifier_matches(specifier: str, resource: Resource) -> bool:
    texts = specifier.split(":")
    return len(texts) == len(resource.segments) and all(map(segment_matches, texts, resource.segments))


def is_unset(specifier: str, attributes: dict[str, tuple[str, ...]]) -> bool:
    return not substitute(specifier, attributes)


def statement_speaks(
    statement: Statement, action: str, resource: Resource, attributes: dict[str, tuple[str, ...]]
) -> bool:
    named = any(like(pattern, action) for pattern in statement.actions or statement.not_actions or ())
    if named is bool(statement.not_actions):
        return False
    texts = statement.resources or statement.not_resources or ()
    found = any(specifier_matches(text, resource) for spec in texts for text in substitute(spec, attributes))
    if statement.resources:
        return found
    same_types = [spec for spec in texts if re.sub(r"/[^:]*", "", spec) == resource.path]
    unset = any(is_unset(spec, attributes) for spec in same_types)
    return not found and not (statement.effect == "allow" and unset)


def policy_allows(
    policy: Policy, action: str, resource: Resource, attributes: dict[str, tuple[str, ...]]
) -> bool:
    effects = [
        statement.effect
        for statement in policy.statements
        if statement_speaks(statement, action, resource, attributes)
    ]
    if effects:
        return "deny" not in effects
    if action == "updateFlagRuleDescription":
        return policy_allows(policy, "updateRules", resource, attributes)
    return policy.base == "reader" and action in VIEWS.values()


def allows(caller: Caller, action: str, resource: Resource) -> bool:
    attributes = dict(caller.role_attributes)
    sides = [caller.grants] if caller.cap is None else [caller.grants, caller.cap]
    return all(
        any(policy_allows(policy, action, resource, attributes) for policy in policies) for policies in sides
    )


def expected_decision(caller: Caller, action: str, resource: Resource) -> Decision:
    """For resources of projects, teams and templates, which have a view action."""
    root = Resource(resource.segments[:1], resource.segments[0].type)
    if not allows(caller, VIEWS[root.path], root):
        return Decision.HIDDEN
    permitted = action == VIEWS[root.path] or allows(caller, action, resource)
    return Decision.ALLOWED if permitted else Decision.FORBIDDEN
