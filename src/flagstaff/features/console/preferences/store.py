"""Preferences in the database, each of a member beside the others: of two writes of one, the last counts.

They are no resource: nothing of them is audited, and nobody but their member is shown them.
"""

from typing import Any

import msgspec

from flagstaff.features.accounts.model import Member
from flagstaff.features.projects.model import Project
from flagstaff.storage.transaction import Transaction

EVERYWHERE = ""  # in the place of a project


def list_preferences(tx: Transaction, member_id: str, name: str, kind: Any) -> dict[str, Any]:
    """What a member has chosen under a name, by the id of the project."""
    rows = tx.all(
        "SELECT project_id, value FROM preferences WHERE member_id = :member AND name = :name "
        "ORDER BY project_id",
        member=member_id,
        name=name,
    )
    return {project_id: msgspec.json.decode(value, type=kind) for project_id, value in rows}


def save_preference(tx: Transaction, member_id: str, name: str, project_id: str, value: Any) -> None:
    """Keep what a member has chosen, in place of what was chosen before."""
    tx.run(
        "INSERT INTO preferences (member_id, name, project_id, value, version) "
        "VALUES (:member, :name, :project, :value, :version) ON CONFLICT (member_id, name, project_id) "
        "DO UPDATE SET value = excluded.value, version = excluded.version",
        member=member_id,
        name=name,
        project=project_id,
        value=msgspec.json.encode(value),
        version=count_choices(tx, member_id) + 1,
    )


def count_choices(tx: Transaction, member_id: str) -> int:
    """A number that is another one after each choice of a member."""
    row = tx.one("SELECT coalesce(max(version), 0) FROM preferences WHERE member_id = :id", id=member_id)
    return 0 if row is None else int(row[0])


def forget_preferences(tx: Transaction, member: Member) -> None:
    """Remove those of a member who is being removed."""
    tx.run("DELETE FROM preferences WHERE member_id = :id", id=member.id)


def forget_preferences_about(tx: Transaction, project: Project) -> None:
    """Remove everybody's for a project that is being deleted."""
    tx.run("DELETE FROM preferences WHERE project_id = :id", id=project.id)
