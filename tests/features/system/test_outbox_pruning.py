"""The outbox, kept short."""

import pytest
from structlog.testing import capture_logs

from flagstaff.features.system import outbox_pruning
from flagstaff.features.system.outbox_pruning import prune_outbox
from flagstaff.storage import outbox
from tests.support.flag_calls import instruct, make_colours, published
from tests.support.server import TestServer

DAY = 24 * 3600


def test_a_week_of_changes_is_kept(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (outbox, outbox_pruning):
        monkeypatch.setattr(module, "BATCH", 2)  # so that several units are needed
    make_colours(server)
    server.clock.advance(seconds=2 * DAY)
    instruct(server, {"kind": "turnFlagOn"})
    seen, entries = published(server), server.count("audit_log")
    newest = server.rows("SELECT max(position) FROM outbox")
    server.clock.advance(seconds=5 * DAY)

    with capture_logs() as lines:
        server.run(prune_outbox(server.database))
        server.run(prune_outbox(server.database))

    assert server.rows("SELECT position FROM outbox") == newest
    assert [line["event"] for line in lines if "events" in line] == ["outbox_pruned"]
    assert (published(server), server.count("audit_log")) == (seen, entries)
    server.clock.advance(seconds=2 * DAY)
    server.run(prune_outbox(server.database))
    assert server.count("outbox") == 0
    instruct(server, {"kind": "turnFlagOff"})
    assert server.rows("SELECT position FROM outbox") == [(newest[0][0] + 1,)]
