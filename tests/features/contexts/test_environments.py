"""What SDKs told of an environment is removed after it, in small units of the event store."""

import pytest

from flagstaff.features.contexts import environments
from flagstaff.features.contexts.environments import JOB, KEYS, forget_step
from flagstaff.storage.jobs import Job, list_jobs
from tests.support.seen import request, see
from tests.support.server import TestServer

PROJECT = "/api/v2/projects/default"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%environment_id%'"


def tell_everything(server: TestServer, environment: str) -> None:
    """Have events come in that leave something in every table."""
    together = {"kind": "multi", "user": {"key": "ann", "name": "Ann"}, "org": {"key": "acme"}}
    see(server, together, environment=environment, application="shop")
    request(server, "checkout", environment=environment, application="shop")
    events = [
        {"kind": "custom", "key": f"bought-{n}", "creationDate": server.clock.now, "context": together}
        for n in range(5)
    ]
    tags = {
        "X-LaunchDarkly-Tags": "application-id/shop application-version/2",
        "X-LaunchDarkly-Payload-ID": environment,
    }
    assert server.post("/bulk", events, as_=server.sdk_key(environment), headers=tags).status == 202
    assert server.get("/sdk/latest-all", as_=server.sdk_key(environment)).status == 200
    server.run(server.wired.count_connections())


def count(server: TestServer, environment_id: str) -> dict[str, int]:
    """How many rows each table holds of an environment."""
    sql = "SELECT count(*) FROM {} WHERE environment_id = :id"
    found = {table: server.event_rows(sql.format(table), id=environment_id)[0][0] for table in KEYS}
    joined = "event_packs JOIN event_keys ON event_keys.id = key_id"
    return {**found, "event_packs": server.event_rows(sql.format(joined), id=environment_id)[0][0]}


def identify(server: TestServer, key: str) -> str:
    found: str = server.get(f"{PROJECT}/environments/{key}").json["_id"]
    return found


def only_job(server: TestServer) -> Job:
    (job,) = server.read(list_jobs)
    return job


@pytest.fixture
def told(server: TestServer) -> TestServer:
    for environment in ("test", "production"):
        tell_everything(server, environment)
    return server


def test_every_table_that_tells_of_environments_is_known(server: TestServer) -> None:
    assert {name for (name,) in server.event_rows(TABLES)} == set(KEYS)


def test_nothing_is_left_of_a_deleted_environment_and_everything_of_the_others(
    told: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environments, "SLICE", 2)
    monkeypatch.setattr(environments, "PACKS", 1)
    test, production = identify(told, "test"), identify(told, "production")
    before = count(told, production)
    assert count(told, test) == before
    assert 0 not in before.values()
    assert told.delete(f"{PROJECT}/environments/test").status == 204
    job = only_job(told)
    assert (job.kind, job.subject, job.due) == (JOB, "test", told.clock.now + environments.LATER)

    told.clock.advance(seconds=61)
    told.run(told.wired.jobs.run_due())

    assert set(count(told, test).values()) == {0}
    assert count(told, production) == before
    job = only_job(told)
    assert (job.state, job.done) == ("done", sum(before.values()))


def test_the_environments_of_a_deleted_project_are_among_them(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "web", "name": "Web"})
    assert server.delete("/api/v2/projects/web").status == 204

    assert sorted(job.subject for job in server.read(list_jobs)) == ["production", "test"]


def test_a_run_that_was_interrupted_is_gone_on_with(
    told: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environments, "SLICE", 1)
    monkeypatch.setattr(environments, "PACKS", 1)
    test = identify(told, "test")
    whole = sum(count(told, test).values())
    told.run(told.wired.intake.store.write(lambda tx: forget_step(tx, test)))
    assert sum(count(told, test).values()) == whole - 1

    told.delete(f"{PROJECT}/environments/test")
    told.clock.advance(seconds=61)
    told.run(told.wired.jobs.run_due())

    assert set(count(told, test).values()) == {0}
    assert only_job(told).done == whole - 1
