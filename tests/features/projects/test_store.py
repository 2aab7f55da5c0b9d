"""What is gone with a project."""

import pytest

from tests.features.projects.calls import PROJECTS, make_project
from tests.support.server import TestServer

TABLES = ("projects", "environments", "credentials", "tags", "sdk_environments", "sdk_items")


def test_nothing_of_a_deleted_project_is_left(server: TestServer) -> None:
    before = {table: server.count(table) for table in TABLES}
    make_project(server, "web", tags=["a", "b"])
    assert server.count("credentials") == before["credentials"] + 4

    server.delete(f"{PROJECTS}/web")

    assert {table: server.count(table) for table in TABLES} == before


@pytest.mark.parametrize("kind", ["sdk", "mobile"])
def test_its_keys_open_nothing_any_more(server: TestServer, kind: str) -> None:
    make_project(server, "web")
    key = server.sdk_key(project="web") if kind == "sdk" else server.mobile_key(project="web")
    path, expected = ("/sdk/latest-all", 200) if kind == "sdk" else ("/sdk/latest-all", 401)
    assert server.get(path, as_=key).status == expected

    server.delete(f"{PROJECTS}/web")

    assert server.get(path, as_=key).status == 401
