"""Members over REST: the handlers, then one row per operation."""

from collections.abc import Mapping
from typing import Any

import msgspec

from flagstaff.features.accounts.emails import check_email
from flagstaff.features.accounts.members import store
from flagstaff.features.accounts.members.access_checks import may, read_check
from flagstaff.features.accounts.members.bulk import apply_to_members
from flagstaff.features.accounts.members.descriptions import describe_change
from flagstaff.features.accounts.members.instructions import MEMBERS
from flagstaff.features.accounts.members.invitations import invite, role_ids
from flagstaff.features.accounts.members.model import ACCESS_CHECK, FILTERS, SORTS, Person, meets, sort_people
from flagstaff.features.accounts.members.permissions import may_change
from flagstaff.features.accounts.members.represent import MANY, represent_member
from flagstaff.features.accounts.members.schemas import (
    MemberFields,
    MemberListQuery,
    MemberPosts,
    MemberRep,
    MembersPatchRep,
    MembersRep,
    OwnFields,
)
from flagstaff.features.accounts.members.visible import list_visible, without_hidden_teams
from flagstaff.features.accounts.model import OWNER, Member, fold_email
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.errors import Forbidden, InvalidRequest, NotFound
from flagstaff.kernel.filters.pairs import parse_pairs
from flagstaff.kernel.links import Link
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.patches import PatchFormat
from flagstaff.kernel.sorting import parse_sort
from flagstaff.kernel.versions import V20240415

ONE = MANY + "/{id}"
PAGE, LONGEST_PAGE = 20, 1000
ME = "me"
OWN_DATA = "updateMember"
ACTIONS = {
    "role": "updateRole",
    "customRoles": "updateCustomRole",
    "roleAttributes": "updateMemberRoleAttributes",
}  # of what others may change; names and address are one's own


def get_members(call: Call) -> MembersRep:
    """List the members of the account, in pages of 20 unless told otherwise."""
    known = FILTERS if call.version >= V20240415 else (*FILTERS, ACCESS_CHECK)
    terms = parse_pairs(call.query.filter, known)
    seen = list_visible(call)
    for term in terms:
        if term.field == ACCESS_CHECK.name:
            check = read_check(call.tx, str(term.value))
            seen = [person for person in seen if may(call.tx, person.member, check)]
        else:
            seen = [person for person in seen if meets(person, term)]
    found = sort_people(seen, parse_sort(call.query.sort, SORTS))
    page = read_page(call.query.limit, call.query.offset, PAGE, LONGEST_PAGE)
    items = [represent(call, person) for person in found[page.offset : page.end]]
    return MembersRep(
        links=page_links(MANY, call.query_pairs, len(found), page), items=items, total_count=len(found)
    )


def get_member(call: Call) -> Person:
    """Show one member, by id; `me` is whoever calls."""
    return person_of(call)


def post_members(call: Call) -> MembersRep:
    """Invite up to 50 people: all of them or, if one cannot be, nobody.

    Where no mail can be sent, the link `invitation` of each is shown, this once.
    """
    invited = invite(call, call.body)
    items = []
    for member, path in invited:
        shown = represent(call, store.get_person(call.tx, member.id))
        links = {**shown.links, "invitation": Link(path, "text/html")} if path else shown.links
        items.append(msgspec.structs.replace(shown, links=links))
    return MembersRep(links={"self": Link(MANY)}, items=items, total_count=len(items))


def patch_member(call: Call) -> Person:
    """Change a member's role or custom roles; who is signed in may change the own names and address."""
    person = person_of(call)
    before = person.member
    shown = represent(call, person)
    edited = edit_fields(shown, call.body, OwnFields if _is_own(call, before) else MemberFields)
    changed = changed_fields(shown, edited)
    after = _edited(call, before, edited, changed)
    actions = _require(call, before, after, changed)
    if after == before:
        return person
    after = msgspec.structs.replace(after, version=before.version + 1)
    description = describe_change(before, after, store.role_names(call.tx))
    entry = call.describe(
        "member", before.id, "updated the member", before.resource, *actions, description=description
    )
    store.save_member(call.tx, before, after, entry)
    return store.get_person(call.tx, before.id)


