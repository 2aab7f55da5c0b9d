"""Filters over what is in memory: whether an item meets an expression."""

from collections.abc import Mapping

from flagstaff.kernel.filters.expression import Expression, Or, Scalar, Term


def matches(expression: Expression | None, members: Mapping[str, Scalar]) -> bool:
    """Whether the members, under the names of the fields, meet an expression; nothing asked for is met."""
    if expression is None:
        return True
    if isinstance(expression, Term):
        return _holds(expression, members[expression.field])
    found = (matches(part, members) for part in expression.parts)
    return any(found) if isinstance(expression, Or) else all(found)


def _holds(term: Term, member: Scalar) -> bool:
    match term.operator:
        case "equals":
            return member == term.value
        case "notEquals":
            return member != term.value
        case "anyOf":
            return isinstance(term.value, tuple) and member in term.value
        case "startsWith":
            return str(member).startswith(str(term.value))
    raise ValueError(f"there is no operator {term.operator!r} for what is in memory")
