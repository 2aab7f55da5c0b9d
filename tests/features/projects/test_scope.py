"""The project in a path, as a caller sees it."""

import pytest

from tests.features.projects.calls import DEFAULT, allow, deny, make_project
from tests.support.server import TestServer

READS = ["", "/flag-defaults", "/environments", "/environments/test"]


@pytest.mark.parametrize("path", READS)
def test_a_hidden_project_is_not_found_and_looks_as_one_that_does_not_exist(
    server: TestServer, path: str
) -> None:
    make_project(server, "web")
    token = server.add_token(deny(["viewProject"], "proj/web"), allow(["*"], "proj/*", "proj/*:env/*"))

    hidden = server.get(f"/api/v2/projects/web{path}", as_=token)
    missing = server.get(f"/api/v2/projects/nowhere{path}", as_=token)

    assert (hidden.status, hidden.code) == (missing.status, missing.code) == (404, "not_found")
    assert hidden.message == missing.message.replace("nowhere", "web")
    assert server.get(f"{DEFAULT}{path}", as_=token).status == 200


def test_a_hidden_project_cannot_be_changed_even_where_its_change_is_allowed(server: TestServer) -> None:
    make_project(server, "web")
    token = server.add_token(deny(["viewProject"], "proj/web"), allow(["*"], "proj/*", "proj/*:env/*"))
    rename = [{"op": "replace", "path": "/name", "value": "x"}]
    before = server.count("audit_log")

    answers = [
        server.patch("/api/v2/projects/web", rename, as_=token),
        server.delete("/api/v2/projects/web", as_=token),
        server.patch("/api/v2/projects/web/environments/test", rename, as_=token),
        server.post("/api/v2/projects/web/environments/test/apiKey", as_=token),
    ]

    assert [answer.status for answer in answers] == [404] * 4
    assert server.count("audit_log") == before
