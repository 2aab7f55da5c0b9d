"""Passwords: argon2id, at the library's recommended cost, and the one rule that a new one must meet."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from flagstaff.kernel.errors import InvalidRequest

SHORTEST, LONGEST = 8, 256
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Takes some 50 ms and 64 MB; raises InvalidRequest for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidRequest(f"A password needs {SHORTEST} to {LONGEST} characters")
    return _hasher.hash(password)


def verify_password(stored: str, password: str) -> bool:
    """Whether `password` is the one behind the stored hash."""
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
