"""What an operator does for a member who has lost the second factor."""

import pytest

from flagstaff.features.accounts.profile.recovery import take_factor_away
from flagstaff.features.accounts.store import get_owner
from flagstaff.kernel.errors import NotFound
from tests.features.accounts.profile.calls import turn_on
from tests.features.accounts.sessions.calls import sign_in
from tests.support.client import SESSION
from tests.support.server import TestServer


def test_the_member_signs_in_with_the_password_alone_and_every_session_ends(server: TestServer) -> None:
    turn_on(server)

    server.write(lambda tx: take_factor_away(tx, get_owner(tx)))

    assert server.get("/auth/session", as_=SESSION).status == 401
    assert sign_in(server).status == 200
    (entry,) = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]
    assert entry["titleVerb"] == "turned off the second factor of"


def test_without_a_second_factor_there_is_nothing_to_remove(server: TestServer) -> None:
    with pytest.raises(NotFound):
        server.write(lambda tx: take_factor_away(tx, get_owner(tx)))
