"""Members with what is known of them: teams, roles and when they were seen; and which of them are meant."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from flagstaff.features.accounts.model import OWNER, Member
from flagstaff.features.accounts.teams.model import Team
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.filters.expression import Term
from flagstaff.kernel.filters.fields import Field, Word, make_term
from flagstaff.kernel.instructions import Shared
from flagstaff.kernel.sorting import SortField

LAST_SEEN = Field("lastSeen", ("never", "noData", "before"), kind="boolean")
QUERY, TEAM, ROLE = Field("query"), Field("team"), Field("role", ("anyOf",))
NOTEAM = Field("noteam", kind="boolean")
FILTERS = (
    QUERY,
    ROLE,
    TEAM,
    LAST_SEEN,
    Field("id", ("anyOf",)),
    Field("email", ("anyOf",)),
    NOTEAM,
)
ACCESS_CHECK = Field("accessCheck")  # up to version 20220603
SORTS = ("displayName", "lastSeen")


class Sighting(msgspec.Struct, frozen=True):
    """A member was there: with a token, or (`token_id` empty) in person. 0: never."""

    at: Millis = 0
    token_id: str = ""


NEVER = Sighting()


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A member in context. `teams` are those that the member belongs to or may look after."""

    member: Member
    sighting: Sighting = NEVER
    teams: tuple[Team, ...] = ()
    role_keys: tuple[str, ...] = ()  # of the own custom roles

    @property
    def own_teams(self) -> tuple[Team, ...]:
        return tuple(team for team in self.teams if self.member.id in team.member_ids)


class Filters(Shared, frozen=True, rename="camel", kw_only=True):
    """Which members an instruction for all of them means."""

    filter_last_seen: dict[Literal["never", "noData", "before"], Any] | None = None
    filter_query: str = ""
    filter_roles: str = ""
    filter_team_key: str = ""
    ignored_member_ids: tuple[str, ...] = msgspec.field(default=(), name="ignoredMemberIDs")

    def select(self, people: Iterable[Person]) -> list[Person]:
        """Those whom every filter names; raises InvalidRequest for a filter that says nothing."""
        terms = [make_term(LAST_SEEN, *item) for item in (self.filter_last_seen or {}).items()]
        terms += [make_term(QUERY, "equals", self.filter_query)] if self.filter_query else []
        terms += [make_term(TEAM, "equals", self.filter_team_key)] if self.filter_team_key else []
        roles = [Word(name.strip()) for name in self.filter_roles.split("|") if name.strip()]
        terms += [make_term(ROLE, "anyOf", roles)] if roles else []
        return [
            person
            for person in people
            if person.member.id not in self.ignored_member_ids and all(meets(person, term) for term in terms)
        ]


def meets(person: Person, term: Term) -> bool:
    """Whether a condition holds for a member."""
    value = term.value
    if term.field == LAST_SEEN.name:
        return _was_seen(person, term.operator, value)
    if isinstance(value, tuple):
        return not {str(one).casefold() for one in value}.isdisjoint(_names(person, term.field))
    if term.field == NOTEAM.name:
        return (not person.own_teams) is value
    if term.field == TEAM.name:
        return str(value).casefold() in {team.key.casefold() for team in person.own_teams}
    return str(value).casefold() in f"{person.member.email}\n{person.member.display_name}".casefold()


def sort_people(people: Iterable[Person], fields: Iterable[SortField]) -> list[Person]:
    """In the order of those fields, the first of which counts most; else in the order they come in."""
    found = list(people)
    for field in reversed(list(fields)):
        found.sort(key=_BY[field.name], reverse=field.descending)
    return found


def _was_seen(person: Person, operator: str, value: Any) -> bool:
    at = person.sighting.at
    if operator == "before":
        return at < int(value)
    return (at == 0) is bool(value)  # sightings have been recorded from the first start on


def _names(person: Person, field: str) -> set[str]:
    """What a list of ids, addresses or roles may name a member by, casefolded."""
    member = person.member
    if field == "id":
        return {member.id}
    if field == "email":
        return {member.email}
    built_in = "admin" if member.role == OWNER else member.role
    return {member.role, built_in, *(name.casefold() for name in (*person.role_keys, *member.custom_roles))}


_BY: Mapping[str, Any] = {
    "displayName": lambda person: person.member.display_name.casefold(),
    "lastSeen": lambda person: person.sighting.at,
}
