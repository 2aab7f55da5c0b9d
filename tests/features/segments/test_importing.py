"""Which segment is being imported into."""

import pytest

from flagstaff.features.segments.importing import find_importing, refuse_while_importing
from flagstaff.features.segments.store import SEGMENTS
from flagstaff.kernel.errors import Conflict
from tests.support.big_segments import CROWD, change, make_crowd
from tests.support.server import TestServer


def test_a_segment_is_left_alone_while_keys_are_imported_into_it(server: TestServer) -> None:
    make_crowd(server)
    segment = server.read(lambda tx: SEGMENTS.find(tx, "key = 'crowd'"))
    assert segment is not None
    server.write(lambda tx: refuse_while_importing(tx, segment))
    server.write(
        lambda tx: tx.run(
            "INSERT INTO segment_imports (id, segment_id, environment_id, number, busy, version, body) "
            "VALUES ('i', :segment, :environment, 1, 1, 1, '{}')",
            segment=segment.id,
            environment=segment.environment_id,
        )
    )

    assert server.read(lambda tx: find_importing(tx, segment.environment_id)) == {segment.id}
    with pytest.raises(Conflict, match="imported into crowd"):
        server.read(lambda tx: refuse_while_importing(tx, segment))
    assert server.get(CROWD).json["_importInProgress"] is True
    assert server.get("/api/v2/segments/default/test").json["items"][0]["_importInProgress"] is True
    assert [change(server, included=["a"]).status, server.delete(CROWD).status] == [409, 409]
