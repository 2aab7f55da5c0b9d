"""The table of jobs: claims and leases, trying again, giving up, recurring jobs."""

from collections.abc import Callable
from typing import Any

import pytest

from flagstaff.storage import jobs
from flagstaff.storage.database import Database
from flagstaff.storage.jobs import Job, LeaseLost, Progress
from flagstaff.storage.transaction import JobQueued, Transaction
from tests.storage.conftest import SEAL_KEY
from tests.support.ids import counting_ids
from tests.support.server import MovableClock

Do = Callable[[Callable[[Transaction], Any]], Any]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def do(scratch: Any, clock: MovableClock) -> Any:
    database = Database(scratch, clock, counting_ids(), SEAL_KEY)
    yield database.write_now
    database.close()


def queue(do: Do, **members: Any) -> str:
    return str(do(lambda tx: jobs.enqueue(tx, Job(kind="count", **members))))


def claim(do: Do, process: str = "one") -> Job | None:
    found: Job | None = do(lambda tx: jobs.claim(tx, process))
    return found


def taken(do: Do, process: str = "one") -> Job:
    job = claim(do, process)
    assert job is not None
    return job


def state(do: Do, job_id: str) -> tuple[str, int, str]:
    job = do(lambda tx: jobs.find_job(tx, job_id))
    return job.state, job.attempts, job.error


def test_a_job_is_claimed_by_one_process_and_finished(do: Do) -> None:
    job_id = queue(do, arguments={"to": 3}, project_id="p", subject="proj/p")

    job = taken(do)

    assert (job.id, job.kind, job.arguments, job.state) == (job_id, "count", {"to": 3}, "running")
    assert claim(do, "two") is None
    do(lambda tx: jobs.finish(tx, job))
    assert state(do, job_id) == ("done", 1, "")
    assert not do(jobs.is_any_ready)


def test_queueing_is_an_effect_of_the_unit_that_asked(do: Do) -> None:
    def unit(tx: Transaction) -> list[Any]:
        jobs.enqueue(tx, Job(kind="count"))
        return tx.effects

    assert do(unit) == [JobQueued("count")]


def test_what_is_due_first_is_claimed_first_and_nothing_before_its_time(do: Do, clock: MovableClock) -> None:
    late = queue(do, due=clock.now + 10_000)
    soon = queue(do, due=clock.now + 5_000)
    assert claim(do) is None

    clock.advance(seconds=10)

    assert [taken(do).id, taken(do).id] == [soon, late]


def test_after_a_crash_the_job_goes_on_where_it_stood(do: Do, clock: MovableClock) -> None:
    queue(do)
    first = taken(do)
    do(lambda tx: jobs.hold(tx, first, Progress(2, 5, {"next": "c"})))
    clock.advance(seconds=jobs.LEASE / 1000 + 1)

    second = taken(do, "two")

    assert (second.id, second.done, second.total, second.progress) == (first.id, 2, 5, {"next": "c"})
    with pytest.raises(LeaseLost):
        do(lambda tx: jobs.hold(tx, first))
    with pytest.raises(LeaseLost):
        do(lambda tx: jobs.finish(tx, first))


def test_a_paused_job_keeps_its_place_until_it_goes_on(do: Do, clock: MovableClock) -> None:
    job_id = queue(do)
    first = taken(do)
    do(lambda tx: jobs.hold(tx, first, Progress(2, 5, {"next": "c"})))
    assert do(lambda tx: jobs.pause(tx, job_id))

    with pytest.raises(LeaseLost):
        do(lambda tx: jobs.hold(tx, first, Progress(3, 5, {"next": "d"})))
    do(lambda tx: jobs.release(tx, "one"))
    do(jobs.forget_finished)
    clock.advance(seconds=40 * 24 * 3_600)
    assert claim(do, "two") is None
    assert not do(lambda tx: jobs.pause(tx, job_id))

    def unit(tx: Transaction) -> tuple[bool, list[Any]]:
        return jobs.resume(tx, job_id), tx.effects

    assert do(unit) == (True, [JobQueued("count")])
    second = taken(do, "two")
    assert (second.done, second.progress, second.attempts) == (2, {"next": "c"}, 1)
    assert not do(lambda tx: jobs.resume(tx, job_id))


def test_a_job_that_is_forgotten_is_worked_at_no_more(do: Do) -> None:
    job_id = queue(do)
    job = taken(do)
    do(lambda tx: jobs.forget(tx, job_id))

    with pytest.raises(LeaseLost):
        do(lambda tx: jobs.hold(tx, job))
    assert do(lambda tx: jobs.find_job(tx, job_id)) is None


