"""Files of addresses: read, judged, and imported whole or not at all."""

from typing import Any

import pytest

from flagstaff.features.accounts.teams.imports import LARGEST_FILE, MOST_LINES, Line, judge_lines, read_lines
from flagstaff.kernel.errors import InvalidRequest
from tests.features.accounts.members.calls import invite
from tests.features.accounts.teams.calls import make_team, members_in, send_csv, teams_of
from tests.support.client import READER
from tests.support.server import TestServer

ADA, BOB = "ada@example.com", "bob@example.com"


@pytest.fixture
def people(server: TestServer) -> list[Any]:
    """A team of Ada, and Bob, who does not belong to it."""
    ada, bob = invite(server, ADA), invite(server, BOB)
    make_team(server, "night", ada)
    return [ada, bob]


@pytest.mark.parametrize(
    "content",
    [
        b"bob@example.com",
        b"bob@example.com\n",
        b"email\nbob@example.com\n",
        b"E-Mail address,name\r\nBob@Example.com,Bob\r\n",
        b"\xef\xbb\xbfbob@example.com,ignored,too\n",
        b'"bob@example.com","a ""quoted"" name"\n',
    ],
)
def test_whoever_a_file_names_is_put_into_the_team(
    server: TestServer, people: list[Any], content: bytes
) -> None:
    answer = send_csv(server, content)

    assert answer.status == 201, answer
    assert [item["status"] for item in answer.json["items"]] == ["success"]
    assert teams_of(server, people[1]) == ["night"]


def test_if_one_line_is_wrong_nobody_is_added_and_each_line_is_told(
    server: TestServer, people: list[Any]
) -> None:
    content = f"{BOB}\n\n{ADA}\nnonsense\nBOB@example.com\neve@example.com\n".encode()
    before = server.count("audit_log")

    answer = send_csv(server, content)

    assert (answer.status, server.count("audit_log")) == (207, before)
    assert answer.json["items"] == [
        {"status": "success", "value": BOB},
        {"status": "error", "value": "", "message": "Line 2: empty row"},
        {
            "status": "error",
            "value": ADA,
            "message": "Line 3: email already exists in the specified team",
        },
        {"status": "error", "value": "nonsense", "message": "Line 4: invalid email formatting"},
        {"status": "error", "value": "BOB@example.com", "message": "Line 5: duplicate entry"},
        {
            "status": "error",
            "value": "eve@example.com",
            "message": "Line 6: email does not belong to a member of the account",
        },
    ]
    assert members_in(server) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "File is empty"),
        (b"\n\n", "File is empty"),
        (b"email\n", "File is empty"),
        (b"caf\xe9@example.com\n", "Unable to process file"),
        ("bob@example.com\n".encode("utf-16"), "Unable to process file"),
        (b'"bob@example.com\n', "Unable to process file"),
        (b"x" * 200_000 + b"\n", "Unable to process file"),
        (b"nonsense\nmore\n", "All emails have invalid formatting"),
        (b"ada@example.com\n", "All emails belong to existing team members"),
        (b"eve@example.com\nmallory@example.com\n", "No emails belong to members"),
        (b"x\n" * (MOST_LINES + 1), "Unable to process file"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_refused(
    server: TestServer, people: list[Any], content: bytes, message: str
) -> None:
    answer = send_csv(server, content)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert message in answer.message


def test_a_file_over_25_mb_is_refused_and_a_far_larger_one_is_not_even_read(
    server: TestServer, people: list[Any]
) -> None:
    large = send_csv(server, b"x" * (LARGEST_FILE + 1))
    huge = send_csv(server, b"x" * (LARGEST_FILE + 2 * 1024 * 1024))

    assert (large.status, large.message) == (400, "File exceeds 25mb")
    assert (huge.status, huge.code) == (413, "request_entity_too_large")


def test_a_request_without_a_file_or_of_another_type_is_refused(
    server: TestServer, people: list[Any]
) -> None:
    assert send_csv(server, None).status == 400
    assert send_csv(server, b"bob@example.com", content_type="text/csv").status == 415
    assert send_csv(server, b"bob@example.com", path="/api/v2/teams/none").status == 404
    assert send_csv(server, b"bob@example.com", as_=READER).status == 403


def test_lines_keep_their_numbers_behind_a_header() -> None:
    assert read_lines(b"Email\na@b\n\nc@d\n") == (Line(2, "a@b"), Line(3, ""), Line(4, "c@d"))


def test_what_is_wrong_for_the_same_reason_in_each_line_is_said_once() -> None:
    members = {"a@example.com": "a"}

    with pytest.raises(InvalidRequest, match="existing team members"):
        judge_lines([Line(1, "A@example.com ")], members, ["a"])
    assert [item.status for item in judge_lines([Line(1, "a@example.com"), Line(2, "")], members, [])] == [
        "success",
        "error",
    ]
