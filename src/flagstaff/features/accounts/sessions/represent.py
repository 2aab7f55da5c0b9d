"""Sessions from model to wire."""

from flagstaff.access.decision import Caller
from flagstaff.access.reach import may_show
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.represent import summarise_member
from flagstaff.features.accounts.sessions.model import Session
from flagstaff.features.accounts.sessions.schemas import OpenSessionRep, SessionRep

HIDEABLE = (
    "team",
    "role",
    "relay-proxy-config",
    "webhook",
)  # of the others everybody sees their own, at least


def represent_session(
    session: Session, member: Member, caller: Caller, *, second_factor: bool, position: int
) -> SessionRep:
    return SessionRep(
        id=session.id,
        member=summarise_member(member),
        created_at=session.created,
        expires_at=session.expires,
        second_factor=second_factor,
        unseen=tuple(kind for kind in HIDEABLE if not may_show(caller.grants, kind, caller.grant_attributes)),
        position=position,
    )


def represent_open_session(session: Session, current: str) -> OpenSessionRep:
    return OpenSessionRep(
        id=session.id,
        created_at=session.created,
        expires_at=session.expires,
        last_seen=session.last_seen,
        address=session.address,
        user_agent=session.user_agent,
        current=session.id == current,
    )
