"""The instruction language of segments, complete: importing an area registers its kinds."""

from flagstaff.features.segments.instructions import big_targets, clauses, rules, settings, targets
from flagstaff.features.segments.instructions.registry import KINDS

AREAS = (big_targets, clauses, rules, settings, targets)

SEGMENT = KINDS
