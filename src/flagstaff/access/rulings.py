"""Which statement of a policy settles a question.

Reading a policy is dear and asking it is frequent, so what concerns one action and the resources of one type
in one place is worked out once and kept: an index by the name or the tag that each specifier wants.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from flagstaff.access.patterns import NO_ATTRIBUTES, Attributes, Pattern, parse_glob, parse_pattern
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import (
    Resource,
    ResourceSegment,
    SegmentCheck,
    Specifier,
    parse_specifier,
)

_NO_CHECK = SegmentCheck(0, parse_pattern("*"), (), frozenset())


def find_ruling(
    policy: Policy, action: str, resource: Resource, attributes: Attributes = NO_ATTRIBUTES
) -> Statement | None:
    """The statement that settles the question: a deny that matches, else an allow that does, else None.

    Raises InvalidSpecifier for a policy that was never validated.
    """
    index = _make_index(policy, action, resource.path, resource.parent)
    found, settled = index.find(resource.segments[-1])
    for condition in index.conditions:
        if condition.place >= settled:
            break
        if condition.applies(resource, attributes):
            return condition.statement
    return found


class _Entry(msgspec.Struct, frozen=True):
    """A statement that applies if the last segment of the resource passes a check."""

    place: int  # the lowest that applies settles it
    statement: Statement
    check: SegmentCheck
    prefixes: tuple[str, ...]  # the name begins with one of them


class _Condition(msgspec.Struct, frozen=True):
    """A statement whose specifiers must be asked in whole: of all but some, or with a caller's attributes."""

    place: int
    statement: Statement
    specifiers: tuple[Specifier, ...]

    def applies(self, resource: Resource, attributes: Attributes) -> bool:
        for specifier in self.specifiers:
            if specifier.matches(resource, attributes):
                return bool(self.statement.resources)
        return not self.statement.resources and not self._is_open(attributes)

    def _is_open(self, attributes: Attributes) -> bool:
        # "Allow all but ${roleAttribute/x}" must not become "allow all" for a member without x.
        return self.statement.effect == "allow" and any(item.is_unset(attributes) for item in self.specifiers)


@dataclass(slots=True)
class _Index:
    """The statements about one action on resources of one type in one place; each list in order."""

    size: int
    conditions: list[_Condition] = field(default_factory=list)
    anywhere: list[_Entry] = field(default_factory=list)
    named: dict[str, list[_Entry]] = field(default_factory=dict)
    tagged: dict[str, list[_Entry]] = field(default_factory=dict)

    def find(self, segment: ResourceSegment) -> tuple[Statement | None, int]:
        """The first statement that applies to the last segment of a resource, and its place."""
        found, settled = None, self.size
        for entries in self._list_wanted(segment):
            for entry in entries:
                if entry.place >= settled:
                    break
                if not segment.name.startswith(entry.prefixes):  # most fail here, without a call
                    continue
                if entry.check.holds(segment):
                    found, settled = entry.statement, entry.place
                    break
        return found, settled

    def _list_wanted(self, segment: ResourceSegment) -> list[list[_Entry]]:
        wanted = [self.anywhere]
        if segment.name in self.named:
            wanted.append(self.named[segment.name])
        if self.tagged:
            wanted += [self.tagged[tag] for tag in segment.tags if tag in self.tagged]
        return wanted

    def add(self, entry: _Entry) -> None:
        """Where it is found by what every resource that passes its check must have."""
        name, tag = entry.check.name, next(map(_only_text, entry.check.tags), "")
        if name.is_literal:
            for text in name.literals:
                self.named.setdefault(text, []).append(entry)
        elif tag:
            self.tagged.setdefault(tag, []).append(entry)
        else:
            self.anywhere.append(entry)


def _only_text(pattern: Pattern) -> str:
    """What a pattern matches, if that is a single text; else nothing."""
    return next(iter(pattern.literals)) if pattern.is_literal and len(pattern.literals) == 1 else ""


@lru_cache(maxsize=8192)
def _make_index(policy: Policy, action: str, path: str, parent: Resource | None) -> _Index:
    statements = _list_speaking(policy, action)
    index, last = _Index(len(statements)), path.count(":")
    for place, statement in enumerate(statements):
        specifiers = _list_specifiers(statement, path, parent)
        if statement.resources and all(_asks_only(one, last) for one in specifiers):
            for check in map(_only_check, specifiers):
                index.add(_Entry(place, statement, check, _list_prefixes(check.name)))
        else:
            index.conditions.append(_Condition(place, statement, specifiers))
    return index


@lru_cache(maxsize=8192)
def _list_speaking(policy: Policy, action: str) -> list[Statement]:
    """The statements about the action, those that deny first."""
    speaking = [statement for statement in policy.statements if speaks_of(statement, action)]
    return sorted(speaking, key=lambda statement: statement.effect == "allow")


def speaks_of(statement: Statement, action: str) -> bool:
    listed = any(
        parse_glob(text).matches(action) for text in statement.actions or statement.not_actions or ()
    )
    return listed if statement.actions else not listed


def _list_specifiers(statement: Statement, path: str, parent: Resource | None) -> tuple[Specifier, ...]:
    """Those that may name a resource of that type in that place."""
    parsed = map(parse_specifier, statement.resources or statement.not_resources or ())
    narrowed = (specifier.narrow(parent) for specifier in parsed if specifier.path == path)
    return tuple(specifier for specifier in narrowed if specifier is not None)


def _asks_only(specifier: Specifier, index: int) -> bool:
    """Whether it asks for nothing but a segment, whoever asks."""
    return not specifier.parameters and all(check.index == index for check in specifier.checks)


def _only_check(specifier: Specifier) -> SegmentCheck:
    return specifier.checks[0] if specifier.checks else _NO_CHECK


def _list_prefixes(name: Pattern) -> tuple[str, ...]:
    return (*name.literals, *name.prefixes, *(parts[0] for parts in name.globs))
