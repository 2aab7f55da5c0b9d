"""What words find in the database; what comes of it is in test_operations.py."""

from flagstaff.features.console.search.store import find_flags
from flagstaff.features.projects.store import list_projects
from tests.support.flag_calls import make
from tests.support.server import TestServer


def test_marks_of_patterns_are_text(server: TestServer) -> None:
    make(server, "a_b", name="50% off")
    make(server, "aXb", name="50 off")

    for text, keys in (("a_b", ["a_b"]), ("50%", ["a_b"]), ("50", ["aXb", "a_b"]), ("OFF", ["aXb", "a_b"])):
        found = server.read(lambda tx, text=text: list(find_flags(tx, list_projects(tx), text)))
        assert sorted(match.key for match in found) == sorted(keys)


def test_without_projects_nothing_is_found(server: TestServer) -> None:
    make(server)
    assert server.read(lambda tx: list(find_flags(tx, [], "checkout"))) == []
