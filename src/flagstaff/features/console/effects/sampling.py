"""Contexts that were seen lately: who would be served something else by a change, and which step decides."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import msgspec

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.big_segments import FindMembership
from flagstaff.evaluation.context import Context, InvalidContext, parse_context
from flagstaff.features.console.effects.trials import Shared, Trial, outcome_of
from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.clock import Millis
from flagstaff.storage.transaction import Transaction

MOST = 50_000  # contexts that are tried
PART = 4_000
SLICE = 100  # contexts between looks at the clock
BUDGET = 1.6  # seconds, within the two that a unit has
FEW, GLANCE = 4_000, 0.3  # the same where nobody waits for a change
DAY: Millis = 24 * 3_600_000
# The index alone answers this; how many of them are the same context is known of those that were read.
ROWS = "SELECT count(*) FROM context_instances WHERE environment_id = :environment AND last_seen > :since"
LATEST = (
    "SELECT id, body FROM context_instances WHERE environment_id = :environment AND last_seen > :since "
    "ORDER BY last_seen DESC LIMIT :limit OFFSET :offset"
)
Step = tuple[tuple[str, Any], ...]  # a reason
Outcome = tuple[int | None, Step]  # the variation, and why


@dataclass
class Sample:
    """What was found: how many there are and were tried, and each flag's moves with how often they occur."""

    since: Millis
    total: int = 0
    sampled: int = 0
    moves: dict[str, Counter[tuple[Outcome, Outcome]]] = field(default_factory=dict)

    def scale(self, count: int) -> int:
        return count if self.sampled >= self.total else round(count * self.total / max(1, self.sampled))


@dataclass
class _Latest:
    """The contexts seen last, each once; `read` counts their rows, `ended` tells that there are no more."""

    tx: Transaction
    environment: str
    since: Millis
    most: int
    read: int = 0
    ended: bool = False

    def __iter__(self) -> Iterator[Context]:
        seen: set[str] = set()
        for instance_id, body in chain.from_iterable(self._pages()):
            self.read += 1
            if instance_id not in seen:
                seen.add(instance_id)
                context = _parse(body)
                if context is not None:
                    yield context

    def count(self, sampled: int) -> int:
        """How many contexts there are, of which so many were taken; about as many, if there are more."""
        if self.ended:
            return sampled
        ((rows,),) = self.tx.events.all(ROWS, environment=self.environment, since=self.since)
        return max(sampled, int(rows * sampled / max(1, self.read)))

    def _pages(self) -> Iterator[list[tuple[str, str]]]:
        for offset in range(0, self.most, PART):
            rows = self.tx.events.all(
                LATEST, environment=self.environment, since=self.since, limit=PART, offset=offset
            )
            yield rows
            if len(rows) < PART:
                self.ended = True
                return


def take_sample(tx: Transaction, environment: Environment, trial: Trial, find: FindMembership) -> Sample:
    """Try the contexts that were seen last, as many as time allows."""
    sample = Sample(tx.now - DAY)
    moved: Counter[tuple[str, Shared, Shared]] = Counter()
    for context in _take(tx, environment, sample, MOST, BUDGET):
        moved.update(trial.list_moves(context, find))
    sample.moves = {key: Counter() for key in trial.keys}
    for (key, old, new), count in moved.items():
        sample.moves[key][_describe(old), _describe(new)] += count
    return sample


def count_steps(
    tx: Transaction, environment: Environment, dataset: Dataset, key: str, find: FindMembership, *, days: int
) -> tuple[Sample, Counter[Step]]:
    """Which step of a flag decides for the contexts that were seen last, for a page to show."""
    sample = Sample(tx.now - days * DAY)
    outcomes: Counter[Shared] = Counter()
    for context in _take(tx, environment, sample, FEW, GLANCE):
        outcomes.update(dataset.find_outcomes((key,), context, big_segments=find))
    steps: Counter[Step] = Counter()
    for outcome, count in outcomes.items():
        steps[_describe(outcome)[1]] += count
    return sample, steps


def _take(
    tx: Transaction, environment: Environment, sample: Sample, most: int, budget: float
) -> Iterator[Context]:
    """The contexts that were seen last, as many as the seconds allow; they are counted in the sample."""
    latest = _Latest(tx, environment.id, sample.since, most)
    end = time.monotonic() + budget
    for context in latest:
        yield context
        sample.sampled += 1
        if sample.sampled % SLICE == 0:
            time.sleep(0)  # others have the interpreter for a moment
            if time.monotonic() > end:
                break
    sample.total = latest.count(sample.sampled)


def _parse(body: str) -> Context | None:
    try:
        return parse_context(msgspec.json.decode(body))
    except (InvalidContext, msgspec.DecodeError):
        return None


def _describe(outcome: Shared) -> Outcome:
    index, reason = outcome_of(outcome)
    return index, tuple(sorted(reason.items()))
