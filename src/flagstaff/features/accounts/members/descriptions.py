"""What the audit log says about a change of a member: of personal data, only that it has changed."""

from collections.abc import Iterator, Mapping

from flagstaff.features.accounts.model import Member
from flagstaff.kernel.markdown import quote, strike


def describe_change(before: Member, after: Member, role_names: Mapping[str, str]) -> str:
    """A Markdown list of what differs; `role_names` are those of custom roles, by their ids."""
    return "\n\n".join(f"- {item}" for item in _list_items(before, after, role_names))


def _list_items(before: Member, after: Member, role_names: Mapping[str, str]) -> Iterator[str]:
    if before.role != after.role:
        yield f"Changed the role from {strike(quote(before.role))} to {quote(after.role)}"
    for role_id in after.custom_roles:
        if role_id not in before.custom_roles:
            yield f"Added the role {quote(role_names.get(role_id, role_id))}"
    for role_id in before.custom_roles:
        if role_id not in after.custom_roles:
            yield f"Removed the role {strike(quote(role_names.get(role_id, role_id)))}"
    if before.role_attributes != after.role_attributes:
        yield "Changed the role attributes"
    if (before.first_name, before.last_name) != (after.first_name, after.last_name):
        yield "Changed the name"
    if before.email != after.email:
        yield "Changed the e-mail address"
