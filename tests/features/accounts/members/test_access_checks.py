"""What members may do: the filter of the list (over HTTP: test_operations)."""

import pytest

from flagstaff.features.accounts.members.access_checks import may, read_check
from flagstaff.features.accounts.store import get_owner
from flagstaff.kernel.errors import InvalidRequest
from tests.features.accounts.roles.calls import make_role
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
