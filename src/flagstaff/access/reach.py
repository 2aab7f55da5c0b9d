"""Whether a policy lets its holder change anything in a project, whatever it may be."""

from collections.abc import Iterable

from flagstaff.access.actions import RESOURCE_TYPES
from flagstaff.access.patterns import NO_ATTRIBUTES, Attributes, parse_glob
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import Resource, Specifier, parse_specifier

_VIEWS = frozenset({"viewProject", "viewSdkKey"})
_PATHS = tuple(path for path in RESOURCE_TYPES if path.partition(":")[0] == "proj")


def reaches(policies: Iterable[Policy], project: Resource, attributes: Attributes = NO_ATTRIBUTES) -> bool:
    """Whether one of the policies allows an action, other than to view, on something in the project.

    Which flags, environments and tags there are is not asked: an allowance that may apply counts, unless the
    policy denies the action for the whole project.
    """
    return any(_reaches(policy, project, attributes) for policy in policies)


def _reaches(policy: Policy, project: Resource, attributes: Attributes) -> bool:
    if policy.attributes is not None:
        attributes = dict(policy.attributes)
    allowed = _list_named(policy, "allow", project, attributes)
    denied = _list_named(policy, "deny", project, attributes)
    return bool(allowed - denied)


def _list_named(
    policy: Policy, effect: str, project: Resource, attributes: Attributes
) -> set[tuple[str, str]]:
    """The pairs of type and action that the policy allows somewhere, or denies everywhere, in the project."""
    return {
        (path, action)
        for statement in policy.statements
        if statement.effect == effect
        for path in _PATHS
        if _names(statement, path, project, attributes)
        for action in RESOURCE_TYPES[path].actions - _VIEWS
        if _speaks_of(statement, action)
    }


def _names(statement: Statement, path: str, project: Resource, attributes: Attributes) -> bool:
    texts = statement.resources or statement.not_resources or ()
    found = [specifier for specifier in map(parse_specifier, texts) if specifier.path == path]
    everywhere = statement.effect == "deny"
    if statement.resources:
        return any(_holds(one, project, attributes, everywhere=everywhere) for one in found)
    return not any(_holds(one, project, attributes, everywhere=not everywhere) for one in found)


def _holds(specifier: Specifier, project: Resource, attributes: Attributes, *, everywhere: bool) -> bool:
    """Whether a specifier may name something in the project or, `everywhere`, surely names all."""
    if specifier.is_unset(attributes):
        return False
    if everywhere and any(check.index > 0 for check in specifier.checks):
        return False
    checks = (check.bind(attributes) for check in specifier.checks if check.index == 0)
    return all(check.holds(project.segments[0]) for check in checks)


def _speaks_of(statement: Statement, action: str) -> bool:
    listed = any(
        parse_glob(text).matches(action) for text in statement.actions or statement.not_actions or ()
    )
    return listed if statement.actions else not listed
