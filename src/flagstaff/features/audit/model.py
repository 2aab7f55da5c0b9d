"""One entry of the audit log as it is read, and what it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec

from flagstaff.access.actions import FLAG_WIDE_ACTIONS
from flagstaff.access.patterns import escape
from flagstaff.access.specifiers import Resource, Specifier, parse_resource
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


class Deed(msgspec.Struct, frozen=True):
    """A kind of what entries tell: that it was allowed or refused, and how the names of its actions begin."""

    actions: tuple[str, ...] = ("",)
    others: tuple[str, ...] = ()  # beginnings that it does not take
    denied: bool = False

    def takes(self, action: str) -> bool:
        return action.startswith(self.actions) and not action.startswith(self.others)


CREATED, DELETED = ("create", "clone"), ("delete",)
DEEDS = {
    "created": Deed(CREATED),
    "changed": Deed(others=CREATED + DELETED),
    "toggled": Deed(("updateOn", "toggleFlag")),
    "archived": Deed(("updateGlobalArchived",)),
    "deleted": Deed(DELETED),
    "refused": Deed(denied=True),
}


class Wanted(msgspec.Struct, frozen=True):
    """Which accesses are asked about: of a kind, to what any of `specs` names and `within` contains."""

    specs: tuple[Specifier, ...] = ()
    within: Specifier | None = None
    deed: Deed | None = None

    def matches(self, entry: AuditEntry) -> bool:
        """Whether one access that the entry tells of is all that is asked for."""
        if self.deed is None:
            if not self.specs and self.within is None:
                return True
        elif self.deed.denied != entry.denied:
            return False
        return any(self._is_deed(action) and self._is_wanted(resource) for action, resource in entry.touched)

    def list_names(self) -> tuple[str, ...]:
        """What the specifier of every such resource contains: `flag/checkout`."""
        alone = self.specs if len(self.specs) == 1 else ()  # of several, a resource meets only one
        return tuple(
            f"{types[check.index]}/{escape(next(iter(check.name.literals)))}"
            for specifier in (*alone, self.within)
            if specifier is not None and (types := specifier.path.split(":"))
            for check in specifier.checks
            if check.name.is_literal
        )

    def _is_deed(self, action: str) -> bool:
        return self.deed is None or self.deed.takes(action)

    def _is_wanted(self, resource: Resource) -> bool:
        if self.specs and not any(spec.matches(resource) for spec in self.specs):
            return False
        return self.within is None or any(self.within.matches(one) for one in _with_parents(resource))


def _with_parents(resource: Resource) -> Iterator[Resource]:
    at: Resource | None = resource
    while at is not None:
        yield at
        at = at.parent


class Subject(msgspec.Struct, frozen=True):
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
