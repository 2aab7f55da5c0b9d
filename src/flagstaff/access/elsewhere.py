"""Where else a caller may do what it may not here, so that a refusal can say what its roles are about."""

from collections.abc import Iterator

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy
from flagstaff.access.rulings import speaks_of
from flagstaff.access.specifiers import Resource, parse_specifier

MOST_NAMED = 10


def list_elsewhere(caller: Caller, action: str, resource: Resource) -> tuple[str, ...]:
    """What the caller's allowances of the action name in place of a resource of their type, as it is written.

    Of a token that has a bound these are those of the bound. Those with placeholders are left out, as they
    say nothing to people. That something is named does not say that it may: a denial can stand above.
    """
    policies = caller.grants if caller.cap is None else caller.cap
    found = (text for policy in policies for text in _list_named(policy, action, resource))
    return tuple(dict.fromkeys(found))[:MOST_NAMED]


def _list_named(policy: Policy, action: str, resource: Resource) -> Iterator[str]:
    for statement in policy.statements:
        if statement.effect == "deny" or not speaks_of(statement, action):
            continue
        for text in statement.resources or ():
            specifier = parse_specifier(text)
            is_alike = specifier.path == resource.path and not specifier.parameters
            if is_alike and not specifier.matches(resource):
                yield text
