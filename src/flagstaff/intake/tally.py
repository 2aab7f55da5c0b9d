"""What a payload comes to: counts, contexts, names and single events, ready to be stored. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flagstaff.evaluation.context import InvalidContext
from flagstaff.intake import events as kinds
from flagstaff.intake.contexts import Contexts, Instance, read_user_key
from flagstaff.intake.events import NOTHING, AnyEvent, Event, Summary, copy_raw
from flagstaff.intake.payload import Payload
from flagstaff.intake.rows import (
    EventKey,
    Occasion,
    RawRow,
    describe_evaluation,
    describe_operation,
    describe_tracked,
)
from flagstaff.kernel.clock import Millis

MINUTE = 60_000
OLDEST = 3_600_000  # how long ago an SDK may say that something was
MOST_OUTCOMES = 64  # of one flag in one payload
NONE = -1  # the variation where code's fallback was served, the version where none was told
NULL = (b"", b"null")

Outcome = tuple[str, Millis, int, int, str]  # flag, minute, variation, version, context kinds


class Refused(ValueError):
    """An event that cannot be used; its text is the reason that is counted."""


@dataclass(slots=True)
class Requested:
    """When a flag was requested, and the fallback value that was seen last, as JSON."""

    first: Millis
    last: Millis
    default: str | None = None


@dataclass(slots=True)
class Tally:
    """All that one payload says."""

    payload: Payload
    counts: dict[Outcome, int] = field(default_factory=dict)
    flags: dict[str, Requested] = field(default_factory=dict)
    flag_kinds: dict[tuple[str, str], Millis] = field(default_factory=dict)
    instances: dict[bytes, tuple[Instance, Millis]] = field(default_factory=dict)  # by their JSON
    raw: defaultdict[EventKey, list[RawRow]] = field(default_factory=lambda: defaultdict(list))
    events: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    # Floats, as SDKs tell times: comparing one with an int takes three times as long.
    _oldest: float = field(init=False)
    _newest: float = field(init=False)

    def __post_init__(self) -> None:
        self._newest = float(self.payload.received)
        self._oldest = self._newest - OLDEST

    def add(self, events: Iterable[AnyEvent], contexts: Contexts) -> None:
        """Take in events, each of them whole or not at all."""
        for event in events:
            try:
                ADD[type(event)](self, event, contexts)
            except (Refused, InvalidContext) as error:
                self.refused["context" if isinstance(error, InvalidContext) else str(error)] += 1
            else:
                self.events += 1

    def time(self, told: float | None) -> Millis:
        """When it was, as far as the clock of the SDK is to be believed."""
        if told is None or not self._oldest <= told <= self._newest:
            return self.payload.received
        return int(told)

    def see(self, text: bytes, at: Millis, contexts: Contexts) -> Instance:
        """Note the context in this JSON; the one noted last stands last."""
        found = self.instances.pop(text, None)
        if found is None or found[1] != at:
            found = (contexts.read(text) if found is None else found[0], at)
        self.instances[text] = found
        return found[0]

    def request(self, flag_key: str, at: Millis, default: bytes) -> None:
        """Note that a flag was requested."""
        text = None if default in NULL or len(default) > kinds.MOST_KEY else default.decode(errors="replace")
        known = self.flags.get(flag_key)
        if known is None:
            self.flags[flag_key] = Requested(at, at, text)
        else:
            known.first, known.last = min(known.first, at), max(known.last, at)
            known.default = text or known.default

    def count(self, outcome: Outcome, count: int) -> None:
        """Count evaluations of a flag that came to this."""
        self.counts[outcome] = self.counts.get(outcome, 0) + count

    def see_kinds(self, flag_key: str, minute: Millis, joined: str) -> None:
        """Note for which kinds of contexts a flag was evaluated."""
        for kind in joined.split(",") if joined else ():
            key = (flag_key, kind)
            self.flag_kinds[key] = max(self.flag_kinds.get(key, 0), minute)


def add_summary(tally: Tally, event: Summary, contexts: Contexts) -> None:
    """The counts of SDKs that summarise: the only source of them."""
    text = bytes(event.context)
    if any(len(flag.counters or ()) > MOST_OUTCOMES for flag in event.features.values()):
        raise Refused("too_many_outcomes")
    at = tally.time(event.end_date)
    own = ",".join(tally.see(text, at, contexts).kinds) if text not in NULL else ""
    minute = at - at % MINUTE
    for key, flag in event.features.items():
        told = _join_kinds(flag.context_kinds) if flag.context_kinds else own
        tally.request(key, at, copy_raw(flag.default))
        for counter in flag.counters or ():
            variation, version = _or_none(counter.variation), _or_none(counter.version)
            tally.count((key, minute, variation, version, told), counter.count)
        if flag.counters:
            tally.see_kinds(key, minute, told)


def add_feature(tally: Tally, event: kinds.Feature, contexts: Contexts) -> None:
    """An evaluation that is tracked; from SDKs that do not summarise, any evaluation."""
    occasion = _find_occasion(tally, event, contexts)
    if not tally.payload.is_summarised:
        _count_feature(tally, event, occasion)
        if not event.track_events and (event.debug_events_until_date or 0) <= occasion[0]:
            return
    row = describe_evaluation(event, occasion)
    tally.raw["feature", event.key].append(row)


def _count_feature(tally: Tally, event: kinds.Feature, occasion: Occasion) -> None:
    if not event.exclude_from_summaries:
        at, _, _, kinds_ = occasion
        minute, told = at - at % MINUTE, ",".join(kinds_)
        tally.request(event.key, at, bytes(event.default))
        tally.count((event.key, minute, _or_none(event.variation), _or_none(event.version), told), 1)
        tally.see_kinds(event.key, minute, told)


def add_debug(tally: Tally, event: kinds.Debug, contexts: Contexts) -> None:
    row = describe_evaluation(event, _find_occasion(tally, event, contexts))
    tally.raw["debug", event.key].append(row)


def add_context(tally: Tally, event: kinds.IndexEvent | kinds.Identify, contexts: Contexts) -> None:
    """These say who there is, and nothing else."""
    _find_occasion(tally, event, contexts)


def add_tracked(tally: Tally, event: kinds.Tracked, contexts: Contexts) -> None:
    row = describe_tracked(event, _find_occasion(tally, event, contexts))
    tally.raw[TRACKED[type(event)], event.key].append(row)


def add_operation(tally: Tally, event: kinds.MigrationOperation, contexts: Contexts) -> None:
    """Under the key of its flag."""
    row = describe_operation(event, _find_occasion(tally, event, contexts))
    tally.raw["migration_op", event.evaluation.key].append(row)


def ignore(tally: Tally, event: AnyEvent, contexts: Contexts) -> None:
    """What older SDKs send, and diagnostics."""


ADD: dict[type, Callable[[Tally, Any, Contexts], None]] = {
    kinds.Summary: add_summary,
    kinds.Feature: add_feature,
    kinds.Debug: add_debug,
    kinds.IndexEvent: add_context,
    kinds.Identify: add_context,
    kinds.Custom: add_tracked,
    kinds.Click: add_tracked,
    kinds.PageView: add_tracked,
    kinds.ClickPageView: add_tracked,
    kinds.MigrationOperation: add_operation,
    kinds.Alias: ignore,
    kinds.Diagnostic: ignore,
    kinds.DiagnosticInit: ignore,
    kinds.DiagnosticCombined: ignore,
}

TRACKED = {kind: str(kind.__struct_config__.tag) for kind in kinds.Tracked.__args__}


def _find_occasion(tally: Tally, event: Event, contexts: Contexts) -> Occasion:
    """Where an event belongs: the context as a whole, or its keys, or the user of older SDKs."""
    ratio, at = event.sampling_ratio, tally.time(event.creation_date)
    if ratio is not None and ratio < 1:
        raise Refused("sampled_out")
    weight = 1 if ratio is None else int(ratio)
    if event.context is not NOTHING and (text := copy_raw(event.context)) != b"null":
        instance = tally.see(text, at, contexts)
        return (at, weight, instance.keys, instance.kinds)
    if event.context_keys is not NOTHING and (text := copy_raw(event.context_keys)) != b"null":
        keys, told = contexts.read_keys(text)
        return (at, weight, keys, told)
    if event.user is not NOTHING and (text := bytes(event.user)) != b"null":
        instance = tally.see(text, at, contexts)
        return (at, weight, instance.keys, instance.kinds)
    if event.user_key is not NOTHING and (text := bytes(event.user_key)) != b"null":
        return (at, weight, *read_user_key(text))
    raise InvalidContext("an event without a context")


def _join_kinds(told: list[str]) -> str:
    return told[0] if len(told) == 1 else ",".join(sorted(set(told)))


def _or_none(value: int | None) -> int:
    return NONE if value is None else value
