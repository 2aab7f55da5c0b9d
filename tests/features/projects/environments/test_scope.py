"""The environment in a path."""

from tests.features.projects.calls import ENVIRONMENTS
from tests.support.server import TestServer


def test_an_unknown_environment_is_named(server: TestServer) -> None:
    answer = server.get(f"{ENVIRONMENTS}/n%6Fwhere")

    assert (answer.status, answer.code) == (404, "not_found")
    assert answer.message == "Unknown environment key nowhere"


def test_an_environment_of_an_unknown_project_is_looked_for_in_vain(server: TestServer) -> None:
    assert server.get("/api/v2/projects/nowhere/environments/test").message == "Unknown project key nowhere"
