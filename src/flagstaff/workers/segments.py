"""The jobs of big segments: imports, exports, and removal of what is not needed any more."""

from collections.abc import Awaitable, Callable

from flagstaff.features.segments import exports, imports
from flagstaff.features.segments.exports import export_step
from flagstaff.features.segments.import_steps import empty_step, import_step, stop_step
from flagstaff.features.segments.members import EMPTY
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.jobs import Job, Progress
from flagstaff.storage.transaction import Transaction
from flagstaff.workers.run import JobFailed, Run, Work, Works

Step = Callable[[Transaction, Job, Progress], Progress]


def stepping(step: Step) -> Callable[[Run], Awaitable[None]]:
    """Work that is done step by step; it has failed when what it is about is gone."""

    async def work(run: Run) -> None:
        try:
            await run.advance_to_end(lambda tx, progress: step(tx, run.job, progress))
        except NotFound as error:
            raise JobFailed(error.message) from None

    return work


SEGMENT_WORKS: Works = {
    imports.LOAD: Work(stepping(import_step), give_up=imports.stop),
    imports.STOP: Work(stepping(stop_step)),
    exports.EXPORT: Work(stepping(export_step), give_up=exports.fail),
    EMPTY: Work(stepping(empty_step)),
}
