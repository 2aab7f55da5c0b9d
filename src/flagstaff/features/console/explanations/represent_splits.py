"""Variations and splits of an explanation as they are shown."""

from msgspec import UNSET, UnsetType

from flagstaff.evaluation.traces import SplitTrace
from flagstaff.features.console.explanations.schemas import (
    TracedShareRep,
    TracedSplitRep,
    TracedVariationRep,
)
from flagstaff.features.flags.model import Flag

PLACES = 6  # after the point; ends of shares are exact to a thousandth of a percent


def represent_result(flag: Flag | None, index: int | None) -> TracedVariationRep | UnsetType:
    """Show the variation that something came to, if it came to one."""
    return UNSET if index is None else represent_variation(flag, index)


def represent_variation(flag: Flag | None, index: int) -> TracedVariationRep:
    """Show a variation; one that the flag does not have is shown without name and value."""
    if flag is None or not 0 <= index < len(flag.variations):
        return TracedVariationRep(index=index, name="", value=None)
    variation = flag.variations[index]
    return TracedVariationRep(index=index, name=variation.name, value=variation.value)


def represent_split(trace: SplitTrace | None, flag: Flag | None) -> TracedSplitRep | UnsetType:
    """Show a split over the variations of a flag; that of a segment is over none."""
    if trace is None:
        return UNSET
    ends = tuple(round(end, PLACES) for end in trace.ends)
    return TracedSplitRep(
        context_kind=trace.kind,
        attribute=_reference(trace.path),
        value=UNSET if trace.value is None else trace.value,
        bucket=UNSET if trace.bucket is None else trace.bucket,
        shares=tuple(
            TracedShareRep(begin=begin, end=end, variation=represent_result(flag, index))
            for begin, end, index in zip((0.0, *ends[:-1]), ends, trace.variations, strict=True)
        ),
        chosen=UNSET if trace.chosen is None else trace.chosen,
        is_experiment=trace.is_experiment,
    )


def _reference(path: tuple[str, ...]) -> str:
    """The attribute reference of a path: a plain name where it is one."""
    if len(path) == 1 and not path[0].startswith("/"):
        return path[0]
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in path)
