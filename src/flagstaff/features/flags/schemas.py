"""Flags on the wire: what a caller sends and gets."""

from typing import Any, Literal

from msgspec import UNSET, UnsetType, field

from flagstaff.access.checks import ChecksRep
from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.flags.element_schemas import (
    AvailabilityRep,
    CheckRatioRep,
    CustomPropertyRep,
    DefaultsRep,
    FallthroughRep,
    MigrationSettingsRep,
    PrerequisiteRep,
    RuleRep,
    TargetRep,
    VariationRep,
    Wire,
)
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Link, Links


class MaintainerTeamRep(Wire, frozen=True, kw_only=True):
    """The team that maintains a flag."""

    key: str
    name: str
    links: Links | UnsetType = field(default=UNSET, name="_links")


class ExperimentsRep(Wire, frozen=True, kw_only=True):
    """What is left of experiments that were attached to flags; always empty."""

    baseline_idx: int = 0
    items: tuple[str, ...] = ()


class VariationSummaryRep(Wire, frozen=True, kw_only=True):
    """How often, and where, an environment serves one variation."""

    rules: int
    null_rules: int  # those of the rules that have no clauses
    targets: int
    context_targets: int
    is_fallthrough: bool | UnsetType = UNSET
    is_off: bool | UnsetType = UNSET
    rollout: int | UnsetType = UNSET
    bucket_by: str | UnsetType = UNSET


class SummaryRep(Wire, frozen=True, kw_only=True):
    """The targeting of an environment in numbers, by variation index."""

    variations: dict[str, VariationSummaryRep]
    prerequisites: int


class EvaluationRep(Wire, frozen=True, kw_only=True):
    """Which kinds of context a flag was lately evaluated for."""

    context_kinds: tuple[str, ...]


class TargetingRep(Wire, frozen=True, kw_only=True):
    """A flag in one environment; the summary form leaves out what `_summary` counts."""

    on: bool
    archived: bool
    salt: str
    sel: str
    last_modified: Millis
    version: int
    targets: tuple[TargetRep, ...] | UnsetType = UNSET
    context_targets: tuple[TargetRep, ...] | UnsetType = UNSET
    rules: tuple[RuleRep, ...] | UnsetType = UNSET
    fallthrough: FallthroughRep | UnsetType = UNSET
    off_variation: int | UnsetType = UNSET
    prerequisites: tuple[PrerequisiteRep, ...] | UnsetType = UNSET
    site: Link = field(name="_site")
    environment_name: str = field(name="_environmentName")
    track_events: bool
    track_events_fallthrough: bool
    summary: SummaryRep = field(name="_summary")
    evaluation: EvaluationRep | UnsetType = UNSET
    migration_settings: CheckRatioRep | UnsetType = UNSET
    access: ChecksRep | UnsetType = field(name="_access", default=UNSET)


class FlagRep(Wire, frozen=True, kw_only=True):
    """A flag, with its targeting in the environments that were asked for."""

    name: str
    kind: Literal["boolean", "multivariate"]
    description: str
    key: str
    version: int = field(name="_version")
    creation_date: Millis
    include_in_snippet: bool
    client_side_availability: AvailabilityRep
    variations: tuple[VariationRep, ...]
    temporary: bool
    tags: tuple[str, ...]
    links: Links = field(name="_links")
    maintainer_id: str | UnsetType = UNSET
    maintainer: MemberSummaryRep | UnsetType = field(default=UNSET, name="_maintainer")
    maintainer_team_key: str | UnsetType = UNSET
    maintainer_team: MaintainerTeamRep | UnsetType = field(default=UNSET, name="_maintainerTeam")
    goal_ids: tuple[str, ...] = ()
    experiments: ExperimentsRep = ExperimentsRep()
    custom_properties: dict[str, CustomPropertyRep]
    archived: bool
    archived_date: Millis | UnsetType = UNSET
    deprecated: bool
    deprecated_date: Millis | UnsetType = UNSET
    defaults: DefaultsRep
    purpose: Literal["migration"] | UnsetType = field(default=UNSET, name="_purpose")
    migration_settings: MigrationSettingsRep | UnsetType = UNSET
    environments: dict[str, TargetingRep] | UnsetType = UNSET


class InitialPrerequisite(Wire, frozen=True, kw_only=True):
    """A prerequisite that a new flag gets in all environments."""

    key: str
    variation_id: str


class FlagBody(Wire, frozen=True, kw_only=True):
    """A new flag. What is left out comes from the project's defaults."""

    name: str
    key: str
    description: str | UnsetType = UNSET
    include_in_snippet: bool | UnsetType = UNSET
    client_side_availability: AvailabilityRep | UnsetType = UNSET
    variations: tuple[VariationRep, ...] | UnsetType = UNSET
    temporary: bool | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET
    custom_properties: dict[str, CustomPropertyRep] | UnsetType = UNSET
    defaults: DefaultsRep | UnsetType = UNSET
    purpose: Literal["migration"] | UnsetType = UNSET
    migration_settings: MigrationSettingsRep | UnsetType = UNSET
    maintainer_id: str | UnsetType = UNSET
    maintainer_team_key: str | UnsetType = UNSET
    is_flag_on: bool | UnsetType = UNSET
    initial_prerequisites: tuple[InitialPrerequisite, ...] | UnsetType = UNSET


CopyAction = Literal[
    "updateOn",
    "updateRules",
    "updateFallthrough",
    "updateOffVariation",
    "updatePrerequisites",
    "updateTargets",
    "updateFlagConfigMigrationSettings",
]


class CopyEnvironment(Wire, frozen=True, kw_only=True):
    """One end of a copy; a version that is given must be the current one."""

    key: str
    current_version: int | UnsetType = UNSET


class FlagCopyBody(Wire, frozen=True, kw_only=True):
    """Copies the settings of one environment to another, all or some of them."""

    source: CopyEnvironment
    target: CopyEnvironment
    comment: str = ""
    included_actions: tuple[CopyAction, ...] | UnsetType = UNSET
    excluded_actions: tuple[CopyAction, ...] | UnsetType = UNSET


class TargetingDocument(Wire, frozen=True, kw_only=True):
    """What a patch may leave of an environment's targeting."""

    on: bool
    targets: tuple[TargetRep, ...] = ()
    context_targets: tuple[TargetRep, ...] = ()
    rules: tuple[RuleRep, ...] = ()
    fallthrough: FallthroughRep
    off_variation: int | UnsetType = UNSET
    prerequisites: tuple[PrerequisiteRep, ...] = ()
    track_events: bool = False
    track_events_fallthrough: bool = False
    migration_settings: CheckRatioRep = CheckRatioRep()


class FlagDocument(Wire, frozen=True, kw_only=True):
    """What a patch may leave of a flag; its other members are read-only."""

    name: str
    description: str = ""
    include_in_snippet: bool
    client_side_availability: AvailabilityRep
    variations: tuple[VariationRep, ...]
    temporary: bool
    tags: tuple[str, ...] = ()
    maintainer_id: str = ""
    maintainer_team_key: str = ""
    custom_properties: dict[str, CustomPropertyRep] = field(default_factory=dict)
    archived: bool = False
    deprecated: bool = False
    defaults: DefaultsRep
    environments: dict[str, dict[str, Any]] = field(default_factory=dict)  # each a TargetingDocument
