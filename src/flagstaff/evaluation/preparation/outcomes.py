"""Makes the outcomes of one flag, each with its JSON for client-side results."""

from typing import Any

from flagstaff.evaluation import reasons
from flagstaff.evaluation.fragments import end_result, write_reason
from flagstaff.evaluation.jsontext import encode
from flagstaff.evaluation.model import Outcome
from flagstaff.evaluation.preparation.reading import (
    read_bool,
    read_int,
    read_list,
    read_object,
    read_optional_int,
    read_optional_number,
    read_string,
)


class OutcomeMaker:
    """Knows what the outcomes of a flag have in common. Raises MalformedData for data it cannot read."""

    def __init__(self, key: str, data: dict[str, Any]) -> None:
        self.version = read_int(data, "version")
        self.opening = b',%b:{"flagVersion":%d' % (encode(key), self.version)
        self.ending = end_result(self.version)
        debug_until = read_optional_number(data, "debugEventsUntilDate")
        self._end = b"" if not debug_until else b',"debugEventsUntilDate":%d' % int(debug_until)
        self._tracks_events = read_bool(data, "trackEvents")
        self._off_variation = read_optional_int(data, "offVariation")
        self._prerequisites = [
            read_string(read_object(item), "key") for item in read_list(data, "prerequisites")
        ]
        self._values = read_list(data, "variations")
        self._encoded = [encode(value) for value in self._values]
        self._tails = [b',"value":%b,"variation":%d' % (text, i) for i, text in enumerate(self._encoded)]

    def serve(self, index: int, reason: dict[str, Any], *, tracks_reason: bool = False) -> Outcome:
        """Make the outcome that serves a variation after all prerequisites."""
        return self._serve(index, reason, self._prerequisites, tracks_reason=tracks_reason)

    def serve_off(self, reason: dict[str, Any], *, evaluated: int) -> Outcome:
        """Make the outcome that serves the off variation after some prerequisites; it may have no value."""
        if self._off_variation is None:
            return self._serve_nothing(reason, self._prerequisites[:evaluated])
        return self._serve(self._off_variation, reason, self._prerequisites[:evaluated], tracks_reason=False)

    def fail(self, error_kind: str) -> Outcome:
        return self._serve_nothing(reasons.error(error_kind), self._prerequisites)

    def _serve(
        self, index: int, reason: dict[str, Any], prerequisites: list[str], *, tracks_reason: bool
    ) -> Outcome:
        if not 0 <= index < len(self._values):
            return self._serve_nothing(reasons.error(reasons.MALFORMED_FLAG), prerequisites)
        value = self._values[index]
        head = self._write_head(prerequisites, tracks_reason=tracks_reason)
        return Outcome(
            index=index,
            value=value,
            value_json=self._encoded[index],
            is_mutable=isinstance(value, (dict, list)),
            reason=reason,
            tracks_reason=tracks_reason,
            head=head,
            head_with_reason=write_reason(head, reason),
            tail=self._tails[index],
        )

    def _serve_nothing(self, reason: dict[str, Any], prerequisites: list[str]) -> Outcome:
        """Make an outcome without variation: callers get their default, clients null."""
        head = self._write_head(prerequisites, tracks_reason=False)
        return Outcome(
            index=None,
            value=None,
            value_json=b"null",
            is_mutable=False,
            reason=reason,
            tracks_reason=False,
            head=head,
            head_with_reason=write_reason(head, reason),
            tail=b',"value":null',
        )

    def _write_head(self, prerequisites: list[str], *, tracks_reason: bool) -> bytes:
        head = b""
        if self._tracks_events or tracks_reason:
            head += b',"trackEvents":true'
        if tracks_reason:
            head += b',"trackReason":true'
        if prerequisites:
            head += b',"prerequisites":' + encode(prerequisites)
        return head + self._end
