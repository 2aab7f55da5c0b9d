"""Wire shapes of previews: a change as a sentence, as instructions, and with what stands against it."""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from flagstaff.features.flags.schemas import FlagRep
from flagstaff.features.segments.schemas import SegmentRep
from flagstaff.features.targeting.previews import ConflictRep
from flagstaff.kernel.links import Links


class PreviewStepRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Instructions for one environment; `environmentKey` is empty where they are about the whole resource.

    Some kinds are Flagstaff's own and are not taken in a patch: they say what no documented kind does.
    """

    environment_key: str
    instructions: tuple[dict[str, Any], ...]


class DeniedRep(Struct, frozen=True, kw_only=True):
    """An action that the caller may not do, and on what."""

    action: str
    resource: str


class ChangePreviewRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A change before it is made, in the words that the audit log will have. No step: it changes nothing."""

    links: Links = field(name="_links")
    title: Annotated[str, Meta(description="A sentence in Markdown: who, what, which resource, where.")]
    title_verb: str
    description: Annotated[
        str, Meta(description="A Markdown list of all that changes; empty if the title says it.")
    ]
    environments: tuple[str, ...]
    steps: tuple[PreviewStepRep, ...]
    conflicts: tuple[ConflictRep, ...]
    denied: tuple[DeniedRep, ...]


class FlagChangeRep(ChangePreviewRep, frozen=True, rename="camel", kw_only=True):
    """A change of a flag, and the flag after it."""

    flag: FlagRep


class SegmentChangeRep(ChangePreviewRep, frozen=True, rename="camel", kw_only=True):
    """A change of a segment, and the segment after it."""

    segment: SegmentRep
