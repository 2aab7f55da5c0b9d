"""The proof that a session is in the right hands: its member's password, checked before the unit."""

from functools import partial

import msgspec

from flagstaff.features.accounts.passwords import hash_password, judge_password
from flagstaff.features.accounts.profile.schemas import OwnPassword, PasswordPut
from flagstaff.features.accounts.sessions.store import find_session
from flagstaff.features.accounts.store import find_member, find_password_hash
from flagstaff.http.operations import Edge
from flagstaff.http.requests import Received
from flagstaff.kernel.errors import Unauthorized, WrongPassword
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction


class Proof(msgspec.Struct, frozen=True):
    """Whose password was right, the hash that it was compared with, and that of a new one."""

    member_id: str
    compared: str
    new_hash: str = ""


async def prove_password(edge: Edge, received: Received) -> Proof:
    """Raises Unauthorized without a session, WrongPassword, and RateLimited after too many failures."""
    body: OwnPassword | PasswordPut = received.typed_body()
    member_id, email, stored = await edge.database.read(partial(_find_own, secret=received.visit.session))
    edge.throttle.admit(email, received.visit.address)
    verdict = await edge.hashing.run(partial(judge_password, stored, body.password))
    if not verdict.is_right:
        raise WrongPassword
    edge.throttle.take_back(email, received.visit.address)
    new_hash = ""
    if isinstance(body, PasswordPut):
        new_hash = await edge.hashing.run(partial(hash_password, body.new_password))
    return Proof(member_id, stored, new_hash)


def _find_own(tx: Transaction, secret: str) -> tuple[str, str, str]:
    """The id, the e-mail address and the stored hash of the member whose session that is."""
    session = find_session(tx, digest(secret))
    member = None if session is None or session.is_over(tx.now) else find_member(tx, session.member_id)
    if member is None:
        raise Unauthorized
    return member.id, member.email, find_password_hash(tx, member) or ""
