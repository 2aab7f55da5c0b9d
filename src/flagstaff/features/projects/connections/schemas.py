"""Connections of SDKs on the wire."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Links


class LagRep(Struct, frozen=True, kw_only=True):
    """Milliseconds from the commit of a change to the write to a stream."""

    p50: int
    p95: int
    p99: int
    max: int


class ConnectedSdkRep(Struct, frozen=True, kw_only=True, rename="camel"):
    """The connections of one version of an SDK, in one version of an application if it says which."""

    sdk: str
    sdk_version: str
    kind: str
    application: str
    application_version: str
    connections: int
    up_to_date: int
    oldest_data_version: int
    last_written: Millis
    lag: Annotated[
        LagRep | UnsetType,
        Meta(description="Of the last change that its streams were given; not of polling."),
    ] = UNSET


class ConnectionsOfKindRep(Struct, frozen=True, kw_only=True, rename="camel"):
    """Streams, or polling clients: all of them, and by SDK. `share` is the part that is up to date."""

    connections: int
    up_to_date: int
    share: float
    sdks: list[ConnectedSdkRep]


class DeliveredChangeRep(Struct, frozen=True, kw_only=True, rename="camel"):
    """One of the last changes, and how fast streams were given it.

    `arrivals` are the milliseconds within which a twentieth of them was, two twentieths, and so on to all;
    nothing where no stream was open.
    """

    data_version: int
    committed: Millis
    deliveries: int
    lag: LagRep
    arrivals: tuple[int, ...]


class ConnectionsRep(Struct, frozen=True, kw_only=True, rename="camel"):
    """Who is connected to an environment, as all processes of the installation know it."""

    links: Links = field(name="_links")
    data_version: int
    processes: int
    streams: ConnectionsOfKindRep
    polling: ConnectionsOfKindRep
    changes: list[DeliveredChangeRep]


class ConnectionHistoryQuery(Struct, frozen=True):
    """How far back: at most 168 hours."""

    hours: Annotated[int, Meta(description="How many hours back, at most 168.")] = 12


class CountedRep(Struct, frozen=True, kw_only=True, rename="camel"):
    """The fewest and the most streams and polling clients that there were in the step that begins `at`."""

    at: Millis
    streams: int
    most_streams: int
    polling: int
    most_polling: int


class ConnectionHistoryRep(Struct, frozen=True, kw_only=True):
    """Counts of connections, oldest first, in steps of `step` milliseconds from `begin` on."""

    links: Links = field(name="_links")
    begin: Millis
    step: Millis
    points: int
    counts: list[CountedRep]
