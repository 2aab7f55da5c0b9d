"""The installation as its first start makes it."""

from pathlib import Path

import pytest

from flagstaff.features.accounts.identities import identify
from flagstaff.features.accounts.store import get_owner
from flagstaff.features.system.first_start import Owner, create_installation
from flagstaff.kernel.errors import Conflict
from flagstaff.storage import audit
from flagstaff.storage.database import Database
from flagstaff.storage.schema import upgrade_schema
from flagstaff.storage.secrets import SecretKey
from tests.support.ids import counting_ids
from tests.support.server import MovableClock, TestServer

KEY = SecretKey(bytes(32))
OWNER = Owner("Ada@Example.com ", "a hash", "api-first-token")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    path = tmp_path / "new.db"
    upgrade_schema(path)
    made = Database(path, MovableClock(), counting_ids(), KEY.seal_key)
    made.write_now(lambda tx: create_installation(tx, OWNER, KEY))
    return made


def test_the_first_token_is_the_owners(database: Database) -> None:
    identity = database.read_now(lambda tx: identify(tx, OWNER.token))
    owner = database.read_now(get_owner)
    database.close()

    assert identity is not None
    assert (identity.caller.member_id, owner.email) == (owner.id, "ada@example.com")


def test_there_is_one_account(database: Database) -> None:
    with pytest.raises(Conflict):
        database.write_now(lambda tx: create_installation(tx, OWNER, KEY))
    database.close()


def test_all_of_it_is_in_the_audit_log_which_holds(database: Database) -> None:
    kinds = database.read_now(lambda tx: [kind for (kind,) in tx.all("SELECT kind FROM audit_log")])
    found = database.read_now(audit.verify)
    database.close()

    assert kinds == ["account", "token", "project", "environment", "environment"]
    assert found is None


def test_a_project_with_two_environments_is_there(server: TestServer) -> None:
    project = server.get("/api/v2/projects/default", query={"expand": "environments"}).json

    assert project["name"] == "Default"
    assert [item["key"] for item in project["environments"]["items"]] == ["production", "test"]
    assert server.sdk_key("production") != server.sdk_key("test")
