"""The audit log after its oldest entries are gone."""

from flagstaff.features.system import audit_pruning
from flagstaff.features.system.audit_pruning import prune_audit_log
from flagstaff.storage import audit
from tests.support.flag_calls import make
from tests.support.server import TestServer

DAY = 24 * 3_600


def fill(server: TestServer) -> None:
    for number in range(3):
        make(server, f"flag-{number}")
        server.clock.advance(seconds=DAY)


def names(server: TestServer) -> list[str]:
    return [name for (name,) in server.rows("SELECT name FROM audit_log ORDER BY position")]


def test_what_is_older_goes_and_the_rest_still_verifies(server: TestServer) -> None:
    fill(server)

    server.run(prune_audit_log(server.database, 2))

    assert names(server) == ["Flag flag-1", "Flag flag-2"]
    assert server.read(audit.verify) is None
    assert server.rows("SELECT min(position) FROM audit_documents") == server.rows(
        "SELECT min(position) FROM audit_log"
    )
    make(server, "later")
    assert server.read(audit.verify) is None
    assert server.get("/api/v2/auditlog").status == 200


def test_without_a_number_of_days_everything_stays(server: TestServer) -> None:
    fill(server)
    before = names(server)

    server.run(prune_audit_log(server.database, 0))

    assert names(server) == before


def test_the_newest_entry_stays_however_old(server: TestServer) -> None:
    fill(server)
    server.clock.advance(seconds=100 * DAY)

    server.run(prune_audit_log(server.database, 1))

    assert names(server) == ["Flag flag-2"]
    assert server.read(audit.verify) is None


def test_many_go_in_several_units(server: TestServer) -> None:
    fill(server)
    server.clock.advance(seconds=100 * DAY)
    batch, audit_pruning.BATCH = audit_pruning.BATCH, 2
    try:
        server.run(prune_audit_log(server.database, 1))
    finally:
        audit_pruning.BATCH = batch

    assert names(server) == ["Flag flag-2"]


def test_more_than_was_pruned_cannot_be_taken_away(server: TestServer) -> None:
    fill(server)
    server.run(prune_audit_log(server.database, 2))

    server.write(lambda tx: tx.run("DELETE FROM audit_log WHERE name = 'Flag flag-1'"))

    assert server.read(audit.verify) is not None


def test_where_the_log_begins_is_sealed(server: TestServer) -> None:
    fill(server)
    server.run(prune_audit_log(server.database, 2))
    forged = "UPDATE audit_anchor SET mac = (SELECT mac FROM audit_log WHERE name = 'Flag flag-1')"

    server.write(lambda tx: [tx.run(forged), tx.run("DELETE FROM audit_log WHERE name = 'Flag flag-1'")])

    found = server.read(audit.verify)
    assert found is not None
    assert found.entry_id == "that is no longer kept"


def test_the_head_before_all_that_is_left_is_known_and_older_ones_are_not(server: TestServer) -> None:
    make(server, "flag-0")
    head = server.read(audit.head)
    server.clock.advance(seconds=DAY)
    make(server, "flag-1")
    server.clock.advance(seconds=DAY)
    server.run(prune_audit_log(server.database, 1))

    assert names(server) == ["Flag flag-1"]
    assert server.read(lambda tx: audit.verify(tx, head)) is None


def test_a_pruned_log_is_sealed_again_with_a_new_key(server: TestServer) -> None:
    fill(server)
    server.run(prune_audit_log(server.database, 2))

    server.write(audit.seal_again)

    assert server.read(audit.verify) is None
