"""Calling the example of a row, with one thing about it changed."""

from typing import Any
from urllib.parse import urlencode

import pytest

from flagstaff.http.operations import Operation
from flagstaff.http.requests import FIELDS
from flagstaff.rows import OPERATIONS
from tests.support.client import JSON, NOBODY, OWNER, SEMANTIC, SESSION, Answer
from tests.support.key_files import FORM
from tests.support.server import TestServer
from tests.sweeps.examples import EXAMPLES, Example

GONE = [["gone"]]  # for what an example before this one has deleted
EVERY = [row for row in OPERATIONS if row.id in EXAMPLES]  # test_examples.py fails when one is missing
NUMBERS = {row.id: number for number, row in enumerate(OPERATIONS)}
KNOWN = [row for row in EVERY if not row.is_own and row.form is None]  # by clients, and sent as JSON
GUARDED = [row for row in EVERY if not row.open]
# Signing in, sessions, and the exchange of codes and tokens are something else.
RESOURCES = [
    row for row in EVERY if not (row.is_of_pages or row.session or row.arrives or row.fields is not None)
]
WRITES = [row for row in EVERY if not row.reads]
READS = [row for row in EVERY if row.reads]
WITH_BODY = [row for row in EVERY if row.takes_body]


def each(rows: list[Operation]) -> pytest.MarkDecorator:
    """One test for each of the rows, as its parameter `row`."""
    return pytest.mark.parametrize("row", rows, ids=[row.id for row in rows])


def _media_type(example: Example) -> str:
    if example.form:
        return FORM
    if example.fields:
        return FIELDS
    return SEMANTIC if example.semantic else JSON


def successes(row: Operation) -> set[int]:
    """The statuses of success."""
    return {row.status, 204} if row.may_be_empty else {row.status}


def find_keys(server: TestServer, row: Operation) -> dict[str, str]:
    """The keys of the example's path that only the database knows."""
    return {name: (server.rows(sql) or GONE)[0][0] for name, sql in EXAMPLES[row.id].found.items()}


def call_example(server: TestServer, row: Operation, **changes: Any) -> Answer:
    """Call the row's example; `changes` replace what would be sent, `keys` those in its path.

    Each row calls from an address of its own, so that refusals of one do not count for another.
    """
    example = EXAMPLES[row.id]
    how = {
        "method": row.method,
        "path": example.path(row, **(find_keys(server, row) | changes.pop("keys", {}))),
        "query": example.query,
        "json": example.json,
        "body": example.form or (urlencode(example.fields).encode() if example.fields else None),
        "content_type": _media_type(example),
        "version": "beta" if row.beta else "",
        "as_": NOBODY if row.fields else SESSION if row.session or row.arrives else OWNER,
        "address": "10.1.{}.{}".format(*divmod(NUMBERS[row.id], 250)),
    }
    return server.request(**(how | changes))
