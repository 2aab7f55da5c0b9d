"""The token in the header."""

import pytest

from flagstaff.http.identity import bare_token


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("api-1", "api-1"),
        ("  api-1 ", "api-1"),
        ("Bearer api-1", "api-1"),
        ("bearer   api-1", "api-1"),
        ("Bearer", ""),
        ("Bearer ", ""),
        ("", ""),
        ("Basic api-1", "Basic api-1"),
        ("Bearerapi-1", "Bearerapi-1"),
    ],
)
def test_a_token_may_have_bearer_before_it(header: str, token: str) -> None:
    assert bare_token(header) == token
