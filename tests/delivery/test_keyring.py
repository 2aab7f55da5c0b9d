"""Keys: who is let in, who is refused and when, and what happens when a key ends."""

import asyncio
from contextlib import suppress

import pytest
from structlog.testing import capture_logs

from flagstaff.delivery import keyring as keyring_module
from flagstaff.delivery.keyring import MOST_ASKED, MOST_REFUSED, read_key
from flagstaff.kernel.errors import Unauthorized, Unavailable
from flagstaff.storage.credentials import MOBILE, SDK
from flagstaff.storage.readers import READERS
from tests.delivery.planes import Plane, settle, until


@pytest.mark.parametrize(
    ("authorization", "key"),
    [("sdk-1", "sdk-1"), (" sdk-1 ", "sdk-1"), ("api_key sdk-1", "sdk-1"), ("api_keysdk-1", "api_keysdk-1")],
)
def test_a_key_is_what_stands_in_the_header(authorization: str, key: str) -> None:
    assert read_key(authorization) == key


@pytest.mark.parametrize(
    "authorization", [None, "", "  ", "api_key ", "Bearer sdk-1", "sdk-1 sdk-2", "api_key a b"]
)
def test_a_header_that_holds_no_key_is_refused(authorization: str | None) -> None:
    with pytest.raises(Unauthorized):
        read_key(authorization)


async def test_a_key_is_looked_up_once(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    keyring = plane.delivery.keyring
    keyring.advance("e")
    reads = plane.database.reads
    found = await asyncio.gather(*(keyring.get("sdk-1", SDK) for _ in range(100)))
    assert {credential.environment_id for credential in found} == {"e"}
    assert plane.database.reads == reads + 1
    assert keyring.find("sdk-1", SDK) is found[0]


@pytest.mark.parametrize("kind", [SDK, MOBILE])
async def test_a_key_opens_only_what_its_kind_opens(plane: Plane, kind: str) -> None:
    await plane.reset_key("mob-1", kind=MOBILE)
    if kind == MOBILE:
        assert (await plane.delivery.keyring.get("mob-1", kind)).kind == MOBILE
    else:
        with pytest.raises(Unauthorized):
            await plane.delivery.keyring.get("mob-1", kind)


async def test_a_refusal_is_kept_for_a_second(plane: Plane) -> None:
    plane.clock.stop()
    keyring = plane.delivery.keyring
    for ahead, reads in ((0, 1), (999, 1), (1, 2), (0, 2)):
        plane.clock.ahead += ahead
        with pytest.raises(Unauthorized):
            await keyring.get("sdk-unknown", SDK)
        assert plane.database.reads == reads


async def test_a_refusal_is_not_kept_when_the_clock_is_put_back(plane: Plane) -> None:
    keyring = plane.delivery.keyring
    for reads in (1, 2):
        with pytest.raises(Unauthorized):
            await keyring.get("sdk-unknown", SDK)
        plane.clock.ahead -= 10_000
        assert plane.database.reads == reads


async def test_a_refused_key_is_let_in_once_it_exists(plane: Plane) -> None:
    keyring = plane.delivery.keyring
    with pytest.raises(Unauthorized):
        await keyring.get("sdk-1", SDK)
    await plane.reset_key("sdk-1", wait=False)
    assert (await keyring.get("sdk-1", SDK)).environment_id == "e"


async def test_refusals_are_bounded(plane: Plane) -> None:
    keyring = plane.delivery.keyring
    for start in range(0, MOST_REFUSED + 100, 20):
        await asyncio.gather(
            *(keyring.get(f"sdk-{n}", SDK) for n in range(start, start + 20)), return_exceptions=True
        )
    assert len(keyring._refused) == MOST_REFUSED


async def test_only_so_many_unknown_keys_may_wait(plane: Plane) -> None:
    keyring = plane.delivery.keyring
    with plane.held_readers() as go:
        waiting = [asyncio.ensure_future(keyring.get(f"sdk-{n}", SDK)) for n in range(MOST_ASKED)]
        await settle()
        with pytest.raises(Unavailable):
            await keyring.get("sdk-more", SDK)
        go.set()
        answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(answer) for answer in answers} == {Unauthorized}
    with pytest.raises(Unauthorized):
        await keyring.get("sdk-more", SDK)


