"""Sessions from model to wire."""

from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.represent import summarise_member
from flagstaff.features.accounts.sessions.model import Session
from flagstaff.features.accounts.sessions.schemas import OpenSessionRep, SessionRep


def represent_session(session: Session, member: Member, *, second_factor: bool) -> SessionRep:
    return SessionRep(
        id=session.id,
        member=summarise_member(member),
        created_at=session.created,
        expires_at=session.expires,
        second_factor=second_factor,
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
