"""What the audit log keeps of projects."""

from tests.features.projects.calls import DEFAULT, PROJECTS, make_project
from tests.support.audit import recorded
from tests.support.server import TestServer


def test_a_change_says_who_did_what_and_why(server: TestServer) -> None:
    patch = [{"op": "replace", "path": "/name", "value": "Shop"}]
    before = server.count("audit_log")

    server.patch(DEFAULT, {"comment": "New name", "patch": patch})

    (entry,) = recorded(server, before)
    assert (entry.kind, entry.name, entry.verb) == ("project", "Shop", "updated the project")
    assert entry.description == "- Changed the name from ~~`Default`~~ to `Shop`"
    assert entry.comment == "New name"
    assert entry.accesses == [["updateProjectName", "proj/default"]]
    assert entry.member_id
    assert entry.token_id
    (written,) = entry.versions
    assert (written["before"]["name"], written["after"]["name"]) == ("Default", "Shop")
    assert (written["before"]["version"], written["after"]["version"]) == (1, 2)


def test_a_new_project_and_each_of_its_environments_have_an_entry(server: TestServer) -> None:
    before = server.count("audit_log")

    make_project(server, "web", tags=["mobile"])

    assert [(entry.kind, entry.name, entry.verb, entry.accesses) for entry in recorded(server, before)] == [
        ("project", "Web", "created the project", [["createProject", "proj/web;mobile"]]),
        (
            "environment",
            "Production",
            "created the environment",
            [["createEnvironment", "proj/web;mobile:env/production"]],
        ),
        (
            "environment",
            "Test",
            "created the environment",
            [["createEnvironment", "proj/web;mobile:env/test"]],
        ),
    ]


def test_a_deletion_is_one_entry_which_keeps_what_was_there(server: TestServer) -> None:
    make_project(server, "web")
    before = server.count("audit_log")

    server.delete(f"{PROJECTS}/web")

    (entry,) = recorded(server, before)
    assert (entry.kind, entry.name, entry.verb) == ("project", "Web", "deleted the project")
    assert entry.accesses == [["deleteProject", "proj/web"]]
    (written,) = entry.versions
    assert (written["before"]["key"], written["after"]) == ("web", None)
