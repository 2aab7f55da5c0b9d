"""Prerequisites: what other flags must serve, chains and circles of them."""

from typing import Any

import pytest

from flagstaff.evaluation.scope import MAX_DEPTH
from tests.support.sdk_data import (
    MALFORMED,
    USER,
    a_clause,
    a_dataset,
    a_flag,
    a_rollout,
    a_rule,
    a_segment,
    evaluate_all,
    evaluate_in,
    in_segment,
    serves,
)

ALWAYS = a_clause("key", "in", "", negate=True)
NEVER = a_clause("key", "in", "")
OFF = ("off", 1, {"kind": "OFF"})
FALLTHROUGH = ("fall", 0, {"kind": "FALLTHROUGH"})


def needs(*prerequisites: tuple[str, int], key: str = "flag", **members: Any) -> dict[str, Any]:
    wanted = [{"key": name, "variation": variation} for name, variation in prerequisites]
    return a_flag(key, prerequisites=wanted, **members)


def failed(key: str) -> tuple[Any, int, dict[str, Any]]:
    return "off", 1, {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": key}


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([needs(("a", 0)), a_flag("a")], FALLTHROUGH),
        ([needs(("a", 1)), a_flag("a")], failed("a")),
        ([needs(("a", 0), ("b", 0)), a_flag("a"), a_flag("b")], FALLTHROUGH),
        ([needs(("a", 0), ("b", 2)), a_flag("a"), a_flag("b")], failed("b")),
        ([needs(("a", 2), ("b", 2)), a_flag("a"), a_flag("b")], failed("a")),
        ([needs(("a", 1)), a_flag("a", on=False)], failed("a")),
        ([needs(("a", 0)), a_flag("a", on=False, offVariation=None)], failed("a")),
        ([needs(("a", 2)), a_flag("a", rules=[a_rule(ALWAYS)])], FALLTHROUGH),
        ([needs(("a", 0)), needs(("b", 0), key="a"), a_flag("b")], FALLTHROUGH),
        ([needs(("a", 0)), needs(("b", 1), key="a"), a_flag("b")], failed("a")),
        ([needs(("a", 1)), needs(("b", 1), key="a"), a_flag("b")], FALLTHROUGH),
        ([needs(("a", 0)), a_flag("a", deleted=True)], failed("a")),
        ([needs(("a", 0), ("b", 0)), a_flag("a"), needs(("a", 0), key="b")], FALLTHROUGH),
        ([needs(("a", 0)), a_flag("a", fallthrough={"variation": 9})], failed("a")),
        ([needs(("a", 0)), a_flag("a", on=False, offVariation=9)], failed("a")),
        ([needs(("a", 0)), a_flag("a", fallthrough={})], failed("a")),
        ([needs(("a", 0)), a_flag("a", fallthrough=a_rollout((0, 1), bucketBy="//"))], failed("a")),
        ([needs(("a", 0)), a_flag("a", rules=[a_rule(a_clause("//", "in", 1))])], MALFORMED),
        ([needs(("a", 0)), a_flag("a", rules="unreadable")], MALFORMED),
        ([needs(("flag", 0))], MALFORMED),
        ([needs(("a", 0)), needs(("flag", 0), key="a")], MALFORMED),
        ([needs(("a", 0)), needs(("b", 0), key="a"), needs(("a", 0), key="b")], MALFORMED),
        ([needs(("a", 0)), needs(("flag", 0), key="a", on=False)], failed("a")),
        ([needs(("b", 1), ("a", 0)), needs(("flag", 0), key="a"), a_flag("b")], failed("b")),
        ([needs(("flag", 0), on=False)], OFF),
    ],
)
def test_prerequisites_must_be_on_and_serve_their_variation(
    flags: list[dict[str, Any]], expected: Any
) -> None:
    assert serves(evaluate_in(a_dataset(*flags), "flag", USER, "default")) == expected


def a_chain(length: int) -> list[dict[str, Any]]:
    """Flags each of which needs the next; their names tell how many follow."""
    flags = [needs((f"f-{number - 1}", 0), key=f"f-{number}") for number in range(1, length)]
    return [*flags, a_flag("f-0", rules=[a_rule(NEVER)])]


def test_chains_of_prerequisites_may_be_as_long_as_the_limit() -> None:
    dataset = a_dataset(*a_chain(5000))
    assert serves(evaluate_in(dataset, f"f-{MAX_DEPTH}", USER, "default")) == FALLTHROUGH
    assert serves(evaluate_in(dataset, f"f-{MAX_DEPTH + 1}", USER, "default")) == MALFORMED
    assert serves(evaluate_in(dataset, "f-4999", USER, "default")) == MALFORMED
    assert len(evaluate_all(dataset)) == 5000


def test_the_deepest_chains_of_both_kinds_fit_together() -> None:
    flags = a_chain(MAX_DEPTH + 1)
    flags[-1] = a_flag("f-0", rules=[a_rule(in_segment("s-0"), variation=0)], fallthrough={"variation": 1})
    segments = [
        a_segment(f"s-{number}", rules=[{"clauses": [in_segment(f"s-{number + 1}")]}])
        for number in range(MAX_DEPTH - 1)
    ]
    segments.append(a_segment(f"s-{MAX_DEPTH - 1}", included=["user-key"]))
    dataset = a_dataset(*flags, segments=tuple(segments))
    assert serves(evaluate_in(dataset, f"f-{MAX_DEPTH}", USER, "default")) == FALLTHROUGH


def test_prerequisites_that_branch_at_every_level_are_evaluated_once() -> None:
    flags = [
        needs((f"f-{n + 1}", 0), (f"f-{n + 1}", 0), key=f"f-{n}", rules=[a_rule(NEVER)]) for n in range(60)
    ]
    dataset = a_dataset(*flags, a_flag("f-60", rules=[a_rule(NEVER)]))
    assert serves(evaluate_in(dataset, "f-0", USER, "default")) == FALLTHROUGH
    assert {member["variation"] for member in evaluate_all(dataset).values()} == {0}


def test_a_flag_in_a_circle_does_not_spoil_others() -> None:
    flags = [
        needs(("b", 0), key="a"),
        needs(("a", 0), key="b"),
        needs(("d", 0), key="c"),
        a_flag("d"),
        a_flag("e"),
    ]
    results = evaluate_all(a_dataset(*flags), with_reasons=True)
    kinds = {key: result["reason"]["kind"] for key, result in results.items()}
    assert kinds == {"a": "ERROR", "b": "ERROR", "c": "FALLTHROUGH", "d": "FALLTHROUGH", "e": "FALLTHROUGH"}
