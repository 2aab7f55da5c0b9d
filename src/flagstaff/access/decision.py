"""The decision: may this caller do this to that resource, and if not, may they know that it exists?

Policies of one caller are joined: what any one allows is allowed. A cap is a second set that must allow as
well, so a token never exceeds its owner. What may not be viewed is hidden (404), the rest forbidden (403).
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from flagstaff.access.actions import INCLUDED_IN, RESOURCE_TYPES
from flagstaff.access.patterns import NO_ATTRIBUTES, SELF, Attributes
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.rulings import find_ruling
from flagstaff.access.specifiers import Resource

CallerKind = Literal["member", "token", "service-token", "oauth-application"]

# What base permission `reader` gives where no statement speaks; on one's own tokens also createAccessToken.
MOST_SEEN = 1_000  # projects, teams and templates that a caller's memory holds
_READER_ACTIONS = frozenset({"viewProject", "viewTeam", "viewTemplate", "viewSdkKey"})


class Decision(enum.Enum):
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: `grants` are the policies of the member, or of a service token itself.

    `cap` holds the policies of a personal token or an OAuth application, which must allow as well; None for
    sessions and service tokens. `member_id` is whoever acts or is acted for, None for service tokens.
    `seen` is a memory: whether the policies, which never change, show a project, team or template.
    """

    kind: CallerKind
    member_id: str | None
    token_id: str | None
    name: str
    grants: tuple[Policy, ...]
    cap: tuple[Policy, ...] | None = None
    role_attributes: Attributes = field(default_factory=lambda: NO_ATTRIBUTES)
    grant_attributes: Attributes = field(init=False, repr=False, compare=False)
    cap_attributes: Attributes = field(init=False, repr=False, compare=False)
    seen: dict[Resource, bool] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        # No self in the cap: a token manages the tokens of its owner only if its policy names them.
        own = () if self.member_id is None else (self.member_id,)
        object.__setattr__(self, "grant_attributes", {**self.role_attributes, SELF: own})
        object.__setattr__(self, "cap_attributes", {**self.role_attributes, SELF: ()})


def decide(caller: Caller, action: str, resource: Resource) -> Decision:
    """Whether `action` is allowed. What may not be viewed is HIDDEN, even if a statement allows the action.

    A view action is asked of the whole project (or team, template), so it may be given with anything inside.
    Making something at the top of the account (a project, a webhook) is never HIDDEN: it is not there yet.
    """
    if action == _view_of(resource):
        return Decision.ALLOWED if is_visible(caller, resource) else Decision.HIDDEN
    if action != RESOURCE_TYPES[resource.path].creation and not is_visible(caller, resource):
        return Decision.HIDDEN
    return Decision.ALLOWED if _is_allowed(caller, action, resource) else Decision.FORBIDDEN


class Reason(msgspec.Struct, frozen=True):
    """What allows something: a statement of a policy, or (None) its base, which shows what nobody denies."""

    role_name: str
    statement: Statement | None


class Explanation(msgspec.Struct, frozen=True):
    """Why a caller may: `granted` to the member or service token, and `capped` by the bound of a token."""

    granted: Reason
    capped: Reason | None = None


def explain(caller: Caller, action: str, resource: Resource) -> Explanation | None:
    """Why `decide` allows it; None where it does not."""
    if decide(caller, action, resource) is not Decision.ALLOWED:
        return None
    if action == _view_of(resource):
        resource = resource.root
    granted = _find_reason(caller.grants, caller.grant_attributes, action, resource)
    if granted is None:  # oneself and the account are shown to everybody, whatever the policies say
        return Explanation(Reason("", None))
    capped = None
    if caller.cap is not None:
        capped = _find_reason(caller.cap, caller.cap_attributes, action, resource)
    return Explanation(granted, capped)


def explain_refusal(caller: Caller, action: str, resource: Resource) -> Reason:
    """What refuses an action that `decide` does not allow: a statement, or (None) that none allows it."""
    if action == _view_of(resource):
        resource = resource.root
    policies, attributes = caller.grants, caller.grant_attributes
    if any(_gives(policy, attributes, action, resource) for policy in policies):
        policies, attributes = caller.cap or (), caller.cap_attributes
    for policy in policies:
        statement = _rule(policy, attributes, action, resource)
        if statement is not None:
            return Reason(policy.role_name, statement)
    return Reason("", None)


