"""Resources that a caller's policies speak of in the place of one that is not there yet.

Whether somebody may make a flag is asked before it has a name; a policy may allow only names like `search-*`,
or with a tag. So one of each kind that an allowance names is tried.
"""

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from flagstaff.access.decision import Caller
from flagstaff.access.patterns import Pattern
from flagstaff.access.policies import Policy
from flagstaff.access.specifiers import Resource, SegmentCheck, parse_specifier

MOST_TRIED = 100


def list_alike(caller: Caller, resource: Resource) -> Iterator[Resource]:
    """The resource itself, then up to 100 of other names and tags, which the caller's allowances name.

    They stand where it stands. That a policy names one does not say that it may be made: a denial can.
    """
    yield resource
    yield from islice(_list_named(caller, resource), MOST_TRIED)


def _list_named(caller: Caller, resource: Resource) -> Iterator[Resource]:
    given = [(policy, caller.grant_attributes) for policy in caller.grants]
    given += [(policy, caller.cap_attributes) for policy in caller.cap or ()]
    for policy, attributes in given:
        known = attributes if policy.attributes is None else {**attributes, **dict(policy.attributes)}
        for check in _list_checks(policy, resource):
            yield from _list_samples(resource, check.bind(known))


def _list_checks(policy: Policy, resource: Resource) -> Iterator[SegmentCheck]:
    """What allowances ask of the last segment."""
    last = len(resource.segments) - 1
    for statement in policy.statements:
        for text in statement.resources or () if statement.effect == "allow" else ():
            specifier = parse_specifier(text)
            if specifier.path == resource.path:
                yield from (check for check in specifier.checks if check.index == last)


def _list_samples(resource: Resource, check: SegmentCheck) -> Iterator[Resource]:
    own = resource.segments[-1]
    tags = [text for pattern in check.tags for text in islice(_list_texts(pattern, own.name), 1)]
    if len(tags) < len(check.tags):  # a placeholder without a value matches nothing
        return
    for name in _list_texts(check.name, own.name):
        segment = replace(own, name=name, tags=frozenset(tags), properties=check.properties)
        yield replace(resource, segments=(*resource.segments[:-1], segment))


def _list_texts(pattern: Pattern, filling: str) -> Iterator[str]:
    """Texts that the pattern matches: one for each of its alternatives."""
    yield from sorted(pattern.literals)
    for prefix in pattern.prefixes:
        yield prefix + filling
    for parts in pattern.globs:
        yield filling.join(parts)
