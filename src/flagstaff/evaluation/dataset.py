"""The data set of one environment, prepared for evaluation: the package's door."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypeVar

from flagstaff.evaluation import reasons
from flagstaff.evaluation.big_segments import FindMembership
from flagstaff.evaluation.context import Context, InvalidContext, parse_context
from flagstaff.evaluation.dependents import find_affected
from flagstaff.evaluation.detail import EvaluationDetail, make_detail, make_error
from flagstaff.evaluation.evaluate import evaluate, evaluate_flag
from flagstaff.evaluation.jsontext import decode
from flagstaff.evaluation.lookup import MalformedFlag
from flagstaff.evaluation.model import Flag, Outcome, Segment
from flagstaff.evaluation.preparation.flags import prepare_flag
from flagstaff.evaluation.preparation.segments import prepare_segment
from flagstaff.evaluation.scope import Scope
from flagstaff.evaluation.traces import FlagTrace
from flagstaff.evaluation.tracing import Tracer
from flagstaff.evaluation.walks import Walk, find_result, open_object, write_result

Item = TypeVar("Item")
Availability: TypeAlias = Literal["all", "mobile", "environment_id"]


class Result:
    """A client-side result without its version: `members` are all others, each after a comma."""

    __slots__ = ("flag_version", "members")

    def __init__(self, flag_version: int, members: bytes) -> None:
        self.flag_version = flag_version
        self.members = members


class Dataset:
    """Flags and segments of one environment at one moment. Immutable: changes give a successor."""

    __slots__ = ("_flags", "_segments", "_walks", "_without_links", "big_segment_kinds")

    def __init__(self, flags: dict[str, Flag], segments: dict[str, Segment]) -> None:
        self._flags = flags
        self._segments = segments
        # The kinds of context whose keys are asked for where a big segment matters.
        big = (segment for segment in segments.values() if segment.is_unbounded)
        self.big_segment_kinds = frozenset(segment.unbounded_kind for segment in big)
        # Flags without links neither read nor change their scope, so they share one.
        self._without_links = Scope({}, {})
        self._walks: dict[str, Walk] = {}

    @classmethod
    def from_json(cls, data_json: Any) -> "Dataset":
        """Prepare `{"flags": {key: flag}, "segments": {key: segment}}` in SDK wire shapes.

        A malformed flag or segment spoils only what reaches it; ValueError is for other outer shapes.
        """
        data = decode(data_json)
        if not isinstance(data, dict):
            raise ValueError("a data set is an object with flags and segments")  # noqa: TRY004 - it is about JSON
        flags = {key: prepare_flag(key, flag) for key, flag in _read_items(data, "flags").items()}
        segments = {key: prepare_segment(key, item) for key, item in _read_items(data, "segments").items()}
        return cls(_replace({}, flags), _replace({}, segments))

    def with_changes(self, flags: Mapping[str, Any], segments: Mapping[str, Any]) -> "Dataset":
        """Give the successor in which some flags and segments are replaced, or removed if the value is None.

        All others are shared with this data set, which stays as it is: flags find their prerequisites and
        segments by key, so none is prepared anew because of another.
        """
        changed_flags = {
            key: None if flag is None else prepare_flag(key, flag) for key, flag in flags.items()
        }
        changed_segments = {
            key: None if segment is None else prepare_segment(key, segment)
            for key, segment in segments.items()
        }
        return Dataset(_replace(self._flags, changed_flags), _replace(self._segments, changed_segments))

    def evaluate(
        self, flag_key: str, context_json: Any, default: Any, *, big_segments: FindMembership | None = None
    ) -> EvaluationDetail:
        """Evaluate a flag for a context; problems of context, flag or data become an ERROR reason."""
        try:
            context = parse_context(context_json)
        except InvalidContext:
            return make_error(reasons.USER_NOT_SPECIFIED, default)
        return self.evaluate_context(flag_key, context, default, big_segments=big_segments)

    def evaluate_context(
        self, flag_key: str, context: Context, default: Any, *, big_segments: FindMembership | None = None
    ) -> EvaluationDetail:
        """Do as `evaluate` for a context that was parsed before."""
        flag = self._flags.get(flag_key)
        if flag is None:
            return make_error(reasons.FLAG_NOT_FOUND, default)
        outcome = flag.constant
        if outcome is None:
            scope = (
                Scope(self._flags, self._segments, big_segments) if flag.has_links else self._without_links
            )
            outcome = evaluate(flag, context, scope)
        return make_detail(outcome, default)

    def find_outcomes(
        self, flag_keys: Sequence[str], context: Context, *, big_segments: FindMembership | None = None
    ) -> list[Outcome | None]:
        """Give what `evaluate_context` makes its results of, None for a flag that is not there.

        Quick, for many contexts. Outcomes are shared with the data set: change nothing of them.
        """
        scope = Scope(self._flags, self._segments, big_segments)
        outcomes: list[Outcome | None] = []
        for key in flag_keys:
            flag = self._flags.get(key)
            outcomes.append(None if flag is None else flag.constant or evaluate(flag, context, scope))
        return outcomes

    def explain(
        self, flag_key: str, context: Context, *, big_segments: FindMembership | None = None
    ) -> FlagTrace:
        """Give the way of `evaluate_context` to its result, step by step, for people."""
        return Tracer(self._flags, self._segments, context, big_segments).trace(flag_key)

    def evaluate_all(
        self,
        context_json: Any,
        with_reasons: bool = False,
        *,
        only: Availability = "all",
        version: int | None = None,
        big_segments: FindMembership | None = None,
    ) -> bytes:
        """Give the client-side results as JSON: value, variation, versions and so on of each flag, by key.

        `only` leaves out flags that mobile SDKs, or browser SDKs, may not see. `version` stands in every
        result, whose flag keeps its own as `flagVersion`. The context may be a parsed one; raises
        InvalidContext, a ValueError.
        """
        context = parse_context(context_json)
        scope = Scope(self._flags, self._segments, big_segments)
        walk = self._find_walk(only)
        texts = walk.find_texts(with_reasons, version)
        parts = [texts.constant] if texts.constant else []
        for flag in walk.varying:
            try:
                outcome = evaluate_flag(flag, context, scope)
                is_plain = scope.status is None
            except Exception:  # noqa: BLE001 - what it comes to is found below
                is_plain = False
            if is_plain:
                parts.append(find_result(flag, outcome, with_reasons))
            else:
                scope.forget()
                parts.append(write_result(flag, evaluate(flag, context, scope), with_reasons))
            if version is None:
                parts.append(flag.ending)
        if not parts:
            return b"{}"
        if not texts.constant:
            parts[0] = open_object(parts[0])
        parts.append(b"}")
        return texts.ending.join(parts)

    def evaluate_some(
        self,
        flag_keys: Iterable[str],
        context_json: Any,
        with_reasons: bool = False,
        *,
        only: Availability = "all",
        big_segments: FindMembership | None = None,
    ) -> dict[str, Result]:
        """Give the results of `evaluate_all` for some flags; one that is not there or not seen has none."""
        context = parse_context(context_json)
        scope = Scope(self._flags, self._segments, big_segments)
        results: dict[str, Result] = {}
        for key in flag_keys:
            flag = self._flags.get(key)
            if flag is not None and is_available(flag, only):
                outcome = evaluate(flag, context, scope) if flag.constant is None else flag.constant
                shows_reason = with_reasons or outcome.tracks_reason
                head = outcome.head_with_reason if shows_reason else outcome.head
                results[key] = Result(flag.version, head + outcome.tail)
        return results

    def restrict(self, flag_keys: Iterable[str]) -> "Dataset":
        """Give a data set with some of the flags, which must hold their prerequisites, and all segments."""
        return Dataset({key: self._flags[key] for key in flag_keys if key in self._flags}, self._segments)

    def list_keys(self, only: Availability) -> list[str]:
        """List the keys of the flags that are available to such SDKs."""
        return list(self._find_walk(only).keys)

    def find_affected(self, flag_keys: Iterable[str], segment_keys: Iterable[str]) -> set[str]:
        """Give the keys of all flags whose results may differ after a change of some flags and segments."""
        return find_affected(self._flags, self._segments, flag_keys, segment_keys)

    def holds_big_segment(self, segment_keys: Iterable[str]) -> bool:
        """Tell whether one of the segments is a big one."""
        found = (self._segments.get(key) for key in segment_keys)
        return any(segment is not None and segment.is_unbounded for segment in found)

    def is_seen(self, flag_key: str, only: Availability) -> bool:
        """Tell whether the flag exists and is available to such SDKs."""
        flag = self._flags.get(flag_key)
        return flag is not None and is_available(flag, only)

    def segments_of(self, context_json: Any, *, big_segments: FindMembership | None = None) -> list[str]:
        """List the keys of the segments that a context is in, in their order; raises InvalidContext."""
        context = parse_context(context_json)
        scope = Scope({}, self._segments, big_segments)
        return [key for key in self._segments if _contains_safely(scope, key, context)]

    def segment_matches(
        self, segment_key: str, context_json: Any, *, big_segments: FindMembership | None = None
    ) -> bool:
        """Tell whether a context is in a segment, not if it is malformed; raises InvalidContext."""
        scope = Scope({}, self._segments, big_segments)
        return _contains_safely(scope, segment_key, parse_context(context_json))

    def _find_walk(self, only: Availability) -> Walk:
        walk = self._walks.get(only)
        if walk is None:
            if only not in {"all", "mobile", "environment_id"}:
                raise ValueError(f"no flags are available by {only!r}")
            seen = [flag for flag in self._flags.values() if is_available(flag, only)]
            walk = Walk(seen, self._flags)
            self._walks[only] = walk
        return walk


def is_available(flag: Flag, only: Availability) -> bool:
    if only == "mobile":
        return flag.using_mobile_key
    return flag.using_environment_id if only == "environment_id" else True


def _read_items(data: dict[str, Any], name: str) -> dict[str, Any]:
    items = data.get(name, {})
    if not isinstance(items, dict):
        raise ValueError(f"{name} is not an object")  # noqa: TRY004 - it is about JSON
    return items


def _replace(known: dict[str, Item], changes: dict[str, Item | None]) -> dict[str, Item]:
    """Give what is known with some items replaced, or removed where the change is None."""
    if not changes:
        return known
    successor = dict(known)
    for key, item in changes.items():
        if item is None:
            successor.pop(key, None)
        else:
            successor[key] = item
    return successor


def _contains_safely(scope: Scope, segment_key: str, context: Context) -> bool:
    try:
        return scope.contains(segment_key, context)
    except MalformedFlag:
        scope.forget()
        return False
