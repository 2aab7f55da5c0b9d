"""What is remembered of connections."""

import pytest

from flagstaff.delivery import receipts as module
from flagstaff.delivery.receipts import Receipts
from flagstaff.features.projects.connections.model import Sdk
from tests.delivery.planes import Plane, until


@pytest.mark.parametrize(
    ("agent", "tags", "expected"),
    [
        ("PythonClient/9.18.2", "", Sdk("PythonClient", "9.18.2")),
        ("JSClient/4.10.3 extra", "", Sdk("JSClient", "4.10.3")),
        ("ios", "", Sdk("ios")),
        ("", "", Sdk("unknown")),
        ("<script>", "", Sdk("unknown")),
        (
            "GoClient/7.10.2",
            "application-id/shop application-version/1.2 other/x",
            Sdk("GoClient", "7.10.2", "server", "shop", "1.2"),
        ),
    ],
)
def test_an_sdk_is_known_by_what_it_says(agent: str, tags: str, expected: Sdk) -> None:
    assert Receipts(lambda: 1).name_sdk(agent, tags, "server") == expected


def test_names_that_are_made_up_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SDKS", 3)
    monkeypatch.setattr(module, "MOST_POLLING", 2)
    receipts = Receipts(lambda: 1)

    found = [receipts.name_sdk(f"Sdk/{number}", "", "server") for number in range(9)]
    for number, sdk in enumerate(found):
        receipts.note_poll("e", str(number), sdk, 1)

    assert [sdk.name for sdk in found] == ["Sdk"] * 3 + ["other"] * 6
    assert sum(one.count for one in receipts.summarise([]).environments["e"].polls) == 2


def test_the_last_changes_are_remembered() -> None:
    receipts = Receipts(lambda: 1)
    for version in range(1, 30):
        receipts.note_change("e", version, version)

    changes = receipts.summarise([]).environments["e"].changes
    assert [change.data_version for change in changes] == list(range(10, 30))
    receipts.forget("e")
    assert receipts.summarise([]).environments == {}


async def test_a_broadcast_notes_for_each_stream_when_it_was_given_what(plane: Plane) -> None:
    for _ in range(3):
        _, stream = await plane.open()
        plane.delivery.streams.note_sdk(stream, "GoClient/7", "")
    plane.clock.stop()
    await plane.publish_flag("a")
    await until(lambda: stream.version == 1)

    (found,) = plane.delivery.summarise().environments.values()
    (holders,) = found.streams
    assert (holders.sdk, holders.data_version, holders.count) == (Sdk("GoClient", "7"), 1, 3)
    assert holders.last == plane.clock()
    (change,) = found.changes
    assert sum(count for _, count in change.lags) == 3
    (reached,) = found.reached
    assert (reached.sdk, reached.data_version) == (Sdk("GoClient", "7"), 1)
    assert sum(count for _, count in reached.lags) == 3


async def test_an_ended_stream_is_counted_no_longer(plane: Plane) -> None:
    _, stream = await plane.open()
    plane.delivery.streams.note_sdk(stream, "GoClient/7", "")
    stream.end()

    assert plane.delivery.summarise().environments == {}


async def test_lags_are_told_apart_by_sdk_for_the_last_change_that_each_was_given(plane: Plane) -> None:
    receipts = plane.delivery.receipts
    streams = [(await plane.open())[1] for _ in range(2)]
    for stream, agent in zip(streams, ("GoClient/7", "JSClient/4"), strict=True):
        plane.delivery.streams.note_sdk(stream, agent, "")
    go, js = (stream.sdk for stream in streams)
    plane.clock.stop()
    (environment_id,) = plane.delivery.summarise().environments
    receipts.note_change(environment_id, 5, plane.clock() - 1_234)
    receipts.note_change(environment_id, 6, plane.clock() - 7)

    receipts.note_given(environment_id, 5, [go, js, None, js])
    receipts.note_given(environment_id, 6, [go])
    receipts.note_given(environment_id, 5, [go])

    found = plane.delivery.summarise().environments[environment_id]
    told = {one.sdk: (one.data_version, one.lags) for one in found.reached}
    assert told == {go: (6, ((7, 1),)), js: (5, ((1_200, 2),))}
    assert [sum(count for _, count in change.lags) for change in found.changes] == [5, 1]
    streams[0].end()
    found = plane.delivery.summarise().environments[environment_id]
    assert [one.sdk for one in found.reached] == [js]
