"""One run of a job: its units, and when they are refused."""

import pytest

from flagstaff.storage.jobs import Job, LeaseLost, Progress, claim, enqueue
from flagstaff.storage.transaction import Transaction
from flagstaff.workers.run import Run, Stopping
from tests.workers.loops import Shop


async def begin(shop: Shop, *, stopping: bool = False) -> Run:
    def unit(tx: Transaction) -> Job | None:
        enqueue(tx, Job(kind="work", key="one"))
        return claim(tx, "process")

    job = await shop.database.write(unit)
    assert job is not None
    return Run(job, shop.database, lambda: stopping)


async def test_progress_is_noted_with_the_unit_that_made_it(shop: Shop) -> None:
    run = await begin(shop)

    assert await run.advance(lambda _: Progress(3, 9, {"key": "k"})) == Progress(3, 9, {"key": "k"})

    job = await shop.job()
    assert (job.done, job.total, job.progress) == (3, 9, {"key": "k"})
    assert await run.read(lambda tx: tx.one("SELECT done FROM jobs")) == (3,)


async def test_a_unit_without_the_lease_leaves_nothing(shop: Shop) -> None:
    run = await begin(shop)
    await shop.database.write(lambda tx: tx.run("UPDATE jobs SET owner = 'other'"))

    def rename(tx: Transaction) -> Progress:
        tx.run("UPDATE jobs SET subject = 'changed'")
        return Progress(1, 1)

    for unit in (run.write, run.advance):
        with pytest.raises(LeaseLost):
            await unit(rename)
    assert (await shop.job()).subject == ""


async def test_no_unit_begins_when_the_process_ends(shop: Shop) -> None:
    run = await begin(shop, stopping=True)

    for unit in (run.write, run.advance):
        with pytest.raises(Stopping):
            await unit(lambda _: Progress(1, 1))
