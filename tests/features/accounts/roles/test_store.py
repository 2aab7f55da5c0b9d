from flagstaff.features.accounts.roles.store import find_role, list_roles, list_roles_with
from tests.features.accounts.roles.calls import make_role
from tests.support.server import TestServer


def test_a_key_that_looks_like_an_id_goes_before_the_id(server: TestServer) -> None:
    first = make_role(server, "first")
    second = make_role(server, first["_id"])

    found = server.read(lambda tx: find_role(tx, first["_id"]))

    assert found is not None
    assert found.id == second["_id"]


def test_roles_are_listed_oldest_first_and_by_id_in_the_order_asked_for(server: TestServer) -> None:
    ids = []
    for key in ("b", "a"):
        ids.append(make_role(server, key)["_id"])
        server.clock.advance(seconds=1)

    assert [role.key for role in server.read(list_roles)] == ["b", "a"]
    found = server.read(lambda tx: list_roles_with(tx, [ids[1], "gone", ids[0]]))
    assert [role.key for role in found] == ["a", "b"]
