"""Policies: statements that allow or deny actions on resources, and which of them settles a question.

Reading a policy is dear and asking it is frequent, so what concerns one action and one resource type is
selected once per policy and kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec

from flagstaff.access.patterns import NO_ATTRIBUTES, Attributes, parse_glob
from flagstaff.access.specifiers import (
    InvalidSpecifier,
    Resource,
    SegmentCheck,
    Specifier,
    parse_specifier,
)


class Statement(msgspec.Struct, frozen=True, cache_hash=True, rename="camel", omit_defaults=True):
    """One statement as it stands on the wire. An empty list counts as an absent one."""

    effect: Literal["allow", "deny"]
    resources: tuple[str, ...] | None = None
    not_resources: tuple[str, ...] | None = None
    actions: tuple[str, ...] | None = None
    not_actions: tuple[str, ...] | None = None


class Policy(msgspec.Struct, frozen=True, cache_hash=True, rename="camel"):
    """The statements of one role or token; `base` is what its holder may do where no statement speaks.

    `attributes` are values of role attributes that hold for this policy alone, in place of its holder's.
    """

    statements: tuple[Statement, ...]
    base: Literal["reader", "no_access"] = "reader"
    role_name: str = ""
    attributes: tuple[tuple[str, tuple[str, ...]], ...] | None = None


class InvalidStatement(ValueError):
    """A statement breaks a rule: `field` says where (`[0].resources[2]`), `reason` which."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def validate_statements(statements: Iterable[Statement]) -> None:
    """Raise InvalidStatement for the first fault. Unknown action names are no fault: old ones stay valid."""
    for index, statement in enumerate(statements):
        place = f"[{index}]"
        if statement.effect not in ("allow", "deny"):
            raise InvalidStatement(f"{place}.effect", "must be allow or deny")
        _require_one(place, "resources", statement.resources, "notResources", statement.not_resources)
        _require_one(place, "actions", statement.actions, "notActions", statement.not_actions)
        _validate_specifiers(f"{place}.resources", statement.resources)
        _validate_specifiers(f"{place}.notResources", statement.not_resources)
        _validate_actions(f"{place}.actions", statement.actions)
        _validate_actions(f"{place}.notActions", statement.not_actions)


def find_ruling(
    policy: Policy, action: str, resource: Resource, attributes: Attributes = NO_ATTRIBUTES
) -> Statement | None:
    """The statement that settles the question: a deny that matches, else an allow that does, else None.

    Raises InvalidSpecifier for a policy that was never validated.
    """
    segments = resource.segments
    for candidate in _select(policy, action, resource.path, resource.parent):
        if candidate.plain is None:
            if candidate.applies(resource, attributes):
                return candidate.statement
            continue
        for checks in candidate.plain:
            for check in checks:  # most fail by the name, so it is looked at here and not in a call
                segment, name = segments[check.index], check.name
                if not (
                    segment.name in name.literals or segment.name.startswith(name.prefixes) or name.globs
                ):
                    break
                if not check.holds(segment):
                    break
            else:
                return candidate.statement
    return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement about the action in question, with those of its specifiers that may name the resource."""

    statement: Statement
    specifiers: tuple[Specifier, ...]
    is_inverse: bool
    plain: tuple[tuple[SegmentCheck, ...], ...] | None = None  # what is left to ask, where no caller matters

    def applies(self, resource: Resource, attributes: Attributes) -> bool:
        for specifier in self.specifiers:
            if specifier.matches(resource, attributes):
                return not self.is_inverse
        return self.is_inverse and not self._is_open(attributes)

    def narrow(self, parent: Resource | None) -> "Candidate":
        narrowed = [specifier.narrow(parent) for specifier in self.specifiers]
        specifiers = tuple([specifier for specifier in narrowed if specifier is not None])
        is_plain = not self.is_inverse and not any(specifier.parameters for specifier in specifiers)
        plain = tuple([specifier.checks for specifier in specifiers]) if is_plain else None
        return Candidate(self.statement, specifiers, self.is_inverse, plain)

    def _is_open(self, attributes: Attributes) -> bool:
        # "Allow all but ${roleAttribute/x}" must not become "allow all" for a member without x.
        return self.statement.effect == "allow" and any(item.is_unset(attributes) for item in self.specifiers)


@lru_cache(maxsize=8192)
def _select(policy: Policy, action: str, path: str, parent: Resource | None) -> tuple[Candidate, ...]:
    narrowed = (candidate.narrow(parent) for candidate in _select_any(policy, action, path))
    return tuple(candidate for candidate in narrowed if candidate.specifiers or candidate.is_inverse)


@lru_cache(maxsize=8192)
def _select_any(policy: Policy, action: str, path: str) -> tuple[Candidate, ...]:
    speaking = [statement for statement in policy.statements if _speaks_of(statement, action)]
    found = [_make_candidate(statement, path) for statement in speaking]
    return tuple(sorted(found, key=lambda candidate: candidate.statement.effect == "allow"))


def _speaks_of(statement: Statement, action: str) -> bool:
    listed = any(
        parse_glob(text).matches(action) for text in statement.actions or statement.not_actions or ()
    )
    return listed if statement.actions else not listed


def _make_candidate(statement: Statement, path: str) -> Candidate:
    parsed = map(parse_specifier, statement.resources or statement.not_resources or ())
    specifiers = tuple(specifier for specifier in parsed if specifier.path == path)
    return Candidate(statement, specifiers, is_inverse=not statement.resources)


def _require_one(
    place: str, name: str, given: tuple[str, ...] | None, inverse: str, given_inverse: tuple[str, ...] | None
) -> None:
    if given and given_inverse:
        raise InvalidStatement(f"{place}.{inverse}", f"can not stand beside {name}")
    if not given and not given_inverse:
        empty = inverse if given_inverse is not None else name
        raise InvalidStatement(
            f"{place}.{empty}", f"one of {name} and {inverse} must be given and not be empty"
        )


def _validate_specifiers(field: str, texts: tuple[str, ...] | None) -> None:
    for index, text in enumerate(texts or ()):
        try:
            parse_specifier(text)
        except InvalidSpecifier as error:
            raise InvalidStatement(f"{field}[{index}]", str(error)) from error


def _validate_actions(field: str, texts: tuple[str, ...] | None) -> None:
    for index, text in enumerate(texts or ()):
        if not text or text != "".join(text.split()):
            raise InvalidStatement(f"{field}[{index}]", f"{text!r} is no action")
