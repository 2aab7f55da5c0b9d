"""Flags on the wire, many at a time: pages of them, what depends on one, what a context is served."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType, field

from flagstaff.features.flags.schemas import FlagRep
from flagstaff.features.targeting.previews import PreviewRep
from flagstaff.kernel.links import Link, Links


class FlagsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of flags."""

    items: list[FlagRep]
    links: Links = field(name="_links")
    total_count: int
    total_count_with_differences: int | UnsetType = UNSET


class PatchedFlagRep(FlagRep, frozen=True, kw_only=True):
    """A flag after a patch; a dry run adds what the change would do."""

    preview: PreviewRep | UnsetType = field(default=UNSET, name="_preview")


class DependentRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A flag that depends on another in one environment, or that environment."""

    name: str
    key: str
    links: Links = field(name="_links")
    site: Link = field(name="_site")


class DependentsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The flags that depend on one in one environment."""

    items: list[DependentRep]
    links: Links = field(name="_links")
    site: Link = field(name="_site")


class DependentFlagRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A flag that depends on another, and where."""

    name: str
    key: str
    environments: list[DependentRep]


class DependentFlagsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The flags that depend on one in any environment."""

    items: list[DependentFlagRep]
    links: Links = field(name="_links")
    site: Link = field(name="_site")


class ReasonRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Why a context is served a value."""

    kind: str
    rule_index: int | UnsetType = UNSET
    rule_id: str | UnsetType = field(default=UNSET, name="ruleID")
    prerequisite_key: str | UnsetType = UNSET
    in_experiment: bool | UnsetType = UNSET
    error_kind: str | UnsetType = UNSET


class ServedRep(Struct, frozen=True, rename="camel", kw_only=True):
    """What a context is served for one flag; null where the flag has nothing to serve."""

    name: str
    key: str
    value: Any = field(name="_value")
    reason: ReasonRep
    links: Links = field(name="_links")


class ServedFlagsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """What a context is served for each flag of an environment."""

    items: list[ServedRep]
    total_count: int
    links: Links = field(name="_links")


class FlagSettingRep(Struct, frozen=True, kw_only=True):
    """What a context is served for a flag; `setting` is null unless it was given that individually."""

    links: Links = field(name="_links")
    value: Any = field(name="_value")
    setting: Any
    reason: ReasonRep


class FlagSettingsRep(Struct, frozen=True, kw_only=True):
    """What a context is served for each flag, by key."""

    items: dict[str, FlagSettingRep]
    links: Links = field(name="_links")


class SafetyIssueRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A cohort whose change endangers the data that others read."""

    causing_rule_id: str
    affected_rule_ids: tuple[str, ...]
    issue: str
    old_system_affected: bool
