"""Entries as they are read, and documents as they were, on a server whose flags were changed."""

from itertools import islice

import pytest

from flagstaff.features.audit.store import Selection, get_entry, list_entries, main_document, state_around
from flagstaff.kernel.errors import NotFound
from tests.support.flag_calls import instruct, make
from tests.support.server import TestServer


def test_more_entries_than_one_query_reads_come_in_their_order(server: TestServer) -> None:
    make(server)
    for number in range(105):
        instruct(server, {"kind": "turnFlagOff" if number % 2 else "turnFlagOn"})

    positions = server.read(lambda tx: [entry.position for entry in list_entries(tx, Selection())])

    assert positions == sorted(positions, reverse=True)
    assert len(positions) == server.count("audit_log")


def test_an_unknown_id_is_not_found(server: TestServer) -> None:
    with pytest.raises(NotFound):
        server.read(lambda tx: get_entry(tx, "nowhere"))


def test_a_row_that_no_later_entry_wrote_is_as_it_is_today(server: TestServer) -> None:
    make(server)
    instruct(server, {"kind": "turnFlagOn"})
    instruct(server, {"kind": "turnFlagOn"}, environment="production")

    def around_the_first(tx):
        entry = list(islice(list_entries(tx, Selection(text="checkout")), 3))[1]
        table, document_id = main_document(entry)
        newest = {("flags", document_id): "today", ("targetings", document_id, "elsewhere"): "today"}
        return table, document_id, *state_around(tx, entry, document_id, newest)

    table, flag, before, after = server.read(around_the_first)

    assert table == "targetings"
    assert before["flags", flag] == after["flags", flag] == "today"
    written = {key[2] for key in after if len(key) == 3} - {"elsewhere"}
    assert len(written) == 2
    assert sorted(
        (before["targetings", flag, key]["on"], after["targetings", flag, key]["on"]) for key in written
    ) == [
        (False, False),
        (False, True),
    ]
