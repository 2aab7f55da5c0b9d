"""Environments: where a project's flags have their values, and SDKs their keys."""

from functools import lru_cache

import msgspec

from flagstaff.access.specifiers import Resource
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import Millis


class Environment(msgspec.Struct, frozen=True, kw_only=True):
    """An environment; its id is the client-side ID. Keys are kept apart, here are only their last digits."""

    id: str
    project_id: str
    key: str
    name: str
    color: str
    default_ttl: int = 0  # minutes that the PHP SDK may cache
    secure_mode: bool = False
    default_track_events: bool = False
    require_comments: bool = False
    confirm_changes: bool = False
    critical: bool = False
    tags: tuple[str, ...] = ()
    position: int = 0
    sdk_key_ending: str = ""
    mobile_key_ending: str = ""
    created: Millis
    version: int = 1

    def resource(self, project: Project) -> Resource:
        """What policies call it."""
        return _resource(project.resource, self.key, self.tags, self.critical)


@lru_cache(maxsize=4_096)
def _resource(project: Resource, key: str, tags: tuple[str, ...], critical: bool) -> Resource:
    """Asked for by nearly every call, and always the same."""
    return project.environment(key, tags, critical=critical)
