"""Big segments in evaluations for browsers and mobile SDKs: polls, streams, reasons, the second protocol."""

from typing import Any

import httpx
import pytest

from flagstaff.features.segments import members
from flagstaff.features.segments.members import create_lists, get_lists
from flagstaff.storage.transaction import Transaction
from tests.delivery.clients import ADA, BOB, for_members, in_path, listening
from tests.delivery.serving import Environment
from tests.support import calls, segments

BROWSER = "/sdk/evalx/{id}/contexts/{context}"
BIG = {"unbounded": True, "unboundedContextKind": "user", "generation": 1}


@pytest.fixture
def crowd(environment: Environment) -> Environment:
    """An environment with a big segment `crowd` and a flag for its members."""
    environment.server.write(lambda tx: create_lists(tx, crowd_of(environment)))
    environment.publish(("segments", "crowd", segment()), ("flags", "flag", for_members("flag", "crowd")))
    return environment


def crowd_of(environment: Environment) -> Any:
    return segments.a_segment("crowd", id=f"crowd of {environment.id}", environment_id=environment.id)


def segment() -> dict[str, Any]:
    return {"key": "crowd", "salt": "salt", "included": [], "excluded": [], "rules": [], **BIG}


def include(environment: Environment, *keys: str) -> None:
    """Put keys on the list and publish that, as a unit of the API does."""

    def unit(tx: Transaction) -> None:
        lists = get_lists(tx, crowd_of(environment).id)
        members.add_keys(tx, lists, keys, included=True)

    environment.server.write(unit)
    environment.publish(("segments", "crowd", segment()))


def poll(environment: Environment, context: Any = ADA, query: str = "", **headers: str) -> httpx.Response:
    path = BROWSER.format(id=environment.id, context=in_path(context)) + query
    return calls.get(environment.server.url + path, headers=headers)


def test_a_poll_knows_who_is_in_a_big_segment(crowd: Environment) -> None:
    include(crowd, "ada")

    assert poll(crowd).json()["flag"]["value"] is True
    assert poll(crowd, BOB).json()["flag"]["value"] is False
    assert poll(crowd, {"kind": "org", "key": "ada"}).json()["flag"]["value"] is False
    both = {"kind": "multi", "org": {"key": "acme"}, "user": {"key": "ada"}}
    assert poll(crowd, both).json()["flag"]["value"] is True


def test_reasons_tell_that_the_store_is_well(crowd: Environment) -> None:
    include(crowd, "ada")

    reasons = [poll(crowd, who, "?withReasons=true").json()["flag"]["reason"] for who in (ADA, BOB)]

    assert [reason["kind"] for reason in reasons] == ["RULE_MATCH", "FALLTHROUGH"]
    assert [reason["bigSegmentsStatus"] for reason in reasons] == ["HEALTHY"] * 2


def test_a_change_of_keys_changes_the_etag(crowd: Environment) -> None:
    first = poll(crowd)

    include(crowd, "ada")
    second = poll(crowd, **{"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.json()["flag"]["value"]) == (200, True)
    assert poll(crowd, **{"If-None-Match": second.headers["ETag"]}).status_code == 304


def test_a_stream_is_told_when_its_context_comes_to_a_big_segment(crowd: Environment) -> None:
    with listening(crowd) as wire:
        put = wire.read_event()
        assert put.data["flag"]["value"] is False

        include(crowd, "ada")

        patch = wire.read_event()
        assert (patch.name, patch.data["key"], patch.data["value"]) == ("patch", "flag", True)
        assert patch.data["version"] > put.data["flag"]["version"]


def test_a_stream_begins_with_what_its_context_is_in(crowd: Environment) -> None:
    include(crowd, "ada")

    with listening(crowd) as wire:
        assert wire.read_event().data["flag"]["value"] is True


def test_environments_without_big_segments_ask_nothing(environment: Environment) -> None:
    environment.publish_segment("small", included=["ada"])
    environment.publish(("flags", "flag", for_members("flag", "small")))

    assert poll(environment).json()["flag"]["value"] is True
    assert "bigSegmentsStatus" not in poll(environment, ADA, "?withReasons=true").json()["flag"]["reason"]
