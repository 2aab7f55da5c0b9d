"""How often flags were served lately, hour by hour, from the counters of the event store."""

from collections.abc import Mapping, Sequence

import msgspec

from flagstaff.features.console.lists.schemas import VariationTrafficRep
from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.clock import Millis
from flagstaff.storage.conditions import one_of
from flagstaff.storage.transaction import Transaction

HOUR: Millis = 3_600_000
FALLBACK = -1


class Traffic(msgspec.Struct, frozen=True):
    """Counts by flag key and variation (-1: the fallback value of code), one for each hour since `begin`."""

    begin: Millis
    hours: int
    counts: dict[str, dict[int, list[int]]] = msgspec.field(default_factory=dict)

    def add(self, key: str, variation: int, hour: int, count: int) -> None:
        if 0 <= hour < self.hours:
            series = self.counts.setdefault(key, {}).setdefault(variation, [0] * self.hours)
            series[hour] += count


def read_traffic(tx: Transaction, environment: Environment, keys: Sequence[str], hours: int) -> Traffic:
    """Count the evaluations of flags in the last hours, the running one included."""
    traffic = Traffic(tx.now - tx.now % HOUR - (hours - 1) * HOUR, hours)
    where, names = one_of("flag_key", list(keys), "names")
    rows = tx.events.all(
        "SELECT flag_key, variation, (at - :begin) / :hour, sum(count) FROM flag_counters "
        f"WHERE environment_id = :environment AND {where} AND at >= :begin AND width <= :hour "
        "GROUP BY 1, 2, 3",
        **{**names, "environment": environment.id, "begin": traffic.begin, "hour": HOUR},
    )
    for key, variation, hour, count in rows:
        traffic.add(key, variation, hour, count)
    return traffic


def represent_variations(counts: Mapping[int, Sequence[int]]) -> tuple[VariationTrafficRep, ...]:
    """What was served by variation in their order; the fallback value comes last."""
    return tuple(
        VariationTrafficRep(
            variation=None if index == FALLBACK else index, count=sum(series), series=tuple(series)
        )
        for index, series in sorted(counts.items(), key=lambda item: (item[0] == FALLBACK, item[0]))
    )
