"""Signing in with a password: what happens before the unit, where hashing and waiting are allowed.

An account that does not exist costs as much as one whose password was wrong, and is counted alike.
"""

from functools import partial

import msgspec

from flagstaff.features.accounts.passwords import Verdict, judge_password
from flagstaff.features.accounts.sessions.schemas import SignInPost
from flagstaff.features.accounts.store import find_login
from flagstaff.http.operations import Edge
from flagstaff.http.requests import Received
from flagstaff.kernel.errors import InvalidCredentials


class Verified(msgspec.Struct, frozen=True):
    """Whose password was right, the hash that it was compared with, and a newer one if that is outdated."""

    member_id: str
    compared: str
    rehashed: str = ""


async def verify_sign_in(edge: Edge, received: Received) -> Verified:
    """Raises InvalidCredentials, and RateLimited after too many failures or while too many sign in."""
    body: SignInPost = received.typed_body()
    edge.throttle.admit(body.email, received.visit.address)
    member_id, stored = await edge.database.read(partial(find_login, email=body.email))
    verdict: Verdict = await edge.hashing.run(partial(judge_password, stored, body.password))
    if not verdict.is_right:
        raise InvalidCredentials
    if not body.code:  # nothing was guessed
        edge.throttle.take_back(body.email, received.visit.address)
    return Verified(member_id, stored, verdict.rehashed)


def welcome(edge: Edge, received: Received) -> None:
    """Somebody has signed in."""
    body: SignInPost = received.typed_body()
    if body.code:
        edge.throttle.take_back(body.email, received.visit.address)
    edge.welcome()
