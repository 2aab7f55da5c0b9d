"""Work that goes on after answers, as people see it: the handlers, then one row per operation."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.features.projects.model import Project
from flagstaff.features.projects.store import list_projects
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import NotFound
from flagstaff.kernel.links import Link
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.storage import jobs
from flagstaff.storage.jobs import Job

MANY = "/api/v2/flagstaff/jobs"
ONE = MANY + "/{jobId}"
PAGE, LONGEST_PAGE = 20, 1_000
State = Literal["queued", "running", "paused", "done", "failed"]


class JobsQuery(Struct, frozen=True):
    """Which jobs to list."""

    limit: int | None = None
    offset: int | None = None
    kind: Annotated[str, Meta(description="Only jobs of this kind.")] = ""
    state: Annotated[State | None, Meta(description="Only jobs in this state.")] = None


class JobProgressRep(Struct, frozen=True):
    """How far a job has come; both are 0 where that cannot be told."""

    done: int
    total: int


class JobRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A job. Its times are in milliseconds; what has not come to pass is left out."""

    id: str = field(name="_id")
    kind: str
    state: State
    subject: Annotated[str, Meta(description="The resource that it is about, as policies name it.")]
    progress: JobProgressRep
    attempts: Annotated[int, Meta(description="How often it was begun since it last came further.")]
    creation_date: int
    due_date: Annotated[int | UnsetType, Meta(description="When it will be begun, or begun again.")] = UNSET
    started_date: int | UnsetType = UNSET
    finished_date: int | UnsetType = UNSET
    error: Annotated[str | UnsetType, Meta(description="Why it failed last.")] = UNSET
    links: dict[str, Link] = field(name="_links")


class JobsRep(Struct, frozen=True, rename="camel"):
    """A page of jobs, newest first."""

    links: dict[str, Link] = field(name="_links")
    items: list[JobRep]
    total_count: int


def get_jobs(call: Call) -> JobsRep:
    """List the jobs that the server has to do, is doing and has done within a month, newest first.

    Those of a project are shown to who may see it, others to who may see every project.
    """
    query: JobsQuery = call.query
    seen = _seen_projects(call)
    found = [job for job in jobs.list_jobs(call.tx, query.kind, query.state or "") if _sees(job, seen)]
    page = read_page(query.limit, query.offset, PAGE, LONGEST_PAGE)
    return JobsRep(
        links=page_links(MANY, call.query_pairs, len(found), page),
        items=[_represent(job) for job in found[page.offset : page.end]],
        total_count=len(found),
    )


def get_job(call: Call) -> JobRep:
    """Show one job: how far it has come, or why it failed."""
    job = jobs.find_job(call.tx, call.path["jobId"])
    if job is None or not _sees(job, _seen_projects(call)):
        raise NotFound("Unknown job")
    return _represent(job)


def _seen_projects(call: Call) -> dict[str, bool]:
    """Every project's id, and whether the caller may see it."""
    projects: list[Project] = list_projects(call.tx)
    return {project.id: call.sees(project.resource) for project in projects}


def _sees(job: Job, seen: dict[str, bool]) -> bool:
    """Jobs of a project that is deleted, and of no project, are for those who see all there are."""
    return seen.get(job.project_id, all(seen.values()))


def _represent(job: Job) -> JobRep:
    shown: dict[str, Any] = {"due_date": job.due} if job.state == jobs.QUEUED else {}
    return JobRep(
        id=job.id,
        kind=job.kind,
        state=job.state,  # type: ignore[arg-type]  # the table holds no other
        subject=job.subject,
        progress=JobProgressRep(job.done, job.total),
        attempts=job.attempts,
        creation_date=job.created,
        started_date=job.started or UNSET,
        finished_date=job.finished or UNSET,
        error=job.error or UNSET,
        links={"self": Link(f"{MANY}/{job.id}"), "parent": Link(MANY)},
        **shown,
    )


GROUP = "flagstaff"
OPERATIONS = (
    Operation(get_jobs, "GET", MANY, (GROUP, "list_jobs"), query=JobsQuery, answer=JobsRep),
    Operation(get_job, "GET", ONE, (GROUP, "get_job"), answer=JobRep),
)
