"""An entry with all that it refers to."""

from flagstaff.features.audit.details import show_detail, surroundings_of
from flagstaff.features.audit.store import Selection, list_entries
from tests.support.flag_calls import make
from tests.support.server import TestServer


def test_a_detail_has_only_those_parts_that_are_seen(server: TestServer) -> None:
    make(server)

    def show(tx):
        entry = next(list_entries(tx, Selection()))
        return show_detail(tx, entry, lambda resource: "test" in resource.text)

    assert list(server.read(show).current_version.environments) == ["test"]


def test_surroundings_are_those_of_the_projects_that_entries_are_about(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "other", "name": "Other"})
    make(server)

    around = server.read(lambda tx: surroundings_of(tx, [next(list_entries(tx, Selection()))]))

    assert around.projects == {"default": "Default"}
    assert around.environments == {("default", "test"): "Test", ("default", "production"): "Production"}
    assert [member.email for member in around.members.values()] == ["owner@example.com"]
