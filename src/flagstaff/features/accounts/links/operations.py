"""Invitations and lost passwords over REST: the handlers, then one row per operation."""

from functools import partial

import msgspec

from flagstaff.access.decision import Caller
from flagstaff.features.accounts.factors.store import check_code, has_factor
from flagstaff.features.accounts.links import store
from flagstaff.features.accounts.links.giving import invite
from flagstaff.features.accounts.links.mails import queue_request
from flagstaff.features.accounts.links.model import INVITATION, LIFETIMES, RESET, MemberLink, address_of
from flagstaff.features.accounts.links.schemas import (
    InvitationPost,
    InvitationRep,
    NewInvitationRep,
    ResetLinkRep,
    ResetPost,
    ResetRep,
    ResetRequestPost,
    ResetRequestRep,
)
from flagstaff.features.accounts.model import OWNER, Member
from flagstaff.features.accounts.passwords import hash_password
from flagstaff.features.accounts.sessions.opening import enter
from flagstaff.features.accounts.sessions.schemas import SessionRep
from flagstaff.features.accounts.store import describe_member, find_member, save_password
from flagstaff.features.accounts.tokens.ceiling import RANKS, SERVES_EVERYTHING, rank_of
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Edge, Operation
from flagstaff.http.requests import Received
from flagstaff.kernel.errors import Conflict, Forbidden, NotFound, RateLimited
from flagstaff.storage.audit import Actor
from flagstaff.storage.changes import save_action
from flagstaff.storage.transaction import Transaction

INVITED = "/auth/invitations/{token}"
RESETS = "/auth/resets"
MEMBER = "/api/v2/flagstaff/members/{id}"


def get_invitation(call: Call) -> InvitationRep:
    """Show who is invited by a link."""
    link, member = _find(call.tx, INVITATION, call.path["token"])
    return InvitationRep(member.email, member.first_name, member.last_name, link.expires)


def accept_invitation(call: Call) -> SessionRep:
    """Accept an invitation: choose a password, and be signed in. The link works once."""
    body: InvitationPost = call.body
    _, before = _find(call.tx, INVITATION, call.path["token"])
    after = msgspec.structs.replace(
        before,
        first_name=body.first_name or before.first_name,
        last_name=body.last_name or before.last_name,
        invited=False,
        verified=True,
    )
    entry = describe_member(before, "accepted the invitation of", "acceptInvitation", Actor(before.id))
    return enter(call, save_password(call.tx, before, after, call.prepared, entry))


def request_password_reset(call: Call) -> ResetRequestRep:
    """Have a link to a new password mailed. The answer does not tell whether there is such a member."""
    body: ResetRequestPost = call.body
    if call.installation.sends_mail and call.prepared:
        queue_request(call.tx, body.email, call.installation.secret_key)
    return ResetRequestRep(call.installation.sends_mail)


def get_password_reset(call: Call) -> ResetRep:
    """Show whose password a link replaces."""
    link, member = _find(call.tx, RESET, call.path["token"])
    return ResetRep(member.email, link.expires, has_factor(call.tx, member.id))


def reset_password(call: Call) -> SessionRep:
    """Choose a new password and be signed in, here alone. The link works once."""
    body: ResetPost = call.body
    _, before = _find(call.tx, RESET, call.path["token"])
    check_code(call.tx, before, body.code, call.installation.secret_key)
    entry = describe_member(before, "reset the password of", "resetPassword", Actor(before.id))
    after = msgspec.structs.replace(before, invited=False, verified=True)
    return enter(call, save_password(call.tx, before, after, call.prepared, entry))


def renew_invitation(call: Call) -> NewInvitationRep:
    """Invite somebody anew who has not come yet. The link of before ends, the new one is mailed or shown."""
    member = _find_member(call)
    call.require("createMember", member.resource)
    if not member.invited:
        raise Conflict("The member has accepted the invitation already")
    save_action(call.tx, describe_member(member, "invited anew the member", "createMember", call.actor))
    return NewInvitationRep(invite(call, member), call.tx.now + LIFETIMES[INVITATION])


