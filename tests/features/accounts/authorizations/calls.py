"""A program that is authorized over HTTP, as tests do it."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.features.accounts.oauth_clients.calls import REDIRECT, make_client
from tests.support.client import NOBODY, SESSION, Answer
from tests.support.server import TestServer

FIELDS = "application/x-www-form-urlencoded"
AUTHORIZE, TOKEN, REVOKE = "/oauth/authorize", "/oauth/token", "/oauth/revoke"
LIST = "/api/v2/flagstaff/oauth-authorizations"
VERIFIER = "a-verifier-of-forty-three-characters-or-more"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
PAGE = {"Accept": "text/html,application/xhtml+xml"}


def asking(client: Any, **changes: str) -> dict[str, str]:
    """The parameters of a request for authorization."""
    asked = {
        "response_type": "code",
        "client_id": client["_clientId"],
        "redirect_uri": REDIRECT,
        "scope": "writer",
        "state": "s-1",
        **PKCE,
    }
    return {name: value for name, value in (asked | changes).items() if value}


def arrive(server: TestServer, asked: dict[str, str], path: str = AUTHORIZE, **how: Any) -> Answer:
    """A browser that comes from a page of the program."""
    cross_site = PAGE | {"Origin": "", "Sec-Fetch-Site": "cross-site"}
    return server.get(f"{path}?{urlencode(asked)}", headers=cross_site, **how)


def consent(server: TestServer, client: Any, decision: str = "allow", **changes: str) -> dict[str, str]:
    """What the program gets back after the member's answer; `as_` is whose session it is."""
    as_ = changes.pop("as_", SESSION)
    answer = server.post(AUTHORIZE, asking(client, **changes) | {"decision": decision}, as_=as_)
    assert answer.status == 200, answer
    return read_answer(answer.json["redirectUri"])


def read_answer(address: str) -> dict[str, str]:
    """The parameters in an address that a browser is sent to."""
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def send(server: TestServer, path: str, fields: dict[str, str], **how: Any) -> Answer:
    """A form to the token or the revocation endpoint."""
    body = urlencode({name: value for name, value in fields.items() if value}).encode()
    return server.post(path, body=body, content_type=FIELDS, **({"as_": NOBODY} | how))


def own(client: Any) -> dict[str, str]:
    """How a client authenticates."""
    return {"client_id": client["_clientId"], "client_secret": client.get("_clientSecret", "")}


def exchange(server: TestServer, client: Any, given: str, **changes: str) -> Answer:
    fields = {
        "grant_type": "authorization_code",
        "code": given,
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }
    return send(server, TOKEN, own(client) | fields | changes)


def refresh(server: TestServer, client: Any, token: str, **changes: str) -> Answer:
    fields = {"grant_type": "refresh_token", "refresh_token": token}
    return send(server, TOKEN, own(client) | fields | changes)


def authorize(server: TestServer, client: Any = None, **changes: str) -> tuple[Any, Any]:
    """A client, a new one unless it is given, and the tokens that it has got."""
    client = client or make_client(server)
    issued = exchange(server, client, consent(server, client, **changes)["code"])
    assert issued.status == 200, issued
    return client, issued.json
