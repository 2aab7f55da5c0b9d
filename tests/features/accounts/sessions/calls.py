"""Signing in, as tests do it."""

from http.cookies import SimpleCookie
from typing import Any

from tests.support.client import NOBODY, Answer
from tests.support.server import OWNER_EMAIL, OWNER_PASSWORD, TestServer

SIGN_IN = "/auth/sign-in"


def sign_in(
    server: TestServer, email: str = OWNER_EMAIL, password: str = OWNER_PASSWORD, code: str = "", **how: Any
) -> Answer:
    body = {"email": email, "password": password} | ({"code": code} if code else {})
    return server.post(SIGN_IN, body, **({"as_": NOBODY} | how))


def cookie_of(answer: Answer) -> str:
    """The secret of the session that an answer has opened; empty where it has taken one away."""
    return SimpleCookie(answer.headers["set-cookie"])["flagstaff-session"].value


def signed_in(server: TestServer, **how: Any) -> str:
    """The secret of a new session of the owner."""
    answer = sign_in(server, **how)
    assert answer.status == 200, answer
    return cookie_of(answer)