def delete_member(call: Call) -> None:
    """Remove a member from the account: personal tokens and sessions end at once."""
    member = person_of(call).member
    call.require("deleteMember", member.resource)
    access = ("deleteMember", member.resource.text)
    if member.role == OWNER:
        raise Forbidden("The owner of the account cannot be removed", accesses=(access,))
    if member.id == call.identity.caller.member_id:
        raise Forbidden("You cannot remove yourself", accesses=(access,))
    entry = call.describe("member", member.id, "deleted the member", member.resource, "deleteMember")
    store.remove_member(call.tx, member, entry)


def patch_members(call: Call) -> MembersPatchRep:
    """Change the roles of many members with instructions: each succeeds or fails alone."""
    return apply_to_members(call)


def person_of(call: Call) -> Person:
    """The member in the path; raises NotFound when there is none or the caller may not see them."""
    member_id = call.path["id"]
    if member_id == ME:
        member_id = call.identity.caller.member_id or ME
    person = store.get_person(call.tx, member_id)
    if not call.sees(person.member.resource):
        raise NotFound(f"There is no member {member_id[:100]!r}")
    return person


def represent(call: Call, person: Person) -> MemberRep:
    """The one form of a member, with the teams that the caller may know of."""
    if "role keys" not in call.memory:
        call.memory["role keys"] = store.role_keys(call.tx)
    factor = store.uses_second_factor(call.tx, person.member.id)
    return represent_member(
        without_hidden_teams(call, person), call.memory["role keys"], second_factor=factor
    )


def _is_own(call: Call, member: Member) -> bool:
    """Whether it is the caller, in person: a token, which may be bound to less, changes no names."""
    caller = call.identity.caller
    return caller.kind == "member" and member.id == caller.member_id


def _edited(call: Call, before: Member, edited: MemberFields, changed: Mapping[str, Any]) -> Member:
    after = msgspec.structs.replace(
        before,
        role=edited.role,
        custom_roles=role_ids(call, edited.custom_roles, "$.customRoles"),
        role_attributes=edited.role_attributes,
    )
    if not isinstance(edited, OwnFields):
        return after
    email = fold_email(check_email(edited.email, "$.email")) if "email" in changed else before.email
    return msgspec.structs.replace(
        after,
        first_name=edited.first_name,
        last_name=edited.last_name,
        email=email,
        verified=before.verified and email == before.email,
    )


def _require(call: Call, before: Member, after: Member, changed: Mapping[str, Any]) -> list[str]:
    """Raise Forbidden unless the caller may make this change; the actions that it takes."""
    actions = [ACTIONS[name] for name in changed if name in ACTIONS]
    for action in actions:
        if not may_change(call, action, before, after):
            call.require(action, before.resource)
    accesses = tuple((action, before.resource.text) for action in actions)
    if actions and before.id == call.identity.caller.member_id:
        raise Forbidden("You cannot modify your own role", accesses=accesses)
    if actions and before.role == OWNER:
        raise Forbidden("The owner's role cannot be modified", accesses=accesses)
    if after.role == OWNER and before.role != OWNER:
        raise InvalidRequest("The account has one owner, whom no patch replaces - at `$.role`")
    if not actions:
        call.decided.add(OWN_DATA)  # what is one's own takes no permission
    return actions or [OWN_DATA]


GROUP = "account_members"
SHOWN: Any = {"represent": represent, "answer": MemberRep}
OPERATIONS = (
    Operation(get_members, "GET", MANY, (GROUP, "list_members"), query=MemberListQuery, answer=MembersRep),
    Operation(
        post_members,
        "POST",
        MANY,
        (GROUP, "invite_new_members"),
        "createMember",
        body=MemberPosts,
        status=201,
        answer=MembersRep,
    ),
    Operation(
        patch_members,
        "PATCH",
        MANY,
        ("account_members_beta", "modify_members_roles"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.SEMANTIC}),
        vocabulary=MEMBERS,
        answer=MembersPatchRep,
        beta=True,
    ),
    Operation(get_member, "GET", ONE, (GROUP, "get_by_id"), **SHOWN),
    Operation(
        patch_member,
        "PATCH",
        ONE,
        (GROUP, "update_member_patch"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.JSON}),
        unlogged=frozenset({"email", "firstName", "lastName"}),
        **SHOWN,
    ),
    Operation(delete_member, "DELETE", ONE, (GROUP, "delete_by_id"), "deleteMember", status=204),
)
