"""Persistent store integrations on the wire."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.kernel.links import Link

Config = Annotated[
    dict[str, Any],
    Meta(
        description="`host`, `port`, `username`, `password`, `tlsEnabled` and `prefix`; the host is needed."
    ),
]


class BigSegmentStorePost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new integration. It is written to once it is `on`."""

    config: Config
    name: str = ""
    on: bool = False
    tags: list[str] = []


class BigSegmentStoreFields(Struct, frozen=True, kw_only=True):
    """The members that a patch may change; a password that is sent as it was shown stays."""

    config: Config
    name: str
    on: bool
    tags: list[str] = []


class StoreErrorRep(Struct, frozen=True, rename="camel"):
    """Why a synchronisation failed."""

    message: str
    timestamp: int


class StoreStatusRep(Struct, frozen=True, rename="camel"):
    """Whether the store holds the newest keys."""

    available: bool | UnsetType = UNSET
    potentially_stale: bool | UnsetType = UNSET
    last_sync: int | UnsetType = UNSET
    last_error: int | UnsetType = UNSET
    errors: list[StoreErrorRep] | UnsetType = UNSET


class BigSegmentStoreRep(Checked, frozen=True, rename="camel", kw_only=True):
    """An integration; its password is masked."""

    links: dict[str, Link] = field(name="_links")
    id: str = field(name="_id")
    integration_key: str
    project_key: str
    environment_key: str
    config: dict[str, Any]
    on: bool
    tags: tuple[str, ...]
    name: str
    version: int
    status: StoreStatusRep = field(name="_status")


class BigSegmentStoresRep(Struct, frozen=True, rename="camel"):
    """Every integration that the caller may see."""

    links: dict[str, Link] = field(name="_links")
    items: list[BigSegmentStoreRep]
