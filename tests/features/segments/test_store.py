"""What holds between segments, and between them and the flags that use them."""

from collections.abc import Iterator, Sequence

import pytest

from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import get_environment
from flagstaff.features.projects.store import get_project
from flagstaff.features.segments import store
from flagstaff.features.segments.model import FlagUse
from flagstaff.features.targeting.references import FLAG, SEGMENT, Use, index_references
from flagstaff.storage.transaction import Transaction
from tests.support.segment_calls import MANY, ONE, ask_for, make
from tests.support.server import TestServer


def environment_of(tx: Transaction, key: str = "test") -> Environment:
    return get_environment(tx, get_project(tx, "default"), key)


@pytest.fixture
def flags(server: TestServer) -> Iterator[None]:
    """Two flags that ask for the segment `beta`, known to the hook only."""
    names = {"f1": FlagUse("checkout", "Checkout"), "f2": FlagUse("banner", "Banner")}

    def find(_: Transaction, ids: Sequence[str]) -> list[FlagUse]:
        return [names[flag_id] for flag_id in ids]

    def use(tx: Transaction) -> None:
        for flag_id in names:
            index_references(tx, environment_of(tx).id, FLAG, flag_id, {Use(SEGMENT, "beta")})

    server.write(use)
    before = store.find_usage[:]
    store.find_usage[:] = [find]
    yield
    store.find_usage[:] = before


@pytest.mark.usefixtures("flags")
def test_the_flags_that_use_a_segment_are_shown_with_it(server: TestServer) -> None:
    make(server)
    make(server, many="/api/v2/segments/default/production")

    assert [flag["key"] for flag in server.get(ONE).json["_flags"]] == ["checkout", "banner"]
    assert server.get("/api/v2/segments/default/production/beta").json["_flags"] == []
    answer = server.instruct(ONE, {"kind": "addIncludedUsers", "values": ["ann"]}, query={"dryRun": "true"})
    assert [(user["kind"], user["key"]) for user in answer.json["_preview"]["conflicts"]] == [
        ("flag", "checkout"),
        ("flag", "banner"),
    ]


@pytest.mark.usefixtures("flags")
def test_a_segment_in_use_by_flags_cannot_be_deleted(server: TestServer) -> None:
    make(server)

    answer = server.delete(ONE)

    assert (answer.status, answer.code) == (409, "conflict")
    assert "in use by the flag checkout, the flag banner" in answer.message
    assert server.get(ONE).status == 200


def test_a_rule_cannot_ask_for_a_segment_that_is_not_there(server: TestServer) -> None:
    make(server)
    make(server, "elsewhere", many="/api/v2/segments/default/production")

    answer = ask_for(server, "beta", "elsewhere")

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "unknown segment 'elsewhere'" in answer.message


def test_segments_cannot_contain_each_other(server: TestServer) -> None:
    for key in ("beta", "staff", "admins"):
        make(server, key)
    assert ask_for(server, "beta", "staff").status == 200
    assert ask_for(server, "staff", "admins").status == 200

    for key, others, way in [
        ("admins", ["beta"], "admins -> beta -> staff -> admins"),
        ("staff", ["beta"], "staff -> beta -> staff"),
        ("beta", ["beta"], "beta -> beta"),
    ]:
        answer = ask_for(server, key, *others)
        assert (answer.status, answer.code) == (400, "invalid_request")
        assert way in answer.message
    assert ask_for(server, "beta", "admins").status == 200


def test_a_segment_is_free_once_no_rule_asks_for_it(server: TestServer) -> None:
    make(server)
    make(server, "staff")
    ask_for(server, "staff", "beta")
    server.patch(f"{MANY}/staff", {"rules": []})

    assert ask_for(server, "beta", "staff").status == 200
    assert server.delete(f"{MANY}/staff").status == 409


def test_unknown_segments_are_found_for_flags_too(server: TestServer) -> None:
    make(server)

    def first_unknown(*keys: str) -> str | None:
        return server.read(lambda tx: store.find_unknown(tx, environment_of(tx).id, keys))

    assert first_unknown("beta") is None
    assert first_unknown("beta", "gone", "lost") == "gone"
