"""What a change says to each client: only the flags whose results differ for its context."""

from dataclasses import replace
from functools import cached_property
from typing import Protocol

import msgspec

from flagstaff.delivery.client_data import Difference, Prepared, compare
from flagstaff.delivery.client_requests import Client
from flagstaff.delivery.client_transfers import list_changes, list_state
from flagstaff.delivery.frames import Frame
from flagstaff.delivery.transfers import frame_events
from flagstaff.evaluation.big_segments import FindMembership
from flagstaff.evaluation.context import Context, parse_context
from flagstaff.evaluation.dataset import Result

MOST_EVENTS = 32  # results that leave one by one; for more a `put` stands
PING = Frame([b"event: ping\ndata:  \n\n"])  # parsers swallow an event whose data is empty


class Listener(Protocol):
    """Whom a stream is for. One without context is only told that there is something to ask for."""

    client: Client
    context_json: bytes | None
    with_reasons: bool
    version: int

    @property
    def transfers(self) -> bool: ...


def frame_state(
    listener: Listener, prepared: Prepared, context: Context | None = None, *, basis: str | None = None
) -> Frame:
    """What a stream begins with: every result, or a ping."""
    if listener.context_json is None:
        return PING
    if listener.transfers:
        context = context or parse_context(listener.context_json)
        return frame_events(list_state(listener, prepared, context, basis or ""), is_put=True)
    body = prepared.dataset.evaluate_all(
        context or listener.context_json,
        listener.with_reasons,
        only=listener.client,
        version=prepared.version,
        big_segments=prepared.big_segments,
    )
    return Frame([b"event: put\ndata: ", body, b"\n\n"], is_put=True)


class ClientChanges:
    """The way from one prepared snapshot to a later one.

    A result differs if anything of it does but its versions: a flag may change without any meaning for a
    context. Every result that is sent has the later data version, which is higher than all that were sent
    before, also where not the flag has changed but what it depends on.
    """

    def __init__(self, before: Prepared, after: Prepared) -> None:
        self._before = before
        self._after = after
        self._seen: dict[Client, list[str]] = {}

    @property
    def version(self) -> int:
        return self._after.version

    def frame_for(self, listener: Listener, big_segments: FindMembership | None = None) -> Frame | None:
        """What a listener is to be given, or None if nothing has changed for it.

        `big_segments` are what the context is in now. What it was in before is not known, so where keys of
        one have changed, the results that it may have changed are given in any case.
        """
        after = replace(self._after, big_segments=big_segments)
        if listener.version != self._before.version:
            return frame_state(listener, after)
        keys = self._find_seen(listener.client)
        if not keys:
            return None
        if listener.context_json is None:
            return PING
        return self._frame_changes(keys, parse_context(listener.context_json), listener, after)

    def _frame_changes(
        self, keys: list[str], context: Context, listener: Listener, after: Prepared
    ) -> Frame | None:
        changes = self._list_changes(keys, context, listener, after)
        if not changes:
            return None
        if listener.transfers:
            return frame_events(list_changes(listener, after, changes))
        if len(changes) > MOST_EVENTS:
            return frame_state(listener, after, context)
        return Frame([_encode_event(key, result, self.version) for key, result in changes])

    @cached_property
    def _difference(self) -> Difference:
        return compare(self._before.snapshot, self._after.snapshot)

    @cached_property
    def _has_new_keys(self) -> bool:
        """Whether keys of a big segment may have changed."""
        return any(
            one.dataset.holds_big_segment(self._difference.segments) for one in (self._before, self._after)
        )

    @cached_property
    def _affected(self) -> set[str]:
        difference = self._difference
        return self._after.dataset.find_affected(difference.flags, difference.segments)

    def _find_seen(self, client: Client) -> list[str]:
        """The affected flags that such a client may see, or could until now."""
        if client not in self._seen:
            datasets = (self._before.dataset, self._after.dataset)
            self._seen[client] = sorted(
                key for key in self._affected if any(one.is_seen(key, client) for one in datasets)
            )
        return self._seen[client]

    def _list_changes(
        self, keys: list[str], context: Context, listener: Listener, newest: Prepared
    ) -> list[tuple[str, Result | None]]:
        find = newest.big_segments
        before, after = (
            prepared.dataset.evaluate_some(
                keys, context, listener.with_reasons, only=listener.client, big_segments=find
            )
            for prepared in (self._before, newest)
        )
        changes: list[tuple[str, Result | None]] = []
        for key in keys:
            old, new = before.get(key), after.get(key)
            members = (None if old is None else old.members, None if new is None else new.members)
            if members[0] != members[1] or (self._has_new_keys and new is not None):
                changes.append((key, new))
        return changes


def _encode_event(key: str, result: Result | None, version: int) -> bytes:
    name = msgspec.json.encode(key)
    if result is None:
        return b'event: delete\ndata: {"key":%s,"version":%d}\n\n' % (name, version)
    return b'event: patch\ndata: {"key":%s,"version":%d,"flagVersion":%d%s}\n\n' % (
        name,
        version,
        result.flag_version,
        result.members,
    )
