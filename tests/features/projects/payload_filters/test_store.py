"""Payload filters in the database."""

import pytest

from flagstaff.features.projects.payload_filters.store import get_filter, is_filtered_by
from flagstaff.features.projects.store import get_project
from flagstaff.kernel.errors import NotFound
from tests.support.server import TestServer

MANY = "/api/v2/flagstaff/projects/default/payload-filters"


@pytest.mark.parametrize(
    ("tags", "expected"), [((), False), (("a",), True), (("c", "b"), True), (("c",), False), (("A",), False)]
)
def test_a_tag_matters_if_a_filter_asks_for_it(
    server: TestServer, tags: tuple[str, ...], expected: bool
) -> None:
    server.put(f"{MANY}/one", {"name": "One", "flagTags": ["a"]})
    server.put(f"{MANY}/two", {"name": "Two", "flagTags": ["b"], "flagKeys": ["c"]})
    found = server.read(lambda tx: is_filtered_by(tx, get_project(tx, "default"), tags))
    assert found is expected


def test_a_filter_is_found_by_its_key_in_its_project(server: TestServer) -> None:
    server.put(f"{MANY}/web", {"name": "Web"})
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    assert server.read(lambda tx: get_filter(tx, get_project(tx, "default"), "web")).name == "Web"
    with pytest.raises(NotFound):
        server.read(lambda tx: get_filter(tx, get_project(tx, "spare"), "web"))
