"""Builders of segments and of what is in them."""

from typing import Any

from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.features.segments.instructions.vocabulary import SEGMENT
from flagstaff.features.segments.model import Segment, SegmentPlace, SegmentRule, SegmentTarget
from flagstaff.kernel.instructions import Edit
from tests.support.clauses import a_clause
from tests.support.ids import counting_ids

NOW = 1_700_000_000_000
PLACE = SegmentPlace(
    Project(id="p", key="shop", name="Shop", created=NOW),
    Environment(id="e", project_id="p", key="live", name="Live", color="417505", created=NOW),
)


def a_target(*values: str, kind: str = "user") -> SegmentTarget:
    return SegmentTarget(context_kind=kind, values=values or ("ann",))


def a_segment_rule(rule_id: str = "rule-1", **changes: Any) -> SegmentRule:
    return SegmentRule(id=rule_id, **({"clauses": (a_clause(f"clause-of-{rule_id}"),)} | changes))


def a_rule_asking_for(*keys: str, rule_id: str = "rule-1") -> SegmentRule:
    clause = a_clause(f"clause-of-{rule_id}", op="segmentMatch", attribute="", values=keys)
    return a_segment_rule(rule_id, clauses=(clause,))


def a_segment(key: str = "beta", **changes: Any) -> Segment:
    members = {
        "id": "5e95e95e95e95e95e95e95e9",
        "environment_id": "e0e0e0e0e0e0e0e0e0e0e0e0",
        "name": "Beta testers",
        "salt": "5a1t" * 8,
        "creation_date": NOW - 2000,
        "last_modified_date": NOW - 1000,
    }
    return Segment(key=key, **(members | changes))


def run(segment: Segment, *instructions: dict[str, Any]) -> Segment:
    """The segment after the instructions, with counted ids."""
    SEGMENT.check(instructions)
    return SEGMENT.apply(segment, Edit(NOW, counting_ids()), instructions)
