"""Flags, segments and a context for benchmarks: one flag, with what it needs, for each case, and a mix."""

from typing import Any

CONTEXT = {
    "kind": "user",
    "key": "user-key-4711",
    "email": "someone@example.com",
    "age": 37,
    "version": "2.4.1",
    "plan": "basic",
    "address": {"city": {"name": "Linz"}},
}


def a_flag(key: str, **members: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "key": key,
        "version": 12,
        "on": True,
        "salt": f"salt-{key}",
        "offVariation": 1,
        "variations": [True, False],
        "fallthrough": {"variation": 0},
        "targets": [],
        "contextTargets": [],
        "rules": [],
        "prerequisites": [],
        "trackEvents": False,
        "trackEventsFallthrough": False,
        "debugEventsUntilDate": None,
        "clientSide": True,
        "clientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": True},
    }
    return base | members


def a_clause(attribute: str, op: str, *values: Any, negate: bool = False) -> dict[str, Any]:
    return {"contextKind": "user", "attribute": attribute, "op": op, "values": list(values), "negate": negate}


def a_rule(number: int, *clauses: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"rule-{number}", "variation": 1, "trackEvents": False, "clauses": list(clauses)}


def five_rules() -> list[dict[str, Any]]:
    return [
        a_rule(0, a_clause("email", "endsWith", "@example.org", "@example.net")),
        a_rule(1, a_clause("age", "greaterThan", 60)),
        a_rule(2, a_clause("version", "semVerGreaterThan", "3.0.0")),
        a_rule(3, a_clause("plan", "in", "basic", "free", negate=True)),
        a_rule(4, a_clause("/address/city/name", "in", "Linz", "Wels")),
    ]


SEGMENTS: dict[str, Any] = {
    "beta": {
        "key": "beta",
        "version": 3,
        "salt": "salt-beta",
        "included": [f"included-{number}" for number in range(100)],
        "excluded": [f"excluded-{number}" for number in range(100)],
        "includedContexts": [],
        "excludedContexts": [],
        "rules": [
            {"id": "one", "clauses": [a_clause("plan", "in", "pro")]},
            {"id": "two", "clauses": [a_clause("email", "endsWith", "@example.com")], "weight": 60000},
        ],
    }
}


def off(key: str) -> dict[str, Any]:
    return {key: a_flag(key, on=False)}


def fallthrough(key: str) -> dict[str, Any]:
    return {key: a_flag(key)}


def target(key: str) -> dict[str, Any]:
    keys = [f"user-{number}" for number in range(999)] + [CONTEXT["key"]]
    return {key: a_flag(key, targets=[{"variation": 1, "values": keys}])}


def rules(key: str) -> dict[str, Any]:
    return {key: a_flag(key, rules=five_rules())}


def rollout(key: str) -> dict[str, Any]:
    shares = [{"variation": 0, "weight": 30000}, {"variation": 1, "weight": 70000}]
    return {key: a_flag(key, fallthrough={"rollout": {"contextKind": "user", "variations": shares}})}


def prerequisites(key: str) -> dict[str, Any]:
    second, third = f"{key}-second", f"{key}-third"
    return {
        key: a_flag(key, prerequisites=[{"key": second, "variation": 0}]),
        second: a_flag(second, prerequisites=[{"key": third, "variation": 0}]),
        third: a_flag(third),
    }


def segment(key: str) -> dict[str, Any]:
    clause = {"attribute": "", "op": "segmentMatch", "values": ["beta"], "negate": False}
    return {key: a_flag(key, rules=[a_rule(0, clause)])}


CASES = [
    ("off", off("off")),
    ("fallthrough", fallthrough("fallthrough")),
    ("target among 1,000 keys", target("target")),
    ("5 rules", rules("rules")),
    ("percentage rollout (SHA-1)", rollout("rollout")),
    ("prerequisite chain of 3", prerequisites("prerequisites")),
    ("segment, 2 rules, weight (SHA-1)", segment("segment")),
]

# Shares of a hundred flags.
MIX = [
    (off, 30),
    (fallthrough, 20),
    (target, 10),
    (rules, 15),
    (rollout, 10),
    (prerequisites, 5),
    (segment, 10),
]


def mixed_flags(count: int) -> dict[str, Any]:
    """Give that many flags of each kind of the mix; the flags that prerequisites name come on top."""
    flags: dict[str, Any] = {}
    for make, share in MIX:
        for number in range(count * share // 100):
            flags |= make(f"{make.__name__}-{number}")
    return flags
