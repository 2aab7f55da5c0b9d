"""A small provider of identities on loopback that signs whatever a test wants, and answers as it is told.

The real one that sign-in is tried with is in tests/contract; this one also does what no honest one would.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT_ID, CLIENT_SECRET = "flagstaff", "provider-secret"
SUBJECT, EMAIL = "248289761001", "ada@example.com"
Sign = Callable[[dict[str, Any], "IdentityProvider"], str]


def sign_properly(claims: dict[str, Any], provider: "IdentityProvider") -> str:
    key = provider.keys.keys[-1]
    return jwt.encode(
        {"alg": provider.algorithm, "kid": key.kid}, claims, key, algorithms=[provider.algorithm]
    )


@dataclass
class IdentityProvider:
    """What it says can be changed: `claims` of ID tokens (None takes one away), `userinfo`, how it signs."""

    now: Callable[[], int] = lambda: 0  # seconds
    keys: KeySet = field(default_factory=lambda: KeySet([ECKey.generate_key("P-256", auto_kid=True)]))
    algorithm: str = "ES256"
    sign: Sign = sign_properly
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)  # in place of proper ones, by path
    asked: list[str] = field(default_factory=list)  # the paths, in their order
    issuer: str = ""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, address: str, code: str = "the-code") -> dict[str, str]:
        """Sign somebody in who was sent to that address; what the browser brings back."""
        wanted = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert wanted["client_id"] == CLIENT_ID
        assert wanted["response_type"] == "code"
        assert wanted["code_challenge_method"] == "S256"
        self._codes[code] = wanted
        return {"code": code, "state": wanted["state"]}

    def rotate(self) -> None:
        """Sign with a new key from now on."""
        self.keys = KeySet([ECKey.generate_key("P-256", auto_kid=True)])

    def use_rsa(self) -> None:
        self.keys, self.algorithm = KeySet([RSAKey.generate_key(2048, auto_kid=True)]), "RS256"

    def describe(self) -> dict[str, Any]:
        named = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        more = {} if self.userinfo is None else {"userinfo_endpoint": f"{self.issuer}/userinfo"}
        return named | more | self.metadata

    def issue(self, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Tokens for a code that comes once, with its verifier."""
        wanted = self._codes.pop(fields.get("code", ""), None)
        if wanted is None or create_s256_code_challenge(fields["code_verifier"]) != wanted["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        assert fields["redirect_uri"] == wanted["redirect_uri"]
        usual = {
            "iss": self.issuer,
            "sub": SUBJECT,
            "aud": CLIENT_ID,
            "iat": self.now(),
            "exp": self.now() + 300,
            "nonce": wanted["nonce"],
            "email": EMAIL,
            "email_verified": True,
            "given_name": "Ada",
            "family_name": "Lovelace",
        }
        claims = {name: value for name, value in (usual | self.claims).items() if value is not None}
        return 200, {"access_token": "at", "token_type": "Bearer", "id_token": self.sign(claims, self)}

    def respond(self, method: str, path: str, body: str) -> tuple[int, bytes]:
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]
        found: Any = {
            "/.well-known/openid-configuration": self.describe,
            "/keys": lambda: self.keys.as_dict(private=False),
            "/userinfo": lambda: self.userinfo,
        }.get(path, dict)()
        status = 200
        if (method, path) == ("POST", "/token"):
            status, found = self.issue({name: values[0] for name, values in parse_qs(body).items()})
        return status, json.dumps(found).encode()


@contextmanager
def providing() -> Iterator[IdentityProvider]:
    """A provider on a free port."""
    provider = IdentityProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, body: str) -> None:
            status, content = provider.respond(self.command, urlsplit(self.path).path, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
