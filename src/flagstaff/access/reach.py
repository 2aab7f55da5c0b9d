"""How far policies reach, whatever there is: into a project, to change it, or to a type, to see one."""

from collections.abc import Iterable, Mapping

from flagstaff.access.actions import RESOURCE_TYPES
from flagstaff.access.patterns import NO_ATTRIBUTES, Attributes, parse_glob
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import Resource, Specifier, parse_specifier

_VIEWS = frozenset({"viewProject", "viewSdkKey"})
_IN_PROJECT = {
    path: row.actions - _VIEWS for path, row in RESOURCE_TYPES.items() if path.partition(":")[0] == "proj"
}
Asked = Mapping[str, frozenset[str]]  # actions by type


def reaches(policies: Iterable[Policy], project: Resource, attributes: Attributes = NO_ATTRIBUTES) -> bool:
    """Whether one of the policies allows an action, other than to view, on something in the project.

    Which flags, environments and tags there are is not asked: an allowance that may apply counts, unless the
    policy denies the action for the whole project.
    """
    return any(_allows(policy, _IN_PROJECT, project, attributes, frozenset()) for policy in policies)


def may_show(policies: Iterable[Policy], kind: str, attributes: Attributes = NO_ATTRIBUTES) -> bool:
    """Whether one of the policies may show a resource of a type of the account, such as some webhook.

    As `is_visible` does for one that is there: false is certain, true is not.
    """
    view, actions = RESOURCE_TYPES[kind].view, RESOURCE_TYPES[kind].actions
    asked = {kind: actions if view is None else frozenset({view})}
    return any(
        (policy.base == "reader" and view is None)
        or _allows(policy, asked, None, attributes, asked[kind] if policy.base == "reader" else frozenset())
        for policy in policies
    )


def _allows(
    policy: Policy, asked: Asked, project: Resource | None, attributes: Attributes, given: frozenset[str]
) -> bool:
    """Whether it allows somewhere, or its base has `given`, what it does not deny everywhere."""
    if policy.attributes is not None:
        attributes = dict(policy.attributes)
    allowed = _list_named(policy, "allow", asked, project, attributes)
    allowed |= {(path, action) for path in asked for action in given}
    return bool(allowed - _list_named(policy, "deny", asked, project, attributes))


def _list_named(
    policy: Policy, effect: str, asked: Asked, project: Resource | None, attributes: Attributes
) -> set[tuple[str, str]]:
    """The pairs of type and action that the policy allows somewhere, or denies everywhere, in the project.

    Without a project they are of types that stand in none.
    """
    return {
        (path, action)
        for statement in policy.statements
        if statement.effect == effect
        for path, actions in asked.items()
        if _names(statement, path, project, attributes)
        for action in actions
        if _speaks_of(statement, action)
    }


def _names(statement: Statement, path: str, project: Resource | None, attributes: Attributes) -> bool:
    texts = statement.resources or statement.not_resources or ()
    found = [specifier for specifier in map(parse_specifier, texts) if specifier.path == path]
    everywhere = statement.effect == "deny"
    if statement.resources:
        return any(_holds(one, project, attributes, everywhere=everywhere) for one in found)
    return not any(_holds(one, project, attributes, everywhere=not everywhere) for one in found)


def _holds(
    specifier: Specifier, project: Resource | None, attributes: Attributes, *, everywhere: bool
) -> bool:
    """Whether a specifier may name something in the project or, `everywhere`, surely names all."""
    if specifier.is_unset(attributes):
        return False
    if everywhere and any(check.index > 0 or project is None for check in specifier.checks):
        return False
    if project is None:
        return True
    checks = (check.bind(attributes) for check in specifier.checks if check.index == 0)
    return all(check.holds(project.segments[0]) for check in checks)


def _speaks_of(statement: Statement, action: str) -> bool:
    listed = any(
        parse_glob(text).matches(action) for text in statement.actions or statement.not_actions or ()
    )
    return listed if statement.actions else not listed
