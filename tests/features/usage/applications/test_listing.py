"""The limits and links of lists of applications."""

from typing import Any

from tests.features.usage.applications.test_operations import MANY, VERSIONS, keys
from tests.support.seen import tell
from tests.support.server import TestServer

BETA: Any = {"version": "beta"}


def test_pages_have_ten_applications_and_fifty_versions_unless_told_otherwise(server: TestServer) -> None:
    for number in range(12):
        tell(server, f"app{number:02}")
    for number in range(51):
        tell(server, "shop", f"{number:02}")

    applications, versions = server.get(MANY, **BETA), server.get(VERSIONS, **BETA)
    assert (len(keys(applications)), applications.json["totalCount"]) == (10, 13)
    assert (len(keys(versions)), versions.json["totalCount"]) == (50, 51)
    following = server.get(applications.json["_links"]["next"]["href"], **BETA)
    assert keys(following) == ["app10", "app11", "shop"]
