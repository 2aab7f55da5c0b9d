"""Teams from model to wire."""

from msgspec import UNSET

from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.schemas import TeamRep
from flagstaff.kernel.links import Link, Links

MANY = "/api/v2/teams"


def represent_team(team: Team) -> TeamRep:
    """A team without anything expanded."""
    return TeamRep(
        links=team_links(team.key),
        key=team.key,
        name=team.name,
        description=team.description,
        version=team.version,
        creation_date=team.created,
        last_modified=team.modified,
        role_attributes=team.role_attributes or UNSET,
    )


def team_links(key: str) -> Links:
    path = f"{MANY}/{key}"
    return {"self": Link(path), "parent": Link(MANY), "roles": Link(f"{path}/roles")}
