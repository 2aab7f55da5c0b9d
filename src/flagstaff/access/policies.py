"""Policies: statements that allow or deny actions on resources, and the rules that they must meet."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from flagstaff.access.specifiers import InvalidSpecifier, parse_specifier


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
