"""The world that every sweep starts from: made once for each worker, copied for each test that changes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flagstaff.features.accounts.authorizations.model import REFRESH, Grant
from flagstaff.features.accounts.authorizations.store import add_grant, issue_token
from flagstaff.features.accounts.oauth_clients.store import CLIENTS
from flagstaff.features.accounts.store import get_owner
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.jobs import Job, enqueue
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction
from tests.support.big_segments import CROWD
from tests.support.client import JSON, SEMANTIC
from tests.support.key_files import import_keys, lines, run_jobs, send_file
from tests.support.seen import see, tell
from tests.support.server import TestServer
from tests.sweeps.examples import ASKED, CODE, CONTEXT, PROGRAM, PROOF, WORLD
from tests.sweeps.links import add_links


@pytest.fixture(scope="session")
def world(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the world; no server has it open."""
    folder = tmp_path_factory.mktemp("world")
    server = TestServer(template, folder, first_id=500_000).start()
    for method, path, json in WORLD:
        media = SEMANTIC if "instructions" in json else JSON
        answer = server.request(method, path, json=json, content_type=media)
        assert answer.status in {200, 201}, answer
    see(server, CONTEXT)
    import_keys(server, "u-5", "u-6")
    assert send_file(server, lines("u-9"), fields={"waitOnApprovals": "true"}).status == 204
    assert server.post(f"{CROWD}/exports", version="beta").status == 200
    run_jobs(server)
    store = {"config": {"host": "store.example.com", "password": "swordfish-1"}, "name": "Store"}
    stores = "/api/v2/integration-capabilities/big-segment-store/default/test/redis"
    assert server.post(stores, store, version="beta").status == 201
    server.write(lambda tx: tx.run("DELETE FROM jobs"))
    tell(server, "shop", "1.0", mobile=True)
    server.write(_add_job)
    server.write(_add_grant)
    server.write(lambda tx: add_links(tx, server.secret_key))
    server.stop()
    return folder / "flagstaff.db"


def _add_job(tx: Transaction) -> None:
    """A job that is due in the far future."""
    enqueue(tx, Job(kind="example", due=tx.now * 2))


def _add_grant(tx: Transaction) -> None:
    """A code that waits to be exchanged, and a token that is in use."""
    apply_write(tx, Write(CLIENTS, None, PROGRAM, {"digest": digest(PROOF["client_secret"])}))
    grant = Grant(
        id=tx.ids.object_id(),
        client_id=PROGRAM.id,
        member_id=get_owner(tx).id,
        scope="reader",
        redirect_uri="",
        challenge=ASKED["code_challenge"],
        code_expires=tx.now + 60_000,
        created=tx.now,
    )
    add_grant(tx, grant)
    tx.run("UPDATE oauth_grants SET code_digest = :digest", digest=digest(CODE))
    issue_token(tx, grant.id, REFRESH, grant.scope)


@pytest.fixture
def server(world: Path, tmp_path: Path) -> Iterator[TestServer]:
    """A server in a world of its own."""
    running = TestServer(world, tmp_path).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def shared(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    """One server for all tests whose calls must change nothing; it fails them if one did.

    What is refused is written to the audit log, and is no change.
    """
    running = TestServer(world, tmp_path_factory.mktemp("shared")).start()
    before = running.count("outbox")
    yield running
    assert running.count("outbox") == before
    running.stop()
