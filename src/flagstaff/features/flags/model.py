"""Flags: the part that a project shares, the part that each environment has, and how their versions grow.

Inside a flag a variation is always named by its id; indexes exist on the wire only.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from flagstaff.features.projects.model import ClientSideAvailability
from flagstaff.features.targeting.model import ClauseRule, Rollout
from flagstaff.features.targeting.values import same
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest

VariationOrRollout = str | Rollout  # a variation id, or shares of several

MAX_VARIATIONS = 250
MAX_PREREQUISITES = 100  # of one flag in one environment


class Variation(Struct, frozen=True, kw_only=True):
    """One of the values that a flag may have."""

    id: str
    value: Any
    name: str = ""
    description: str = ""


class Defaults(Struct, frozen=True, kw_only=True):
    """What the flag serves in a new environment while it is on, and while it is off."""

    on_variation_id: str
    off_variation_id: str


class CustomProperty(Struct, frozen=True, kw_only=True):
    """Values that tie a flag to something outside, such as the issues it came from."""

    name: str
    values: tuple[str, ...]


class MigrationSettings(Struct, frozen=True, kw_only=True):
    """Of a migration flag: its number of stages, and what kind of context moves (six stages only)."""

    stage_count: int
    context_kind: str | None = None


class Flag(Struct, frozen=True, kw_only=True, dict=True):
    """The part of a flag that all environments of its project share."""

    id: str
    key: str
    name: str
    description: str = ""
    kind: Literal["boolean", "multivariate"]
    variations: tuple[Variation, ...]
    defaults: Defaults
    temporary: bool = True
    tags: tuple[str, ...] = ()
    client_side_availability: ClientSideAvailability = ClientSideAvailability()
    custom_properties: dict[str, CustomProperty] = {}
    maintainer_id: str | None = None
    maintainer_team_key: str | None = None
    archived: bool = False
    archived_date: Millis | None = None
    deprecated: bool = False
    deprecated_date: Millis | None = None
    creation_date: Millis
    purpose: Literal["migration"] | None = None
    migration_settings: MigrationSettings | None = None
    version: int = 1

    @cached_property
    def indexes(self) -> Mapping[str, int]:
        """The place of each variation, by its id."""
        return {variation.id: index for index, variation in enumerate(self.variations)}

    @property
    def include_in_snippet(self) -> bool:
        """The older name of being available to client-side SDKs."""
        return self.client_side_availability.using_environment_id

    @property
    def is_migration(self) -> bool:
        return self.purpose == "migration"

    @property
    def rollout_context_kind(self) -> str:
        """Whom a rollout of this flag buckets unless it says otherwise."""
        return (self.migration_settings and self.migration_settings.context_kind) or "user"

    def variation(self, variation_id: str) -> Variation:
        """Return one variation; raise InvalidRequest if the flag has none of that id."""
        if variation_id not in self.indexes:
            raise InvalidRequest(f"unknown variation id {variation_id[:80]!r} of flag {self.key}")
        return self.variations[self.indexes[variation_id]]


class Target(Struct, frozen=True, kw_only=True):
    """The contexts of one kind that are individually given one variation; never without values."""

    context_kind: str = "user"
    variation_id: str
    values: tuple[str, ...]


class Rule(ClauseRule, frozen=True, kw_only=True):
    """What contexts are served for whom all clauses hold."""

    serve: VariationOrRollout
    track_events: bool = False
    ref: str = ""


class Prerequisite(Struct, frozen=True, kw_only=True):
    """Another flag that must be on and serve one variation of its own.

    `variation` is the index that `variation_id` has there. A change may know only one of the two;
    `resolve_prerequisites` finds the other.
    """

    key: str
    variation_id: str | None = None
    variation: int | None = None


class Targeting(Struct, frozen=True, kw_only=True):
    """The part of a flag that one environment has."""

    on: bool = False
    targets: tuple[Target, ...] = ()
    rules: tuple[Rule, ...] = ()
    fallthrough: VariationOrRollout
    off_variation_id: str | None = None
    prerequisites: tuple[Prerequisite, ...] = ()
    track_events: bool = False
    track_events_fallthrough: bool = False
    check_ratio: int | None = None  # of a migration flag: one in so many reads is compared
    salt: str
    sel: str
    version: int = 1
    last_modified: Millis


class FlagState(Struct, frozen=True, kw_only=True):
    """A flag with its targeting in the environments that a change may touch, by environment key."""

    flag: Flag
    environments: dict[str, Targeting]
    deleted: bool = False  # set by an instruction, acted on by the operation


def bump(before: FlagState, after: FlagState, now: Millis) -> FlagState:
    """Return `after` with one version more in each scope that it changes; `before` if it changes nothing."""
    flag = _next_flag(before.flag, after.flag)
    environments = {
        key: _next_targeting(before.environments.get(key), targeting, now)
        for key, targeting in after.environments.items()
    }
    unchanged = (
        flag is before.flag
        and after.deleted == before.deleted
        and environments.keys() == before.environments.keys()
        and all(targeting is before.environments[key] for key, targeting in environments.items())
    )
    return before if unchanged else replace(after, flag=flag, environments=environments)


def _next_flag(before: Flag, after: Flag) -> Flag:
    if same(before, after):
        return before
    return replace(after, version=before.version + 1)


def _next_targeting(before: Targeting | None, after: Targeting, now: Millis) -> Targeting:
    if before is None or same(before, after):
        return before or after
    return replace(after, version=before.version + 1, last_modified=now)