def test_each_unit_holds_the_lease_longer(do: Do, clock: MovableClock) -> None:
    queue(do)
    job = taken(do)
    for _ in range(3):
        clock.advance(seconds=20)
        do(lambda tx: jobs.hold(tx, job))

    assert claim(do, "two") is None


def test_a_job_that_fails_is_tried_later_and_later_and_then_given_up(do: Do, clock: MovableClock) -> None:
    job_id = queue(do)
    given_up = []
    while not given_up or not given_up[-1]:
        given_up.append(do(lambda tx: jobs.fail(tx, taken_in(tx), "no luck")))
        assert claim(do) is None
        clock.advance(seconds=jobs.LONGEST_DELAY / 1000)

    assert given_up == [False] * 9 + [True]
    assert state(do, job_id) == ("failed", 10, "no luck")
    assert claim(do) is None


def test_whoever_comes_further_has_all_attempts_again(do: Do, clock: MovableClock) -> None:
    job_id = queue(do)
    for _ in range(8):
        job = taken(do)
        do(lambda tx, job=job: jobs.fail(tx, job, "no luck"))
        clock.advance(seconds=300)

    job = taken(do)
    do(lambda tx: jobs.hold(tx, job, Progress(1, 2)))

    assert state(do, job_id) == ("running", 1, "")


def test_a_hopeless_job_is_given_up_at_once(do: Do) -> None:
    job_id = queue(do)

    assert do(lambda tx: jobs.fail(tx, taken_in(tx), "x" * 5_000, final=True))

    assert state(do, job_id) == ("failed", 1, "x" * jobs.LONGEST_ERROR)


def taken_in(tx: Transaction) -> Job:
    job = jobs.claim(tx, "one")
    assert job is not None
    return job


@pytest.mark.parametrize(
    ("attempts", "chance", "delay"),
    [
        (1, 0.0, 1_000),
        (1, 0.5, 1_500),
        (3, 0.0, 4_000),
        (8, 0.0, 128_000),
        (9, 0.0, 150_000),
        (400, 1.0, 300_000),
    ],
)
def test_delays_double_and_are_spread(attempts: int, chance: float, delay: int) -> None:
    assert jobs.delay_after(attempts, chance) == delay


def test_a_key_stands_for_one_unfinished_job(do: Do, clock: MovableClock) -> None:
    first = queue(do, key="push", due=clock.now + 30_000)

    assert queue(do, key="push") == first  # and it is due now
    job = taken(do)
    do(lambda tx: jobs.finish(tx, job))

    assert queue(do, key="push") != first


def test_a_recurring_job_comes_again_and_sooner_if_asked_for_while_it_ran(
    do: Do, clock: MovableClock
) -> None:
    queue(do, key="push")
    do(lambda tx: jobs.repeat(tx, taken_in(tx), 30_000))
    assert claim(do) is None
    clock.advance(seconds=30)

    job = taken(do)
    queue(do, key="push")
    do(lambda tx: jobs.repeat(tx, job, 30_000))

    assert taken(do).id == job.id


def test_a_cancelled_job_is_lost_for_whoever_works_at_it(do: Do) -> None:
    queue(do, key="push")
    job = taken(do)

    do(lambda tx: jobs.cancel(tx, "push"))

    with pytest.raises(LeaseLost):
        do(lambda tx: jobs.hold(tx, job))


def test_a_process_that_ends_gives_back_its_own_jobs(do: Do) -> None:
    queue(do)
    queue(do)
    mine, other = taken(do, "one"), taken(do, "two")

    do(lambda tx: jobs.release(tx, "one"))

    assert taken(do, "three").id == mine.id
    do(lambda tx: jobs.hold(tx, other))


def test_finished_jobs_are_forgotten_after_a_month(do: Do, clock: MovableClock) -> None:
    queue(do)
    job = taken(do)
    do(lambda tx: jobs.finish(tx, job))
    waiting = queue(do)
    clock.advance(seconds=jobs.KEPT_FOR / 1000 + 1)

    do(jobs.forget_finished)

    assert [job.id for job in do(jobs.list_jobs)] == [waiting]


def test_jobs_are_listed_by_kind_and_state_newest_first(do: Do, clock: MovableClock) -> None:
    first = queue(do)
    clock.advance(seconds=1)
    second = queue(do)
    job = taken(do)

    def listed(*narrowed: str) -> list[str]:
        return [job.id for job in do(lambda tx: jobs.list_jobs(tx, *narrowed))]

    assert listed() == listed("count") == [second, first]
    assert (listed("count", "running"), listed("other"), listed("", "done")) == ([job.id], [], [])
