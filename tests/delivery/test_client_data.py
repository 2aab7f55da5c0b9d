"""Snapshots prepared for evaluation."""

import asyncio
from typing import Any

import msgspec
import pytest

from flagstaff.delivery.client_data import FEW, compare, nothing, prepare
from tests.delivery.builders import a_change, a_snapshot
from tests.delivery.clients import ADA, for_ada
from tests.delivery.planes import Plane, settle


def values(results: bytes) -> dict[str, Any]:
    return {key: result["value"] for key, result in msgspec.json.decode(results).items()}


def test_two_snapshots_differ_by_what_changed_came_and_went() -> None:
    first = a_change(1, a={}, b={}, segment_s={}, segment_t={})
    before = a_snapshot(first)
    after = before.advance(2, a_change(2, b={"on": True}, a=None, c={}, segment_s=None).items)
    difference = compare(before, after)
    assert (sorted(difference.flags), list(difference.segments)) == (["a", "b", "c"], ["s"])
    same = compare(after, after.advance(3, ()))
    assert (same.flags, same.segments) == ([], [])


def test_only_what_differs_is_prepared_anew() -> None:
    before = a_snapshot(a_change(1, a=for_ada("a"), b=for_ada("b")))
    known = prepare(nothing("e"), before, compare(nothing("e").snapshot, before))
    after = before.advance(2, a_change(2, b=for_ada("b", on=False)).items)
    newer = prepare(known, after, compare(before, after))
    assert newer.version == 2
    assert newer.dataset._flags["a"] is known.dataset._flags["a"]
    assert values(known.dataset.evaluate_all(ADA)) == {"a": True, "b": True}
    assert values(newer.dataset.evaluate_all(ADA)) == {"a": True, "b": False}


async def test_it_is_made_on_demand_and_brought_along(plane: Plane) -> None:
    data = plane.delivery.client_data
    assert data.find("e") is None
    assert (await data.get("e")).version == 0
    for number in range(3):
        await plane.publish_flag(f"f{number}")
        found = data.find("e")
        assert found is not None
        assert (found.version, len(values(found.dataset.evaluate_all(ADA)))) == (number + 1, number + 1)
    assert data.find("e") is await data.get("e")


@pytest.mark.parametrize(("flags", "at_once"), [(FEW, True), (FEW + 1, False)])
async def test_many_changes_are_prepared_in_a_thread_once_for_all_who_ask(
    plane: Plane, flags: int, at_once: bool
) -> None:
    data = plane.delivery.client_data
    await data.get("e")
    await plane.publish(*(("flags", f"f{number}", {"key": "f"}) for number in range(flags)))
    assert (data.find("e") is not None) is at_once
    first, *others = await asyncio.gather(*(data.get("e") for _ in range(5)))
    assert all(other is first for other in others)
    assert len(values(first.dataset.evaluate_all(ADA))) == flags


async def test_a_deleted_environment_is_forgotten(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    await plane.delivery.client_data.get("e")
    await plane.end_keys()
    await settle()
    plane.delivery.client_data.forget("e")
    assert plane.delivery.client_data.find("e") is None
