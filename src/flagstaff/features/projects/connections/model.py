"""Delivery receipts: which SDKs are connected, what they were given last, and how long changes took."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from flagstaff.kernel.clock import Millis

SILENT: Millis = 15 * 60_000  # since its last poll, after which a client counts no longer


class Sdk(msgspec.Struct, frozen=True, order=True):
    """What an SDK says of itself; `kind` is server, mobile or browser."""

    name: str
    version: str = ""
    kind: str = "server"
    application: str = ""
    application_version: str = ""


class Holders(msgspec.Struct, frozen=True):
    """So many connections of one SDK hold the same data version; `last` is when one was last written to."""

    sdk: Sdk
    data_version: int
    count: int
    last: Millis


class Delivered(msgspec.Struct, frozen=True):
    """One change: how many connections were given it how many milliseconds after it was committed."""

    data_version: int
    committed: Millis
    lags: tuple[tuple[int, int], ...]


class Reached(msgspec.Struct, frozen=True):
    """The last change that streams of an SDK were given, and how many of them after how many milliseconds."""

    sdk: Sdk
    data_version: int
    lags: tuple[tuple[int, int], ...]


class Counted(msgspec.Struct, frozen=True):
    """The fewest and the most streams and polling clients that there were in the time that begins `at`."""

    at: Millis
    streams: int
    most_streams: int
    polls: int
    most_polls: int


class EnvironmentReceipts(msgspec.Struct, frozen=True):
    """What one process knows of the SDKs of an environment, or all of them together."""

    streams: tuple[Holders, ...] = ()
    polls: tuple[Holders, ...] = ()
    changes: tuple[Delivered, ...] = ()
    reached: tuple[Reached, ...] = ()


class ProcessReceipts(msgspec.Struct, frozen=True):
    """The summary that a process writes every second; it knows of nothing that was before it had `begun`.

    One that has `ended` tells of nothing but that: where its connections are now is not known yet.
    """

    written: Millis
    environments: dict[str, EnvironmentReceipts]
    begun: Millis = 0
    ended: Millis = 0


def join_receipts(found: Iterable[EnvironmentReceipts]) -> EnvironmentReceipts:
    """What several processes know, as if it were one."""
    every = list(found)
    return EnvironmentReceipts(
        _join_holders(holders for one in every for holders in one.streams),
        _join_holders(holders for one in every for holders in one.polls),
        _join_changes(change for one in every for change in one.changes),
        _join_reached(reached for one in every for reached in one.reached),
    )


def share(holders: Sequence[Holders], data_version: int) -> float:
    """The part of the connections that hold that data version or a newer one; 1 where there are none."""
    total = sum(one.count for one in holders)
    return sum(one.count for one in holders if one.data_version >= data_version) / total if total else 1.0


def quantile(lags: Sequence[tuple[int, int]], part: float) -> int:
    """The lag within which that part of the connections was given a change."""
    wanted, seen = part * sum(count for _, count in lags), 0
    for lag, count in sorted(lags):
        seen += count
        if seen >= wanted:
            return lag
    return 0


def _join_holders(found: Iterable[Holders]) -> tuple[Holders, ...]:
    joined: dict[tuple[Sdk, int], Holders] = {}
    for one in found:
        key = (one.sdk, one.data_version)
        held = joined.get(key)
        if held is not None:
            one = Holders(one.sdk, one.data_version, held.count + one.count, max(held.last, one.last))  # noqa: PLW2901
        joined[key] = one
    return tuple(joined[key] for key in sorted(joined))


def _join_changes(found: Iterable[Delivered]) -> tuple[Delivered, ...]:
    joined: dict[int, tuple[Millis, Counter[int]]] = {}
    for one in found:
        committed, lags = joined.get(one.data_version, (one.committed, Counter[int]()))
        lags.update(dict(one.lags))
        joined[one.data_version] = (min(committed, one.committed), lags)
    return tuple(
        Delivered(version, committed, tuple(sorted(lags.items())))
        for version, (committed, lags) in sorted(joined.items())
    )


def _join_reached(found: Iterable[Reached]) -> tuple[Reached, ...]:
    """Of each SDK the newest change that any process gave it."""
    joined: dict[Sdk, tuple[int, Counter[int]]] = {}
    for one in found:
        version, lags = joined.get(one.sdk, (one.data_version, Counter[int]()))
        if one.data_version > version:
            version, lags = one.data_version, Counter()
        if one.data_version == version:
            lags.update(dict(one.lags))
        joined[one.sdk] = (version, lags)
    return tuple(
        Reached(sdk, version, tuple(sorted(lags.items()))) for sdk, (version, lags) in sorted(joined.items())
    )


class Connected(msgspec.Struct, frozen=True):
    """The streams and the polling clients of each environment that has any.

    Nobody was lost out of sight since `begun`: that one process is there, and none has ended.
    """

    environments: dict[str, tuple[int, int]]
    begun: Millis = 0


def count_connections(processes: Sequence[ProcessReceipts]) -> Connected:
    """What all processes count together."""
    counts: dict[str, tuple[int, int]] = {}
    for process in processes:
        for name, found in process.environments.items():
            streams, polls = counts.get(name, (0, 0))
            streams += sum(one.count for one in found.streams)
            polls += sum(one.count for one in found.polls)
            if streams or polls:
                counts[name] = (streams, polls)
    begun = min((process.begun for process in processes if not process.ended), default=0)
    return Connected(counts, max([begun, *(process.ended for process in processes)]))


def add_count(counts: Sequence[Counted], at: Millis, streams: int, polls: int) -> list[Counted]:
    """The counts, with one more of the time that begins `at`: the last one, or a new one after it."""
    if not counts or counts[-1].at != at:
        return [*counts, Counted(at, streams, streams, polls, polls)]
    last = counts[-1]
    joined = Counted(
        at,
        min(last.streams, streams),
        max(last.most_streams, streams),
        min(last.polls, polls),
        max(last.most_polls, polls),
    )
    return [*counts[:-1], joined]


def of_environment(processes: Iterable[ProcessReceipts], environment_id: str) -> EnvironmentReceipts:
    """What all processes know of one environment."""
    nothing: Mapping[str, EnvironmentReceipts] = {}
    found = ((process.environments or nothing).get(environment_id) for process in processes)
    return join_receipts(one for one in found if one is not None)
