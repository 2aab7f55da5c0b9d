"""What a Relay Proxy is told of a difference."""

from flagstaff.delivery.relay_views import (
    ExpiringKey,
    RelayEnvironment,
    RelayFilter,
    RelayView,
    SdkKey,
    ToldFilter,
)
from tests.delivery.wire import parse_events


def an_environment(name: str, **members: object) -> RelayEnvironment:
    usual = {
        "env_id": name,
        "env_key": "test",
        "env_name": "Test",
        "proj_key": "default",
        "proj_name": "Default",
        "mob_key": "mob-1",
        "sdk_key": SdkKey("sdk-1"),
        "default_ttl": 0,
        "secure_mode": False,
    }
    return RelayEnvironment(**usual | members)  # type: ignore[arg-type]


def a_filter(key: str, identity: str = "1") -> ToldFilter:
    return ToldFilter(identity, RelayFilter(proj_key="default", key=key))


def a_view(version: int, *items: RelayEnvironment | ToldFilter) -> RelayView:
    environments = {item.env_id: item for item in items if isinstance(item, RelayEnvironment)}
    filters = {item.name: item for item in items if isinstance(item, ToldFilter)}
    return RelayView(version, 0, environments, filters)


def test_a_put_holds_everything_under_the_path_that_relays_ask_for() -> None:
    (event,) = parse_events(a_view(7, an_environment("a"), an_environment("b")).frame_put().plain)

    assert (event.name, event.data["path"]) == ("put", "/")
    assert list(event.data["data"]["environments"]) == ["a", "b"]
    assert event.data["data"]["environments"]["a"]["version"] == 7


def test_the_same_again_is_nothing_whatever_its_version() -> None:
    assert a_view(8, an_environment("a")).frame_since(a_view(7, an_environment("a"))) is None


def test_what_is_new_changed_or_gone_is_an_event_each() -> None:
    held = a_view(7, an_environment("a"), an_environment("b"), an_environment("c"))
    after = a_view(9, an_environment("a"), an_environment("b", default_ttl=5), an_environment("d"))

    frame = after.frame_since(held)

    assert frame is not None
    events = {event.data["path"]: event for event in parse_events(frame.plain)}
    assert {path: event.name for path, event in events.items()} == {
        "/environments/b": "patch",
        "/environments/c": "delete",
        "/environments/d": "patch",
    }
    assert events["/environments/b"].data["data"]["defaultTtl"] == 5
    assert [event.data.get("version", 0) for event in events.values()] == [0, 9, 0]


def test_readers_that_parse_as_they_read_find_the_path_first() -> None:
    frame = a_view(9, an_environment("b")).frame_since(a_view(7))

    assert frame is not None
    assert frame.plain.startswith(b'event: patch\ndata: {"path":"/environments/b","data":{')


def test_an_old_key_is_told_only_where_there_is_one() -> None:
    expiring = an_environment("a", sdk_key=SdkKey("sdk-2", ExpiringKey("sdk-1", 1_700_000_000_000)))

    (event,) = parse_events(a_view(1, expiring, an_environment("b")).frame_put().plain)

    found = event.data["data"]["environments"]
    assert found["a"]["sdkKey"]["expiring"] == {"value": "sdk-1", "timestamp": 1_700_000_000_000}
    assert found["b"]["sdkKey"] == {"value": "sdk-1"}


def test_filters_stand_beside_the_environments() -> None:
    (event,) = parse_events(a_view(7, an_environment("a"), a_filter("shop")).frame_put().plain)

    assert event.data["data"]["filters"] == {
        "default:shop": {"projKey": "default", "key": "shop", "version": 7}
    }


def test_a_filter_in_the_place_of_a_deleted_one_is_deleted_and_made_with_rising_versions() -> None:
    frame = a_view(9, a_filter("shop", "2")).frame_since(a_view(7, a_filter("shop", "1")))

    assert frame is not None
    events = parse_events(frame.plain)
    assert [(event.name, event.data["path"]) for event in events] == [
        ("delete", "/filters/default:shop"),
        ("patch", "/filters/default:shop"),
    ]
    assert (events[0].data["version"], events[1].data["data"]["version"]) == (8, 9)


def test_relays_that_know_no_filters_are_told_of_none() -> None:
    view = a_view(9, an_environment("a"), a_filter("shop")).without_filters()

    assert view.frame_since(a_view(7, an_environment("a"))) is None
