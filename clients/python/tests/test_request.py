"""Requests that are ready to be sent."""

import pytest

from launch_darkly_python_sdk.request import Request


@pytest.mark.parametrize(
    ("query", "target"), [("", "/api/v2/tags"), ("pre=a%20b&kind=flag", "/api/v2/tags?pre=a%20b&kind=flag")]
)
def test_a_target_is_the_path_with_its_query(query: str, target: str) -> None:
    assert Request("GET /api/v2/tags", "GET", "/api/v2/tags", query).target == target
