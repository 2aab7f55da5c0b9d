"""Resources as policies see them, and the specifiers that name one or many of them.

A resource is concrete: `proj/default:env/production;eu:flag/checkout;ops`. A specifier may have globs,
placeholders and properties: `proj/*:env/*;{critical:true}:flag/${roleAttribute/flags};ops_*`.
"""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

import msgspec

from flagstaff.access.actions import RESOURCE_TYPES, find_path
from flagstaff.access.patterns import NO_ATTRIBUTES, Attributes, Pattern, escape, parse_pattern

_BETWEEN_SEGMENTS = re.compile(r":(?![^{}]*\})")
_BETWEEN_TAGS = re.compile(r",(?![^{}]*\})")
_PROPERTY = re.compile(r"\{([^{}:]+:[^{}:]+)\}")
_KNOWN_PROPERTIES = {"env": frozenset({"critical:true", "critical:false"})}


class InvalidSpecifier(ValueError):
    """The text is no resource specifier; `reason` says why."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"invalid resource specifier {text!r}: {reason}")
        self.reason = reason


class ResourceSegment(msgspec.Struct, frozen=True, cache_hash=True):
    """One step of a resource; `properties` are texts such as `critical:true`, which selectors ask for."""

    type: str
    name: str
    tags: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        named = f"{self.type}/{escape(self.name)}" if self.name else self.type
        return f"{named};{','.join(escape(tag) for tag in sorted(self.tags))}" if self.tags else named


class Resource(msgspec.Struct, frozen=True, cache_hash=True, dict=True):
    """A concrete resource, made by the builders below; `path` is the types of its segments.

    For a list, make the parent once and the items as its children: what a policy says of the parent is kept.
    """

    segments: tuple[ResourceSegment, ...]
    path: str
    parent: "Resource | None" = None

    @property
    def root(self) -> "Resource":
        """The project, member, team... that it stands in."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    @cached_property
    def text(self) -> str:
        """Its specifier, matching it and nothing of another name; it has the tags, not the properties."""
        own = self.segments[-1].text
        return own if self.parent is None else f"{self.parent.text}:{own}"

    def child(
        self, resource_type: str, name: str, tags: Iterable[str] = (), properties: Iterable[str] = ()
    ) -> "Resource":
        """The resource of that type and name inside this one; ValueError if such types do not stand here."""
        path = f"{self.path}:{resource_type}"
        if path not in RESOURCE_TYPES:
            raise ValueError(f"there is no resource {path!r}")
        segment = ResourceSegment(resource_type, name, frozenset(tags), frozenset(properties))
        return Resource((*self.segments, segment), path, self)

    def environment(self, key: str, tags: Iterable[str] = (), *, critical: bool) -> "Resource":
        """An environment of this project; `critical` is what the selector `{critical:true}` asks for."""
        return self.child("env", key, tags, (f"critical:{str(critical).lower()}",))


def project_resource(key: str, tags: Iterable[str] = ()) -> Resource:
    return Resource((ResourceSegment("proj", key, frozenset(tags)),), "proj")


def account_resource() -> Resource:
    return Resource((ResourceSegment("acct", ""),), "acct")


def top_resource(resource_type: str, name: str) -> Resource:
    """A resource of the account (`member`, `team`, `webhook`...); ValueError if the type is none of these."""
    if resource_type not in RESOURCE_TYPES:
        raise ValueError(f"{resource_type!r} is not a resource of the account")
    return Resource((ResourceSegment(resource_type, name),), resource_type)


class SegmentCheck(msgspec.Struct, frozen=True):
    """What a specifier asks of one segment beyond its type. Every tag pattern must find a tag."""

    index: int
    name: Pattern
    tags: tuple[Pattern, ...]
    properties: frozenset[str]

    @property
    def is_trivial(self) -> bool:
        return self.name.matches_everything and not self.tags and not self.properties

    def holds(self, segment: ResourceSegment) -> bool:
        if not self.name.matches(segment.name) or not self.properties <= segment.properties:
            return False
        for pattern in self.tags:  # noqa: SIM110 - all() takes twice as long, and lists ask for each item
            if not pattern.matches_one_of(segment.tags):
                return False
        return True

    def bind(self, attributes: Attributes) -> "SegmentCheck":
        tags = tuple(pattern.bind(attributes) for pattern in self.tags)
        return SegmentCheck(self.index, self.name.bind(attributes), tags, self.properties)


