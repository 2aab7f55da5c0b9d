"""Policies as callers send them: statements, checked before they are kept."""

from typing import Annotated

from msgspec import Meta

from flagstaff.access.policies import InvalidStatement, Statement, validate_statements
from flagstaff.kernel.errors import InvalidRequest

MOST_STATEMENTS = 500

Statements = Annotated[tuple[Statement, ...], Meta(max_length=MOST_STATEMENTS)]


def check_statements(statements: tuple[Statement, ...], where: str = "$.policy") -> tuple[Statement, ...]:
    """Return the statements, or raise InvalidRequest naming the member `where` and what is wrong in it."""
    try:
        validate_statements(statements)
    except InvalidStatement as error:
        raise InvalidRequest(f"{error.reason} - at `{where}{error.field}`") from None
    return statements
