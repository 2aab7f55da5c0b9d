"""Generates flags, segments and contexts that reach every step of an evaluation often."""

import random
from typing import Any

KINDS = ("user", "org", "device")
KEYS = tuple(f"key-{number}" for number in range(8))
SEGMENTS = tuple(f"segment-{number}" for number in range(6))
BIG_SEGMENTS = ("big-0", "big-1")

TEXTS = ("alpha", "alphabet", "beta", "gamma@example.com", "delta@example.org", "2.0.0", "", "Ünïcode")
NUMBERS = (0, 1, -3, 3.5, 17, 1e6 + 0.5, 2**31, 0.1)
VERSIONS = (
    "1.0.0",
    "2",
    "2.0",
    "2.0.0-rc.1",
    "2.0.0-rc.10",
    "2.0.0+build",
    "2-rc",
    "02.0.0",
    "v2",
    "2.0.0.0",
    "10.1",
)
DATES = (
    1_500_000_000_000,
    "2017-07-14T02:40:00Z",
    "2017-07-14T04:40:00.5+02:00",
    "2017-07-14",
    "1500000000000",
    "2023-02-11T10:00:00-07:00",
)
OBJECTS = ({"city": "Linz", "zip": 4020}, {"city": {"name": "Wels"}}, ["alpha", 1, None], [])
PATTERNS = ("^alpha", "a.*t$", "[0-9]+", "example\\.(com|org)", "(", "^$", "b{2}")

OPERATORS: dict[str, tuple[Any, ...]] = {
    "in": TEXTS + NUMBERS + OBJECTS + (True, False),
    "startsWith": (*TEXTS, 1),
    "endsWith": (*TEXTS, True),
    "contains": (*TEXTS, None),
    "matches": (*PATTERNS, 5),
    "lessThan": (*NUMBERS, "1", True),
    "lessThanOrEqual": (*NUMBERS, "1"),
    "greaterThan": (*NUMBERS, "1"),
    "greaterThanOrEqual": (*NUMBERS, False),
    "before": (*DATES, "alpha"),
    "after": (*DATES, True),
    "semVerEqual": (*VERSIONS, 2),
    "semVerLessThan": VERSIONS,
    "semVerGreaterThan": VERSIONS,
    "unheardOf": TEXTS,
}

# No valid reference: it names an attribute only in clauses without context kind.
LITERAL = "/odd~name"

