"""Where a context falls on the scale of a rollout, in numbers for people."""

from flagstaff.evaluation.bucketing import END, START, Source, find_place
from flagstaff.evaluation.context import Context
from flagstaff.evaluation.evaluate import roll_out
from flagstaff.evaluation.model import Outcome, Rollout, SegmentShare, Share
from flagstaff.evaluation.readings import read
from flagstaff.evaluation.traces import SplitTrace

_DIGITS = 15  # of a digest, in hexadecimal, that SDKs make the bucket of
_LARGEST = 16.0**_DIGITS - 1


def trace_rollout(rollout: Rollout, context: Context) -> SplitTrace:
    """Explain which share of a rollout a context falls into."""
    shares = rollout.shares
    return _trace(
        rollout.source,
        context,
        ends=tuple(as_fraction(share.end) for share in shares),
        variations=tuple(share.outcome.index for share in shares),
        chosen=_find_share(shares, roll_out(rollout, context)),
        is_experiment=any("inExperiment" in share.outcome.reason for share in shares),
    )


def trace_share(share: SegmentShare, context: Context) -> SplitTrace:
    """Explain whether a context is in the share of a rule of a segment."""
    place = find_place(share.source, context)
    return _trace(
        share.source,
        context,
        ends=(as_fraction(share.end),),
        variations=(None,),
        chosen=0 if place is not None and place < share.end else None,
        is_experiment=False,
    )


def as_fraction(place: bytes) -> float:
    """Give the number from 0 to 1 that SDKs compare for a place on the scale."""
    if place == START:
        return 0.0
    return 1.0 if place == END else int(place.hex()[:_DIGITS], 16) / _LARGEST


def _find_share(shares: tuple[Share, ...], outcome: Outcome) -> int | None:
    """Find the share by its outcome; a context without the kind has one of its own, and falls into none."""
    return next((index for index, share in enumerate(shares) if share.outcome is outcome), None)


def _trace(
    source: Source,
    context: Context,
    *,
    ends: tuple[float, ...],
    variations: tuple[int | None, ...],
    chosen: int | None,
    is_experiment: bool,
) -> SplitTrace:
    place = find_place(source, context)
    values = read(source.reading, context)
    return SplitTrace(
        kind=source.reading.kind or "",
        path=source.reading.path,
        value=values[0].decode() if values else None,
        bucket=None if place is None else as_fraction(place),
        ends=ends,
        variations=variations,
        chosen=chosen,
        is_experiment=is_experiment,
    )
