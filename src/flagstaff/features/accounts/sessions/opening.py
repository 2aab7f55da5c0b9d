"""The one place where a session begins, whichever way a member has come in.

What calls it has found out who the member is: by a password, a mailed link, or a provider of identities.
"""

from flagstaff.features.accounts.factors.store import has_factor
from flagstaff.features.accounts.grants import caller_of_member
from flagstaff.features.accounts.members.model import Sighting
from flagstaff.features.accounts.members.sightings import save_sightings
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.sessions import store
from flagstaff.features.accounts.sessions.model import LIFETIME, LONGEST_USER_AGENT, Session
from flagstaff.features.accounts.sessions.represent import represent_session
from flagstaff.features.accounts.sessions.schemas import SessionRep
from flagstaff.http.call import Call
from flagstaff.http.site import Visit
from flagstaff.storage.outbox import read_position
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction


def open_session(tx: Transaction, member: Member, visit: Visit) -> tuple[Session, str]:
    """A new session of the member in the browser that visits, and its secret, which is kept nowhere else.

    A session that this browser had before ends: a secret that somebody has planted opens nothing.
    """
    before = store.find_session(tx, digest(visit.session)) if visit.session else None
    if before is not None:
        store.end_session(tx, before.id)
    secret = tx.ids.secret("session")
    session = Session(
        id=tx.ids.object_id(),
        member_id=member.id,
        created=tx.now,
        expires=tx.now + LIFETIME,
        address=visit.address,
        user_agent=visit.user_agent[:LONGEST_USER_AGENT],
    )
    store.add_session(tx, session, secret)
    save_sightings(tx, {member.id: Sighting(tx.now)})  # at once: a use is written down only within a minute
    return session, secret


def enter(call: Call, member: Member) -> SessionRep:
    """Open a session for the caller of an operation: its cookie goes with the answer that this returns."""
    session, secret = open_session(call.tx, member, call.visit)
    call.headers["Set-Cookie"] = call.installation.site.set_cookie(secret, LIFETIME // 1000)
    return show_session(call.tx, session, member)


def show_session(tx: Transaction, session: Session, member: Member) -> SessionRep:
    """A session with what else its member is told of themself."""
    caller = caller_of_member(tx, member)
    has_second = has_factor(tx, member.id)
    return represent_session(session, member, caller, second_factor=has_second, position=read_position(tx))
