"""Projects and the defaults that their new flags get: frozen state."""

from functools import cached_property

import msgspec

from flagstaff.access.specifiers import Resource, project_resource
from flagstaff.kernel.clock import Millis


class ClientSideAvailability(msgspec.Struct, frozen=True, kw_only=True):
    """Which kinds of client-side SDK may see a flag."""

    using_mobile_key: bool = True
    using_environment_id: bool = False


class BooleanDefaults(msgspec.Struct, frozen=True, kw_only=True):
    """How the two variations of a new boolean flag are called, and which serves when."""

    true_display_name: str = ""
    false_display_name: str = ""
    true_description: str = ""
    false_description: str = ""
    on_variation: int = 0
    off_variation: int = 1


class FlagDefaults(msgspec.Struct, frozen=True, kw_only=True):
    """What new flags of a project start from."""

    tags: tuple[str, ...] = ()
    temporary: bool = True
    boolean_defaults: BooleanDefaults = BooleanDefaults()
    client_side_availability: ClientSideAvailability = ClientSideAvailability()


class Project(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A project: a namespace of flags, and of environments that give them values."""

    id: str
    key: str
    name: str
    tags: tuple[str, ...] = ()
    flag_defaults: FlagDefaults = FlagDefaults()
    created: Millis
    version: int = 1

    @cached_property
    def resource(self) -> Resource:
        """What policies call it."""
        return project_resource(self.key, self.tags)