def make_reset_link(call: Call) -> ResetLinkRep:
    """Make a link by which a member can choose a new password; only the answer shows it.

    For administrators who have signed in, and for owners alone where the member is an owner.
    """
    member = _find_member(call)
    call.require("updateRole", member.resource)
    if not _may_take_over(call.identity.caller, member):
        raise Forbidden("Only an administrator, or for an owner an owner, makes such a link")
    secret = store.make_link(call.tx, RESET, member)
    entry = describe_member(member, "made a link to a new password of", "resetPassword", call.actor)
    save_action(call.tx, entry)
    address = address_of(call.installation.site.base_url, RESET, secret)
    return ResetLinkRep(address, call.tx.now + LIFETIMES[RESET])


def _find_member(call: Call) -> Member:
    member = find_member(call.tx, call.path["id"])
    if member is None or not call.sees(member.resource):
        raise NotFound(f"There is no member {call.path['id'][:100]!r}")
    return member


def _may_take_over(caller: Caller, member: Member) -> bool:
    """Who chooses somebody's password can do all that member may."""
    return rank_of(caller) >= (RANKS.index(OWNER) if member.role == OWNER else SERVES_EVERYTHING)


def _find(tx: Transaction, kind: str, secret: str) -> tuple[MemberLink, Member]:
    link = store.get_link(tx, kind, secret)
    member = find_member(tx, link.member_id)
    if member is None:
        raise NotFound("The member is gone")
    return link, member


async def _hash_for(kind: str, edge: Edge, received: Received) -> str:
    """The hash of the new password, if the link is good; attempts with a code are counted as at sign-in."""
    body: InvitationPost | ResetPost = received.typed_body()
    _, member = await edge.database.read(partial(_find, kind=kind, secret=received.path["token"]))
    if isinstance(body, ResetPost) and body.code:
        edge.throttle.admit(member.email, received.visit.address)
    return await edge.hashing.run(partial(hash_password, body.password))


async def _admit_request(edge: Edge, received: Received) -> bool:
    """Whether to mail: nobody is mailed without end, nor told so."""
    body: ResetRequestPost = received.typed_body()
    try:
        edge.throttle.admit(f"reset {body.email}", received.visit.address)
    except RateLimited:
        return False
    return True


def _welcome(edge: Edge, _: Received) -> None:
    edge.welcome()


GROUP = "sign_in_links"
OPERATIONS = (
    Operation(
        get_invitation,
        "GET",
        INVITED,
        (GROUP, "get_invitation"),
        ANY_CALLER,
        answer=InvitationRep,
        errors=(403,),
        open=True,
    ),
    Operation(
        accept_invitation,
        "POST",
        INVITED,
        (GROUP, "accept_invitation"),
        ANY_CALLER,
        body=InvitationPost,
        answer=SessionRep,
        errors=(403,),
        open=True,
        prepare=partial(_hash_for, INVITATION),
    ),
    Operation(
        request_password_reset,
        "POST",
        RESETS,
        (GROUP, "request_reset"),
        ANY_CALLER,
        body=ResetRequestPost,
        answer=ResetRequestRep,
        status=202,
        errors=(403,),
        open=True,
        prepare=_admit_request,
    ),
    Operation(
        get_password_reset,
        "GET",
        RESETS + "/{token}",
        (GROUP, "get_reset"),
        ANY_CALLER,
        answer=ResetRep,
        errors=(403,),
        open=True,
    ),
    Operation(
        reset_password,
        "POST",
        RESETS + "/{token}",
        (GROUP, "reset"),
        ANY_CALLER,
        body=ResetPost,
        answer=SessionRep,
        errors=(401, 403),
        open=True,
        prepare=partial(_hash_for, RESET),
        follow=_welcome,
    ),
    Operation(
        renew_invitation,
        "POST",
        MEMBER + "/invitation",
        ("flagstaff_members", "renew_invitation"),
        "createMember",
        answer=NewInvitationRep,
        errors=(409,),
    ),
    Operation(
        make_reset_link,
        "POST",
        MEMBER + "/reset-link",
        ("flagstaff_members", "make_reset_link"),
        "updateRole",
        answer=ResetLinkRep,
        session=True,
    ),
)
