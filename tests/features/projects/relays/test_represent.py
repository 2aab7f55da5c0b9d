"""Relay Proxy configurations on the wire."""

import msgspec

from flagstaff.features.projects.relays.model import RelayConfiguration
from flagstaff.features.projects.relays.represent import represent_relay

RELAY = RelayConfiguration(id="r", name="Edge", statements=(), key_ending="abcd", created=1, modified=2)


def test_a_configuration_shows_the_end_of_its_key() -> None:
    assert msgspec.to_builtins(represent_relay(RELAY, None)) == {
        "_id": "r",
        "name": "Edge",
        "policy": (),
        "fullKey": "rel-********-****-****-****-********abcd",
        "displayKey": "abcd",
        "creationDate": 1,
        "lastModified": 2,
    }


def test_the_whole_key_is_shown_to_who_has_just_got_it() -> None:
    assert represent_relay(RELAY, None, "rel-whole").full_key == "rel-whole"