# Attributes by what their values are mostly like, so that operators meet values they can compare.
ATTRIBUTES: dict[str, tuple[Any, ...]] = {
    "text": TEXTS,
    "number": NUMBERS,
    "version": VERSIONS,
    "date": DATES,
    "flag": (True, False),
    "address": OBJECTS[:2],
    "list": (list(TEXTS[:3]), [1, "2.0.0"], [], [True, 17], [{"city": "Linz", "zip": 4020}]),
    "count": (1, 2, 33333, 99999),
    LITERAL: TEXTS,
}
REFERENCES = (
    "/address/city",
    "/address/city/name",
    "/address",
    "/odd~1name",
    "/~1odd~0name",
    "/list/0",
    "text",
)
BAD_REFERENCES = ("", "/", "//a", "/a/", "/a~2", "/a~")
MATCHING = {
    "text": ("in", "startsWith", "endsWith", "contains", "matches"),
    "number": ("in", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"),
    "version": ("semVerEqual", "semVerLessThan", "semVerGreaterThan"),
    "date": ("before", "after"),
}


class Generator:
    """Makes random data; the same random source gives the same data."""

    def __init__(self, source: random.Random) -> None:
        self._random = source
        # Errors and big segments do not mix: the SDK leaves the status out of ERROR reasons.
        self._has_errors = source.random() < 0.3

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, values: Any) -> Any:
        return self._random.choice(values)

    def sample(self, values: Any, most: int) -> list[Any]:
        return self._random.sample(values, self._random.randint(0, min(most, len(values))))

    def make_data(self, count: int) -> dict[str, Any]:
        keys = [f"flag-{number}" for number in range(count)]
        segments = {key: self.make_segment(key) for key in SEGMENTS}
        if not self._has_errors:
            segments |= {key: self.make_segment(key, unbounded=True, generation=1) for key in BIG_SEGMENTS}
        return {"flags": {key: self.make_flag(key, keys) for key in keys}, "segments": segments}

    def make_memberships(self) -> dict[str, dict[str, bool]]:
        references = [f"{key}.g1" for key in BIG_SEGMENTS]
        return {key: {name: self.chance(0.5) for name in self.sample(references, 2)} for key in KEYS}

    def make_flag(self, key: str, keys: list[str]) -> dict[str, Any]:
        number = keys.index(key)
        # A flag may name later ones only, or any where errors such as cycles are wanted.
        others = keys if self._has_errors else keys[number + 1 :]
        targets = self.make_targets()
        return {
            "key": key,
            "version": number + 1,
            "on": self.chance(0.85),
            "salt": f"salt-{number}",
            "offVariation": self.pick((None, 0, 1, 1, self.make_index())),
            "variations": [True, {"name": "value"}, ["list"], "text"],
            "fallthrough": self.make_serve(),
            "targets": targets,
            "contextTargets": self.make_context_targets(targets) if self.chance(0.5) else [],
            "rules": [self.make_rule(f"rule-{index}") for index in range(self._random.randint(0, 3))],
            "prerequisites": [
                self.make_prerequisite(others) for _ in range(self._random.choice((0, 0, 0, 0, 1, 2)))
            ],
            "trackEvents": self.chance(0.2),
            "trackEventsFallthrough": self.chance(0.2),
            "debugEventsUntilDate": None,
            "clientSide": True,
        }

    def make_index(self) -> int:
        return self.pick((-1, 4)) if self._has_errors and self.chance(0.05) else self._random.randint(0, 3)

    def make_prerequisite(self, keys: list[str]) -> dict[str, Any]:
        key = "missing" if not keys or self.chance(0.05) else self.pick(keys)
        return {"key": key, "variation": self._random.randint(0, 3)}

    def make_targets(self) -> list[dict[str, Any]]:
        variations = self.sample(range(4), 2)
        return [{"variation": variation, "values": self.sample(KEYS, 2)} for variation in variations]

    def make_context_targets(self, targets: list[dict[str, Any]]) -> list[dict[str, Any]]:
        users = [
            {"contextKind": "user", "variation": target["variation"], "values": []} for target in targets
        ]
        others = [
            {"contextKind": kind, "variation": self.make_index(), "values": self.sample(KEYS, 2)}
            for kind in self.sample(KINDS[1:], 2)
        ]
        placed = users + others
        self._random.shuffle(placed)
        return placed

    def make_rule(self, rule_id: str) -> dict[str, Any]:
        clauses = [self.make_clause() for _ in range(self._random.choice((0, 1, 1, 2, 3)))]
        return {"id": rule_id, "clauses": clauses, "trackEvents": self.chance(0.2)} | self.make_serve()

    def make_serve(self) -> dict[str, Any]:
        if self._has_errors and self.chance(0.03):
            return self.pick(({}, {"rollout": {"variations": []}}))
        return self.make_rollout() if self.chance(0.4) else {"variation": self.make_index()}

    def make_rollout(self) -> dict[str, Any]:
        shares = [
            {"variation": self.make_index(), "weight": weight, "untracked": self.chance(0.2)}
            for weight in self.pick(((100_000,), (50_000, 50_000), (30_000, 0, 70_000), (10_000, 10_000)))
        ]
        rollout: dict[str, Any] = {"variations": shares, "kind": self.pick(("rollout", "experiment"))}
        if self.chance(0.8):
            rollout["contextKind"] = self.pick(KINDS)
        if self.chance(0.3):
            rollout["bucketBy"] = self.pick(("text", "count", "list", "flag", "absent", "key"))
        if self.chance(0.3):
            rollout["seed"] = self._random.randint(1, 10**6)
        return {"rollout": rollout}

    def make_clause(self, *, segments: bool = True) -> dict[str, Any]:
        negate = self.chance(0.3)
        if segments and self.chance(0.25):
            keys = SEGMENTS + (() if self._has_errors else BIG_SEGMENTS) + ("missing",)
            return {"attribute": "", "op": "segmentMatch", "values": self.sample(keys, 2), "negate": negate}
        attribute = self.make_reference()
        op = (
            self.pick(MATCHING.get(attribute, tuple(OPERATORS)))
            if self.chance(0.8)
            else self.pick(tuple(OPERATORS))
        )
        values = self.sample(OPERATORS[op] + (KINDS if attribute == "kind" else ()), 4)
        clause = {"attribute": attribute, "op": op, "values": values, "negate": negate}
        if attribute in BAD_REFERENCES:
            # Every context has a user: where the kind is missing, Python does not look at the reference.
            clause["contextKind"] = "user"
        elif attribute != LITERAL and self.chance(0.8):
            clause["contextKind"] = self.pick(("user", "user", *KINDS))
        return clause

    def make_reference(self) -> str:
        if self._has_errors and self.chance(0.02):
            reference: str = self.pick(BAD_REFERENCES)
            return reference
        names = (*ATTRIBUTES, *ATTRIBUTES, *REFERENCES, "key", "kind", "name", "anonymous", "absent")
        name: str = self.pick(names)
        return name

    def make_segment(self, key: str, **members: Any) -> dict[str, Any]:
        return {
            "key": key,
            "version": 1,
            "salt": f"salt-{key}",
            "included": self.sample(KEYS, 2),
            "excluded": self.sample(KEYS, 2),
            "includedContexts": [{"contextKind": kind, "values": self.sample(KEYS, 2)} for kind in KINDS[1:]],
            "excludedContexts": [{"contextKind": kind, "values": self.sample(KEYS, 2)} for kind in KINDS[1:]],
            "rules": [self.make_segment_rule(key) for _ in range(self._random.randint(0, 3))],
        } | members

    def make_segment_rule(self, key: str) -> dict[str, Any]:
        clauses = [self.make_clause(segments=self._has_errors) for _ in range(self._random.randint(1, 2))]
        if not self._has_errors and key in SEGMENTS[:-1] and self.chance(0.3):
            later = SEGMENTS[SEGMENTS.index(key) + 1 :]
            clauses.append({"attribute": "", "op": "segmentMatch", "values": self.sample(later, 2)})
        rule: dict[str, Any] = {"id": "rule", "clauses": clauses}
        if self.chance(0.4):
            # Every context has a user, so that no weight meets a context that lacks its kind.
            rule |= {"weight": self.pick((0, 30_000, 70_000, 100_000)), "rolloutContextKind": "user"}
            if self.chance(0.3):
                rule["bucketBy"] = self.pick(("text", "count", "absent"))
        return rule

    def make_context(self) -> dict[str, Any]:
        others = self.sample(KINDS[1:], 2)
        if not others:
            return {"kind": "user"} | self.make_attributes()
        return {"kind": "multi", "user": self.make_attributes()} | {
            kind: self.make_attributes() for kind in others
        }

    def make_attributes(self) -> dict[str, Any]:
        attributes: dict[str, Any] = {"key": self.pick(KEYS)}
        if self.chance(0.5):
            attributes["name"] = self.pick(TEXTS)
        if self.chance(0.3):
            attributes["anonymous"] = self.chance(0.5)
        for name, values in ATTRIBUTES.items():
            if self.chance(0.7):
                attributes[name] = self.pick(values if self.chance(0.85) else TEXTS + NUMBERS)
        if self.chance(0.1):
            attributes["text"] = None
        return attributes
