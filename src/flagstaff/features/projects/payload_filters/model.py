"""Payload filters: which flags of a project an SDK is given that asks for less than everything."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from flagstaff.access.specifiers import Resource
from flagstaff.features.projects.model import Project
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import check_key

MOST_FILTERS = 100  # in a project
MOST_FLAGS = 1_000  # that one filter may name, by key


class PayloadFilter(Struct, frozen=True, kw_only=True):
    """Takes in the flags with one of the tags and those with one of the keys, and what these flags use."""

    id: str
    project_id: str
    key: str
    name: str
    flag_tags: tuple[str, ...] = ()
    flag_keys: tuple[str, ...] = ()
    version: int = 1

    def resource(self, project: Project) -> Resource:
        """What policies call it."""
        return project.resource.child("payload-filter", self.key)


def check_flag_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the set of keys in order; raises InvalidRequest. The flags need not exist yet."""
    found = tuple(sorted({check_key(key, "flag") for key in keys}))
    if len(found) > MOST_FLAGS:
        raise InvalidRequest(f"A filter must not name more than {MOST_FLAGS:,} flags - at `$.flagKeys`")
    return found


def settle(before: PayloadFilter | None, after: PayloadFilter) -> PayloadFilter:
    """Return `after` under its next version, or `before` where nothing differs."""
    if before is None:
        return after
    after = replace(after, id=before.id, version=before.version)
    return before if after == before else replace(after, version=before.version + 1)
