"""Codes as an authenticator app makes them."""

import base64

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SECRET = base64.b32encode(b"12345678901234567890").decode()


def code_at(now: int, secret: str = SECRET) -> str:
    """The code of the moment, in milliseconds."""
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(now // 1_000).decode()
