"""Every operation has an example, and every example succeeds."""

from flagstaff.http.operations import Operation
from flagstaff.rows import OPERATIONS
from tests.support.client import READER
from tests.support.server import TestServer
from tests.sweeps.calls import EVERY, READS, WRITES, call_example, each, successes
from tests.sweeps.entries import expected_of, shown_by, tells
from tests.sweeps.examples import EXAMPLES

UNNOTED = {
    "signIn",
    "signOut",
    "deleteSession",
    "requestPasswordReset",
    "beginSecondFactor",
    "issueTokens",
    "revokeToken",
    "finishProviderSignIn",
    "putPreferences",
}  # they change no resource


def test_every_row_has_an_example_and_every_example_a_row() -> None:
    assert {row.id for row in OPERATIONS} == set(EXAMPLES)


@each(EVERY)
def test_the_example_answers_as_its_row_says(server: TestServer, row: Operation) -> None:
    answer = call_example(server, row)

    assert answer.status in successes(row), answer


@each([row for row in WRITES if row.id not in UNNOTED])
def test_a_write_leaves_an_audit_entry_and_an_outgoing_event(server: TestServer, row: Operation) -> None:
    entries, events = server.count("audit_log"), server.count("outbox")

    call_example(server, row)

    written = server.count("audit_log") - entries
    assert written > 0
    assert server.count("outbox") - events == written
    for (entry_id,) in server.rows(f"SELECT id FROM audit_log ORDER BY position DESC LIMIT {written}"):
        detail = server.get(f"/api/v2/auditlog/{entry_id}").json
        assert shown_by(detail) == expected_of(row)
        assert bool(detail["description"]) or not tells(row)
        assert {one["resource"] for one in detail["accesses"]} == set(detail["target"]["resources"])


@each([row for row in WRITES if row.method in {"PATCH", "PUT"} and EXAMPLES[row.id].repeats])
def test_a_change_that_changes_nothing_leaves_no_trace(server: TestServer, row: Operation) -> None:
    first = call_example(server, row)
    entries, events = server.count("audit_log"), server.count("outbox")

    second = call_example(server, row)

    assert (second.status, second.body) == (first.status, first.body)
    assert (server.count("audit_log"), server.count("outbox")) == (entries, events)


@each([row for row in WRITES if "dryRun" in row.query.__struct_encode_fields__])
def test_a_dry_run_leaves_no_trace(server: TestServer, row: Operation) -> None:
    before = server.count("audit_log"), server.count("outbox")

    answer = call_example(server, row, query={**EXAMPLES[row.id].query, "dryRun": "true"})

    assert answer.status == row.status
    assert (server.count("audit_log"), server.count("outbox")) == before


@each([row for row in READS if not (row.session or row.arrives)])
def test_a_reader_may_read_what_is_not_reserved_and_leaves_no_trace(
    shared: TestServer, row: Operation
) -> None:
    before = shared.count("audit_log"), shared.count("outbox")
    expected = {403} if EXAMPLES[row.id].reserved else successes(row)

    assert call_example(shared, row, as_=READER).status in expected
    assert (shared.count("audit_log"), shared.count("outbox")) == before
