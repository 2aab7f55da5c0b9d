"""What a browser keeps while its owner signs in at the provider: encrypted, and for ten minutes."""

import base64
import binascii
import hmac

import msgspec
from cryptography.exceptions import InvalidTag

from flagstaff.features.accounts.oidc.model import ATTEMPT_LASTS, Attempt, IdentityRefused
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.ids import Ids
from flagstaff.storage.secrets import SecretKey

EXPIRED = "This sign-in was begun elsewhere, or too long ago: begin anew"


def begin_attempt(ids: Ids, following: str, now: Millis) -> Attempt:
    """A new sign-in, of which nothing can be guessed."""
    return Attempt(ids.draw(32).hex(), ids.draw(32).hex(), ids.draw(32).hex(), following, now)


def seal_attempt(attempt: Attempt, key: SecretKey, ids: Ids) -> str:
    """The value of its cookie."""
    sealed = key.encrypt(msgspec.json.encode(attempt).decode(), ids.draw(12))
    return base64.urlsafe_b64encode(sealed).decode()


def open_attempt(cookie: str, key: SecretKey, state: str, now: Millis) -> Attempt:
    """The sign-in that the browser has begun; raises IdentityRefused unless it is this one, and not over."""
    try:
        text = key.decrypt(base64.urlsafe_b64decode(cookie))
        attempt = msgspec.json.decode(text, type=Attempt)
    except (binascii.Error, ValueError, InvalidTag, msgspec.DecodeError):
        raise IdentityRefused("sign_in_expired", EXPIRED) from None
    if not hmac.compare_digest(attempt.state.encode(), state.encode()):
        raise IdentityRefused("sign_in_expired", EXPIRED)
    if not 0 <= now - attempt.started < ATTEMPT_LASTS:
        raise IdentityRefused("sign_in_expired", EXPIRED)
    return attempt
