"""What an entry's resource looked like, where the place that it stood in has changed or is gone."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.flag_calls import instruct, make
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer

LOG = "/api/v2/auditlog"


def detail_of(server: TestServer, text: str, place: int = 0, **how: Any) -> Any:
    items = server.get(LOG, query={"q": text, "limit": 20}).json["items"]
    return server.get(f"{LOG}/{items[place]['_id']}", **how).json


def test_an_environment_that_is_gone_is_left_out(server: TestServer) -> None:
    server.post("/api/v2/projects/default/environments", {"key": "stage", "name": "Stage", "color": "00ff00"})
    make(server)
    assert server.delete("/api/v2/projects/default/environments/stage").status == 204

    assert sorted(detail_of(server, "Flag checkout")["currentVersion"]["environments"]) == [
        "production",
        "test",
    ]


def test_an_environment_that_came_later_shows_the_flag_as_it_was_given(server: TestServer) -> None:
    make(server)
    server.post("/api/v2/projects/default/environments", {"key": "stage", "name": "Stage", "color": "00ff00"})
    instruct(server, {"kind": "turnFlagOn"}, environment="stage")

    latest = detail_of(server, "Flag checkout")
    assert latest["previousVersion"]["environments"]["stage"]["on"] is False
    assert latest["currentVersion"]["environments"]["stage"]["on"] is True


def test_a_segment_of_an_environment_that_is_gone_has_no_versions(server: TestServer) -> None:
    make_segment(server)
    assert server.delete("/api/v2/projects/default/environments/test").status == 204

    assert "currentVersion" not in detail_of(server, "Segment beta")


@pytest.mark.parametrize("text", ["Flagstaff"])
def test_a_kind_without_a_shape_of_its_own_has_no_versions(server: TestServer, text: str) -> None:
    detail = detail_of(server, text, place=-1)

    assert {"previousVersion", "currentVersion"}.isdisjoint(detail)


def test_environments_that_the_caller_may_not_see_are_left_out(server: TestServer) -> None:
    make(server)
    token = server.add_token(Statement("allow", resources=("proj/*",), actions=("viewProject",)))

    assert set(detail_of(server, "Flag checkout", as_=token)["currentVersion"]["environments"]) <= {
        "production",
        "test",
    }


def test_a_context_kind_is_shown_before_and_after(server: TestServer) -> None:
    path = "/api/v2/projects/default/context-kinds/org"
    for name in ("Organisation", "Company"):
        assert server.put(path, {"name": name}).status == 200

    detail = detail_of(server, "Company")
    assert (detail["previousVersion"]["name"], detail["currentVersion"]["name"]) == (
        "Organisation",
        "Company",
    )
    assert detail["currentVersion"]["version"] == 2
