"""The events that SDKs send, as one tagged union; what is not read here is left as raw JSON.

Members are as loose as the SDKs that send them: newer and older schemas, null where there is nothing.
"""

from typing import Annotated

import msgspec
from msgspec import Meta, Raw, Struct

MOST_KEY = 1_024  # characters of the key of a flag, an event, or a context
NOTHING = Raw(b"")
NULL = Raw(b"null")
BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # what decoding raises

Key = Annotated[str, Meta(min_length=1, max_length=MOST_KEY)]
Time = Annotated[float, Meta(ge=0, le=1e15)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Index = Annotated[int, Meta(ge=0, le=1_000_000)]
Version = Annotated[int, Meta(ge=0, le=2**53)]
Ratio = Annotated[float, Meta(ge=0, le=1e9)]


class Event(Struct, frozen=True, kw_only=True, rename="camel", tag_field="kind", gc=False):
    """What every kind may have. A context comes as a whole, by its keys, or as the user of older SDKs."""

    creation_date: Time | None = None
    context: Raw = NOTHING
    context_keys: Raw = NOTHING
    user: Raw = NOTHING
    user_key: Raw = NOTHING
    sampling_ratio: Ratio | None = None


class _Evaluated(Event, frozen=True, kw_only=True, rename="camel", gc=False):
    key: Key
    value: Raw = NULL
    default: Raw = NULL
    variation: Index | None = None
    version: Version | None = None
    reason: Raw = NULL


class Feature(_Evaluated, frozen=True, kw_only=True, rename="camel", tag="feature", gc=False):
    """One evaluation. The last three are from SDKs that do not summarise."""

    track_events: bool | None = None
    debug_events_until_date: Time | None = None
    exclude_from_summaries: bool | None = None


class Debug(_Evaluated, frozen=True, kw_only=True, rename="camel", tag="debug", gc=False):
    """One evaluation of a flag that is being debugged."""


class Counter(Struct, frozen=True, gc=False):
    """How often a flag came to one outcome."""

    count: Count
    variation: Index | None = None
    version: Version | None = None
    unknown: bool | None = None


class FlagSummary(Struct, frozen=True, rename="camel", gc=False):
    """The outcomes of one flag; `default` is what the code would have been given in case of an error."""

    counters: list[Counter] | None = None
    default: Raw = NULL
    context_kinds: list[Annotated[str, Meta(max_length=MOST_KEY)]] | None = None


class Summary(Struct, frozen=True, kw_only=True, rename="camel", tag_field="kind", tag="summary", gc=False):
    """Evaluations in a span of time: of all contexts, or of one."""

    features: dict[Key, FlagSummary]
    start_date: Time | None = None
    end_date: Time | None = None
    context: Raw = NOTHING


class IndexEvent(Event, frozen=True, kw_only=True, tag="index", gc=False):
    """The first sight of a context in a while."""


class Identify(Event, frozen=True, kw_only=True, tag="identify", gc=False):
    """A context that the application named."""


class _Tracked(Event, frozen=True, kw_only=True, rename="camel", gc=False):
    key: Key
    url: str | None = None
    selector: str | None = None
    data: Raw = NULL
    metric_value: float | None = None


class Custom(_Tracked, frozen=True, kw_only=True, tag="custom", gc=False):
    """Something that the application tracked."""


class Click(_Tracked, frozen=True, kw_only=True, tag="click", gc=False):
    """A click that a metric waits for."""


class PageView(_Tracked, frozen=True, kw_only=True, tag="pageview", gc=False):
    """A page that a metric waits for."""


class ClickPageView(_Tracked, frozen=True, kw_only=True, tag="click_pageview", gc=False):
    """A page on which a click is waited for."""


class Evaluation(Struct, frozen=True, gc=False):
    """The stage of a migration that was served."""

    key: Key
    value: Raw = NULL
    default: Raw = NULL
    variation: Index | None = None
    version: Version | None = None
    reason: Raw = NULL


class MigrationOperation(Event, frozen=True, kw_only=True, tag="migration_op", gc=False):
    """A read or a write of a system that is being moved."""

    evaluation: Evaluation
    operation: str | None = None
    measurements: Raw = NULL


class Alias(Event, frozen=True, kw_only=True, tag="alias", gc=False):
    """Of older SDKs; ignored."""


class Diagnostic(Struct, frozen=True, tag_field="kind", tag="diagnostic", gc=False):
    """Not analytics; tolerated in a batch. So are the next two."""


class DiagnosticInit(Struct, frozen=True, tag_field="kind", tag="diagnostic-init", gc=False):
    """What an SDK says of itself when it starts."""


class DiagnosticCombined(Struct, frozen=True, tag_field="kind", tag="diagnostic-combined", gc=False):
    """Both in one, from browsers."""


Evaluated = Feature | Debug
Tracked = Custom | Click | PageView | ClickPageView
AnyEvent = (
    Feature
    | Debug
    | Summary
    | IndexEvent
    | Identify
    | Custom
    | Click
    | PageView
    | ClickPageView
    | MigrationOperation
    | Alias
    | Diagnostic
    | DiagnosticInit
    | DiagnosticCombined
)
KINDS = frozenset(kind.__struct_config__.tag for kind in AnyEvent.__args__)


class Kind(Struct, frozen=True):
    """What can be said of an event that is none of these."""

    kind: str = ""


decode_events = msgspec.json.Decoder(list[AnyEvent]).decode
decode_event = msgspec.json.Decoder(AnyEvent).decode
split_events = msgspec.json.Decoder(list[Raw]).decode
decode_kind = msgspec.json.Decoder(Kind).decode
decode_raw = msgspec.json.Decoder(Raw).decode
copy_raw = msgspec.json.Encoder().encode  # its bytes, in two thirds of the time that bytes() takes
