"""What members let programs do (RFC 6749): scopes, lifetimes, and codes that PKCE proves (RFC 7636)."""

import base64
import hashlib
import hmac
import re

import msgspec

from flagstaff.access.policies import Policy
from flagstaff.access.roles import BUILT_IN
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import OAuthError

SECOND = 1_000
CODE_LASTS = 60 * SECOND
ACCESS_LASTS = 3_600 * SECOND
REFRESH_LASTS = 30 * 24 * 3_600 * SECOND
ACCESS, REFRESH = "access", "refresh"
PREFIXES = {ACCESS: "oauth", REFRESH: "refresh"}  # of tokens
LIFETIMES = {ACCESS: ACCESS_LASTS, REFRESH: REFRESH_LASTS}
DEFAULT_SCOPE = "reader"
SCOPES = {
    "reader": "See what you can see",
    "writer": "Change what you can change, but for members, roles, tokens and the account",
    "admin": "Do everything that you can do",
}
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # of SHA-256, in base64url
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """One consent: what a client may do for a member, and the code by which it comes to its first tokens."""

    id: str
    client_id: str
    member_id: str
    scope: str  # names of SCOPES, between blanks
    redirect_uri: str
    challenge: str = ""  # empty where the client sent none
    code_expires: Millis
    code_used: bool = False
    created: Millis


class IssuedToken(msgspec.Struct, frozen=True, kw_only=True):
    """An access or refresh token as it is stored, with the client and the member of its grant."""

    grant_id: str
    kind: str
    expires: Millis
    used: bool = False  # a refresh token that was exchanged already
    client_id: str
    member_id: str
    scope: str

    @property
    def caps(self) -> tuple[Policy, ...]:
        """What bounds the member's rights while the client uses them: one of the scopes must allow, too."""
        return tuple(BUILT_IN[name] for name in self.scope.split())


def read_scope(text: str) -> str:
    """The scopes that are asked for, each once and in the order of SCOPES; raises OAuthError."""
    asked = set(text.split()) or {DEFAULT_SCOPE}
    if asked - SCOPES.keys():
        raise OAuthError(f"A scope is unknown; there are {', '.join(SCOPES)}", error="invalid_scope")
    return " ".join(name for name in SCOPES if name in asked)


def narrow_scope(granted: str, asked: str) -> str:
    """The scopes of a token that is refreshed: those of the grant, or fewer; raises OAuthError for more."""
    wanted = read_scope(asked) if asked.strip() else granted
    if not set(wanted.split()) <= set(granted.split()):
        raise OAuthError(f"Only these scopes were granted: {granted}", error="invalid_scope")
    return wanted


def read_challenge(challenge: str, method: str, *, required: bool) -> str:
    """The PKCE challenge of a request, which a public client must send; raises OAuthError."""
    if not challenge and not method:
        if required:
            raise OAuthError("A public client must send a code_challenge (PKCE)")
        return ""
    if method != "S256":
        raise OAuthError("The code_challenge_method must be S256")
    if not _CHALLENGE.fullmatch(challenge):
        raise OAuthError("The code_challenge must be a SHA-256 in base64url: 43 characters")
    return challenge


def proves(verifier: str, challenge: str) -> bool:
    """Whether the verifier belongs to the challenge; without one there must be none (RFC 9700, 4.8.2)."""
    if not challenge:
        return not verifier
    if not _VERIFIER.fullmatch(verifier):
        return False
    hashed = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(hashed, challenge.encode())
