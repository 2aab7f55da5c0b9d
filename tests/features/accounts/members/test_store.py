"""Members in the database, where HTTP does not show it."""

import pytest
from msgspec.structs import replace

from flagstaff.features.accounts.members import store
from flagstaff.features.accounts.store import MEMBERS
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Actor, Entry
from tests.features.accounts.members.calls import invite, one
from tests.support.audit import recorded
from tests.support.server import OWNER_EMAIL, TestServer

ENTRY = Entry("member", "", "updated the member", "", (), Actor())


def test_two_members_never_have_one_address(server: TestServer) -> None:
    ada_id = invite(server)["_id"]
    ada = server.read(lambda tx: store.get_member(tx, ada_id))
    after = replace(ada, email=OWNER_EMAIL, version=2)

    with pytest.raises(Conflict):
        server.write(lambda tx: store.save_member(tx, ada, after, ENTRY))


def test_the_audit_log_holds_no_personal_data(server: TestServer) -> None:
    before = server.count("audit_log")

    invite(server, firstName="Ada", lastName="Lovelace")

    (entry,) = recorded(server, before)
    assert entry.versions[0]["table"] == MEMBERS.table
    after = entry.versions[0]["after"]
    assert (after["email"], after["role"], after["invited"]) == ("", "reader", True)
    assert "Lovelace" not in str(entry)
    assert "ada@" not in str(entry)


def test_an_unknown_member_is_named(server: TestServer) -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        server.read(lambda tx: store.get_person(tx, "nobody"))


def test_a_second_factor_is_shown_where_somebody_knows_of_one(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = invite(server)
    monkeypatch.setattr(store, "has_second_factor", [lambda _, member_id: member_id == ada["_id"]])

    assert server.get(one(ada)).json["mfa"] == "enabled"
