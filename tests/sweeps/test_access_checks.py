"""Every answer that can tell what the caller may do tells it to those who ask, and to nobody else."""

from flagstaff.access.checks import HEADER
from flagstaff.http.openapi.parameters import shows_access
from flagstaff.http.operations import Operation
from tests.support.server import TestServer
from tests.sweeps.calls import EVERY, call_example, each, successes


@each([row for row in EVERY if shows_access(row)])
def test_who_asks_is_told_of_every_action(server: TestServer, row: Operation) -> None:
    plain = call_example(server, row) if row.reads else None
    asked = call_example(server, row, headers={HEADER: "*"})

    assert asked.status in successes(row), asked
    assert b'"_access":{' in asked.body
    assert plain is None or b'"_access"' not in plain.body
