"""Delivery receipts from model to wire."""

from collections.abc import Sequence
from itertools import groupby

from msgspec import UNSET, UnsetType

from flagstaff.features.projects.connections.model import (
    Counted,
    Delivered,
    EnvironmentReceipts,
    Holders,
    Reached,
    quantile,
    share,
)
from flagstaff.features.projects.connections.schemas import (
    ConnectedSdkRep,
    ConnectionHistoryRep,
    ConnectionsOfKindRep,
    ConnectionsRep,
    CountedRep,
    DeliveredChangeRep,
    LagRep,
)
from flagstaff.kernel.links import Link
from flagstaff.kernel.spans import Span

PARTS = 20  # of all streams, in which the arrival of a change is told


def represent_connections(
    path: str, receipts: EnvironmentReceipts, data_version: int, processes: int
) -> ConnectionsRep:
    """Who is connected; up to date is who holds `data_version`."""
    return ConnectionsRep(
        links={"self": Link(path)},
        data_version=data_version,
        processes=processes,
        streams=_represent_kind(receipts.streams, data_version, receipts.reached),
        polling=_represent_kind(receipts.polls, data_version),
        changes=[_represent_change(change) for change in reversed(receipts.changes)],
    )


def represent_history(path: str, span: Span, counts: Sequence[Counted]) -> ConnectionHistoryRep:
    return ConnectionHistoryRep(
        links={"self": Link(path), "parent": Link(path.removesuffix("/history"))},
        begin=span.begin,
        step=span.step,
        points=span.points,
        counts=[
            CountedRep(
                at=one.at,
                streams=one.streams,
                most_streams=one.most_streams,
                polling=one.polls,
                most_polling=one.most_polls,
            )
            for one in counts
        ],
    )


def _represent_kind(
    holders: Sequence[Holders], data_version: int, reached: Sequence[Reached] = ()
) -> ConnectionsOfKindRep:
    lags = {one.sdk: _represent_lag(one.lags) for one in reached}
    ordered = sorted(holders, key=lambda one: one.sdk)
    return ConnectionsOfKindRep(
        connections=sum(one.count for one in holders),
        up_to_date=_count_newest(holders, data_version),
        share=round(share(holders, data_version), 4),
        sdks=[
            _represent_sdk(list(found), data_version, lags.get(sdk, UNSET))
            for sdk, found in groupby(ordered, key=lambda one: one.sdk)
        ],
    )


def _represent_sdk(holders: Sequence[Holders], data_version: int, lag: LagRep | UnsetType) -> ConnectedSdkRep:
    sdk = holders[0].sdk
    return ConnectedSdkRep(
        sdk=sdk.name,
        sdk_version=sdk.version,
        kind=sdk.kind,
        application=sdk.application,
        application_version=sdk.application_version,
        connections=sum(one.count for one in holders),
        up_to_date=_count_newest(holders, data_version),
        oldest_data_version=min(one.data_version for one in holders),
        last_written=max(one.last for one in holders),
        lag=lag,
    )


def _represent_change(change: Delivered) -> DeliveredChangeRep:
    lags = change.lags
    return DeliveredChangeRep(
        data_version=change.data_version,
        committed=change.committed,
        deliveries=sum(count for _, count in lags),
        lag=_represent_lag(lags),
        arrivals=tuple(quantile(lags, part / PARTS) for part in range(1, PARTS + 1)) if lags else (),
    )


def _represent_lag(lags: Sequence[tuple[int, int]]) -> LagRep:
    return LagRep(
        p50=quantile(lags, 0.5), p95=quantile(lags, 0.95), p99=quantile(lags, 0.99), max=quantile(lags, 1)
    )


def _count_newest(holders: Sequence[Holders], data_version: int) -> int:
    return sum(one.count for one in holders if one.data_version >= data_version)
