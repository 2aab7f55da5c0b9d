"""Imports that are begun, that wait and that are given up."""

import pytest
from msgspec.structs import replace

from flagstaff.features.segments import imports, key_files
from flagstaff.features.segments.imports import (
    IMPORTS,
    KEEPING,
    Import,
    begin,
    begin_pending,
    divide,
    get_import,
    keep_pieces,
)
from flagstaff.features.segments.key_files import KeyFile, Skipped
from flagstaff.features.segments.store import SEGMENTS
from flagstaff.kernel.errors import Conflict, InvalidRequest, NotFound, Unavailable
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.jobs import Job
from flagstaff.storage.transaction import Transaction
from tests.support.big_segments import make_crowd
from tests.support.key_files import import_keys, lines, run_jobs, send_file
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


def make_failing(server: TestServer, piece: int) -> None:
    """Have a disk on which that piece of a file finds no place."""

    def fill(tx: Transaction) -> None:
        (pages,) = tx.one("PRAGMA page_count") or (0,)
        tx.one(f"PRAGMA max_page_count = {pages + 100}")
        tx.run(
            f"CREATE TRIGGER large AFTER INSERT ON segment_import_pieces WHEN NEW.piece = {piece} "
            "BEGIN UPDATE segment_import_pieces SET content = zeroblob(1000000) WHERE rowid = NEW.rowid; END"
        )

    server.write(fill)


def send_nine(server: TestServer, monkeypatch: pytest.MonkeyPatch, **fields: str) -> int:
    """Send nine keys, each of which is a piece that a unit of its own keeps; the status of the answer."""
    monkeypatch.setattr(imports, "MUCH", 1)
    monkeypatch.setattr(key_files, "STEP", 1)
    return send_file(server, lines(*(f"k{number}" for number in range(9))), fields=fields).status


def test_a_file_is_kept_in_units_none_of_which_is_long(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_crowd(server)
    file = KeyFile([b"12", b"34", b"5", b"678", b"9"], 5, Skipped())

    monkeypatch.setattr(imports, "MUCH", 2)
    assert list(divide(file)) == [range(1), range(1, 2), range(2, 3), range(3, 4), range(4, 5)]
    monkeypatch.setattr(imports, "MUCH", 4)
    assert list(divide(file)) == [range(2), range(2, 4), range(4, 5)]

    assert send_nine(server, monkeypatch) == 204
    run_jobs(server)
    assert (the_import(server).status, server.count("big_segment_members")) == ("complete", 9)


def test_an_import_whose_file_could_not_be_kept_is_given_up_at_once(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_crowd(server)
    make_failing(server, 4)

    assert send_nine(server, monkeypatch) == 503
    run_jobs(server)

    assert (the_import(server).status, the_import(server).busy) == ("stopped", False)
    assert [server.count(table) for table in ("segment_import_pieces", "big_segment_members")] == [0, 0]
    assert import_keys(server, "a") == "complete"


def test_an_import_whose_process_died_before_its_file_was_kept_is_given_up_later(server: TestServer) -> None:
    make_crowd(server)
    import_keys(server, "a")
    file = KeyFile([b"1", b"2"], 2, Skipped())
    cut_off = replace(the_import(server), id="cut off", pieces=2, version=1)

    def send_half(tx: Transaction) -> None:
        apply_write(tx, Write(IMPORTS, None, begin(tx, cut_off, after=KEEPING)))
        keep_pieces(tx, cut_off.id, file, range(1))

    server.write(send_half)
    run_jobs(server)
    waiting = the_import(server)
    server.clock.advance(seconds=KEEPING / 1000)
    run_jobs(server)

    assert (waiting.status, the_import(server).status) == ("preparing", "stopped")
    assert server.count("segment_import_pieces") == 1  # of the import before it
    with pytest.raises(Unavailable, match="in time"):
        server.write(lambda tx: keep_pieces(tx, cut_off.id, file, range(1, 2)))
    server.write(lambda tx: keep_pieces(tx, "gone with its segment", file, range(2)))
    assert server.count("segment_import_pieces") == 1


def test_an_import_whose_file_did_not_arrive_is_not_approved(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_crowd(server)
    make_failing(server, 4)
    assert send_nine(server, monkeypatch, waitOnApprovals="true") == 503
    segment = server.read(lambda tx: SEGMENTS.find(tx, "key = 'crowd'"))
    assert segment is not None
    waiting = the_import(server).id

    with pytest.raises(InvalidRequest, match="not arrived whole"):
        server.write(lambda tx: begin_pending(tx, segment, waiting))
