"""What the audit log says about a change of a custom role: its statements as sentences."""

from collections.abc import Iterable, Iterator

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.roles.model import Role
from flagstaff.kernel.markdown import quote, strike

MOST_LISTED = 10  # names in one sentence


def describe_change(before: Role, after: Role) -> str:
    """A Markdown list of what differs; statements that are only in another order are no difference."""
    return "\n\n".join(f"- {item}" for item in _list_items(before, after))


def describe_statement(statement: Statement) -> str:
    """A statement as a sentence, such as "Allow `updateOn` on `proj/*:env/test:flag/*`"."""
    effect = "Allow" if statement.effect == "allow" else "Deny"
    actions = _listed(statement.actions, statement.not_actions, "every action")
    resources = _listed(statement.resources, statement.not_resources, "everything")
    return f"{effect} {actions} on {resources}"


def _list_items(before: Role, after: Role) -> Iterator[str]:
    if before.name != after.name:
        yield f"Changed the name from {strike(quote(before.name))} to {quote(after.name)}"
    if before.description != after.description:
        yield f"Changed the description to {quote(after.description)}"
    if before.base != after.base:
        yield f"Changed the base permissions from {strike(quote(before.base))} to {quote(after.base)}"
    for statement in after.statements:
        if statement not in before.statements:
            yield f"Added the statement: {describe_statement(statement)}"
    for statement in before.statements:
        if statement not in after.statements:
            yield f"Removed the statement: {strike(describe_statement(statement))}"


def _listed(names: Iterable[str] | None, others: Iterable[str] | None, everything: str) -> str:
    """Those that are named, or everything but those that are."""
    if names:
        return everything if tuple(names) == ("*",) else _join(names)
    return f"{everything} but {_join(others or ())}"


def _join(names: Iterable[str]) -> str:
    quoted = [quote(name) for name in names]
    more = f" and {len(quoted) - MOST_LISTED} more" if len(quoted) > MOST_LISTED else ""
    return ", ".join(quoted[:MOST_LISTED]) + more
