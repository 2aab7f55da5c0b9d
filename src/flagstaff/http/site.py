"""The installation as browsers know it: its origin, the cookie of a session, and which pages may call.

A call that carries a session cookie, or that opens a session, must come from a page of the own origin
(architecture 8). Programs, which send neither `Origin` nor `Sec-Fetch-Site`, may call without a cookie.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec

from flagstaff.kernel.errors import Forbidden

COOKIE = "flagstaff-session"
ATTEMPT = "flagstaff-sign-in"  # one that goes on at a provider of identities
FORWARDED = ("X-Forwarded-For", "Forwarded")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PORTS = {"http": 80, "https": 443}
SAFE = frozenset({"GET", "HEAD"})
OURS = frozenset({"same-origin", "none"})  # Sec-Fetch-Site of our pages, and of an address that was typed in


class Visit(msgspec.Struct, frozen=True):
    """Where a request comes from, and the secret of the session that its cookie names."""

    address: str = ""
    user_agent: str = ""
    session: str = ""
    origin: str | None = None
    fetch_site: str = ""
    method: str = "GET"
    is_local: bool = False
    navigates: bool = False  # a person looks at the answer, not a page
    last_event: str = ""  # the id of the last event of a stream that a browser has had
    attempt: str = ""  # the sign-in that goes on elsewhere, sealed


@dataclass(frozen=True)
class Site:
    """`base_url` is where people reach the installation.

    With `by_any_name` it listens on this machine alone, which has several names. With `local_only` nobody has
    said where it is reached from outside, so that sessions are for callers on this machine.
    """

    base_url: str = "http://127.0.0.1:8080"
    by_any_name: bool = False
    local_only: bool = False

    @cached_property
    def origins(self) -> Collection[str]:
        """What `Origin` says for our pages."""
        parts = urlsplit(self.base_url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        names = {host, *LOOPBACK} if self.by_any_name or self.local_only else {host}
        port = "" if parts.port in {None, PORTS.get(parts.scheme)} else f":{parts.port}"
        return frozenset(f"{parts.scheme}://{name}{port}" for name in names)

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https:")

    @property
    def cookie_name(self) -> str:
        """That of the session."""
        return self._full_name(COOKIE)

    def _full_name(self, name: str) -> str:
        """With https one that no other host and no page without TLS can have set."""
        return f"__Host-{name}" if self.is_secure else name

    def set_cookie(self, secret: str, seconds: int, name: str = COOKIE) -> str:
        """The header that gives a browser its session, or with an empty secret takes it away."""
        full_name = self._full_name(name)
        cookie: SimpleCookie = SimpleCookie({full_name: secret})
        morsel = cookie[full_name]
        morsel.update({"path": "/", "samesite": "Lax", "max-age": str(seconds), "httponly": "yes"})
        morsel.update({"secure": "yes"} if self.is_secure else {})
        return morsel.OutputString()

    def read_visit(self, request: Any) -> Visit:
        """What a request says of itself; its cookie is not looked up yet."""
        secrets = request.get_cookie_values(self.cookie_name) or [""]
        return Visit(
            request.remote_addr,
            request.get_header("User-Agent") or "",
            secrets[0],
            request.get_header("Origin"),
            request.get_header("Sec-Fetch-Site") or "",
            request.method,
            self.local_only and is_loopback(request),
            "text/html" in (request.get_header("Accept") or ""),
            request.get_header("Last-Event-ID") or "",
            (request.get_cookie_values(self._full_name(ATTEMPT)) or [""])[0],
        )

    def check_visit(self, visit: Visit) -> None:
        """Raise Forbidden for a call of another origin, or one that does not tell its own."""
        if self.local_only and not visit.is_local:
            raise Forbidden("Sessions are for callers on the same machine: FLAGSTAFF_BASE_URL is not set")
        if visit.origin is not None:
            is_ours = visit.origin in self.origins
        elif visit.session:
            is_ours = visit.method in SAFE and visit.fetch_site in OURS
        else:
            is_ours = visit.fetch_site in {"", *OURS}
        if not is_ours:
            raise Forbidden(f"Sessions are for pages of {self.base_url} only")


NOWHERE, HERE = Visit(), Site()


def is_loopback(request: Any) -> bool:
    """Whether the caller is on this machine; one that a proxy on it names, is not."""
    if any(request.get_header(name) for name in FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr).is_loopback
    except ValueError:
        return False
