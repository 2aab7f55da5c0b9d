"""Teams on the wire; the members of a team are in test_operations."""

from msgspec import UNSET

from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.represent import represent_team


def test_a_team_without_role_attributes_shows_none() -> None:
    team = Team(id="t", key="night", name="Night", created=1, modified=2, version=3)

    shown = represent_team(team)

    assert (shown.version, shown.creation_date, shown.last_modified) == (3, 1, 2)
    assert (shown.role_attributes, shown.members) == (UNSET, UNSET)
