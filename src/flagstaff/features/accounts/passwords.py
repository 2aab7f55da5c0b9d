"""Passwords: argon2id, and the one rule that a new one must meet."""

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from flagstaff.kernel.errors import InvalidRequest

SHORTEST, LONGEST = 8, 256
# The library's recommended cost, in one thread: the pool that hashes decides how many processors are taken.
_hasher = PasswordHasher(parallelism=1)
# What a password is compared with where there is no account. Made then, the first would take longer.
_DECOY = "$argon2id$v=19$m=65536,t=3,p=1$S2Lxm2NbPgE6QBt6r1fBEw$R428IlUCtH6RRd7xPkR2BOQgdtz8CDtMZeN4rYn6lrg"


class Verdict(msgspec.Struct, frozen=True):
    """Whether a password is the right one, and its new hash where the stored one has another cost."""

    is_right: bool
    rehashed: str = ""


def hash_password(password: str) -> str:
    """Takes some 50 ms and 64 MB; raises InvalidRequest for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidRequest(f"A password needs {SHORTEST} to {LONGEST} characters")
    return _hasher.hash(password)


def judge_password(stored: str, password: str) -> Verdict:
    """The same work, whether there is a stored hash (or it is empty) and whatever comes out."""
    is_right = verify_password(stored or _DECOY, password) and bool(stored)
    if is_right and _hasher.check_needs_rehash(stored):
        return Verdict(is_right=True, rehashed=_hasher.hash(password))
    return Verdict(is_right)


def verify_password(stored: str, password: str) -> bool:
    """Whether `password` is the one behind the stored hash."""
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
