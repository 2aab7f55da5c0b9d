"""The job loop: what becomes of jobs that succeed, fail, recur, or are under way when the process ends."""

import asyncio

import pytest

from flagstaff.kernel.errors import Unavailable
from flagstaff.storage.jobs import FAILED, LEASE, QUEUED, Job, LeaseLost, Progress, claim
from flagstaff.storage.transaction import JobQueued, Transaction
from flagstaff.workers.run import JobFailed, Run, Work
from tests.workers.loops import Shop, until

LAST = 5


async def count(run: Run) -> None:
    await run.advance_to_end(count_on)


def count_on(tx: Transaction, progress: Progress) -> Progress:
    done = progress.done + 1
    return Progress(done, LAST, {"letters": "abcdef"[:done]}, is_last=done == LAST)


async def test_a_job_is_done_step_by_step(shop: Shop) -> None:
    await shop.queue()

    await shop.loop({"work": Work(count)}).run_due()

    job = await shop.job()
    assert (job.state, job.done, job.total, job.progress) == ("done", 5, 5, {"letters": "abcde"})


async def test_a_queued_job_wakes_the_loop_of_its_process(shop: Shop) -> None:
    loop = shop.loop({"work": Work(count)})
    shop.database.announce = loop.announce
    loop.start()
    await shop.queue()

    async def is_done() -> bool:
        return (await shop.job()).state == "done"

    await until(is_done)
    await loop.stop()


async def test_other_news_do_not_wake_it(shop: Shop) -> None:
    loop = shop.loop({})

    loop.announce([])
    assert not loop._called.is_set()
    loop.announce([JobQueued("work")])
    assert loop._called.is_set()


async def test_a_run_that_fails_goes_on_where_it_stood(shop: Shop) -> None:
    failures = iter([Unavailable("try later"), ValueError("odd")])

    async def stumble(run: Run) -> None:
        await run.advance(lambda tx: count_on(tx, Progress(run.job.done, LAST)))
        if (failure := next(failures, None)) is not None:
            raise failure

    await shop.queue()
    loop = shop.loop({"work": Work(stumble)})

    seen = []
    for _ in range(3):
        await loop.run_due()
        job = await shop.job()
        seen.append((job.state, job.done, job.error))
        shop.clock.advance(seconds=300)

    assert seen == [("queued", 1, "try later"), ("queued", 2, "odd"), ("done", 3, "")]


async def test_what_is_given_up_is_told_so_in_the_same_unit(shop: Shop) -> None:
    async def refuse(run: Run) -> None:
        raise JobFailed("There is nothing to work at")

    def note(tx: Transaction, job: Job) -> None:
        tx.run("UPDATE jobs SET subject = 'given up' WHERE id = :id", id=job.id)

    await shop.queue()

    await shop.loop({"work": Work(refuse, give_up=note)}).run_due()

    job = await shop.job()
    assert (job.state, job.error, job.subject) == (FAILED, "There is nothing to work at", "given up")


async def test_a_kind_that_this_version_does_not_know_fails(shop: Shop) -> None:
    await shop.queue("magic")

    await shop.loop({}).run_due()

    assert (await shop.job()).error == "This version does not know jobs of the kind magic"


async def test_a_recurring_job_waits_for_its_next_time(shop: Shop) -> None:
    await shop.queue(key="again")
    loop = shop.loop({"work": Work(count, every=30_000)})

    await loop.run_due()

    job = await shop.job()
    assert (job.state, job.due, job.finished) == (QUEUED, shop.clock.now + 30_000, shop.clock.now)


async def test_two_loops_never_do_the_same_job(shop: Shop) -> None:
    done: list[str] = []

    async def note(run: Run) -> None:
        await run.write(lambda _: None)
        done.append(run.job.id)

    ids = [await shop.queue() for _ in range(20)]
    loops = [shop.loop({"work": Work(note)}, process) for process in ("one", "two")]

    await asyncio.gather(*(loop.run_due() for loop in loops))

    assert sorted(done) == sorted(ids)


async def test_at_the_end_of_a_process_its_jobs_are_given_back(shop: Shop) -> None:
    begun = asyncio.Event()

    async def hang(run: Run) -> None:
        begun.set()
        await asyncio.Event().wait()

    await shop.queue()
    loop = shop.loop({"work": Work(hang)})
    loop.start()
    await begun.wait()

    await loop.stop()

    job = await shop.job()
    assert (job.state, job.attempts, job.due) == (QUEUED, 0, shop.clock.now)


async def test_a_job_that_was_taken_over_writes_nothing_more(shop: Shop) -> None:
    await shop.queue()
    job = await shop.database.write(lambda tx: claim(tx, "one"))
    assert job is not None
    shop.clock.advance(seconds=LEASE / 1000 + 1)

    await shop.loop({"work": Work(count)}, "two").run_due()

    with pytest.raises(LeaseLost):
        await Run(job, shop.database, lambda: False).advance(lambda _: Progress(99, 99))
    job = await shop.job()
    assert (job.state, job.done) == ("done", 5)


async def test_a_database_that_fails_does_not_end_the_loop(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    loop = shop.loop({"work": Work(count)})
    await shop.database.write(lambda tx: tx.run("ALTER TABLE jobs RENAME TO gone"))
    loop.start()
    await asyncio.sleep(0)
    await shop.database.write(lambda tx: tx.run("ALTER TABLE gone RENAME TO jobs"))
    loop.announce([JobQueued("work")])
    await shop.queue()

    await loop.run_due()

    assert (await shop.job()).state == "done"
    await loop.stop()
