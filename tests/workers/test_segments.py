"""The jobs of big segments fail for good when what they are about is gone."""

import pytest

from flagstaff.storage.jobs import FAILED
from flagstaff.workers.segments import SEGMENT_WORKS
from tests.workers.loops import Shop


@pytest.mark.parametrize("kind", ["segment_import", "stop_segment_import", "segment_export"])
async def test_a_job_about_what_is_gone_is_not_tried_again(shop: Shop, kind: str) -> None:
    await shop.queue(kind, arguments={"import_id": "none", "export_id": "none"})

    await shop.loop(SEGMENT_WORKS).run_due()

    job = await shop.job()
    assert (job.state, job.attempts, job.error) == (FAILED, 1, "The segment was deleted")


async def test_an_empty_segment_is_emptied_at_once(shop: Shop) -> None:
    about = {"number": 7, "segment_id": "s", "environment_id": "e", "reference": "r.g1"}
    await shop.queue("empty_big_segment", arguments=about)

    await shop.loop(SEGMENT_WORKS).run_due()

    assert (await shop.job()).state == "done"
