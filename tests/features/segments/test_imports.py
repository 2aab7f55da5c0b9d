"""Imports that are begun, that wait and that are given up."""

import pytest
from msgspec.structs import replace

from flagstaff.features.segments import imports
from flagstaff.features.segments.imports import IMPORTS, Import, begin, begin_pending, get_import
from flagstaff.features.segments.store import SEGMENTS
from flagstaff.kernel.errors import Conflict, InvalidRequest, NotFound
from flagstaff.storage.jobs import Job
from tests.support.big_segments import make_crowd
from tests.support.key_files import import_keys, lines, send_file
from tests.support.server import TestServer


def the_import(server: TestServer) -> Import:
    found = server.read(lambda tx: IMPORTS.find(tx, "TRUE ORDER BY number DESC LIMIT 1"))
    assert found is not None
    return found


def test_numbers_of_imports_count_up_in_each_segment(server: TestServer) -> None:
    make_crowd(server)
    make_crowd(server, name="other")

    import_keys(server, "a")
    import_keys(server, "b")

    assert server.rows("SELECT number FROM segment_imports ORDER BY number") == [(1,), (2,)]
    assert server.rows("SELECT shown FROM big_segments ORDER BY number") == [(2,), (0,)]


def test_while_one_is_busy_no_other_begins(server: TestServer) -> None:
    make_crowd(server)
    server.wired.jobs.stopping = True
    send_file(server, lines("a"))
    other = replace(the_import(server), id="other")

    with pytest.raises(Conflict):
        server.write(lambda tx: begin(tx, other))


def test_only_one_that_waits_is_begun_by_an_instruction(server: TestServer) -> None:
    make_crowd(server)
    import_keys(server, "a")
    segment = server.read(lambda tx: SEGMENTS.find(tx, "key = 'crowd'"))
    assert segment is not None
    done = the_import(server)

    for import_id in (done.id, "none"):
        with pytest.raises(InvalidRequest, match="waits for approval"):
            server.write(lambda tx, import_id=import_id: begin_pending(tx, segment, import_id))
    assert server.read(lambda tx: get_import(tx, segment, done.id)) == done
    with pytest.raises(NotFound):
        server.read(lambda tx: get_import(tx, segment, "none"))


def test_a_finished_import_cannot_be_given_up(server: TestServer) -> None:
    make_crowd(server)
    import_keys(server, "a")
    done = the_import(server)

    server.write(lambda tx: imports.stop(tx, Job(kind=imports.LOAD, arguments={"import_id": done.id})))

    assert the_import(server) == done
    assert done.actor.member_id
