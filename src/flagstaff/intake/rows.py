"""Single events as they are kept, for experiments and for looking on. Pure."""

import msgspec

from flagstaff.intake import events as kinds
from flagstaff.kernel.clock import Millis

MOST_DATA = 16 * 1024  # bytes of what an event says besides

EventKey = tuple[str, str]  # kind, and the key of the flag or of the event
# at, variation, version, in_experiment, value, weight, contexts, data
RawRow = tuple[Millis, int | None, int | None, int, float | None, int, msgspec.Raw, str]

# When an event was, how many it stands for, the keys of its contexts by kind as JSON, and their kinds.
Occasion = tuple[Millis, int, msgspec.Raw, tuple[str, ...]]


class _Reason(msgspec.Struct, rename="camel"):
    in_experiment: bool | None = None


_read_reason = msgspec.json.Decoder(_Reason).decode
_encode = msgspec.json.encode


def describe_evaluation(event: kinds.Evaluated | kinds.Evaluation, occasion: Occasion) -> RawRow:
    """The row of an evaluation."""
    reason, (at, weight, keys, _) = event.reason, occasion
    inside = 0 if reason is kinds.NULL else is_in_experiment(bytes(reason))
    # Joined, since formatting it takes twice the time, 0.4 us of each event.
    data = b"".join((b'{"value":', event.value, b',"default":', event.default, b',"reason":', reason, b"}"))
    return (at, event.variation, event.version, inside, None, weight, keys, _bound(data))


def describe_operation(event: kinds.MigrationOperation, occasion: Occasion) -> RawRow:
    """The row of a step of a migration."""
    row = describe_evaluation(event.evaluation, occasion)
    more = b'"operation":%b,"measurements":%b' % (_encode(event.operation), event.measurements)
    return (*row[:-1], _bound(b"{%b,%b" % (more, row[-1].encode()[1:])))


def describe_tracked(event: kinds.Tracked, occasion: Occasion) -> RawRow:
    """The row of what the application tracked."""
    at, weight, keys, _ = occasion
    data = b"".join((b'{"data":', event.data, b"}"))
    if event.url is not None or event.selector is not None:
        page = (_encode(event.url), _encode(event.selector))
        data = b'{"data":%b,"url":%b,"selector":%b}' % (event.data, *page)
    return (at, None, None, 0, event.metric_value, weight, keys, _bound(data))


def is_in_experiment(reason: bytes) -> int:
    """1 where an SDK says so."""
    if b'"inExperiment"' not in reason:
        return 0
    try:
        return int(_read_reason(reason).in_experiment or False)
    except kinds.BROKEN:
        return 0


def _bound(data: bytes) -> str:
    """The text; an empty object where it is too long."""
    return data.decode("utf-8", "replace") if len(data) <= MOST_DATA else "{}"
