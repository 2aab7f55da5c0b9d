"""Environments on the wire: what a caller sends and gets."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.kernel.links import Link

Name = Annotated[str, Meta(min_length=1, max_length=256)]
Color = Annotated[str, Meta(pattern="^[0-9a-fA-F]{6}$", max_length=6)]  # $ alone would let a line feed pass
Ttl = Annotated[int, Meta(ge=0, le=60)]


class SourceEnvironment(Struct, frozen=True, forbid_unknown_fields=True):
    """The environment to clone; `version`, if given, must still be its version."""

    key: str
    version: int | None = None


class EnvironmentPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """A new environment."""

    key: str
    name: Name
    color: Color
    default_ttl: Ttl = 0
    secure_mode: bool = False
    default_track_events: bool = False
    confirm_changes: bool = False
    require_comments: bool = False
    critical: bool = False
    tags: list[str] = []
    source: SourceEnvironment | UnsetType = UNSET


class EnvironmentFields(Struct, frozen=True, rename="camel", kw_only=True):
    """The members of an environment that a patch may change; a removed one is as in a new environment."""

    name: Name
    color: Color
    default_ttl: Ttl = 0
    secure_mode: bool = False
    default_track_events: bool = False
    confirm_changes: bool = False
    require_comments: bool = False
    critical: bool = False
    tags: tuple[str, ...] = ()


class EnvironmentRep(Struct, frozen=True, rename="camel", kw_only=True):
    """An environment. `_id` is the client-side ID; the keys are masked for who may not see them."""

    links: dict[str, Link] = field(name="_links")
    id: str = field(name="_id")
    key: str
    name: str
    api_key: str
    mobile_key: str
    color: str
    default_ttl: int
    secure_mode: bool
    default_track_events: bool
    require_comments: bool
    confirm_changes: bool
    tags: tuple[str, ...]
    critical: bool
    version: int = field(name="_version")


class EnvironmentsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of environments."""

    links: dict[str, Link] = field(name="_links")
    items: list[EnvironmentRep]
    total_count: int
