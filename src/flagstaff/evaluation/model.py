"""Flags and segments prepared for evaluation: values read once, every possible outcome made beforehand."""

from dataclasses import dataclass, field
from typing import Any

from flagstaff.evaluation.bucketing import Source
from flagstaff.evaluation.clauses import Clause


@dataclass(slots=True, eq=False)
class Outcome:
    """One result that a flag can have, with its JSON. Shared: hand out neither `reason` nor a mutable value.

    What it adds to a client-side result is `head`, or `head_with_reason` where the reason was asked for or
    `tracks_reason` asks for it, then `tail`: members, each after a comma. The flag's `opening` stands before
    them and a version after them. The parts hold the JSON of each value once. Only `text` and
    `text_with_reason` ever change: they are made of these when a context is led to the outcome.
    """

    index: int | None
    value: Any
    value_json: bytes
    is_mutable: bool
    reason: dict[str, Any]
    tracks_reason: bool
    head: bytes
    head_with_reason: bytes
    tail: bytes
    text: bytes = field(default=b"", init=False)
    text_with_reason: bytes = field(default=b"", init=False)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a rollout; it ends before the place `end`."""

    end: bytes
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Rollout:
    """Serves by percentage. `without_context` is for contexts that lack the kind it buckets by."""

    source: Source
    shares: tuple[Share, ...]
    without_context: Outcome


@dataclass(frozen=True, slots=True)
class Serve:
    """What a rule or the fallthrough serves: by rollout if there is one, else its outcome."""

    outcome: Outcome
    rollout: Rollout | None


@dataclass(frozen=True, slots=True)
class Target:
    """Individual contexts of one kind, by key."""

    kind: str
    outcomes: dict[str | None, Outcome]


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Another flag that must serve a variation; the outcomes are for when it does not, or does not exist."""

    key: str
    variation: int
    failed: Outcome
    missing: Outcome


@dataclass(frozen=True, slots=True)
class Rule:
    clauses: tuple[Clause, ...]
    serve: Serve


@dataclass(frozen=True, slots=True)
class Flag:
    """A prepared flag. `constant` is its outcome if that is the same for every context, as when it is off.

    `conditions` are the clauses of its rules. `malformed` is its outcome on errors. `has_links` is true if it
    may need other flags or segments. `opening` and `ending` stand around what an outcome adds to a
    client-side result. What every evaluation reads stands first, and so together in memory.
    """

    constant: Outcome | None
    prerequisites: tuple[Prerequisite, ...]
    targets: tuple[Target, ...]
    conditions: tuple[tuple[Clause, ...], ...]
    fallthrough: Serve
    rules: tuple[Rule, ...]
    is_on: bool
    key: str
    version: int
    opening: bytes
    ending: bytes
    malformed: Outcome
    has_links: bool
    using_mobile_key: bool
    using_environment_id: bool


@dataclass(frozen=True, slots=True)
class SegmentShare:
    """Whoever `source` places before `end`."""

    source: Source
    end: bytes


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """A rule of a segment, with a share of those who meet its clauses if it has a weight."""

    clauses: tuple[Clause, ...]
    share: SegmentShare | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A prepared segment. `users` and `members` tell by key who is listed as included (True) or excluded.

    `users` is for contexts that are nothing but a user, `members` for all others, by kind. `reference` names
    the segment in memberships of big segments and is None while it has no generation.
    """

    users: dict[str, bool]
    members: dict[str, dict[str, bool]]
    rules: tuple[SegmentRule, ...]
    is_unbounded: bool
    unbounded_kind: str
    reference: str | None
