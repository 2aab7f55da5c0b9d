"""The instruction language of segments, complete: importing an area registers its kinds."""

from flagstaff.features.segments.instructions import clauses, rules, settings, targets
from flagstaff.features.segments.instructions.registry import KINDS

AREAS = (clauses, rules, settings, targets)

SEGMENT = KINDS
