"""From a secret to its caller, where the member or the roles behind it have changed."""

from flagstaff.features.accounts.identities import identify, identify_session
from flagstaff.features.accounts.roles.store import find_role
from flagstaff.features.accounts.store import get_owner
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.members.calls import invite, token_of
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.tokens.calls import make_token
from tests.support.client import OWNER, SESSION
from tests.support.server import TestServer


def test_a_personal_token_acts_for_its_member_and_a_service_token_for_itself(server: TestServer) -> None:
    robot = make_token(server, serviceToken=True)["token"]

    owner = server.read(get_owner)
    personal, service = server.read(lambda tx: [identify(tx, secret) for secret in (OWNER, robot)])

    assert (personal.caller.member_id, personal.actor.member_id) == (owner.id, owner.id)
    assert (service.caller.member_id, service.actor.member_id) == (None, "")


def test_an_unknown_secret_is_nobody(server: TestServer) -> None:
    assert server.read(lambda tx: identify(tx, "api-nothing")) is None


def test_a_personal_token_dies_with_its_member_and_a_service_token_lives_on(server: TestServer) -> None:
    robot = make_token(server, serviceToken=True)["token"]
    server.write(lambda tx: tx.run("DELETE FROM members"))

    assert server.read(lambda tx: identify(tx, OWNER)) is None
    assert server.read(lambda tx: identify(tx, robot)).caller.kind == "service-token"


def test_a_session_is_its_member_without_a_cap(server: TestServer) -> None:
    owner = server.read(get_owner)
    found = server.read(lambda tx: identify_session(tx, SESSION))

    assert (found.caller.kind, found.caller.member_id, found.caller.cap) == ("member", owner.id, None)
    assert (found.actor.member_id, found.actor.token_id, bool(found.session_id)) == (owner.id, "", True)
    assert server.read(lambda tx: identify_session(tx, OWNER)) is None
    assert server.read(lambda tx: identify(tx, SESSION)) is None


def test_custom_roles_of_a_member_replace_the_built_in_one(server: TestServer) -> None:
    make_role(server)
    member = invite(server, role="writer", customRoles=["ops"])
    secret = token_of(server, member)

    found = server.read(lambda tx: identify(tx, secret))

    assert found.caller.grants == (server.read(lambda tx: find_role(tx, "ops")).policy,)


def test_a_secret_that_opens_nothing_costs_the_same_whether_it_once_did_or_not(server: TestServer) -> None:
    revoked, reset = make_token(server, name="Revoked"), make_token(server, name="Reset")
    assert server.delete(f"/api/v2/tokens/{revoked['_id']}").status == 204
    assert server.post(f"/api/v2/tokens/{reset['_id']}/reset").status == 200

    def identify_each(tx: Transaction) -> list[list[str]]:
        asked: list[list[str]] = []
        identify(tx, "api-first")  # which also asks whether what is remembered still holds
        for secret in ("api-nothing", revoked["token"], reset["token"]):
            asked.append([])
            tx.connection.set_trace_callback(lambda sql: asked[-1].append(sql.partition("'")[0]))
            assert identify(tx, secret) is None
        tx.connection.set_trace_callback(None)
        return asked

    unknown, *known = server.read(identify_each)

    assert known == [unknown] * 2
    assert unknown