async def test_who_stops_waiting_does_not_end_the_look_up_of_others(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    plane.delivery.keyring.advance("e")
    with plane.held_readers() as go:
        first = asyncio.ensure_future(plane.delivery.keyring.get("sdk-1", SDK))
        second = asyncio.ensure_future(plane.delivery.keyring.get("sdk-1", SDK))
        await settle()
        first.cancel()
        await settle()
        go.set()
        assert (await second).environment_id == "e"
    with suppress(asyncio.CancelledError):
        await first


async def test_a_look_up_that_began_before_a_reset_is_made_again(plane: Plane) -> None:
    await plane.reset_key("sdk-old")
    plane.delivery.keyring.advance("e")
    reads = plane.database.reads
    with plane.held_readers() as go:
        old = asyncio.ensure_future(plane.delivery.keyring.get("sdk-old", SDK))
        await settle()
        await plane.reset_key("sdk-new", wait=False)
        go.set()
        with pytest.raises(Unauthorized):
            await old
    reread = 1
    await until(lambda: plane.database.reads == reads + READERS + 2 + reread)


async def test_a_reading_of_keys_that_began_before_a_reset_is_made_again(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    reads = plane.database.reads
    with plane.held_readers() as go:
        await plane.reset_key("sdk-2", wait=False)
        await settle()
        await plane.reset_key("sdk-3", wait=False)
        go.set()
        await until(lambda: plane.delivery.keyring.find("sdk-3", SDK))
    await until(lambda: plane.database.reads == reads + READERS + 2 + 1)


async def test_a_reset_ends_the_old_key_at_once(plane: Plane) -> None:
    await plane.reset_key("sdk-old")
    keyring = plane.delivery.keyring
    await keyring.get("sdk-old", SDK)
    await plane.reset_key("sdk-new")
    assert keyring.find("sdk-old", SDK) is None
    with pytest.raises(Unauthorized):
        await keyring.get("sdk-old", SDK)
    assert (await keyring.get("sdk-new", SDK)).environment_id == "e"


async def test_streams_of_a_key_that_was_reset_end_and_others_stay(plane: Plane) -> None:
    await plane.reset_key("sdk-old")
    old = (await plane.delivery.keyring.get("sdk-old", SDK)).digest
    ended, _ = await plane.open(old)
    await plane.reset_key("sdk-new")
    new = (await plane.delivery.keyring.get("sdk-new", SDK)).digest
    kept, _ = await plane.open(new)
    await until(lambda: ended.closing)
    await settle()
    assert ended.text.endswith(b"0\r\n\r\n")
    assert not kept.closing


async def test_a_key_with_a_grace_period_ends_when_that_is_over(plane: Plane) -> None:
    await plane.reset_key("sdk-old")
    old = (await plane.delivery.keyring.get("sdk-old", SDK)).digest
    transport, _ = await plane.open(old)
    plane.clock.stop()
    await plane.reset_key("sdk-new", expires=plane.clock() + 20)
    reads = plane.database.reads
    await until(lambda: plane.database.reads > reads)  # a timer fired, but the clock says: not yet
    assert (await plane.delivery.keyring.get("sdk-old", SDK)).digest == old
    await settle()
    assert not transport.closing
    plane.clock.ahead += 20
    await until(lambda: transport.closing)
    with pytest.raises(Unauthorized):
        await plane.delivery.keyring.get("sdk-old", SDK)
    assert plane.delivery.keyring.find("sdk-new", SDK) is not None


async def test_a_key_that_expires_is_refused_at_that_moment(plane: Plane) -> None:
    await plane.reset_key("sdk-old")
    await plane.reset_key("sdk-new", expires=plane.clock() + 60_000)
    await plane.delivery.keyring.get("sdk-old", SDK)
    plane.clock.ahead += 60_000
    with pytest.raises(Unauthorized):
        await plane.delivery.keyring.get("sdk-old", SDK)


async def test_a_reset_without_grace_during_a_grace_period_ends_only_the_current_key(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    await plane.reset_key("sdk-2", expires=plane.clock() + 60_000)
    await plane.reset_key("sdk-3")
    keyring = plane.delivery.keyring
    assert await keyring.get("sdk-1", SDK)
    assert await keyring.get("sdk-3", SDK)
    with pytest.raises(Unauthorized):
        await keyring.get("sdk-2", SDK)


async def test_the_keys_of_other_environments_are_left_alone(plane: Plane) -> None:
    await plane.reset_key("sdk-e")
    await plane.reset_key("sdk-f", environment_id="f")
    e = (await plane.delivery.keyring.get("sdk-e", SDK)).digest
    transport, _ = await plane.open(e)
    await plane.reset_key("sdk-f2", environment_id="f")
    await settle()
    assert plane.delivery.keyring.find("sdk-e", SDK) is not None
    assert not transport.closing


async def test_a_deleted_environment_ends_its_streams_and_is_forgotten(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    transport, _ = await plane.open((await plane.delivery.keyring.get("sdk-1", SDK)).digest)
    await plane.end_keys()
    await until(lambda: transport.closing)
    assert plane.delivery.snapshots.find("e") is None
    with pytest.raises(Unauthorized):
        await plane.delivery.keyring.get("sdk-1", SDK)


async def test_keys_are_read_until_they_could_be(plane: Plane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_module, "RETRY", 0.001)
    await plane.reset_key("sdk-old")
    transport, _ = await plane.open((await plane.delivery.keyring.get("sdk-old", SDK)).digest)
    await settle()
    with capture_logs() as logs:
        plane.write_elsewhere(lambda tx: tx.run("ALTER TABLE credentials RENAME TO hidden"))
        plane.delivery.keyring.reread("e")
        await until(lambda: len(logs) >= 2)
        plane.write_elsewhere(lambda tx: tx.run("DELETE FROM hidden"))
        plane.write_elsewhere(lambda tx: tx.run("ALTER TABLE hidden RENAME TO credentials"))
        await until(lambda: transport.closing)
    assert {entry["event"] for entry in logs} == {"keys_not_read"}
