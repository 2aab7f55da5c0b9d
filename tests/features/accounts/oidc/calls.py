"""Signing in with a provider, as a browser does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.client import NOBODY, Answer
from tests.support.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider
from tests.support.server import TestServer

BEGIN, CALLBACK = "/auth/oidc", "/auth/oidc/callback"
BROWSER = {"Accept": "text/html", "Sec-Fetch-Site": "cross-site"}


@dataclass
class SignIn:
    """A server, the provider that it knows, and a browser between the two."""

    server: TestServer
    provider: IdentityProvider

    def begin(self, following: str = "/") -> tuple[str, str]:
        """Where the browser is sent, and the cookie that it is given."""
        answer = self.server.get(BEGIN, query={"next": following}, as_=NOBODY, headers=BROWSER)
        assert answer.status == 302, answer
        return answer.headers["location"], cookie(answer, "flagstaff-sign-in")

    def come_back(self, brought: dict[str, str], kept: str) -> Answer:
        headers = BROWSER | {"Cookie": f"flagstaff-sign-in={kept}"}
        return self.server.get(CALLBACK, query=brought, as_=NOBODY, headers=headers)

    def enter(self, following: str = "/") -> Answer:
        """All of it, in its order."""
        address, kept = self.begin(following)
        return self.come_back(self.provider.authorize(address), kept)

    def member(self) -> Any:
        """Who has signed in by that."""
        answer = self.enter()
        session = cookie(answer, "flagstaff-session")
        assert session, answer.headers.get("location")
        return self.server.get("/auth/session", as_=session).json["member"]


def cookie(answer: Answer, name: str) -> str:
    found = SimpleCookie(answer.headers.get("set-cookie", "")).get(name)
    return "" if found is None else found.value


def reason(answer: Answer) -> str:
    """Why a browser was sent back to sign in; empty if it was let in."""
    place = urlsplit(answer.headers["location"])
    return parse_qs(place.query)["error"][0] if place.path == "/login" else ""


@contextmanager
def starting(template: Path, folder: Path, provider: IdentityProvider, **settings: str) -> Iterator[SignIn]:
    """A server with these settings of the provider."""
    usual = {"ISSUER": provider.issuer, "CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET}
    named = {f"FLAGSTAFF_OIDC_{name}": value for name, value in (usual | settings).items()}
    server = TestServer(template, folder, **named)
    provider.now = lambda: server.clock() // 1_000
    server.start()
    try:
        yield SignIn(server, provider)
    finally:
        server.stop()
