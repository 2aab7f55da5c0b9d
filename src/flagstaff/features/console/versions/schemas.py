"""Wire shapes of flags and segments as they were."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.features.flags.schemas import FlagRep
from flagstaff.features.segments.schemas import SegmentRep
from flagstaff.kernel.links import Links


class FlagMomentQuery(Struct, frozen=True, rename="camel"):
    """Which moment: a version of the flag in an environment, or of the flag itself, or a date."""

    environment_key: Annotated[
        str, Meta(description="Whose version is meant, and what alone is to be restored.")
    ] = ""
    version: Annotated[int | None, Meta(description="As it was when it had this version.")] = None
    date: Annotated[int | None, Meta(description="As it was at this time, in milliseconds.")] = None


class MomentQuery(Struct, frozen=True, rename="camel"):
    """Which moment: a version of the segment, or a date."""

    version: Annotated[int | None, Meta(description="As it was when it had this version.")] = None
    date: Annotated[int | None, Meta(description="As it was at this time, in milliseconds.")] = None


class PatchStepRep(Struct, frozen=True, kw_only=True):
    """A step of a JSON patch."""

    op: str
    path: str
    value: Any = UNSET


class PastRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Something as it was. `restore` is the JSON patch that makes it so again, empty if it is so now.

    Its first steps test the versions of now. Without `restore` it cannot be made so by a patch: `obstacle`
    says why.
    """

    links: Links = field(name="_links")
    restore: tuple[PatchStepRep, ...] | UnsetType = UNSET
    obstacle: str | UnsetType = UNSET


class PastFlagRep(PastRep, frozen=True, rename="camel", kw_only=True):
    """A flag as it was."""

    flag: FlagRep


class PastSegmentRep(PastRep, frozen=True, rename="camel", kw_only=True):
    """A segment as it was; the keys of a big one are not kept."""

    segment: SegmentRep
