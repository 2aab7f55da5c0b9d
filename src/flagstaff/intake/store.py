"""Storing what payloads come to, many in one transaction: each payload once, each counter in one go."""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from flagstaff.intake import names
from flagstaff.intake.contexts import Application
from flagstaff.intake.ledger import Ceilings, Ledger, Memory
from flagstaff.intake.outcomes import bound_outcome, bound_sdk
from flagstaff.intake.packs import keep_events
from flagstaff.intake.payload import Sender
from flagstaff.intake.seen import Sights
from flagstaff.intake.tally import MINUTE, Outcome, Tally
from flagstaff.kernel.clock import Millis
from flagstaff.storage.events.transaction import EventTransaction

ADD_PAYLOAD = "INSERT OR IGNORE INTO payloads VALUES (?, ?, ?)"
COUNT = """INSERT INTO flag_counters VALUES (?, ?, ?, 60000, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count"""
COUNT_SDK = """INSERT INTO sdk_counters VALUES (?, ?, 60000, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET events = events + excluded.events, payloads = payloads + excluded.payloads"""


class Stored(msgspec.Struct, frozen=True):
    """What became of a payload; `over` counts, for the whole group, what was above a ceiling."""

    is_duplicate: bool = False
    over: Counter[str] | None = None


class EventWriter(msgspec.Struct, frozen=True):
    """Writes tallies; used by the thread of the event store alone."""

    ceilings: Ceilings
    memory: Memory

    def write(self, tx: EventTransaction, tallies: Sequence[Tally]) -> list[Stored]:
        """Store what is not stored yet; one result for each tally."""
        duplicates = {id(tally) for tally in tallies if not _is_new(tx, tally)}
        new = [tally for tally in tallies if id(tally) not in duplicates]
        if not new:
            return [Stored(is_duplicate=True) for _ in tallies]
        ledger = Ledger(tx, self.memory, self.ceilings, max(tally.payload.received for tally in new))
        _keep_flags(ledger, new)
        sights = Sights(ledger)
        for tally in new:
            _keep_names(ledger, sights, tally)
        sights.close()
        tx.run_many(COUNT_SDK, list(_count_sdks(ledger, new)))
        keep_events(ledger, new)
        ledger.close()
        first = new[0]
        return [Stored(id(tally) in duplicates, ledger.over if tally is first else None) for tally in tallies]


def _is_new(tx: EventTransaction, tally: Tally) -> bool:
    payload = tally.payload
    if not payload.payload_id:
        return True
    return tx.run(ADD_PAYLOAD, (payload.sender.environment_id, payload.payload_id, payload.received)) > 0


def _keep_flags(ledger: Ledger, tallies: Sequence[Tally]) -> None:
    """Flags and their counts; those of a flag whose key is above the ceiling are not kept."""
    counts: dict[str, dict[Outcome, int]] = {}
    refused: set[tuple[str, str]] = set()
    for tally in tallies:
        environment_id = tally.payload.sender.environment_id
        for flag_key, seen in tally.flags.items():
            key = (environment_id, flag_key)
            if not names.FLAGS.keep(ledger, key, seen.last, (seen.default,)):
                refused.add(key)
        for (flag_key, kind), at in tally.flag_kinds.items():
            if (environment_id, flag_key) not in refused:
                names.FLAG_KINDS.keep(ledger, (environment_id, flag_key, kind), at)
        _add_counts(counts, environment_id, tally.counts)
    rows = [
        (environment_id, *bound_outcome(ledger, environment_id, outcome), count)
        for environment_id, outcomes in counts.items()
        for outcome, count in outcomes.items()
        if not refused or (environment_id, outcome[0]) not in refused
    ]
    ledger.tx.run_many(COUNT, rows)


def _add_counts(counts: dict[str, dict[Outcome, int]], environment_id: str, more: dict[Outcome, int]) -> None:
    known = counts.get(environment_id)
    if known is None:
        counts[environment_id] = more.copy()
        return
    for outcome, count in more.items():
        known[outcome] = known.get(outcome, 0) + count


def _keep_names(ledger: Ledger, sights: Sights, tally: Tally) -> None:
    """Who and what else was seen."""
    sender = tally.payload.sender
    applications = sights.keep(sender, tally.instances.values())
    if sender.application.id:
        applications.setdefault(sender.application, tally.payload.received)
    for application, at in applications.items():
        _keep_application(ledger, tally, application, at)


def _keep_application(ledger: Ledger, tally: Tally, application: Application, at: Millis) -> None:
    sender = tally.payload.sender
    key = (sender.environment_id, application.id)
    if not names.APPLICATIONS.keep(ledger, key, at, (sender.source, application.name)):
        return
    if application.version:
        names.VERSIONS.keep(ledger, (*key, application.version), at, (application.version_name,))
    for flag_key, seen in tally.flags.items():
        names.APPLICATION_FLAGS.keep(ledger, (*key, flag_key), seen.last)


def _count_sdks(ledger: Ledger, tallies: Sequence[Tally]) -> Iterator[tuple[object, ...]]:
    events: Counter[tuple[Sender, Millis]] = Counter()
    payloads: Counter[tuple[Sender, Millis]] = Counter()
    for tally in tallies:
        payload = tally.payload
        key = (payload.sender, payload.received - payload.received % MINUTE)
        events[key] += tally.events
        payloads[key] += 1
    for (sender, at), count in events.items():
        yield (sender.environment_id, at, *bound_sdk(ledger, sender), count, payloads[sender, at])
