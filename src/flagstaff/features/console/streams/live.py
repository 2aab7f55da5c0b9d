"""What SDKs have told of an environment since one last looked, from the event store."""

from dataclasses import dataclass, field

import msgspec

from flagstaff.features.console.streams.schemas import LiveData, LiveEventData, ServedData
from flagstaff.features.console.streams.subscriptions import LivePlace
from flagstaff.kernel.clock import Millis
from flagstaff.storage.transaction import Transaction

MOST = 20  # single events, and flags, that one event of the stream shows
LATE: Millis = 180_000  # how long ago an evaluation may be that is told of now
MINUTE: Millis = 60_000
FALLBACK = -1
NEWEST = "SELECT coalesce(max(position), 0) FROM event_packs"
NEW = (
    "FROM event_packs JOIN event_keys ON event_keys.id = key_id "
    "WHERE position > :since AND position <= :until AND environment_id = :environment"
)
# at, variation, version, in_experiment, value, weight, contexts, data
Single = tuple[Millis, int | None, int | None, int, float | None, int, msgspec.Raw, str]
COUNTS = (
    "SELECT flag_key, variation, sum(count) FROM flag_counters "
    "WHERE environment_id = :environment AND width = 60000 AND at = :at GROUP BY flag_key, variation"
)

Served = tuple[str, int]  # flag key and variation
_unpack = msgspec.json.Decoder(list[Single]).decode


@dataclass
class Watch:
    """Where one stands in the events of an environment: used by one stream, by one unit at a time."""

    place: LivePlace
    position: int = -1  # not begun
    counted: dict[Millis, dict[Served, int]] = field(default_factory=dict)  # by minute

    def look(self, tx: Transaction) -> LiveData | None:
        """What is new; None if nothing is, and at the first look, from which on it counts."""
        newest = int(tx.events.all(NEWEST)[0][0])
        since, self.position = self.position, newest
        served = self._count(tx)
        if since < 0:
            return None
        events, more = _read_events(tx, self.place.environment_id, since, newest)
        if not events and not served:
            return None
        shown = sorted(served.items(), key=lambda item: -item[1])
        return LiveData(
            environment=self.place.name,
            events=events,
            more_events=more,
            served=tuple(
                ServedData(key=key, variation=None if variation == FALLBACK else variation, count=count)
                for (key, variation), count in shown[:MOST]
            ),
            more_served=sum(count for _, count in shown[MOST:]),
        )

    def _count(self, tx: Transaction) -> dict[Served, int]:
        """How much the counters of the last minutes have grown; they are folded only hours later."""
        this = tx.now - tx.now % MINUTE
        minutes = range(this - LATE, this + MINUTE + 1, MINUTE)  # also of a process whose clock is ahead
        new: dict[Served, int] = {}
        counted: dict[Millis, dict[Served, int]] = {}
        for at in minutes:
            known = self.counted.get(at, {})
            rows = tx.events.all(COUNTS, environment=self.place.environment_id, at=at)
            counted[at] = {(key, variation): count for key, variation, count in rows}
            for served, count in counted[at].items():
                if count > known.get(served, 0):
                    new[served] = new.get(served, 0) + count - known.get(served, 0)
        self.counted = counted
        return new


def _read_events(
    tx: Transaction, environment_id: str, since: int, until: int
) -> tuple[tuple[LiveEventData, ...], int]:
    """The newest single events, and how many more there are."""
    if until <= since:
        return (), 0
    where: dict[str, str | int] = {"environment": environment_id, "since": since, "until": until}
    packs = tx.events.all(
        f"SELECT kind, key, events {NEW} ORDER BY position DESC LIMIT :most", **{**where, "most": MOST}
    )
    events = [_event(kind, key, single) for kind, key, text in packs for single in reversed(_unpack(text))]
    events.sort(key=lambda event: -event.at)
    total = int(tx.events.all(f"SELECT sum(count) {NEW}", **where)[0][0]) if packs else 0
    shown = tuple(events[:MOST])
    return shown, total - len(shown)


def _event(kind: str, key: str, single: Single) -> LiveEventData:
    at, variation, version, _, value, weight, contexts, data = single
    return LiveEventData(
        kind=kind,
        key=key,
        at=at,
        variation=variation,
        version=version,
        value=value,
        weight=weight,
        contexts=contexts,
        data=msgspec.Raw(data.encode()),
    )
