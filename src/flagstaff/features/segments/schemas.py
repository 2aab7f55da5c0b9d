"""Segments on the wire: what a caller sends and gets."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.features.targeting.previews import PreviewRep
from flagstaff.features.targeting.schemas import ClauseRep
from flagstaff.kernel.ids import LONGEST_NAME
from flagstaff.kernel.links import Link

Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]


class SegmentPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """A new segment. Its targets and rules are added by patches."""

    key: str
    name: Name
    description: str | None = None
    tags: list[str] = []
    unbounded: bool = False
    unbounded_context_kind: str = ""


class SegmentTargetRep(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """Contexts of one kind that are listed by their keys."""

    context_kind: str = "user"
    values: tuple[str, ...] = ()


class SegmentRuleRep(
    Struct, frozen=True, rename="camel", kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A rule as it is sent and shown; `_id` may be left out of one that is new."""

    id: str = field(default="", name="_id")
    clauses: tuple[ClauseRep, ...]
    weight: int | None = None
    rollout_context_kind: str | None = None
    bucket_by: str | None = None
    description: str | None = None


class SegmentFields(Struct, frozen=True, rename="camel", kw_only=True):
    """The members of a segment that a patch may change; optional ones may be removed."""

    name: Name
    description: str | None = None
    tags: list[str] = []
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    included_contexts: tuple[SegmentTargetRep, ...] = ()
    excluded_contexts: tuple[SegmentTargetRep, ...] = ()
    rules: tuple[SegmentRuleRep, ...] = ()


class FlagUseRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A flag whose rules ask for the segment."""

    name: str
    key: str
    links: dict[str, Link] = field(name="_links")
    site: Link = field(name="_site")


class SegmentMetadataRep(Struct, frozen=True, rename="camel", kw_only=True):
    """How many keys a big segment holds. `version` counts the changes of its keys."""

    env_id: str
    segment_id: str
    version: int
    included_count: int
    excluded_count: int
    last_modified: int
    deleted: bool = False


class SegmentRep(Checked, frozen=True, rename="camel", kw_only=True):
    """A segment; `_flags` only where one segment is asked for, `_preview` only in a dry run."""

    key: str
    name: str
    description: str | UnsetType = UNSET
    tags: tuple[str, ...]
    creation_date: int
    last_modified_date: int
    links: dict[str, Link] = field(name="_links")
    included: tuple[str, ...]
    excluded: tuple[str, ...]
    included_contexts: tuple[SegmentTargetRep, ...]
    excluded_contexts: tuple[SegmentTargetRep, ...]
    rules: tuple[SegmentRuleRep, ...]
    version: int
    deleted: bool = False
    unbounded: bool = False
    unbounded_context_kind: str | UnsetType = UNSET
    generation: int
    unbounded_metadata: SegmentMetadataRep | UnsetType = field(default=UNSET, name="_unboundedMetadata")
    import_in_progress: bool | UnsetType = field(default=UNSET, name="_importInProgress")
    flags: tuple[FlagUseRep, ...] | UnsetType = field(default=UNSET, name="_flags")
    preview: PreviewRep | UnsetType = field(default=UNSET, name="_preview")


class SegmentsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of segments."""

    links: dict[str, Link] = field(name="_links")
    items: list[SegmentRep]
    total_count: int


class SegmentMembershipRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Whether a context is in one segment, and because of what."""

    name: str
    key: str
    description: str
    unbounded: bool = False
    external: str = ""
    is_member: bool
    is_individually_targeted: bool
    is_rule_targeted: bool
    links: dict[str, Link] = field(name="_links")


class SegmentMembershipsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The memberships of a context in every segment of an environment."""

    items: list[SegmentMembershipRep]
    links: dict[str, Link] = field(name="_links")


ContextJson = dict[str, Any]
