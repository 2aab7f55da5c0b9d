"""Relay Proxy configurations from model to wire."""

from msgspec import UNSET

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.projects.relays.model import RelayConfiguration
from flagstaff.features.projects.relays.schemas import RelayConfigurationRep

HIDDEN = "rel-********-****-****-****-********"


def represent_relay(
    relay: RelayConfiguration, creator: MemberSummaryRep | None, key: str = ""
) -> RelayConfigurationRep:
    """A configuration; `key` is given only by the calls that make one."""
    return RelayConfigurationRep(
        id=relay.id,
        creator=creator or UNSET,
        name=relay.name,
        policy=relay.statements,
        full_key=key or HIDDEN + relay.key_ending,
        display_key=relay.key_ending,
        creation_date=relay.created,
        last_modified=relay.modified,
    )
