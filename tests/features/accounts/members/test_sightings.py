"""When members were last seen, as it is written down; noting it is in test_uses."""

from flagstaff.features.accounts.members.model import NEVER, Sighting
from flagstaff.features.accounts.members.sightings import find_sighting, list_sightings, save_sightings
from tests.features.accounts.members.calls import invite
from tests.support.server import TestServer


def test_an_older_sighting_never_replaces_a_newer_one_and_nobody_unknown_is_noted(server: TestServer) -> None:
    ada = invite(server)["_id"]
    assert server.read(lambda tx: find_sighting(tx, ada)) == NEVER

    server.write(lambda tx: save_sightings(tx, {ada: Sighting(20, "t1"), "gone": Sighting(20)}))
    server.write(lambda tx: save_sightings(tx, {ada: Sighting(10, "t2")}))

    assert server.read(list_sightings) == {ada: Sighting(20, "t1")}
    assert server.read(lambda tx: find_sighting(tx, ada)) == Sighting(20, "t1")
