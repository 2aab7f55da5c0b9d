"""The stream that configures Relay Proxies: what it says at first, and what after each change."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flagstaff.kernel.errors import Unauthorized, Unavailable
from tests.delivery.planes import Transport, until
from tests.delivery.wire import Event, parse_events
from tests.support.server import TestServer, make_template

RELAYS = "/api/v2/account/relay-auto-configs"
PROJECTS = "/api/v2/projects"
DEFAULT = f"{PROJECTS}/default"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("installation") / "flagstaff.db")


@pytest.fixture
def server(installation: Path, tmp_path: Path) -> Iterator[TestServer]:
    running = TestServer(installation, tmp_path).start()
    yield running
    running.stop()


class Relay:
    """A Relay Proxy with a configuration of its own, and what it is told."""

    def __init__(self, server: TestServer, *resources: str) -> None:
        self.server = server
        statement = {"effect": "allow", "resources": resources, "actions": ["*"]}
        made = server.post(RELAYS, {"name": "Edge", "policy": [statement]}).json
        self.id, self.key = made["_id"], made["fullKey"]
        self.path = f"{RELAYS}/{self.id}"

    def connect(
        self, key: str = "", *, chunked: bool = False, query: str = "rpacProtocolVersion=2"
    ) -> Transport:
        async def connect() -> Transport:
            relays, transport = self.server.wired.delivery.relays, Transport()
            admitted = await relays.admit(key or self.key, query)
            relays.open(transport, admitted, [], chunked=chunked)
            return transport

        self.transport = self.server.run(connect())
        self.done = len(self.transport.text)
        return self.transport

    def read(self) -> list[Event]:
        """What came since it was last read; a refresh that is under way is waited for."""
        relays = self.server.wired.delivery.relays
        self.server.run(until(lambda: not relays._running))
        came = self.transport.text[self.done :]
        self.done += len(came)
        return parse_events(came)

    def environments(self) -> dict[str, Any]:
        """What a new stream begins with."""
        found: dict[str, Any] = self.read_put()["environments"]
        assert {name: value["envId"] for name, value in found.items()} == {name: name for name in found}
        return found

    def read_put(self, **options: Any) -> dict[str, Any]:
        """The same with the payload filters."""
        (event,) = parse_events(self.connect(**options).text.partition(b"\r\n\r\n")[2])
        assert (event.name, event.data["path"]) == ("put", "/")
        data: dict[str, Any] = event.data["data"]
        return data


@pytest.fixture
def relay(server: TestServer) -> Relay:
    return Relay(server, "proj/*:env/*")


def environment_id(server: TestServer, key: str) -> str:
    found: str = server.get(f"{DEFAULT}/environments/{key}").json["_id"]
    return found


def one_patch(relay: Relay) -> dict[str, Any]:
    (event,) = relay.read()
    assert event.name == "patch"
    assert event.data["path"] == f"/environments/{event.data['data']['envId']}"
    data: dict[str, Any] = event.data["data"]
    return data


def test_a_relay_is_told_every_environment_that_its_policy_allows(server: TestServer, relay: Relay) -> None:
    found = relay.environments()[environment_id(server, "test")]

    assert found.pop("version") > 0
    assert found == {
        "envId": environment_id(server, "test"),
        "envKey": "test",
        "envName": "Test",
        "projKey": "default",
        "projName": "Default",
        "mobKey": server.mobile_key("test"),
        "sdkKey": {"value": server.sdk_key("test")},
        "defaultTtl": 0,
        "secureMode": False,
    }
    narrow = Relay(server, "proj/*:env/test")
    assert list(narrow.environments()) == [environment_id(server, "test")]
    assert Relay(server, "proj/web:env/*").environments() == {}


def test_the_head_is_that_of_a_stream(relay: Relay) -> None:
    head = relay.connect(chunked=True).text.partition(b"\r\n\r\n")[0].decode()

    assert head.startswith("HTTP/1.1 200 OK\r\n")
    assert "content-type: text/event-stream" in head
    assert "transfer-encoding: chunked" in head
    assert "x-ld-envid" not in head


@pytest.mark.parametrize(
    ("member", "value", "told"),
    [
        ("name", "New", {"envName": "New"}),
        ("defaultTtl", 5, {"defaultTtl": 5}),
        ("secureMode", True, {"secureMode": True}),
    ],
)
def test_a_changed_environment_is_told_with_a_higher_version(
    server: TestServer, relay: Relay, member: str, value: Any, told: dict[str, Any]
) -> None:
    before = relay.environments()[environment_id(server, "test")]

    server.patch(f"{DEFAULT}/environments/test", [{"op": "replace", "path": f"/{member}", "value": value}])

    after = one_patch(relay)
    assert after["version"] > before["version"]
    assert after == {**before, **told, "version": after["version"]}


def test_what_relays_do_not_see_is_not_told(server: TestServer, relay: Relay) -> None:
    relay.connect()

    server.patch(f"{DEFAULT}/environments/test", [{"op": "replace", "path": "/color", "value": "aabbcc"}])
    server.post("/api/v2/flags/default", {"key": "f", "name": "F"})

    assert relay.read() == []


def test_a_renamed_project_is_told_for_each_of_its_environments(server: TestServer, relay: Relay) -> None:
    relay.connect()

    server.patch(DEFAULT, [{"op": "replace", "path": "/name", "value": "Shop"}])

    assert [event.data["data"]["projName"] for event in relay.read()] == ["Shop", "Shop"]


def test_a_reset_key_is_told_with_the_old_one_and_when_it_ends(server: TestServer, relay: Relay) -> None:
    relay.connect()
    old, until_then = server.sdk_key("test"), server.clock.now + 60_000

    server.post(f"{DEFAULT}/environments/test/apiKey", query={"expiry": until_then})

    assert one_patch(relay)["sdkKey"] == {
        "value": server.sdk_key("test"),
        "expiring": {"value": old, "timestamp": until_then},
    }
    server.clock.advance(seconds=60)
    assert relay.environments()[environment_id(server, "test")]["sdkKey"] == {"value": server.sdk_key("test")}


def test_of_several_old_keys_the_one_that_works_longest_is_told(server: TestServer, relay: Relay) -> None:
    first = server.sdk_key("test")
    path = f"{DEFAULT}/environments/test/apiKey"
    server.post(path, query={"expiry": server.clock.now + 60_000})
    server.post(path, query={"expiry": server.clock.now + 10_000})

    assert relay.environments()[environment_id(server, "test")]["sdkKey"]["expiring"]["value"] == first


def test_keys_that_are_reset_at_once_are_told_alone(server: TestServer, relay: Relay) -> None:
    relay.connect()

    server.post(f"{DEFAULT}/environments/test/apiKey")
    assert one_patch(relay)["sdkKey"] == {"value": server.sdk_key("test")}
    server.post(f"{DEFAULT}/environments/test/mobileKey")
    assert one_patch(relay)["mobKey"] == server.mobile_key("test")


def test_environments_that_are_made_and_deleted_are_told(server: TestServer, relay: Relay) -> None:
    relay.connect()
    made = server.post(f"{DEFAULT}/environments", {"key": "qa", "name": "QA", "color": "00ff00"}).json
    told = one_patch(relay)
    assert told["envKey"] == "qa"

    server.delete(f"{DEFAULT}/environments/qa")

    (event,) = relay.read()
    assert (event.name, event.data["path"]) == ("delete", f"/environments/{made['_id']}")
    assert event.data["version"] > told["version"]


def test_a_change_of_the_policy_adds_and_removes_environments(server: TestServer, relay: Relay) -> None:
    before = relay.environments()
    test, production = environment_id(server, "test"), environment_id(server, "production")

    server.patch(relay.path, [{"op": "replace", "path": "/policy/0/resources/0", "value": "proj/*:env/test"}])
    (gone,) = relay.read()
    server.patch(relay.path, [{"op": "replace", "path": "/policy/0/resources/0", "value": "proj/*:env/*"}])
    back = one_patch(relay)

    assert (gone.name, gone.data["path"]) == ("delete", f"/environments/{production}")
    assert before[production]["version"] < gone.data["version"] < back["version"]
    assert {**back, "version": 0} == {**before[production], "version": 0}
    assert test in before


def test_a_tag_can_bring_an_environment_in(server: TestServer) -> None:
    relay = Relay(server, "proj/*:env/*;relayed")
    assert relay.environments() == {}

    server.patch(f"{DEFAULT}/environments/test", [{"op": "add", "path": "/tags/0", "value": "relayed"}])

    assert one_patch(relay)["envKey"] == "test"


def test_many_changes_at_once_are_one_put(server: TestServer, relay: Relay) -> None:
    relay.connect()
    environments = [{"key": f"e{n}", "name": f"E{n}", "color": "00ff00"} for n in range(33)]

    server.post(PROJECTS, {"key": "many", "name": "Many", "environments": environments})

    (event,) = relay.read()
    assert event.name == "put"
    assert len(event.data["data"]["environments"]) == 35


def put_filter(server: TestServer, key: str, *tags: str, project: str = "default") -> None:
    body = {"name": key, "flagTags": tags}
    server.put(f"/api/v2/flagstaff/projects/{project}/payload-filters/{key}", body)


def delete_filter(server: TestServer, key: str) -> None:
    server.delete(f"/api/v2/flagstaff/projects/default/payload-filters/{key}")


def test_a_relay_is_told_the_payload_filters_of_the_projects_that_it_serves(server: TestServer) -> None:
    server.post(PROJECTS, {"key": "web", "name": "Web"})
    put_filter(server, "shop")
    put_filter(server, "shop", project="web")
    relay = Relay(server, "proj/web:env/test")

    (found,) = relay.read_put()["filters"].values()

    assert found.pop("version") > 0
    assert found == {"projKey": "web", "key": "shop"}


def test_payload_filters_that_are_made_and_deleted_are_told(server: TestServer, relay: Relay) -> None:
    assert relay.read_put()["filters"] == {}

    put_filter(server, "shop")
    (made,) = relay.read()
    put_filter(server, "shop", "other-tag")
    assert relay.read() == []  # what it takes in is none of a relay's business
    delete_filter(server, "shop")
    (deleted,) = relay.read()

    assert (made.name, deleted.name) == ("patch", "delete")
    assert made.data["path"] == deleted.data["path"] == "/filters/default:shop"
    assert made.data["data"] == {"projKey": "default", "key": "shop", "version": made.data["data"]["version"]}
    assert made.data["data"]["version"] < deleted.data["version"]


@pytest.mark.parametrize("query", ["", "rpacProtocolVersion=1", "rpacProtocolVersion=new"])
def test_a_relay_of_an_earlier_protocol_is_not_told_of_payload_filters(
    server: TestServer, relay: Relay, query: str
) -> None:
    put_filter(server, "shop")

    assert relay.read_put(query=query)["filters"] == {}
    put_filter(server, "second")
    delete_filter(server, "shop")
    assert relay.read() == []


def test_a_deleted_configuration_ends_its_streams_and_asks_to_come_again(
    server: TestServer, relay: Relay
) -> None:
    transport = relay.connect()
    other = Relay(server, "proj/*:env/*")
    other.connect()

    server.delete(relay.path)

    assert [event.name for event in relay.read()] == ["reconnect"]
    assert transport.closing == "close"
    assert not other.transport.closing
    with pytest.raises(Unauthorized):
        relay.connect()


def test_a_reset_ends_the_streams_of_the_old_key(server: TestServer, relay: Relay) -> None:
    transport = relay.connect()

    new = server.post(f"{relay.path}/reset").json["fullKey"]
    relay.read()

    assert transport.closing == "close"
    assert not relay.connect(new).closing


def test_an_old_key_works_until_it_expires_and_its_streams_end_then(server: TestServer, relay: Relay) -> None:
    transport = relay.connect()
    server.post(f"{relay.path}/reset", query={"expiry": server.clock.now + 30})
    relay.read()
    assert not transport.closing
    assert relay.server.wired.delivery.relays._alarm.is_set

    server.clock.advance(seconds=1)  # the timer of the loop runs by itself
    server.run(until(lambda: transport.closing))

    with pytest.raises(Unauthorized):
        relay.connect()


def test_a_restored_or_newer_state_has_higher_versions_for_new_streams(
    server: TestServer, relay: Relay
) -> None:
    first = relay.environments()[environment_id(server, "test")]["version"]
    server.post("/api/v2/flags/default", {"key": "f", "name": "F"})

    assert relay.environments()[environment_id(server, "test")]["version"] > first


@pytest.mark.parametrize("authorization", [None, "", "rel-unknown", "Bearer rel-x"])
def test_an_unknown_key_is_refused(server: TestServer, authorization: str | None) -> None:
    with pytest.raises(Unauthorized):
        server.run(server.wired.delivery.relays.admit(authorization, ""))


def test_an_sdk_key_is_no_relay_key(server: TestServer) -> None:
    with pytest.raises(Unauthorized):
        server.run(server.wired.delivery.relays.admit(server.sdk_key(), ""))


def test_while_the_database_cannot_be_asked_nobody_is_refused_for_good(
    server: TestServer, relay: Relay
) -> None:
    async def ask() -> None:
        server.database._running = False
        try:
            await server.wired.delivery.relays.admit(relay.key, "")
        finally:
            server.database._running = True

    with pytest.raises(Unavailable):
        server.run(ask())


def test_a_change_during_the_look_up_is_told_to_the_new_stream(server: TestServer, relay: Relay) -> None:
    async def admit() -> Any:
        return await server.wired.delivery.relays.admit(relay.key, "")

    admitted, transport = server.run(admit()), Transport()
    server.patch(f"{DEFAULT}/environments/test", [{"op": "replace", "path": "/name", "value": "New"}])

    async def connect() -> None:
        server.wired.delivery.relays.open(transport, admitted, [], chunked=False)

    server.run(connect())
    server.run(until(lambda: b'"envName":"New"' in transport.text))


def test_a_relay_that_does_not_read_is_dropped(server: TestServer, relay: Relay) -> None:
    transport = relay.connect()

    async def fill() -> None:
        transport.protocol.pause_writing()

    server.run(fill())

    assert transport.closing == "abort"


def test_relay_streams_get_heartbeats_and_end_with_the_server(server: TestServer, relay: Relay) -> None:
    transport = relay.connect()
    streams = server.wired.delivery.streams
    server.run(streams._beat_once())
    assert transport.text.endswith(b":\n\n")

    server.run(server.wired.delivery.close())

    assert transport.text.endswith(b"event: reconnect\ndata:  \n\n")
    assert not server.wired.delivery.relays.streams
