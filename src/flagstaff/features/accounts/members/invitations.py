"""Inviting people: all of a request or nobody, each with a link that lets them in."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from flagstaff.features.accounts.emails import check_email
from flagstaff.features.accounts.members.schemas import MemberPost
from flagstaff.features.accounts.members.store import save_member
from flagstaff.features.accounts.model import Member, fold_email, member_resource
from flagstaff.features.accounts.roles.store import find_role
from flagstaff.features.accounts.store import find_member_by_email
from flagstaff.features.accounts.teams.membership import add_members, team_to_change
from flagstaff.http.call import Call
from flagstaff.kernel.errors import DuplicateEmail, EmailInAccount, InvalidRequest

# Filled by hooks.py: makes the secret of an invitation in the call's unit, and sends it by mail or, where no
# mail can be sent, returns the address of the page that it opens, which the answer then shows this once.
on_invited: list[Callable[[Call, Member], str]] = []


class Invited(NamedTuple):
    """Who it is that is being invited."""

    member_id: str
    email: str


def invite(call: Call, posts: Sequence[MemberPost]) -> list[tuple[Member, str]]:
    """Make a member of each, and return them with the links to show.

    Raises InvalidRequest for a post that cannot be, DuplicateEmail and EmailInAccount.
    """
    ids = [call.tx.ids.object_id() for _ in posts]
    for member_id in ids:
        call.require("createMember", member_resource(member_id))
    emails = [fold_email(check_email(post.email, f"$[{n}].email")) for n, post in enumerate(posts)]
    _refuse_known(call, emails)
    invited = [
        _read(call, post, Invited(member_id, email), f"$[{number}]")
        for number, (post, member_id, email) in enumerate(zip(posts, ids, emails, strict=True))
    ]
    teams = dict.fromkeys(key for post in posts for key in post.team_keys)
    for key in teams:
        team_to_change(call, key)
    for member in invited:
        entry = call.describe("member", member.id, "invited the member", member.resource, "createMember")
        save_member(call.tx, None, member, entry)
    for key in teams:
        chosen = [member.id for member, post in zip(invited, posts, strict=True) if key in post.team_keys]
        add_members(call, key, chosen)
    return [(member, "".join(send(call, member) for send in on_invited)) for member in invited]


def role_ids(call: Call, names: Sequence[str], where: str) -> tuple[str, ...]:
    """The ids of custom roles that are named by key or id; raises InvalidRequest naming the place."""
    found = []
    for name in names:
        role = find_role(call.tx, name)
        if role is None:
            raise InvalidRequest(f"Unknown custom role {name[:100]!r} - at `{where}`")
        found.append(role.id)
    return tuple(dict.fromkeys(found))


def _read(call: Call, post: MemberPost, new: Invited, where: str) -> Member:
    if post.role is None and not (post.custom_roles or post.team_keys):
        raise InvalidRequest(f"A member needs a role, customRoles or teamKeys - at `{where}`")
    role = "admin" if post.role == "owner/admin" else post.role or "reader"
    return Member(
        id=new.member_id,
        email=new.email,
        role=role,
        custom_roles=role_ids(call, post.custom_roles, f"{where}.customRoles"),
        role_attributes=post.role_attributes,
        first_name=post.first_name,
        last_name=post.last_name,
        invited=True,
        verified=False,
        created=call.tx.now,
    )


def _refuse_known(call: Call, emails: Sequence[str]) -> None:
    twice = tuple(email for email, times in Counter(emails).items() if times > 1)
    if twice:
        raise DuplicateEmail("The request contains two or more members with the same e-mail address", twice)
    known = tuple(email for email in emails if find_member_by_email(call.tx, email) is not None)
    if known:
        raise EmailInAccount("A member with this e-mail address already exists in this account", known)