def _find_reason(
    policies: Iterable[Policy], attributes: Attributes, action: str, resource: Resource
) -> Reason | None:
    for policy in policies:
        if _gives(policy, attributes, action, resource):
            return Reason(policy.role_name, _rule(policy, attributes, action, resource))
    return None


def decide_everywhere(caller: Caller, action: str, resources: Iterable[Resource]) -> Decision:
    """One decision for a change that touches all `resources`, such as a flag-wide change in each environment.

    ALLOWED only if each is. HIDDEN as soon as one is: FORBIDDEN would tell that it exists. Nothing to touch
    is FORBIDDEN, so that an empty list never opens a door.
    """
    decisions = {decide(caller, action, resource) for resource in resources}
    if Decision.HIDDEN in decisions:
        return Decision.HIDDEN
    return Decision.ALLOWED if decisions == {Decision.ALLOWED} else Decision.FORBIDDEN


def is_visible(caller: Caller, resource: Resource) -> bool:
    """Whether the caller may know of the resource: project, team and template by their view action.

    Other types have none: base `reader` shows them, otherwise any allowed action does. The tokens of other
    members are shown by an allowed action only. The account, oneself and one's own tokens are always shown.
    """
    if _is_own(caller, resource):
        return True
    view = _view_of(resource)
    if view is None:
        return _is_shown(caller, resource)
    root = resource.root  # asked several times by each call, and its answer never changes
    visible = caller.seen.get(root)
    if visible is None:
        visible = _is_allowed(caller, view, root)
        if len(caller.seen) < MOST_SEEN:
            caller.seen[root] = visible
    return visible


def _is_shown(caller: Caller, resource: Resource) -> bool:
    if not any(_shows(policy, caller.grant_attributes, resource) for policy in caller.grants):
        return False
    if caller.cap is None:
        return True
    return any(_shows(policy, caller.cap_attributes, resource) for policy in caller.cap)


def _view_of(resource: Resource) -> str | None:
    return RESOURCE_TYPES[resource.segments[0].type].view


def _is_own(caller: Caller, resource: Resource) -> bool:
    root = resource.segments[0]
    if root.type == "member":
        return root.name == caller.member_id
    return root.type == "acct" or (root.type == "service-token" and root.name == caller.token_id)


def _shows(policy: Policy, attributes: Attributes, resource: Resource) -> bool:
    if policy.base == "reader" and resource.path != "member:token":
        return True
    return any(
        _gives(policy, attributes, action, resource) for action in RESOURCE_TYPES[resource.path].actions
    )


def _is_allowed(caller: Caller, action: str, resource: Resource) -> bool:
    if not _is_given(caller.grants, caller.grant_attributes, action, resource):
        return False
    return caller.cap is None or _is_given(caller.cap, caller.cap_attributes, action, resource)


def _is_given(policies: tuple[Policy, ...], attributes: Attributes, action: str, resource: Resource) -> bool:
    for policy in policies:  # noqa: SIM110 - any() takes longer, and lists ask for each item
        if _gives(policy, attributes, action, resource):
            return True
    return False


def _gives(policy: Policy, attributes: Attributes, action: str, resource: Resource) -> bool:
    statement = _rule(policy, attributes, action, resource)
    if statement is not None:
        return statement.effect == "allow"
    return policy.base == "reader" and (
        action in _READER_ACTIONS or _makes_own_token(attributes, action, resource)
    )


def _rule(policy: Policy, attributes: Attributes, action: str, resource: Resource) -> Statement | None:
    """The statement that settles it; values of attributes that the policy has go before the caller's."""
    if policy.attributes is not None:
        attributes = {SELF: attributes.get(SELF, ()), **dict(policy.attributes)}
    ruling = find_ruling(policy, action, resource, attributes)
    if ruling is None and action in INCLUDED_IN:
        return find_ruling(policy, INCLUDED_IN[action], resource, attributes)
    return ruling


def _makes_own_token(attributes: Attributes, action: str, resource: Resource) -> bool:
    is_token = action == "createAccessToken" and resource.path == "member:token"
    return is_token and resource.root.segments[0].name in attributes.get(SELF, ())
