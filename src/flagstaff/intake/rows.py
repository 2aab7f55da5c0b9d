"""Single events as they are kept, for experiments and for looking on. Pure."""

from dataclasses import dataclass

import msgspec
from msgspec import Raw

from flagstaff.intake import events as kinds
from flagstaff.intake.payload import Payload
from flagstaff.kernel.clock import Millis

MOST_DATA = 16 * 1024  # bytes of what an event says besides

# environment_id, received, at, kind, key, contexts, variation, version, in_experiment, value, weight, data
RawRow = tuple[str, Millis, Millis, str, str, str, int | None, int | None, int, float | None, int, str]


@dataclass(frozen=True, slots=True)
class Place:
    """When and for whom an event was; `keys` are those of its contexts, by kind, as JSON."""

    payload: Payload
    at: Millis
    weight: int
    keys: str
    kinds: tuple[str, ...]


class _Reason(msgspec.Struct, rename="camel"):
    in_experiment: bool | None = None


_read_reason = msgspec.json.Decoder(_Reason).decode


def describe_event(
    event: kinds.Evaluated | kinds.Tracked | kinds.MigrationOperation, kind: str, place: Place
) -> RawRow:
    """The row of an event; what it says at too much length is left out."""
    payload = place.payload
    head = (payload.sender.environment_id, payload.received, place.at, kind)
    if isinstance(event, kinds.Feature | kinds.Debug):
        data = _join(("value", event.value), ("default", event.default), ("reason", event.reason))
        told = (event.variation, event.version, is_in_experiment(event.reason), None)
        return (*head, event.key, place.keys, *told, place.weight, data)
    if isinstance(event, kinds.MigrationOperation):
        served = event.evaluation
        said = (("value", served.value), ("default", served.default), ("reason", served.reason))
        data = _join(*said, ("operation", event.operation), ("measurements", event.measurements))
        told = (served.variation, served.version, is_in_experiment(served.reason), None)
        return (*head, served.key, place.keys, *told, place.weight, data)
    data = _join(("data", event.data), ("url", event.url), ("selector", event.selector))
    return (*head, event.key, place.keys, None, None, 0, event.metric_value, place.weight, data)


def is_in_experiment(reason: Raw) -> int:
    """1 where an SDK says so."""
    text = bytes(reason)
    if b'"inExperiment"' not in text:
        return 0
    try:
        return int(_read_reason(text).in_experiment or False)
    except kinds.BROKEN:
        return 0


def _join(*members: tuple[str, Raw | str | None]) -> str:
    """One JSON object of the members that there are."""
    parts = []
    for name, value in members:
        text = (
            bytes(value) if isinstance(value, Raw) else b"" if value is None else msgspec.json.encode(value)
        )
        if text and text != b"null":
            parts.append(b'"%s":%s' % (name.encode(), text))
    joined = b"{%s}" % b",".join(parts)
    return joined.decode(errors="replace") if len(joined) <= MOST_DATA else "{}"
