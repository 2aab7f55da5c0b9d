"""The wiring: what commits do to snapshots, keys and streams, and the end."""

from tests.delivery.planes import Plane, settle, until
from tests.features.targeting.test_datasets import FLAG, serve


async def test_snapshots_advance_before_the_answer_and_streams_are_told_after_it(plane: Plane) -> None:
    _, stream = await plane.open()
    seen: list[tuple[int, int]] = []

    async def publish() -> None:
        await plane.publish_flag("a")
        snapshot = plane.delivery.snapshots.find("e")
        seen.append((snapshot.data_version if snapshot else 0, stream.version))

    await publish()
    assert seen == [(1, 0)]
    await until(lambda: stream.version == 1)


async def test_a_change_of_an_environment_without_streams_costs_no_frames(plane: Plane) -> None:
    snapshot = await plane.delivery.snapshot("e")
    await plane.publish_flag("a")
    await settle()
    assert "put" not in vars(snapshot)
    assert plane.delivery.metrics.broadcasts._value.get() == 0


async def test_a_delivery_may_be_closed_more_than_once(plane: Plane) -> None:
    transport, _ = await plane.open()
    await plane.delivery.close()
    await plane.delivery.close()
    assert transport.text.count(b"0\r\n\r\n") == 1


async def test_commits_after_the_end_harm_nothing(plane: Plane) -> None:
    await plane.open()
    await plane.delivery.close()
    await plane.publish_flag("a")
    await plane.reset_key("sdk-1")
    snapshot = await plane.delivery.snapshot("e")
    assert snapshot.data_version == 1


async def test_what_is_evaluated_over_rest_is_what_sdks_are_given(plane: Plane) -> None:
    await plane.publish(("flags", "f", FLAG))
    version, first = await plane.delivery.load_dataset("e")
    _, again = await plane.delivery.load_dataset("e")
    await plane.publish(("flags", "f", {**FLAG, "offVariation": 1}))
    newer, second = await plane.delivery.load_dataset("e")

    assert (version, serve(first), newer, serve(second)) == (1, "old", 2, "new")
    assert again is first


async def test_an_environment_without_anything_is_at_version_zero(plane: Plane) -> None:
    version, dataset = await plane.delivery.load_dataset("none")

    assert (version, serve(dataset)) == (0, "nothing")
