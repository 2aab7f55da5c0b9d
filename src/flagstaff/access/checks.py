"""What the caller may do with what an answer shows: `_access`, for those who ask with a header."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.actions import RESOURCE_TYPES, is_known_action
from flagstaff.access.decision import Caller, Reason, explain, explain_refusal
from flagstaff.access.specifiers import Resource
from flagstaff.kernel.errors import InvalidRequest

HEADER = "X-Flagstaff-Access"
EVERY = "*"


class CheckReasonRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The statement that settles it, and the role that it stands in; none where no statement speaks of it."""

    effect: Literal["allow", "deny"]
    resources: tuple[str, ...] | UnsetType = UNSET
    not_resources: tuple[str, ...] | UnsetType = UNSET
    actions: tuple[str, ...] | UnsetType = UNSET
    not_actions: tuple[str, ...] | UnsetType = UNSET
    role_name: str | UnsetType = field(name="role_name", default=UNSET)


class CheckRep(Struct, frozen=True):
    """An action, and what allows or denies it."""

    action: str
    reason: CheckReasonRep


class ChecksRep(Struct, frozen=True, kw_only=True):
    """Of the actions that were asked about, those that the caller may not and those that it may."""

    denied: list[CheckRep]
    allowed: list[CheckRep]


class Checked(Struct, frozen=True, kw_only=True):
    """What is shown of a resource that permissions are about."""

    access: Annotated[
        ChecksRep | UnsetType, Meta(description=f"What the caller may do, for those who send `{HEADER}`.")
    ] = field(name="_access", default=UNSET)


def read_actions(header: str) -> tuple[str, ...]:
    """The actions that are asked about; none without the header."""
    return tuple(dict.fromkeys(word.strip() for word in header.split(",") if word.strip()))


def check_access(caller: Caller, actions: tuple[str, ...], resource: Resource) -> ChecksRep:
    """What the caller may of these actions; raises InvalidRequest for one that the resource does not have."""
    if EVERY in actions:
        actions = tuple(sorted(RESOURCE_TYPES[resource.path].actions))
    denied: list[CheckRep] = []
    allowed: list[CheckRep] = []
    for action in actions:
        if not is_known_action(resource.path, action):
            raise InvalidRequest(f"{resource.path!r} has no action {action[:80]!r}")
        found = explain(caller, action, resource)
        if found is None:
            denied.append(CheckRep(action, _reason("deny", explain_refusal(caller, action, resource))))
        else:
            allowed.append(CheckRep(action, _reason("allow", found.granted)))
    return ChecksRep(denied=denied, allowed=allowed)


def _reason(effect: Literal["allow", "deny"], reason: Reason) -> CheckReasonRep:
    statement = reason.statement
    if statement is None:
        return CheckReasonRep(effect=effect, role_name=reason.role_name or UNSET)
    return CheckReasonRep(
        effect=effect,
        resources=statement.resources or UNSET,
        not_resources=statement.not_resources or UNSET,
        actions=statement.actions or UNSET,
        not_actions=statement.not_actions or UNSET,
        role_name=reason.role_name or UNSET,
    )
