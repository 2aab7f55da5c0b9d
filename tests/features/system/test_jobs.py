"""Jobs over HTTP: who sees which, how far they are, why they failed."""

from typing import Any

from flagstaff.access.policies import Statement
from flagstaff.storage import jobs
from flagstaff.storage.jobs import Job
from flagstaff.storage.transaction import Transaction
from tests.support.client import READER
from tests.support.server import START, TestServer

MANY = "/api/v2/flagstaff/jobs"


def add(server: TestServer, kind: str = "count", **members: Any) -> str:
    """A job that no loop touches meanwhile."""
    due = {"due": START * 2}
    return server.write(lambda tx: jobs.enqueue(tx, Job(kind=kind, **(due | members))))


def project_id(server: TestServer) -> str:
    return str(server.rows("SELECT id FROM projects")[0][0])


def test_a_waiting_job_shows_when_it_is_due(server: TestServer) -> None:
    job_id = add(server, subject="proj/default:env/test:segment/beta", total=7)

    assert server.get(f"{MANY}/{job_id}").json == {
        "_id": job_id,
        "kind": "count",
        "state": "queued",
        "subject": "proj/default:env/test:segment/beta",
        "progress": {"done": 0, "total": 7},
        "attempts": 0,
        "creationDate": START,
        "dueDate": START * 2,
        "_links": {
            "self": {"href": f"{MANY}/{job_id}", "type": "application/json"},
            "parent": {"href": MANY, "type": "application/json"},
        },
    }


def test_a_job_that_was_given_up_shows_why(server: TestServer) -> None:
    job_id = add(server)

    def give_up(tx: Transaction) -> None:
        tx.run("UPDATE jobs SET due = 0")
        job = jobs.claim(tx, "test")
        assert job is not None
        jobs.fail(tx, job, "The store does not answer", final=True)

    server.write(give_up)
    shown = server.get(f"{MANY}/{job_id}").json

    assert (shown["state"], shown["error"]) == ("failed", "The store does not answer")
    assert (shown["startedDate"], shown["finishedDate"]) == (START, START)


def test_jobs_are_listed_newest_first_by_kind_and_state_in_pages(server: TestServer) -> None:
    old = add(server)
    server.clock.advance(seconds=1)
    new = add(server, "other")

    def listed(**query: Any) -> list[str]:
        answer = server.get(MANY, query=query)
        assert answer.status == 200, answer
        return [job["_id"] for job in answer.json["items"]]

    assert listed() == [new, old]
    assert listed(kind="count") == [old]
    assert (listed(state="queued"), listed(state="done")) == ([new, old], [])
    assert listed(limit=1, offset=1) == [old]
    assert server.get(MANY, query={"state": "lost"}).status == 400


def test_who_does_not_see_the_project_does_not_see_its_jobs(server: TestServer) -> None:
    mine, other = add(server, project_id=project_id(server)), add(server)
    blind = server.add_token(Statement(effect="deny", resources=("proj/*",), actions=("*",)))

    assert server.get(f"{MANY}/{mine}", as_=READER).status == 200
    assert [server.get(f"{MANY}/{job}", as_=blind).status for job in (mine, other, "none")] == [404] * 3
    assert server.get(MANY, as_=blind).json["items"] == []
