"""What members may do: the filter of the list (over HTTP: test_operations), and locking oneself out."""

import pytest

from flagstaff.features.accounts.members.access_checks import may, read_check
from flagstaff.features.accounts.sessions.model import LIFETIME, Session
from flagstaff.features.accounts.sessions.store import add_session
from flagstaff.features.accounts.store import get_owner
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.roles.calls import TOGGLE, make_role
from tests.support.flag_calls import make
from tests.support.server import TestServer


@pytest.mark.parametrize(
    ("check", "reason"),
    [
        ("updateOn", "<action>:<resource>"),
        (":proj/default", "<action>:<resource>"),
        ("updateOn:", "accessCheck"),
        ("updateOn:proj/*", "without"),
        ("updateOn:proj/default:flag/x", "is written"),
    ],
)
def test_what_names_no_action_on_one_resource_is_refused(server: TestServer, check: str, reason: str) -> None:
    with pytest.raises(InvalidRequest, match=reason.replace("*", r"\*")):
        server.read(lambda tx: read_check(tx, check))


def test_the_owner_may_everything_that_can_be_named(server: TestServer) -> None:
    check = server.read(lambda tx: read_check(tx, "deleteMember:member/somebody"))

    assert server.read(lambda tx: may(tx, get_owner(tx), check))


def test_a_resource_has_the_tags_of_today(server: TestServer) -> None:
    make(server, tags=["ops"])
    statement = {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/*:flag/*;ops"]}
    make_role(server, key="ops", policy=[statement])
    post = [{"email": "ada@example.com", "customRoles": ["ops"]}]
    ada = server.post("/api/v2/members", post).json["items"][0]["_id"]

    def find(flag: str) -> list[str]:
        filter_ = f"accessCheck:updateOn:proj/default:env/test:flag/{flag}"
        items = server.get("/api/v2/members", query={"filter": filter_}).json["items"]
        return [one["_id"] for one in items]

    assert ada in find("checkout")
    assert ada not in find("another")


KEEPER = {"effect": "allow", "actions": ["*"], "resources": ["role/*"]}


@pytest.fixture
def keeper(server: TestServer) -> str:
    """The session of a member whose role lets them change roles."""
    role = make_role(server, "keeper", KEEPER)
    invited = {"email": "keeper@example.com", "customRoles": ["keeper"]}
    member_id = server.post("/api/v2/members", [invited]).json["items"][0]["_id"]
    assert role["key"] == "keeper"

    def enter(tx: Transaction) -> None:
        times = {"created": tx.now, "expires": tx.now + LIFETIME}
        session = Session(id="keeper", member_id=member_id, address="", user_agent="", **times)
        add_session(tx, session, "session-keeper")

    server.write(enter)
    return "session-keeper"


def test_who_has_signed_in_does_not_lock_themself_out(server: TestServer, keeper: str) -> None:
    one = "/api/v2/roles/keeper"
    for policy in ([], [KEEPER | {"actions": ["updateName"]}]):
        answer = server.patch(one, [{"op": "replace", "path": "/policy", "value": policy}], as_=keeper)
        assert (answer.status, answer.code) == (403, "forbidden")
        assert "lock you out" in answer.message
    assert server.delete(one, as_=keeper).status == 403
    assert server.get(one).json["policy"] == [KEEPER]

    harmless = [{"op": "add", "path": "/policy/-", "value": TOGGLE}]
    assert server.patch(one, harmless, as_=keeper).status == 200


def test_others_take_away_what_somebody_may(server: TestServer, keeper: str) -> None:
    emptied = [{"op": "replace", "path": "/policy", "value": []}]

    assert server.patch("/api/v2/roles/keeper", emptied).status == 200
    renamed = [{"op": "replace", "path": "/name", "value": "Mine"}]
    assert server.patch("/api/v2/roles/keeper", renamed, as_=keeper).status == 403
