"""Teams in the database: documents, and an index of the members whom each concerns."""

from collections.abc import Iterable, Sequence

import msgspec

from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.teams.model import Team, without_members
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.transaction import SqlValue, Transaction

TEAMS = Documents(
    "teams", Team, lambda team: {"id": team.id, "key": team.key, "created": team.created}, remembered=512
)
INDEX = "team_members"  # who belongs to which team, or may look after it


def find_team(tx: Transaction, key: str) -> Team | None:
    return TEAMS.find(tx, "key = :key", key=key)


def get_team(tx: Transaction, key: str) -> Team:
    """The team with that key; raises NotFound."""
    team = find_team(tx, key)
    if team is None:
        raise NotFound(f"Unknown team {key[:100]!r}")
    return team


def has_team(tx: Transaction, key: str) -> bool:
    return find_team(tx, key) is not None


def list_teams(tx: Transaction) -> list[Team]:
    """Every team, oldest first."""
    return TEAMS.list(tx, "TRUE ORDER BY created, key")


def list_teams_of(tx: Transaction, member_id: str) -> list[Team]:
    """The teams that a member belongs to or may look after, oldest first."""
    where = f"id IN (SELECT team_id FROM {INDEX} WHERE member_id = :id) ORDER BY created, key"
    return TEAMS.list(tx, where, id=member_id)


def save_team(
    tx: Transaction, before: Team | None, after: Team, entry: Entry, others: Sequence[Write] = ()
) -> None:
    """Create or change a team; raises Conflict for a key that another has. `others` change with it."""
    if before is None and has_team(tx, after.key):
        raise Conflict(f"A team with the key {after.key!r} already exists")
    save_change(tx, entry, [Write(TEAMS, before, after), *others])
    index_members(tx, after)


def delete_team(tx: Transaction, team: Team, entry: Entry) -> None:
    """Delete a team; its members keep their accounts and their own roles."""
    save_change(tx, entry, [Write(TEAMS, team, None)])
    tx.run(f"DELETE FROM {INDEX} WHERE team_id = :id", id=team.id)


def index_members(tx: Transaction, team: Team) -> None:
    """Note whom a team concerns, as it has just been written."""
    tx.run(f"DELETE FROM {INDEX} WHERE team_id = :id", id=team.id)
    rows: list[dict[str, SqlValue]] = [
        {"member_id": member_id, "team_id": team.id} for member_id in team.concerned
    ]
    tx.run_many(f"INSERT INTO {INDEX} (member_id, team_id) VALUES (:member_id, :team_id)", rows)


def give_up_role(tx: Transaction, role: Role) -> list[Write]:
    """The writes by which every team loses a role that is being deleted."""
    return [_keep_roles(tx, team, role) for team in list_teams(tx) if role.id in _role_ids(team)]


def give_up_member(tx: Transaction, member: Member) -> list[Write]:
    """The writes by which every team loses a member who is removed; the index does at once."""
    teams = list_teams_of(tx, member.id)
    tx.run(f"DELETE FROM {INDEX} WHERE member_id = :id", id=member.id)
    return [Write(TEAMS, team, _changed(tx, team, without_members(team, (member.id,)))) for team in teams]


def _keep_roles(tx: Transaction, team: Team, gone: Role) -> Write:
    kept = tuple(one for one in team.roles if one.role_id != gone.id)
    return Write(TEAMS, team, _changed(tx, team, msgspec.structs.replace(team, roles=kept)))


def _changed(tx: Transaction, before: Team, after: Team) -> Team:
    return msgspec.structs.replace(after, modified=tx.now, version=before.version + 1)


def _role_ids(team: Team) -> Iterable[str]:
    return (one.role_id for one in team.roles)
