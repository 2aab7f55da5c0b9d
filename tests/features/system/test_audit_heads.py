"""Heads of the audit log in the logs."""

from structlog.testing import capture_logs

from flagstaff.features.system.audit_heads import log_audit_head
from flagstaff.storage import audit
from tests.support.server import TestServer


def test_the_head_is_logged_with_the_number_of_entries(server: TestServer) -> None:
    with capture_logs() as lines:
        server.run(log_audit_head(server.database))

    assert {
        "event": "audit_head",
        "log_level": "info",
        "head": server.read(audit.head).hex(),
        "entries": server.count("audit_log"),
    } in lines
