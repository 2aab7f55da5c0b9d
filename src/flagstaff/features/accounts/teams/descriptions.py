"""What the audit log says about a change of a team: of its members, only how many came and went."""

from collections.abc import Iterator, Mapping

from flagstaff.features.accounts.teams.model import Team
from flagstaff.kernel.markdown import quote, strike


def describe_change(before: Team, after: Team, role_names: Mapping[str, str]) -> str:
    """A Markdown list of what differs; `role_names` are those of custom roles, by their ids."""
    return "\n\n".join(f"- {item}" for item in _list_items(before, after, role_names))


def _list_items(before: Team, after: Team, role_names: Mapping[str, str]) -> Iterator[str]:
    for word in ("name", "description"):
        old, new = getattr(before, word), getattr(after, word)
        if old != new:
            yield f"Changed the {word} from {strike(quote(old))} to {quote(new)}"
    yield from _list_members(set(before.member_ids), set(after.member_ids))
    old_roles, new_roles = ([role.role_id for role in team.roles] for team in (before, after))
    yield from (
        f"Added the role {quote(role_names.get(one, one))}" for one in new_roles if one not in old_roles
    )
    yield from (
        f"Removed the role {strike(quote(role_names.get(one, one)))}"
        for one in old_roles
        if one not in new_roles
    )
    if before.role_attributes != after.role_attributes:
        yield "Changed the role attributes"
    if before.grants != after.grants:
        yield "Changed who may do what with the team"


def _list_members(before: set[str], after: set[str]) -> Iterator[str]:
    if after - before:
        yield f"Added {_count(after - before)}"
    if before - after:
        yield f"Removed {_count(before - after)}"


def _count(members: set[str]) -> str:
    return "1 member" if len(members) == 1 else f"{len(members)} members"
