"""The password, once more, of who has signed in."""

import pytest

from tests.support.client import SESSION
from tests.support.server import OWNER_PASSWORD, TestServer

CHANGE = {"password": OWNER_PASSWORD, "newPassword": "another password"}


@pytest.mark.parametrize("session", ["session-unknown", ""])
def test_without_a_session_no_password_is_compared(server: TestServer, session: str) -> None:
    assert server.put("/auth/password", CHANGE, as_=session).status == 401


def test_with_the_session_of_a_member_who_is_gone_nothing_is_proven(server: TestServer) -> None:
    server.write(lambda tx: tx.run("DELETE FROM members"))

    assert server.put("/auth/password", CHANGE, as_=SESSION).status == 401


def test_a_password_that_changes_meanwhile_proves_nothing(server: TestServer) -> None:
    call = {"method": "PUT", "path": "/auth/password", "json": CHANGE, "as_": SESSION}

    answers = server.request_all(call, call)

    assert sorted(answer.status for answer in answers) == [204, 401]
