"""What tests of projects and environments call."""

from collections.abc import Iterable
from typing import Any

from flagstaff.access.policies import Statement
from tests.support.client import Answer
from tests.support.server import TestServer

PROJECTS = "/api/v2/projects"
DEFAULT = f"{PROJECTS}/default"
ENVIRONMENTS = f"{DEFAULT}/environments"


def allow(actions: Iterable[str], *resources: str) -> Statement:
    return Statement("allow", resources=resources, actions=tuple(actions))


def deny(actions: Iterable[str], *resources: str) -> Statement:
    return Statement("deny", resources=resources, actions=tuple(actions))


def make_project(server: TestServer, key: str, **members: Any) -> Answer:
    answer = server.post(PROJECTS, {"key": key, "name": key.title(), **members})
    assert answer.status == 201, answer
    return answer


def make_environment(server: TestServer, key: str, project: str = "default", **members: Any) -> Answer:
    body = {"key": key, "name": key.title(), "color": "00ff00", **members}
    answer = server.post(f"{PROJECTS}/{project}/environments", body)
    assert answer.status == 201, answer
    return answer


def keys(answer: Answer) -> list[str]:
    assert answer.status == 200, answer
    return [item["key"] for item in answer.json["items"]]
