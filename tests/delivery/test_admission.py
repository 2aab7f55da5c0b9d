"""From a key to a snapshot."""

import asyncio

import pytest

from flagstaff.delivery.admission import read_filter
from flagstaff.kernel.errors import NotFound, Unauthorized
from flagstaff.storage.credentials import SDK
from tests.delivery.planes import Plane, settle


async def test_key_and_snapshot_are_at_hand_once_they_were_asked_for(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    admission = plane.delivery.admission
    plane.delivery.keyring.advance("e")
    assert admission.find("sdk-1") is None
    credential, snapshot = await admission.get("sdk-1")
    assert (credential.environment_id, snapshot.environment_id) == ("e", "e")
    assert admission.find("sdk-1") == (credential, snapshot)


@pytest.mark.parametrize("authorization", [None, "Bearer sdk-1", "sdk-2"])
async def test_without_a_valid_key_nothing_is_given(plane: Plane, authorization: str | None) -> None:
    await plane.reset_key("sdk-1")
    with pytest.raises(Unauthorized):
        await plane.delivery.admission.get(authorization)


async def test_a_key_that_ends_while_the_snapshot_is_loaded_opens_nothing(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    await plane.delivery.keyring.get("sdk-1", SDK)
    with plane.held_readers() as go:
        admitted = asyncio.ensure_future(plane.delivery.admission.get("sdk-1"))
        await settle()
        await plane.reset_key("sdk-2", wait=False)
        go.set()
        with pytest.raises(Unauthorized):
            await admitted


async def test_a_payload_filter_must_exist(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    with pytest.raises(NotFound):
        await plane.delivery.admission.get("sdk-1", "web")
    assert plane.delivery.admission.find("sdk-1", "web") is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ""),
        ("x=1", ""),
        ("filter=", ""),
        ("filter", ""),
        ("prefilter=a", ""),
        ("x=filter", ""),
        ("filter=a", "a"),
        ("x=1&filter=a%20b", "a b"),
        ("filter=&filter=b", "b"),
    ],
)
def test_a_payload_filter_is_read_from_the_query(query: str, expected: str) -> None:
    assert read_filter(query) == expected
