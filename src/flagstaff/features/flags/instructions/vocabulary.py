"""The instruction language of flags, complete: importing an area registers its kinds."""

from flagstaff.features.flags.instructions import (
    clauses,
    lifecycle,
    prerequisites,
    rules,
    serving,
    settings,
    targets,
    variations,
)
from flagstaff.features.flags.instructions.registry import KINDS

AREAS = (clauses, lifecycle, prerequisites, rules, serving, settings, targets, variations)

FLAG = KINDS