class Specifier(msgspec.Struct, frozen=True):
    """A parsed specifier: matches resources whose types are its `path` and whose segments pass all checks."""

    text: str
    path: str
    checks: tuple[SegmentCheck, ...]
    parameters: tuple[str, ...]

    def matches(self, resource: Resource, attributes: Attributes = NO_ATTRIBUTES) -> bool:
        if resource.path != self.path:
            return False
        checks = self.checks
        if self.parameters:
            checks = _bind(self.text, tuple([(name, attributes.get(name, ())) for name in self.parameters]))
        segments = resource.segments
        for check in checks:  # noqa: SIM110 - all() takes twice as long, and lists ask for each item
            if not check.holds(segments[check.index]):
                return False
        return True

    def narrow(self, parent: Resource | None) -> "Specifier | None":
        """The same for children of `parent`, with their own checks only; None if it matches none of them.

        A specifier with placeholders stays whole, as its values belong to a caller.
        """
        if self.parameters or parent is None:
            return self
        length = len(parent.segments)
        if not all(
            check.holds(parent.segments[check.index]) for check in self.checks if check.index < length
        ):
            return None
        own = tuple(check for check in self.checks if check.index >= length)
        return Specifier(self.text, self.path, own, ())

    def is_unset(self, attributes: Attributes) -> bool:
        """Whether a placeholder has no value, so that nothing can match."""
        return any(not attributes.get(name) for name in self.parameters)


@lru_cache(maxsize=4096)
def parse_specifier(text: str) -> Specifier:
    """Read a specifier; raises InvalidSpecifier. A slash after a colon (`:/flag/*`) is passed over."""
    types, checks = [], []
    for index, segment in enumerate(_BETWEEN_SEGMENTS.split(text)):
        resource_type, check = _parse_segment(text, index, segment)
        types.append(resource_type)
        checks.append(check)
    path = ":".join(types)
    if path not in RESOURCE_TYPES:
        raise InvalidSpecifier(text, _why_unknown(types))
    parameters = sorted({name for check in checks for name in _parameters(check)})
    return Specifier(text, path, tuple(check for check in checks if not check.is_trivial), tuple(parameters))


def parse_resource(text: str) -> Resource:
    """Read the text of one resource; raises InvalidSpecifier, also when it could name several."""
    specifier = parse_specifier(text)
    if specifier.path == "acct":
        return account_resource()
    types = specifier.path.split(":")
    patterns = [pattern for check in specifier.checks for pattern in (check.name, *check.tags)]
    if len(specifier.checks) < len(types) or not all(pattern.is_literal for pattern in patterns):
        raise InvalidSpecifier(text, "it must name one resource, without `*` and placeholders")
    return _assemble(tuple(map(_read_segment, types, specifier.checks)))


@lru_cache(maxsize=4096)
def _bind(text: str, values: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[SegmentCheck, ...]:
    attributes = dict(values)
    return tuple(check.bind(attributes) for check in parse_specifier(text).checks)


def _parse_segment(text: str, index: int, segment: str) -> tuple[str, SegmentCheck]:
    named, semicolon, marks = segment.removeprefix("/" if index else "").partition(";")
    resource_type, slash, name = named.partition("/")
    if named == "acct":
        name = "*"
    elif not slash or not resource_type:
        raise InvalidSpecifier(text, f"{named!r} is not of the form <type>/<name>")
    elif not name or resource_type == "acct":
        raise InvalidSpecifier(text, f"{named!r} needs a name" if not name else "`acct` has no name")
    try:
        tags, properties = _parse_marks(resource_type, marks if semicolon else None)
        return resource_type, SegmentCheck(index, parse_pattern(name), tags, properties)
    except ValueError as error:
        raise InvalidSpecifier(text, str(error)) from error


def _parse_marks(resource_type: str, text: str | None) -> tuple[tuple[Pattern, ...], frozenset[str]]:
    tags, properties = [], set()
    for mark in [] if text is None else _BETWEEN_TAGS.split(text):
        tag = mark.strip()
        if not tag:
            raise ValueError("a tag is empty")
        if tag.startswith("{"):
            properties.add(_parse_property(resource_type, tag))
        else:
            tags.append(parse_pattern(tag))
    return tuple(tags), frozenset(properties)


def _parse_property(resource_type: str, text: str) -> str:
    found = _PROPERTY.fullmatch(text)
    if found is None or found[1] not in _KNOWN_PROPERTIES.get(resource_type, ()):
        raise ValueError(f"{resource_type!r} has no property {text!r}")
    return found[1]


def _read_segment(resource_type: str, check: SegmentCheck) -> ResourceSegment:
    name, *tags = (next(iter(pattern.literals)) for pattern in (check.name, *check.tags))
    return ResourceSegment(resource_type, name, frozenset(tags), check.properties)


def _assemble(segments: tuple[ResourceSegment, ...]) -> Resource:
    parent = _assemble(segments[:-1]) if len(segments) > 1 else None
    return Resource(segments, ":".join(segment.type for segment in segments), parent)


def _parameters(check: SegmentCheck) -> Iterable[str]:
    return (name for pattern in (check.name, *check.tags) for name in pattern.parameters)


def _why_unknown(types: list[str]) -> str:
    path = find_path(types[-1])
    if path is None:
        return f"there is no resource type {types[-1]!r}"
    written = ":".join(part if part == "acct" else f"{part}/*" for part in path.split(":"))
    return f"{types[-1]!r} is written {written!r}"
