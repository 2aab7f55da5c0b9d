"""Flags and segments as they were after an entry of the audit log."""

from typing import Any

import msgspec

from flagstaff.features.audit.store import State, find_position, find_version, state_at
from flagstaff.features.audit.versions import list_rows
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.store import FLAGS, TARGETINGS, FlagPlace
from flagstaff.features.segments.model import Segment
from flagstaff.features.segments.store import SEGMENTS
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.storage.transaction import Transaction

NOT_KNOWN = "The audit log does not have that version, or not any more"


def get_moment(tx: Transaction, row: tuple[str, ...], version: int | None, date: Millis | None) -> int:
    """The position in the audit log that a version of a row, or a date, means; raises NotFound."""
    if (version is None) == (date is None):
        raise InvalidRequest("Say either a version or a date - at `version`")
    found = find_version(tx, row, version) if version is not None else find_position(tx, date or 0)
    if found is None:
        raise NotFound(NOT_KNOWN)
    return found


def get_date(tx: Transaction, position: int) -> Millis:
    """When the entry at a position was written."""
    ((date,),) = tx.all("SELECT date FROM audit_log WHERE position = :position", position=position)
    return int(date)


def get_flag_at(tx: Transaction, place: FlagPlace, flag_id: str, position: int) -> FlagState:
    """A flag in those environments of the place that were there; raises NotFound where it was not yet."""
    newest: State = {}
    for documents in (FLAGS, TARGETINGS):
        newest |= dict(list_rows(tx, documents, flag_id))
    state = state_at(tx, position, flag_id, newest)
    body = state.get((FLAGS.table, flag_id))
    if body is None:
        raise NotFound("The flag did not exist then")
    date = get_date(tx, position)
    targetings = {
        environment.key: msgspec.convert(held, TARGETINGS.model)
        for environment in place.environments
        if environment.created <= date
        and (held := state.get((TARGETINGS.table, flag_id, environment.id))) is not None
    }
    return FlagState(flag=msgspec.convert(body, FLAGS.model), environments=targetings)


def get_segment_at(tx: Transaction, segment_id: str, position: int) -> Segment:
    """A segment; raises NotFound where it did not exist yet."""
    newest: State = dict(list_rows(tx, SEGMENTS, segment_id))
    body: Any = state_at(tx, position, segment_id, newest).get((SEGMENTS.table, segment_id))
    if body is None:
        raise NotFound("The segment did not exist then")
    return msgspec.convert(body, SEGMENTS.model)
