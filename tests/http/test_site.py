"""Which pages may call, and the cookie of a session."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from flagstaff.http.site import Site, Visit, is_loopback
from flagstaff.kernel.errors import Forbidden

HERE = Site("https://flags.example.com")


@dataclass
class Sent:
    """As much of Falcon's request as is read."""

    headers: dict[str, str] = field(default_factory=dict)
    remote_addr: str = "10.0.0.1"
    method: str = "GET"

    def get_header(self, name: str) -> str | None:
        return self.headers.get(name)

    def get_cookie_values(self, _: str) -> list[str] | None:
        return [self.headers["Cookie"].partition("=")[2]] if "Cookie" in self.headers else None


def may_call(site: Site = HERE, **visit: Any) -> bool:
    try:
        site.check_visit(Visit(**visit))
    except Forbidden:
        return False
    return True


@pytest.mark.parametrize(
    ("method", "origin", "fetch_site", "allowed"),
    [
        ("GET", "https://flags.example.com", "", True),
        ("POST", "https://flags.example.com", "same-origin", True),
        ("GET", None, "same-origin", True),
        ("HEAD", None, "none", True),
        ("GET", None, "", False),
        ("GET", None, "same-site", False),
        ("GET", None, "cross-site", False),
        ("POST", None, "same-origin", False),
        ("DELETE", None, "none", False),
        ("GET", "https://evil.example.com", "same-origin", False),
        ("GET", "http://flags.example.com", "same-origin", False),
        ("GET", "https://flags.example.com:8443", "same-origin", False),
        ("GET", "https://flags.example.com.evil.test", "same-origin", False),
        ("GET", "null", "same-origin", False),
        ("GET", "", "same-origin", False),
    ],
)
def test_a_session_is_for_pages_of_the_own_origin(
    method: str, origin: str | None, fetch_site: str, allowed: bool
) -> None:
    assert may_call(session="s", method=method, origin=origin, fetch_site=fetch_site) is allowed


@pytest.mark.parametrize(
    ("origin", "fetch_site", "allowed"),
    [
        (None, "", True),
        ("https://flags.example.com", "same-origin", True),
        (None, "cross-site", False),
        (None, "same-site", False),
        ("https://evil.example.com", "cross-site", False),
    ],
)
def test_without_a_session_programs_may_call_and_pages_of_others_may_not(
    origin: str | None, fetch_site: str, allowed: bool
) -> None:
    assert may_call(method="POST", origin=origin, fetch_site=fetch_site) is allowed


@pytest.mark.parametrize(
    ("site", "origins"),
    [
        (Site("https://Flags.Example.com:443"), {"https://flags.example.com"}),
        (Site("http://[::1]:8080"), {"http://[::1]:8080"}),
        (
            Site("http://127.0.0.1:80", by_any_name=True),
            {"http://127.0.0.1", "http://localhost", "http://[::1]"},
        ),
    ],
)
def test_the_origins_of_the_own_pages(site: Site, origins: set[str]) -> None:
    assert site.origins == origins


def test_where_nobody_has_said_the_address_sessions_are_for_this_machine() -> None:
    site = Site("http://127.0.0.1:8080", local_only=True)

    assert may_call(site, session="s", origin="http://localhost:8080", is_local=True)
    assert not may_call(site, session="s", origin="http://localhost:8080", is_local=False)
    assert not may_call(site, is_local=False)


def test_the_cookie_with_https() -> None:
    assert sorted(HERE.set_cookie("x-1", 60).split("; ")) == [
        "HttpOnly",
        "Max-Age=60",
        "Path=/",
        "SameSite=Lax",
        "Secure",
        "__Host-flagstaff-session=x-1",
    ]


def test_the_cookie_without_https_and_its_end() -> None:
    ended = Site("http://127.0.0.1:8080").set_cookie("", 0)

    assert ended.startswith('flagstaff-session=""; ')
    assert "Max-Age=0" in ended
    assert "Secure" not in ended


def test_what_a_request_tells() -> None:
    sent = Sent(
        {"Cookie": "n=secret", "Origin": "https://o.test", "Sec-Fetch-Site": "none", "User-Agent": "B"}
    )

    assert HERE.read_visit(sent) == Visit(
        "10.0.0.1", "B", "secret", "https://o.test", "none", "GET", attempt="secret"
    )
    assert HERE.read_visit(Sent()) == Visit("10.0.0.1")


@pytest.mark.parametrize(
    ("address", "headers", "expected"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("10.0.0.1", {}, False),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, False),
        ("no address", {}, False),
    ],
)
def test_who_is_on_this_machine(address: str, headers: dict[str, str], expected: bool) -> None:
    assert is_loopback(Sent(headers, address)) is expected
