"""Single events as they are kept, for experiments and for looking on. Pure."""

from typing import NamedTuple

import msgspec

from flagstaff.intake import events as kinds
from flagstaff.intake.payload import Payload
from flagstaff.kernel.clock import Millis

MOST_DATA = 16 * 1024  # bytes of what an event says besides

# environment_id, received, at, kind, key, contexts, variation, version, in_experiment, value, weight, data
RawRow = tuple[str, Millis, Millis, str, str, str, int | None, int | None, int, float | None, int, str]


class Place(NamedTuple):
    """When and for whom an event was; `keys` are those of its contexts, by kind, as JSON."""

    at: Millis
    weight: int
    keys: str
    kinds: tuple[str, ...]


class _Reason(msgspec.Struct, rename="camel"):
    in_experiment: bool | None = None


_read_reason = msgspec.json.Decoder(_Reason).decode
_encode = msgspec.json.encode


def describe_evaluation(
    event: kinds.Evaluated | kinds.Evaluation, kind: str, payload: Payload, place: Place, *more: bytes
) -> RawRow:
    """The row of an evaluation; `more` are further members of its data."""
    reason = bytes(event.reason)
    parts = list(more)
    if event.value is not kinds.NOTHING:
        parts.append(b'"value":' + bytes(event.value))
    if event.default is not kinds.NOTHING:
        parts.append(b'"default":' + bytes(event.default))
    if reason:
        parts.append(b'"reason":' + reason)
    return (
        payload.sender.environment_id,
        payload.received,
        place.at,
        kind,
        event.key,
        place.keys,
        event.variation,
        event.version,
        is_in_experiment(reason) if reason else 0,
        None,
        place.weight,
        _join(parts),
    )


def describe_operation(event: kinds.MigrationOperation, payload: Payload, place: Place) -> RawRow:
    """The row of a step of a migration, under the key of its flag."""
    more = [b'"operation":' + _encode(event.operation)]
    if event.measurements is not kinds.NOTHING:
        more.append(b'"measurements":' + bytes(event.measurements))
    return describe_evaluation(event.evaluation, "migration_op", payload, place, *more)


def describe_tracked(event: kinds.Tracked, kind: str, payload: Payload, place: Place) -> RawRow:
    """The row of what the application tracked."""
    parts = []
    if event.data is not kinds.NOTHING and bytes(event.data) != b"null":
        parts.append(b'"data":' + bytes(event.data))
    if event.url is not None:
        parts.append(b'"url":' + _encode(event.url))
    if event.selector is not None:
        parts.append(b'"selector":' + _encode(event.selector))
    data, value = _join(parts), event.metric_value
    head = (payload.sender.environment_id, payload.received, place.at, kind, event.key, place.keys)
    return (*head, None, None, 0, value, place.weight, data)


def is_in_experiment(reason: bytes) -> int:
    """1 where an SDK says so."""
    if b'"inExperiment"' not in reason:
        return 0
    try:
        return int(_read_reason(reason).in_experiment or False)
    except kinds.BROKEN:
        return 0


def _join(parts: list[bytes]) -> str:
    """One JSON object of these members; none of them where that would be too long."""
    joined = b"{%s}" % b",".join(parts)
    return joined.decode(errors="replace") if len(joined) <= MOST_DATA else "{}"
