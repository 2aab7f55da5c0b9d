"""The state of the audit log over HTTP."""

from flagstaff.storage import audit
from tests.support.client import READER
from tests.support.server import START, TestServer

PATH = "/api/v2/flagstaff/audit-log/verification"


def check(server: TestServer) -> None:
    server.run(server.wired.dispatcher.edge.chain.walk(server.database))


def test_the_newest_entry_and_its_seal_are_told(server: TestServer) -> None:
    check(server)

    shown = server.get(PATH, as_=READER).json

    assert (shown["state"], shown["entry"]) == ("holds", server.count("audit_log"))
    assert shown["head"] == server.read(audit.head).hex()
    assert shown["verifiedDate"] == START


def test_the_first_entry_that_does_not_hold_is_named(server: TestServer) -> None:
    check(server)
    server.post("/api/v2/projects", {"key": "fresh", "name": "Fresh"})
    first = server.get(PATH).json["entry"] + 1
    server.write(lambda tx: tx.run("UPDATE audit_log SET name = 'x' WHERE position = :first", first=first))
    check(server)

    shown = server.get(PATH).json

    assert (shown["state"], shown["entry"], shown["brokenEntry"]) == ("broken", first - 1, first)


def test_before_the_first_walk_has_ended_nothing_is_claimed(server: TestServer) -> None:
    server.wired.dispatcher.edge.chain.known = None

    assert server.get(PATH).json["state"] == "checking"
