"""Contexts that were seen lately, tried with two data sets: who would be served something else."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.big_segments import FindMembership
from flagstaff.evaluation.context import InvalidContext, parse_context
from flagstaff.evaluation.detail import EvaluationDetail
from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.clock import Millis
from flagstaff.storage.transaction import Transaction

MOST = 50_000  # contexts that are tried
PART = 2_000
BUDGET = 1.2  # seconds, within the two that a unit has
WINDOW: Millis = 24 * 3_600_000
TOTAL = (
    "SELECT count(DISTINCT id) FROM context_instances "
    "WHERE environment_id = :environment AND last_seen > :since"
)
LATEST = (
    "SELECT id, body FROM context_instances WHERE environment_id = :environment AND last_seen > :since "
    "ORDER BY last_seen DESC LIMIT :limit OFFSET :offset"
)
Outcome = tuple[int | None, tuple[tuple[str, Any], ...]]  # the variation, and the reason


@dataclass
class Sample:
    """What was found: how many there are and were tried, and each flag's moves with how often they occur."""

    since: Millis
    total: int
    sampled: int = 0
    moves: dict[str, Counter[tuple[Outcome, Outcome]]] = field(default_factory=dict)

    def scale(self, count: int) -> int:
        return count if self.sampled >= self.total else round(count * self.total / max(1, self.sampled))


def take_sample(
    tx: Transaction,
    environment: Environment,
    sets: tuple[Dataset, Dataset],
    keys: Sequence[str],
    find: FindMembership,
) -> Sample:
    """Try the contexts that were seen last, as many as time allows."""
    since = tx.now - WINDOW
    ((total,),) = tx.events.all(TOTAL, environment=environment.id, since=since)
    sample = Sample(since, total, moves={key: Counter() for key in keys})
    before, after = sets
    end = time.monotonic() + BUDGET
    for body in _list_bodies(tx, environment, since):
        if time.monotonic() > end:
            break
        try:
            context = parse_context(body)
        except InvalidContext:
            continue
        sample.sampled += 1
        for key in keys:
            old = before.evaluate_context(key, context, None, big_segments=find)
            new = after.evaluate_context(key, context, None, big_segments=find)
            if old.variation_index != new.variation_index:
                sample.moves[key][_outcome(old), _outcome(new)] += 1
        if sample.sampled % 64 == 0:
            time.sleep(0)  # others have the interpreter for a moment
    return sample


def _list_bodies(tx: Transaction, environment: Environment, since: Millis) -> Iterator[str]:
    seen: set[str] = set()
    for offset in range(0, MOST, PART):
        rows = tx.events.all(LATEST, environment=environment.id, since=since, limit=PART, offset=offset)
        for instance_id, body in rows:
            if instance_id not in seen:
                seen.add(instance_id)
                yield body
        if len(rows) < PART:
            return


def _outcome(detail: EvaluationDetail) -> Outcome:
    return detail.variation_index, tuple(sorted(detail.reason.items()))
