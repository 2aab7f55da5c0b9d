"""Relay Proxy configurations on the wire: what a caller sends and gets."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.access.policies import Statement
from flagstaff.features.accounts.policies import Statements
from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.kernel.clock import Millis

Name = Annotated[str, Meta(min_length=1, max_length=256)]


class RelayConfigurationPost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new configuration; the policy says which environments the Relay Proxy serves."""

    name: Name
    policy: Statements


class RelayConfigurationFields(Struct, frozen=True, kw_only=True):
    """The members of a configuration that a patch may change."""

    name: Name
    policy: Statements


class RelayConfigurationRep(Checked, frozen=True, kw_only=True, rename="camel"):
    """A configuration. `fullKey` is the whole key where it was made or reset, and masked ever after."""

    id: str = field(name="_id")
    creator: MemberSummaryRep | UnsetType = field(default=UNSET, name="_creator")
    name: str
    policy: tuple[Statement, ...]
    full_key: str
    display_key: str
    creation_date: Millis
    last_modified: Millis


class RelayConfigurationsRep(Struct, frozen=True, kw_only=True):
    """Every configuration of the account."""

    items: list[RelayConfigurationRep]
