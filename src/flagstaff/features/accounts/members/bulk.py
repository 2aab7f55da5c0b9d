"""Instructions for many members at once: each member succeeds or fails alone, and has an audit entry."""

from collections.abc import Iterable, Iterator

import msgspec

from flagstaff.features.accounts.members import store
from flagstaff.features.accounts.members.descriptions import describe_change
from flagstaff.features.accounts.members.instructions import MEMBERS, Roster
from flagstaff.features.accounts.members.permissions import may_change
from flagstaff.features.accounts.members.schemas import MembersPatchRep
from flagstaff.features.accounts.members.visible import list_visible
from flagstaff.features.accounts.model import Member
from flagstaff.http.call import Call
from flagstaff.kernel.errors import Forbidden


def apply_to_members(call: Call) -> MembersPatchRep:
    """Apply the call's instructions; raises Forbidden where the caller may change none of those meant."""
    MEMBERS.check(call.body.instructions)
    before = load_roster(call)
    after = MEMBERS.apply(before, call.edit(), call.body.instructions)
    errors = dict(after.errors)
    refused = [member_id for member_id in after.changed if not _may(call, after, member_id)]
    if refused and len(refused) == len(after.changed):
        raise Forbidden(accesses=tuple(_accesses(after, refused)))
    errors |= dict.fromkeys(refused, Forbidden.default)
    done = [member_id for member_id in after.changed if member_id not in errors]
    for member_id in done:
        _save(call, before.people[member_id].member, after.changed[member_id], after.actions[member_id])
    return MembersPatchRep(members=done, errors=[{member_id: told} for member_id, told in errors.items()])


def load_roster(call: Call) -> Roster:
    """Everybody whom the caller may see."""
    seen = list_visible(call)
    keys = store.role_keys(call.tx)
    return Roster(
        people={person.member.id: person for person in seen},
        role_ids={name: role_id for role_id, key in keys.items() for name in (role_id, key)},
        caller_id=call.identity.caller.member_id or "",
    )


def _may(call: Call, roster: Roster, member_id: str) -> bool:
    before, after = roster.people[member_id].member, roster.changed[member_id]
    return all(may_change(call, action, before, after) for action in roster.actions[member_id])


def _accesses(roster: Roster, member_ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    for member_id in member_ids:
        resource = roster.people[member_id].member.resource
        yield from ((action, resource.text) for action in roster.actions[member_id])


def _save(call: Call, before: Member, after: Member, actions: tuple[str, ...]) -> None:
    if after == before:
        return
    after = msgspec.structs.replace(after, version=before.version + 1)
    description = describe_change(before, after, store.role_names(call.tx))
    entry = call.describe(
        "member", before.id, "updated the member", before.resource, *actions, description=description
    )
    store.save_member(call.tx, before, after, entry)
