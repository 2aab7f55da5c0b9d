"""One entry of the audit log as it is read, and what it is about."""

from dataclasses import dataclass
from functools import cached_property

from flagstaff.access.actions import FLAG_WIDE_ACTIONS
from flagstaff.access.specifiers import Resource, parse_resource
from flagstaff.kernel.clock import Millis

Access = tuple[str, Resource]  # an action and what it was done to


@dataclass(frozen=True)
class AuditEntry:
    """A sealed entry; `position` is its place in the chain, `versions` the packed documents that it wrote."""

    position: int
    id: str
    date: Millis
    kind: str
    name: str
    title_verb: str
    description: str
    comment: str
    member_id: str
    token_id: str
    accesses: tuple[tuple[str, str], ...]
    versions: bytes
    denied: bool = False  # what the accesses tell was not allowed, and was not done

    @cached_property
    def touched(self) -> tuple[Access, ...]:
        return tuple((action, parse_resource(text)) for action, text in self.accesses)


@dataclass(frozen=True)
class Subject:
    """What an entry is about: one resource, in one environment or (`environment` empty) in all."""

    path: str  # the types of its segments, as in `proj:env:flag`
    names: dict[str, str]  # of its segments, by type

    @property
    def environment(self) -> str:
        return self.names.get("env", "")


def subject_of(accesses: tuple[Access, ...]) -> Subject | None:
    """What an entry is about; None for one without accesses."""
    if not accesses:
        return None
    resource = accesses[0][1]
    names = {segment.type: segment.name for segment in resource.segments}
    if resource.path == "proj:env:flag" and is_flag_wide(accesses):
        names["env"] = ""
    return Subject(resource.path, names)


def is_flag_wide(accesses: tuple[Access, ...]) -> bool:
    """Whether a change of a flag concerns it as a whole, or several of its environments."""
    if any(action in FLAG_WIDE_ACTIONS for action, _ in accesses):
        return True
    return len({resource.parent for _, resource in accesses}) > 1


def project_keys(entry: AuditEntry) -> set[str]:
    """The keys of the projects that an entry is about."""
    roots = {resource.root.segments[0] for _, resource in entry.touched}
    return {root.name for root in roots if root.type == "proj"}
