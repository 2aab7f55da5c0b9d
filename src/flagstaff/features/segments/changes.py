"""What a change of a segment comes to, whatever format it was sent in: as instructions, and as actions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from flagstaff.features.segments.instructions.vocabulary import SEGMENT
from flagstaff.features.segments.model import KeyChange, Segment, SegmentTarget
from flagstaff.features.segments.represent import represent_rules
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidRequest

LARGEST_BATCH = 1_500  # keys that the instructions of one call may add to lists and remove from them
LIST_ACTIONS = frozenset({"updateIncluded", "updateExcluded"})

Wire = dict[str, Any]


def check_instructions(instructions: Sequence[Mapping[str, Any]]) -> None:
    """Raise InvalidRequest for instructions that a caller may not send, or too many targets in them."""
    SEGMENT.check(instructions)
    targets = sum(
        len(values)
        for wire in instructions
        if SEGMENT[wire["kind"]].action in LIST_ACTIONS and isinstance(values := wire.get("values"), list)
    )
    if targets > LARGEST_BATCH:
        raise InvalidRequest(
            f"the instructions add or remove {targets:,} targets, "
            f"but one call may not do that to more than {LARGEST_BATCH:,}"
        )


def list_actions(instructions: Iterable[Mapping[str, Any]]) -> list[str]:
    """The permission actions that instructions need, each once."""
    return list(dict.fromkeys(SEGMENT[wire["kind"]].action for wire in instructions))


def derive_instructions(before: Segment, after: Segment) -> list[Wire]:
    """The instructions that lead from one state to the other, internal kinds among them."""
    return [
        *_derive_settings(before, after),
        *_derive_targets("setIncludedTargets", before.included, after.included),
        *_derive_targets("setExcludedTargets", before.excluded, after.excluded),
        *_derive_rules(before, after),
        *(wire for change in after.pending for wire in _derive_keys(change)),
    ]


def _derive_settings(before: Segment, after: Segment) -> Iterator[Wire]:
    if before.name != after.name:
        yield {"kind": "updateName", "value": after.name}
    if before.description != after.description:
        yield {"kind": "updateDescription", "value": after.description}
    if removed := [tag for tag in before.tags if tag not in after.tags]:
        yield {"kind": "removeTags", "values": removed}
    if added := [tag for tag in after.tags if tag not in before.tags]:
        yield {"kind": "addTags", "values": added}


def _derive_targets(
    kind: str, before: Sequence[SegmentTarget], after: Sequence[SegmentTarget]
) -> Iterator[Wire]:
    if before != after:
        targets = [{"contextKind": target.context_kind, "values": list(target.values)} for target in after]
        yield {"kind": kind, "targets": targets}


def _derive_keys(change: KeyChange) -> Iterator[Wire]:
    if change.import_id:
        yield {"kind": "processBigSegmentImport", "importId": change.import_id}
    side = "Included" if change.included else "Excluded"
    if change.added:
        yield {"kind": f"addBigSegment{side}Targets", "values": list(change.added)}
    if change.removed:
        yield {"kind": f"removeBigSegment{side}Targets", "values": list(change.removed)}


def _derive_rules(before: Segment, after: Segment) -> Iterator[Wire]:
    if not same(before.rules, after.rules):
        yield {"kind": "setRules", "rules": msgspec.to_builtins(represent_rules(after.rules))}
