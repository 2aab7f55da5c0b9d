"""Storing single events: those of one key that came within a transaction are one row, a pack."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter

import msgspec

from flagstaff.intake.event_keys import keep_event_key
from flagstaff.intake.ledger import Ledger
from flagstaff.intake.rows import EventKey, RawRow
from flagstaff.intake.tally import Tally
from flagstaff.kernel.clock import Millis

MOST = 256  # events of a pack
TIME = itemgetter(0)  # when an event was
ADD = "INSERT INTO event_packs (key_id, at, count, events) VALUES (?, ?, ?, ?)"
Pack = tuple[int, Millis, int, str]  # the number of the key, when the newest of them was, how many, as JSON
_encode = msgspec.json.Encoder().encode


def keep_events(ledger: Ledger, tallies: Sequence[Tally]) -> None:
    """Keep the single events of payloads; not those whose key is above the ceiling.

    A row and its entry in an index cost some 7 us for each event where they were stored one by one.
    """
    together: dict[str, dict[EventKey, list[RawRow]]] = {}
    for tally in tallies:
        _add(together.setdefault(tally.payload.sender.environment_id, defaultdict(list)), tally)
    packs = [pack for place, events in together.items() for pack in _pack(ledger, place, events)]
    packs.sort(key=itemgetter(1))
    ledger.tx.run_many(ADD, packs)


def _add(events: dict[EventKey, list[RawRow]], tally: Tally) -> None:
    for key, rows in tally.raw.items():
        events[key] += rows


def _pack(ledger: Ledger, environment_id: str, events: dict[EventKey, list[RawRow]]) -> Iterator[Pack]:
    for key, rows in events.items():
        number = keep_event_key(ledger, environment_id, key, rows[-1][0])
        if number is None:
            continue
        for start in range(0, len(rows), MOST):
            part = rows[start : start + MOST]
            yield (number, max(map(TIME, part)), len(part), _encode(part).decode())
