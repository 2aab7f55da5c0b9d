"""The provider of identities, as it is called: discovery, its keys, and codes exchanged for who it is.

Addresses come from the operator and from the provider that the operator trusts, so they may be private.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec
import structlog
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwk import KeySet

from flagstaff.features.accounts.oidc.id_tokens import has_key, import_keys, verify_id_token
from flagstaff.features.accounts.oidc.model import (
    Attempt,
    IdentityRefused,
    OidcSettings,
    Person,
    find_claim,
    read_person,
)
from flagstaff.features.accounts.oidc.schemas import CallbackQuery
from flagstaff.kernel.clock import Clock, Millis
from flagstaff.storage.secrets import SecretKey

DISCOVERY = "/.well-known/openid-configuration"
TIME = 10.0  # seconds for all calls of a sign-in
LARGEST = 1_000_000  # bytes of an answer
KNOWN_FOR: Millis = 3_600_000  # until the provider's metadata is asked for again
KEYS_ANEW: Millis = 30_000  # the least time between two questions for keys
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
Result = TypeVar("Result")
log = structlog.get_logger()


@dataclass
class Provider:
    """Used on the event loop. What it knows of the provider is asked for when it is needed, and kept."""

    settings: OidcSettings
    redirect_uri: str
    clock: Clock
    secret_key: SecretKey
    _tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context, repr=False)
    _metadata: dict[str, Any] = field(default_factory=dict)
    _asked: Millis = 0
    _keys: KeySet | None = None
    _keys_asked: Millis = 0

    async def address(self, attempt: Attempt) -> str:
        """Where a browser is sent to sign in; raises IdentityRefused while the provider does not answer."""
        metadata = await self._within(self._find_metadata)
        return str(
            prepare_grant_uri(
                metadata["authorization_endpoint"],
                self.settings.client_id,
                "code",
                redirect_uri=self.redirect_uri,
                scope=self.settings.scopes,
                state=attempt.state,
                nonce=attempt.nonce,
                code_challenge=create_s256_code_challenge(attempt.verifier),
                code_challenge_method="S256",
            )
        )

    async def recognise(self, attempt: Attempt, query: CallbackQuery) -> Person:
        """Who has signed in, for the code that the browser has brought; raises IdentityRefused."""
        if query.iss not in {None, self.settings.issuer}:
            raise IdentityRefused("token_invalid", "Another provider has answered")
        if query.error or not query.code:
            raise IdentityRefused("provider_refused", "The provider has let nobody in")

        async def exchange() -> Person:
            tokens = await self._exchange(query.code, attempt.verifier)
            return read_person(await self._claims(tokens, attempt.nonce), self.settings)

        return await self._within(exchange)

    async def _within(self, work: Callable[[], Awaitable[Result]]) -> Result:
        try:
            async with asyncio.timeout(TIME):
                return await work()
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL) as error:
            log.warning("oidc_unavailable", cause=repr(error))
            raise IdentityRefused("provider_unavailable", "The provider does not answer") from None

    async def _claims(self, tokens: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """What the ID token says, and the provider's user info where that is needed for more."""
        token, access = tokens.get("id_token"), tokens.get("access_token")
        if not isinstance(token, str) or not isinstance(access, str):
            raise IdentityRefused("token_invalid", "The provider has sent no ID token")
        expected = {
            "issuer": self.settings.issuer,
            "client_id": self.settings.client_id,
            "nonce": nonce,
            "access_token": access,
        }
        now = self.clock() // 1_000
        claims = verify_id_token(token, await self._find_keys(token), expected, now)
        metadata = await self._find_metadata()
        is_whole = "email" in claims and find_claim(claims, self.settings.groups_claim) is not None
        if is_whole or "userinfo_endpoint" not in metadata:
            return claims
        more = await self._ask(metadata["userinfo_endpoint"], {"Authorization": f"Bearer {access}"})
        if more.get("sub") != claims["sub"]:
            raise IdentityRefused("token_invalid", "The provider tells of somebody else")
        return {**more, **claims}

    async def _exchange(self, code: str, verifier: str) -> dict[str, Any]:
        metadata = await self._find_metadata()
        body = prepare_token_request(
            "authorization_code", code=code, redirect_uri=self.redirect_uri, code_verifier=verifier
        )
        way = ClientAuth(self.settings.client_id, self.settings.client_secret, self._way(metadata))
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        url, headers, body = way.prepare("POST", metadata["token_endpoint"], headers, body)
        return await self._ask(url, headers, body)

    def _way(self, metadata: Mapping[str, Any]) -> str:
        """How the client authenticates; without a secret by PKCE alone."""
        if not self.settings.client_secret:
            return "none"
        ways = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"

    async def _find_metadata(self) -> dict[str, Any]:
        now = self.clock()
        if not self._metadata or now - self._asked > KNOWN_FOR:
            found = await self._ask(self.settings.issuer.rstrip("/") + DISCOVERY)
            check_metadata(found, self.settings.issuer)
            self._metadata, self._asked = found, now
        return self._metadata

    async def _find_keys(self, token: str) -> KeySet:
        """The provider's keys; asked for anew for one that is not among them: providers replace theirs."""
        now = self.clock()
        if self._keys is not None and (has_key(self._keys, token) or now - self._keys_asked < KEYS_ANEW):
            return self._keys
        metadata = await self._find_metadata()
        self._keys, self._keys_asked = import_keys(await self._ask(metadata["jwks_uri"])), now
        return self._keys

    async def _ask(
        self, url: str, headers: Mapping[str, str] | None = None, body: str | None = None
    ) -> dict[str, Any]:
        """The JSON object that an address answers; raises IdentityRefused for anything else."""
        method = "GET" if body is None else "POST"
        async with (
            httpx.AsyncClient(timeout=TIME, verify=self._tls) as client,
            client.stream(method, url, headers=headers, content=body) as answer,
        ):
            content = b""
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > LARGEST:
                    raise IdentityRefused("provider_unavailable", "The provider answers too much")
        try:
            found = msgspec.json.decode(content)
        except msgspec.DecodeError:
            found = None
        if answer.status_code != 200 or not isinstance(found, dict):
            named = found.get("error", "") if isinstance(found, dict) else ""
            log.warning("oidc_refused", url=url, status=answer.status_code, error=str(named)[:100])
            raise IdentityRefused("provider_refused", f"The provider answered {answer.status_code}")
        return found


def check_metadata(found: Mapping[str, Any], issuer: str) -> None:
    """Raise IdentityRefused unless the metadata is that of the issuer, and names what is needed."""
    if found.get("issuer") != issuer:
        raise IdentityRefused("provider_refused", "The provider's metadata name another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_provider_url(found.get(name)):
            raise IdentityRefused("provider_refused", f"The provider's metadata have no proper {name}")
    if "userinfo_endpoint" in found and not is_provider_url(found["userinfo_endpoint"]):
        raise IdentityRefused("provider_refused", "The provider's metadata have no proper userinfo_endpoint")


def is_provider_url(url: object) -> bool:
    """Whether secrets may be sent there: by https, or to this machine."""
    try:
        parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
        return bool(parts.hostname) and (parts.scheme == "https" or parts.hostname in LOOPBACK)
    except ValueError:
        return False
