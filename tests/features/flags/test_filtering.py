"""Which flags a payload filter takes in."""

from flagstaff.features.flags.filtering import select_flags
from flagstaff.features.projects.environments.store import find_environment
from flagstaff.features.projects.store import get_project
from flagstaff.storage.transaction import Transaction
from tests.support.server import TestServer

MANY = "/api/v2/flagstaff/projects/{}/payload-filters/web"


def selected(server: TestServer, filter_key: str = "web") -> frozenset[str] | None:
    def unit(tx: Transaction) -> frozenset[str] | None:
        environment = find_environment(tx, get_project(tx, "default"), "test")
        assert environment is not None
        return select_flags(tx, environment.id, filter_key)

    return server.read(unit)


def test_flags_are_chosen_by_tag_in_their_project_alone(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    for project in ("default", "spare"):
        server.post(f"/api/v2/flags/{project}", {"key": f"in-{project}", "name": "F", "tags": ["a", "b"]})
        server.put(MANY.format(project), {"name": "Web", "flagTags": ["a", "b"], "flagKeys": ["x"]})
    assert selected(server) == {"in-default", "x"}


def test_a_filter_without_tags_chooses_by_key(server: TestServer) -> None:
    server.put(MANY.format("default"), {"name": "Web", "flagKeys": ["x"]})
    assert selected(server) == {"x"}


def test_an_unknown_filter_chooses_nothing_at_all(server: TestServer) -> None:
    assert selected(server) is None
    assert server.read(lambda tx: select_flags(tx, "nowhere", "web")) is None
