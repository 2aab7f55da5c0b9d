"""What a change did, in instructions: derived from the states before and after it, whatever made it."""

from collections.abc import Iterable, Sequence

import msgspec

from flagstaff.features.flags.derived_settings import derive_settings
from flagstaff.features.flags.derived_targeting import derive_targeting
from flagstaff.features.flags.derived_variations import derive_variations
from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.trials import run
from flagstaff.kernel.instructions import Wire


class Step(msgspec.Struct, frozen=True):
    """Instructions for one environment, or for the whole flag if `environment` is empty."""

    environment: str
    instructions: tuple[Wire, ...]


def derive(before: FlagState, after: FlagState) -> tuple[Step, ...]:
    """Return instructions that make `after` of `before`: replayed, they give the same state.

    They are as coarse as keeps the ids of rules, clauses and variations, and of documented kinds wherever one
    says it all. After a replay the prerequisites are to be resolved again.
    """
    whole = [*derive_settings(before.flag, after.flag), *derive_variations(before, after)]
    if after.deleted and not before.deleted:
        whole.append({"kind": "deleteFlag"})
    state = run(before, "", whole)  # losing a variation has settled things in environments already
    steps = [Step("", tuple(whole))]
    for key, targeting in after.environments.items():
        if key in state.environments:
            steps.append(Step(key, tuple(derive_targeting(state, key, targeting))))
    return tuple(step for step in steps if step.instructions)


def aspects(steps: Iterable[Step]) -> set[tuple[str, str | None]]:
    """Return the permission actions that the steps need, each with its environment if it is bound to one."""
    return {
        (FLAG[wire["kind"]].action, step.environment if FLAG[wire["kind"]].scope == "environment" else None)
        for step in steps
        for wire in step.instructions
    }


def single_step(environment: str, instructions: Sequence[Wire]) -> tuple[Step, ...]:
    """Return the step that a semantic patch is."""
    return (Step(environment, tuple(instructions)),)
