"""Turning a second factor on, as tests do it."""

from tests.features.accounts.factors.codes import code_at
from tests.support.client import SESSION
from tests.support.server import TestServer


def turn_on(server: TestServer, as_: str = SESSION) -> tuple[str, list[str]]:
    """Give the owner a second factor; its secret and the recovery codes."""
    secret = server.post("/auth/totp", as_=as_).json["secret"]
    answer = server.post("/auth/totp/confirm", {"code": code_at(server.clock.now, secret)}, as_=as_)
    assert answer.status == 200, answer
    return secret, answer.json["recoveryCodes"]
