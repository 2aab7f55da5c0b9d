"""What a stream of the console is asked for, and the data of its events."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field


class StreamQuery(Struct, frozen=True):
    """What to follow: projects for changes, environments for live events, and from where on."""

    changes: list[str] = field(default_factory=list)
    live: list[str] = field(default_factory=list)
    after: Annotated[str, Meta(description="The position after which to go on, as `Last-Event-ID`.")] = ""


class OpenData(Struct, frozen=True, rename="camel"):
    """The stream is open: all changes up to this position were made before."""

    position: int


class VersionsData(Struct, frozen=True):
    """The versions of a flag, as a whole and by environment, or of a segment; as they are by now."""

    resource: int | UnsetType = UNSET
    environments: dict[str, int] | UnsetType = UNSET


class ChangeData(Struct, frozen=True, rename="camel", kw_only=True):
    """A change of a resource, as far as the caller may know of it.

    `position` is that of `X-Flagstaff-Change`. `environmentKeys` are those that the change touches; none for
    what is in no environment. `versions` is left out where the resource has none, or is gone.
    """

    position: int
    kind: str
    verb: str
    name: str
    key: str
    project_key: str | UnsetType = UNSET
    environment_keys: tuple[str, ...]
    versions: VersionsData | UnsetType = UNSET
    actor: str
    member_id: str | UnsetType = UNSET
    token_id: str | UnsetType = UNSET
    date: int


class LiveEventData(Struct, frozen=True, rename="camel", kw_only=True):
    """A single event of an SDK. `contexts` are the keys by kind, `weight` is how many it stands for."""

    kind: str
    key: str
    at: int
    variation: int | None
    version: int | None
    value: float | None
    weight: int
    contexts: Any
    data: Any


class ServedData(Struct, frozen=True, kw_only=True):
    """How often a variation of a flag was served since the last event; null is the fallback value of code."""

    key: str
    variation: int | None
    count: int


class LiveData(Struct, frozen=True, rename="camel", kw_only=True):
    """What SDKs have told of an environment in about a second: at most twenty of each, the rest in numbers.

    `events` are single events, newest first, with `moreEvents` that are not shown; `served` are
    evaluations by flag and variation, those that were most first, with `moreServed` evaluations not shown.
    """

    environment: str
    events: tuple[LiveEventData, ...]
    more_events: int
    served: tuple[ServedData, ...]
    more_served: int
