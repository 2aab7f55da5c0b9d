"""Which big segments a context is in, for evaluations on the server: read when a data set has any."""

from dataclasses import replace
from functools import partial
from typing import cast

from flagstaff.delivery.client_data import Prepared
from flagstaff.evaluation.big_segments import FindMembership
from flagstaff.evaluation.context import Context, parse_context
from flagstaff.features.segments.members import find_memberships
from flagstaff.storage.database import Database


def bind(newest: Prepared | None, before: Prepared, find: FindMembership | None) -> Prepared | None:
    """The newest data with the memberships that were read for `before`; None if they must be read again."""
    if newest is None or (find is None and not newest.dataset.big_segment_kinds):
        return newest
    return replace(newest, big_segments=find) if newest is before else None


class Memberships:
    """Asks the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, prepared: Prepared, context: Context | bytes | None) -> FindMembership | None:
        """Gives memberships by the keys of a context; None where nothing depends on them.

        Raises Unavailable when the database cannot be asked.
        """
        kinds = prepared.dataset.big_segment_kinds
        if not kinds or context is None:
            return None
        known = parse_context(context).keys
        keys = sorted({known[kind] for kind in kinds if kind in known})
        find = partial(find_memberships, environment_id=prepared.snapshot.environment_id, keys=keys)
        found = await self._database.read(find)
        return cast(FindMembership, found.get)
