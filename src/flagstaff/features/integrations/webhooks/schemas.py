"""Webhooks and their deliveries on the wire: what a caller sends and gets."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.access.policies import Statement
from flagstaff.features.accounts.policies import Statements
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Links

Name = Annotated[str, Meta(max_length=256)]
Url = Annotated[str, Meta(min_length=1, max_length=2_048)]
Secret = Annotated[str, Meta(max_length=256)]  # empty as Terraform sends it where there is none


class WebhookPost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new webhook. With `sign` and no secret, one is made; without statements, every change is sent."""

    name: Name = ""
    url: Url
    on: bool
    sign: bool
    secret: Secret | None = None
    statements: Statements = ()
    tags: list[str] = []


class WebhookFields(Struct, frozen=True, kw_only=True):
    """The members of a webhook that a patch may change. Without a secret, nothing is signed any more."""

    name: Name = ""
    url: Url
    on: bool
    secret: Secret | None = None
    statements: Statements = ()
    tags: list[str] = []


class WebhookRep(Checked, frozen=True, kw_only=True):
    """A webhook. The secret is whole for those who may change it; `_notice` says why it was paused."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    name: str | UnsetType = UNSET
    url: str
    secret: str | UnsetType = UNSET
    statements: tuple[Statement, ...] | UnsetType = UNSET
    on: bool
    tags: tuple[str, ...]
    notice: str | UnsetType = field(default=UNSET, name="_notice")


class WebhooksRep(Struct, frozen=True, kw_only=True):
    """Every webhook of the account."""

    links: Links = field(name="_links")
    items: list[WebhookRep]


class DeliveriesQuery(Struct, frozen=True):
    """Which part of the list to answer."""

    limit: int | None = None
    offset: int | None = None


class DeliveryRep(Struct, frozen=True, rename="camel", kw_only=True):
    """How the sending of one change went. What has not come to pass is left out."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    entry_id: Annotated[str, Meta(description="The entry of the audit log that is sent.")]
    replays: Annotated[str | UnsetType, Meta(description="The delivery that this one repeats.")] = UNSET
    creation_date: Millis
    state: Annotated[str, Meta(description="`waiting`, `delivered` or `failed`.")]
    attempts: int
    finished_date: Millis | UnsetType = UNSET
    status: Annotated[int | UnsetType, Meta(description="What the receiver answered last.")] = UNSET
    error: Annotated[str | UnsetType, Meta(description="Why it failed last.")] = UNSET


class DeliveriesRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of the deliveries of a webhook, newest first."""

    links: Links = field(name="_links")
    items: list[DeliveryRep]
    total_count: int
