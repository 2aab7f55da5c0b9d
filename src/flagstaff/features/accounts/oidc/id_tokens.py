"""ID tokens: whether the provider has signed this one, for us, now, and in answer to this very sign-in."""

import base64
from collections.abc import Mapping
from typing import Any

import msgspec
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from flagstaff.features.accounts.oidc.model import IdentityRefused

# No `none`, and nothing by which whoever knows a public key, or the client's secret, could sign.
ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)
LEEWAY = 60  # seconds that the clocks may differ


def import_keys(document: Mapping[str, Any]) -> KeySet:
    """The signing keys of a JWKS document; those that we cannot use are left out."""
    found = []
    for key in document.get("keys", ()):
        if (
            isinstance(key, dict)
            and key.get("use", "sig") == "sig"
            and key.get("kty") in {"RSA", "EC", "OKP"}
        ):
            try:
                found += KeySet.import_key_set({"keys": [key]}).keys
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    return KeySet(found)


def has_key(keys: KeySet, token: str) -> bool:
    """Whether the keys have the one that the token says it is signed with."""
    kid = _header(token).get("kid")
    return bool(keys.keys) and (kid is None or any(key.kid == kid for key in keys.keys))


def verify_id_token(token: str, keys: KeySet, expected: Mapping[str, str], now: int) -> dict[str, Any]:
    """The claims; raises IdentityRefused. `expected` has `issuer`, `client_id`, `nonce`, `access_token`."""
    try:
        decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": expected["issuer"]},
                "aud": {"essential": True, "value": expected["client_id"]},
            },
            params={name: expected[name] for name in ("client_id", "nonce", "access_token")},
        )
        claims.validate(now=now, leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        reason = getattr(error, "description", "") or type(error).__name__
        raise IdentityRefused("token_invalid", f"The provider's ID token is not valid: {reason}") from None
    return dict(claims)


def _header(token: str) -> dict[str, Any]:
    try:
        head = token.partition(".")[0]
        found = msgspec.json.decode(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, msgspec.DecodeError):
        return {}
    return found if isinstance(found, dict) else {}
