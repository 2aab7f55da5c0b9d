"""What the audit log says about a change of a custom role: its statements as sentences."""

from collections.abc import Iterable

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.roles.model import Role
from flagstaff.kernel import descriptions as kernel
from flagstaff.kernel.descriptions import Wording
from flagstaff.kernel.markdown import quote

MOST_LISTED = 10  # names in one sentence


def describe_statement(statement: Statement) -> str:
    """A statement as a sentence, such as "Allow `updateOn` on `proj/*:env/test:flag/*`"."""
    effect = "Allow" if statement.effect == "allow" else "Deny"
    actions = _listed(statement.actions, statement.not_actions, "every action")
    resources = _listed(statement.resources, statement.not_resources, "everything")
    return f"{effect} {actions} on {resources}"


STATEMENT = ("the statement:", describe_statement)
WORDING = Wording(
    texts={"name": "name", "description": "description", "base": "base permissions"},
    lists={"statements": STATEMENT},
)


def describe_change(before: Role, after: Role) -> str:
    """A Markdown list of what differs; statements that are only in another order are no difference."""
    return kernel.describe_change(before, after, WORDING)


def _listed(names: Iterable[str] | None, others: Iterable[str] | None, everything: str) -> str:
    """Those that are named, or everything but those that are."""
    if names:
        return everything if tuple(names) == ("*",) else _join(names)
    return f"{everything} but {_join(others or ())}"


def _join(names: Iterable[str]) -> str:
    quoted = [quote(name) for name in names]
    more = f" and {len(quoted) - MOST_LISTED} more" if len(quoted) > MOST_LISTED else ""
    return ", ".join(quoted[:MOST_LISTED]) + more
