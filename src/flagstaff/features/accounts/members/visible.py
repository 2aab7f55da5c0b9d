"""Members as a caller may see them: without those that are hidden, and without teams that are."""

import msgspec

from flagstaff.features.accounts.members import store
from flagstaff.features.accounts.members.model import Person
from flagstaff.http.call import Call


def list_visible(call: Call) -> list[Person]:
    """Everybody whom the caller may see, in the order in which they were invited."""
    seen = call.list_seen(store.list_people(call.tx), lambda person: call.sees(person.member.resource))
    return [without_hidden_teams(call, person) for person in seen]


def without_hidden_teams(call: Call, person: Person) -> Person:
    """The member in the teams that the caller may know of."""
    if all(call.sees(team.resource) for team in person.teams):
        return person
    teams = tuple(team for team in person.teams if call.sees(team.resource))
    return msgspec.structs.replace(person, teams=teams)
