"""The indexes of flags follow every change: tags, segments, prerequisites, context kinds."""

from collections import Counter
from typing import Any

from tests.support.flag_calls import (
    GREEN,
    MANY,
    ONE,
    RED,
    YES,
    a_clause,
    a_rollout,
    a_rule,
    instruct,
    make_colours,
    make_switch,
    require,
)
from tests.support.server import TestServer


def uses(server: TestServer, environment: str = "test") -> set[tuple[str, str]]:
    rows = server.rows(
        "SELECT used_kind, used_key FROM reference_uses "
        "JOIN environments ON environments.id = environment_id "
        "JOIN flags ON flags.id = user_id WHERE environments.key = :environment AND flags.key = 'checkout'",
        environment=environment,
    )
    return {(kind, key) for kind, key in rows}


def tags(server: TestServer) -> Counter[str]:
    return Counter(tag for (tag,) in server.rows("SELECT tag FROM tags WHERE kind = 'flag'"))


def test_what_a_flag_uses_in_an_environment_is_indexed(server: TestServer) -> None:
    server.post("/api/v2/segments/default/test", {"key": "beta", "name": "Beta"})
    make_switch(server, "login")
    make_colours(server)
    assert uses(server) == set()

    instruct(
        server,
        {"kind": "addPrerequisite", "key": "login", "variationId": YES},
        {"kind": "addRule", **a_rule(GREEN, a_clause("beta", op="segmentMatch"))},
        {"kind": "addTargets", "variationId": RED, "contextKind": "org", "values": ["acme"]},
        {
            "kind": "updateFallthroughVariationOrRollout",
            "rolloutContextKind": "device",
            **a_rollout(red=100_000),
        },
    )

    assert uses(server) == {
        ("flag", "login"),
        ("segment", "beta"),
        ("context-kind", "org"),
        ("context-kind", "device"),
    }
    assert uses(server, "production") == set()


def test_the_index_follows_patches_of_every_format(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    require(server, "checkout", "login")
    path = "/environments/test/prerequisites"

    server.patch(ONE, [{"op": "replace", "path": path, "value": []}])
    assert uses(server) == set()
    server.patch(ONE, {"environments": {"test": {"prerequisites": [{"key": "login", "variation": 0}]}}})
    assert uses(server) == {("flag", "login")}
    instruct(server, {"kind": "removeVariation", "variationId": RED} | {"variationId": GREEN}, environment="")
    assert uses(server) == {("flag", "login")}
    instruct(server, {"kind": "removePrerequisite", "key": "login"})
    assert uses(server) == set()


def test_tags_are_indexed_once_for_each_flag(server: TestServer) -> None:
    def change(*instructions: Any) -> None:
        instruct(server, *instructions)

    make_colours(server, tags=["a", "b"])
    make_switch(server, "login", tags=["a"])
    assert tags(server) == {"a": 2, "b": 1}
    change({"kind": "addTags", "values": ["c"]}, {"kind": "removeTags", "values": ["a"]})
    assert tags(server) == {"a": 1, "b": 1, "c": 1}
    change({"kind": "updateName", "value": "Till"}, {"kind": "turnFlagOn"})
    assert tags(server) == {"a": 1, "b": 1, "c": 1}
    change({"kind": "removeTags", "values": ["b", "c"]})
    server.delete(f"{MANY}/login")
    assert tags(server) == {}
