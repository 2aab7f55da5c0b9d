"""Second factors: codes by the clock (RFC 6238), which every authenticator app makes, and recovery codes."""

import base64
import hmac
import re
from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from flagstaff.kernel.clock import Millis

DIGITS, STEP = 6, 30  # what apps take for granted, as is SHA-1
DRIFT = 1  # steps that the clock of a phone may be off
SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
ISSUER = "Flagstaff"
_SIX_DIGITS = re.compile(r"[0-9]{6}")


def encode_secret(drawn: bytes) -> str:
    """A secret as people type it into an app: 32 letters and digits."""
    return base64.b32encode(drawn).decode()


def encode_recovery_code(drawn: bytes) -> str:
    """A recovery code as people note it down: four groups of four letters and digits."""
    text = base64.b32encode(drawn).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def plain_code(code: str) -> str:
    """A code without what people put between its parts."""
    return re.sub(r"[\s-]", "", code).lower()


def is_by_clock(code: str) -> bool:
    """Whether a plain code has the form of those that an app shows, or else of a recovery code."""
    return _SIX_DIGITS.fullmatch(code) is not None


def find_step(secret: str, code: str, now: Millis) -> int | None:
    """The step of the clock for which a plain code is right, or None."""
    totp = _totp(secret)
    current = now // 1_000 // STEP
    steps: Sequence[int] = range(current - DRIFT, current + DRIFT + 1)
    right = [step for step in steps if hmac.compare_digest(totp.generate(step * STEP).decode(), code)]
    return right[-1] if right else None


def describe_secret(secret: str, email: str) -> str:
    """The URI that apps read from a QR code."""
    return _totp(secret).get_provisioning_uri(email, ISSUER)


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)  # noqa: S303 - RFC 6238; apps know no other
