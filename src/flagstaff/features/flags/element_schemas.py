"""The parts that flags on the wire are made of, both ways. Variations go by index here."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType, field

from flagstaff.features.targeting.schemas import ClauseRep


class Wire(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What all shapes share: camelCase names, and no others."""


class VariationRep(Wire, frozen=True, kw_only=True):
    """A variation; its `_id` is given by the server, empty texts are left out."""

    id: str = field(default="", name="_id")
    value: Any
    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET


class DefaultsRep(Wire, frozen=True, kw_only=True):
    """The indexes of the variations that new environments serve, on and off."""

    on_variation: int
    off_variation: int


class AvailabilityRep(Wire, frozen=True, kw_only=True):
    """Which kinds of client-side SDK may see the flag."""

    using_mobile_key: bool = True
    using_environment_id: bool = False


class CustomPropertyRep(Wire, frozen=True, kw_only=True):
    """The values of one custom property."""

    name: str
    value: tuple[str, ...]


class MigrationSettingsRep(Wire, frozen=True, kw_only=True):
    """How many stages a migration has, and what kind of context it moves (six stages only)."""

    stage_count: int
    context_kind: str | UnsetType = UNSET


class TargetRep(Wire, frozen=True, kw_only=True):
    """The keys that get one variation; in `contextTargets`, users are only listed by place, without keys."""

    context_kind: str = "user"
    variation: int
    values: tuple[str, ...]


class WeightRep(Wire, frozen=True, kw_only=True):
    """The share of a variation in a rollout."""

    variation: int
    weight: int
    untracked: bool | UnsetType = field(default=UNSET, name="_untracked")


class AllocationRep(Wire, frozen=True, kw_only=True):
    """What is served outside of an experiment."""

    default_variation: int
    can_reshuffle: bool = False


class RolloutRep(Wire, frozen=True, kw_only=True):
    """A percentage rollout."""

    variations: tuple[WeightRep, ...]
    experiment_allocation: AllocationRep | UnsetType = UNSET
    seed: int | UnsetType = UNSET
    bucket_by: str | UnsetType = UNSET
    context_kind: str | UnsetType = UNSET


class FallthroughRep(Wire, frozen=True, kw_only=True):
    """What is served when no rule matches: a variation or a rollout."""

    variation: int | UnsetType = UNSET
    rollout: RolloutRep | UnsetType = UNSET


class RuleRep(Wire, frozen=True, kw_only=True):
    """A rule; it serves a variation or a rollout."""

    id: str = field(default="", name="_id")
    variation: int | UnsetType = UNSET
    rollout: RolloutRep | UnsetType = UNSET
    clauses: tuple[ClauseRep, ...]
    track_events: bool = False
    description: str | UnsetType = UNSET
    ref: str | UnsetType = UNSET


class PrerequisiteRep(Wire, frozen=True, kw_only=True):
    """Another flag, and the index of the variation that it must serve."""

    key: str
    variation: int


class CheckRatioRep(Wire, frozen=True, kw_only=True):
    """How many reads of a migration are compared: one in so many."""

    check_ratio: int | UnsetType = UNSET
