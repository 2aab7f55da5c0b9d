"""Contexts that are forgotten on demand: asked for over HTTP, and done by a job in the event store."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.storage.jobs import list_jobs
from tests.support.seen import finish_jobs, see
from tests.support.segment_calls import last_entry
from tests.support.server import TestServer

TEST = "/api/v2/projects/default/environments/test"
USERS = "/api/v2/users/default/test"
ALONE, BOTH = "dXNlcjphbm4", "b3JnOmFjbWU6dXNlcjphbm4"  # ann alone, and with acme


@pytest.fixture
def seen(server: TestServer) -> TestServer:
    """Ann alone and with Acme, in the environments test and production; and Bob."""
    together = {"kind": "multi", "user": {"key": "ann"}, "org": {"key": "acme"}}
    for environment in ("test", "production"):
        for context in ({"kind": "user", "key": "ann"}, together, {"kind": "user", "key": "bob"}):
            see(server, context, environment=environment, application="shop")
    return server


def instances(server: TestServer, test: str = TEST) -> list[str]:
    """The ids of all instances, in alphabetical order."""
    return sorted(item["id"] for item in server.post(f"{test}/context-instances/search", {}).json["items"])


def test_an_instance_is_forgotten_and_its_contexts_are_not(seen: TestServer) -> None:
    assert instances(seen) == sorted([ALONE, BOTH, "dXNlcjpib2I"])

    assert seen.delete(f"{TEST}/context-instances/{BOTH}").status == 204
    finish_jobs(seen)

    assert instances(seen) == sorted([ALONE, "dXNlcjpib2I"])
    (ann,) = seen.get(f"{TEST}/contexts/user/ann").json["items"]
    assert ann["associatedContexts"] == 0
    assert len(instances(seen, TEST.replace("test", "production"))) == 3
    entry = last_entry(seen)
    assert (entry["kind"], entry["title_verb"]) == ("environment", "deleted a context instance in")
    assert entry["accesses"] == [["deleteContextInstance", "proj/default:env/test"]]


def test_a_user_is_forgotten_in_all_that_was_seen_of_them(seen: TestServer) -> None:
    assert seen.delete(f"{USERS}/ann").status == 204
    finish_jobs(seen)

    assert seen.get(f"{USERS}/ann").status == 404
    assert instances(seen) == ["dXNlcjpib2I"]
    assert seen.get(f"{TEST}/contexts/org/acme").json["totalCount"] == 1
    assert seen.get(f"{USERS.replace('test', 'production')}/ann").status == 200
    assert last_entry(seen)["accesses"] == [["deleteUser", "proj/default:env/test:user/ann"]]


def test_who_is_forgotten_comes_back_when_an_sdk_tells_of_them_again(seen: TestServer) -> None:
    assert seen.delete(f"{USERS}/ann").status == 204
    finish_jobs(seen)
    seen.clock.advance(seconds=60)
    see(seen, {"kind": "user", "key": "ann"})

    assert seen.get(f"{USERS}/ann").status == 200


@pytest.mark.parametrize("path", [f"{TEST}/context-instances/nobody", f"{USERS}/nobody"])
def test_who_was_never_seen_is_not_found(seen: TestServer, path: str) -> None:
    answer = seen.delete(path)

    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("path", [f"{TEST}/context-instances/{ALONE}", f"{USERS}/ann"])
def test_forgetting_needs_permission(seen: TestServer, path: str) -> None:
    resources: Any = ("proj/default:env/production", "proj/default:env/production:user/*")
    token = seen.add_token(Statement("allow", resources=resources, actions=("*",)))

    assert seen.delete(path, as_=token).status == 403
    assert seen.read(list_jobs) == []
