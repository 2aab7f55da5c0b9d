"""Files of addresses whose owners shall belong to a team: read beforehand, judged in the unit."""

import csv
from asyncio import to_thread
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, TextIOWrapper
from typing import NamedTuple

from msgspec import UNSET

from flagstaff.features.accounts.emails import is_email
from flagstaff.features.accounts.model import fold_email
from flagstaff.features.accounts.teams.schemas import ImportItemRep
from flagstaff.http.operations import Edge
from flagstaff.http.requests import Received
from flagstaff.http.uploads import Upload
from flagstaff.kernel.errors import InvalidRequest

LARGEST_FILE = 25 * 1024 * 1024  # bytes
TOO_LARGE = LARGEST_FILE + 1024 * 1024  # from here on it is not even read
MOST_LINES = 20_000
SHOWN = 254  # characters of what a line holds
NOT_READABLE = "Unable to process file"

EMPTY_ROW, DUPLICATE = "empty row", "duplicate entry"
IN_TEAM, INVALID = "email already exists in the specified team", "invalid email formatting"
UNKNOWN = "email does not belong to a member of the account"
WHOLE_FILES = {
    INVALID: "All emails have invalid formatting",
    IN_TEAM: "All emails belong to existing team members",
    UNKNOWN: "No emails belong to members of your organization",
}  # where each line has the same fault


class Line(NamedTuple):
    """One line of a file, by its number, and what stands in its first column."""

    number: int
    value: str


async def prepare_lines(_: Edge, received: Received) -> tuple[Line, ...]:
    """Read the file in a thread; raises InvalidRequest for one that holds no lines of text."""
    upload = received.body
    if not isinstance(upload, Upload):
        return ()
    if len(upload.content) > LARGEST_FILE:
        raise InvalidRequest("File exceeds 25mb")
    return await to_thread(read_lines, upload.content)


def read_lines(content: bytes) -> tuple[Line, ...]:
    """The lines of a CSV file in UTF-8, without its header if it has one; raises InvalidRequest."""
    try:
        lines = tuple(_read(content))
    except UnicodeDecodeError:
        raise InvalidRequest(f"{NOT_READABLE}: it is not UTF-8") from None
    except csv.Error as error:
        raise InvalidRequest(f"{NOT_READABLE}: {error}") from None
    if lines and _is_header(lines[0].value):
        lines = lines[1:]
    if not any(line.value for line in lines):
        raise InvalidRequest("File is empty")
    return lines


def judge_lines(
    lines: Iterable[Line], member_ids: Mapping[str, str], team: Iterable[str]
) -> list[ImportItemRep]:
    """What becomes of each line; `member_ids` are those of the account by address, `team` those in it.

    Raises InvalidRequest where no line at all can be imported, for one and the same reason.
    """
    in_team, seen = set(team), set[str]()
    faults = [_judge(line, member_ids, in_team, seen) for line in lines]
    if len(set(faults)) == 1 and faults[0] in WHOLE_FILES:
        raise InvalidRequest(WHOLE_FILES[faults[0]])
    return [_represent(line, fault) for line, fault in zip(lines, faults, strict=True)]


def _judge(line: Line, member_ids: Mapping[str, str], in_team: set[str], seen: set[str]) -> str:
    """Why a line cannot be imported; empty for one that can."""
    email = fold_email(line.value)
    if not email:
        return EMPTY_ROW
    if not is_email(email):
        return INVALID
    if email in seen:
        return DUPLICATE
    seen.add(email)
    if email not in member_ids:
        return UNKNOWN
    return IN_TEAM if member_ids[email] in in_team else ""


def _represent(line: Line, fault: str) -> ImportItemRep:
    return ImportItemRep(
        status="error" if fault else "success",
        value=line.value.strip()[:SHOWN],
        message=f"Line {line.number}: {fault}" if fault else UNSET,
    )


def _read(content: bytes) -> Iterator[Line]:
    rows = csv.reader(TextIOWrapper(BytesIO(content), encoding="utf-8-sig", newline=""), strict=True)
    for row in rows:
        if rows.line_num > MOST_LINES:
            raise InvalidRequest(f"{NOT_READABLE}: it has more than {MOST_LINES:,} lines")
        yield Line(rows.line_num, row[0] if row else "")


def _is_header(value: str) -> bool:
    return "@" not in value and "mail" in value.casefold()
