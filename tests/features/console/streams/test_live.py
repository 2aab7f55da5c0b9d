"""What is new since the last look, whichever minute it is counted in."""

from typing import Any

from flagstaff.access.specifiers import parse_resource
from flagstaff.features.console.streams.live import MOST, Watch
from flagstaff.features.console.streams.subscriptions import LivePlace
from tests.support.seen import request
from tests.support.server import TestServer


def a_watch(server: TestServer) -> Watch:
    ((environment_id,),) = server.rows("SELECT id FROM environments WHERE key = 'test'")
    place = LivePlace("default/test", environment_id, parse_resource("proj/default:env/test"))
    return Watch(place)


def served(server: TestServer, watch: Watch) -> dict[str, Any]:
    found = server.read(watch.look)
    return {one.key: one.count for one in found.served} if found else {}


def test_what_was_there_before_is_not_told(server: TestServer) -> None:
    request(server, "old")
    watch = a_watch(server)
    assert served(server, watch) == {}
    assert served(server, watch) == {}
    request(server, "old", counts=((0, 2),))
    assert served(server, watch) == {"old": 2}
    assert served(server, watch) == {}


def test_what_arrives_late_is_told_for_three_minutes(server: TestServer) -> None:
    watch = a_watch(server)
    served(server, watch)
    request(server, "late")
    server.clock.advance(seconds=170)
    assert served(server, watch) == {"late": 1}
    request(server, "next")
    assert served(server, watch) == {"next": 1}


def test_of_many_flags_those_served_most_are_shown(server: TestServer) -> None:
    watch = a_watch(server)
    served(server, watch)
    for number in range(MOST + 5):
        request(server, f"flag-{number}", counts=((0, number + 1),))

    found = server.read(watch.look)

    assert found is not None
    assert found.served[0].count == MOST + 5
    assert (len(found.served), found.more_served) == (MOST, 1 + 2 + 3 + 4 + 5)
