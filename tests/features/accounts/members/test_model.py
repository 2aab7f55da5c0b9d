"""Who is meant by a filter, and in which order; over HTTP it is in test_operations."""

from typing import Any

import pytest

from flagstaff.features.accounts.members.model import (
    FILTERS,
    Filters,
    Person,
    Sighting,
    meets,
    sort_people,
)
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.teams.model import Grant, Team
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.pairs import parse_pairs
from flagstaff.kernel.sorting import SortField

NIGHT = Team(id="t1", key="Night", name="Night", member_ids=("m1",), created=1, modified=1)
KEPT = Team(id="t2", key="day", name="Day", grants=(Grant(member_ids=("m1",)),), created=1, modified=1)


def a_person(**members: Any) -> Person:
    place = {name: members.pop(name) for name in ("sighting", "teams", "role_keys") if name in members}
    member = {"id": "m1", "email": "ada@example.com", "role": "reader", "created": 1} | members
    return Person(member=Member(**member), **place)


@pytest.mark.parametrize(
    ("filter_", "person", "holds"),
    [
        ("team:night", a_person(teams=(NIGHT,)), True),
        ("team:day", a_person(teams=(KEPT,)), False),
        ("noteam:true", a_person(teams=(KEPT,)), True),
        ("noteam:true", a_person(teams=(NIGHT,)), False),
        ("role:OPS", a_person(role_keys=("Ops",)), True),
        ("role:r1", a_person(custom_roles=("r1",)), True),
        ("role:owner", a_person(role="owner"), True),
        ("query:a l", a_person(first_name="Ada", last_name="Lovelace"), True),
        ('lastSeen:{"before":5}', a_person(sighting=Sighting(5)), False),
        ('lastSeen:{"before":5}', a_person(), True),
    ],
)
def test_a_condition_holds_or_not(filter_: str, person: Person, holds: bool) -> None:
    (term,) = parse_pairs(filter_, FILTERS)

    assert meets(person, term) is holds


def test_filters_of_instructions_must_all_hold() -> None:
    people = [a_person(), a_person(id="m2", email="bob@example.com"), a_person(id="m3", role="writer")]

    chosen = Filters(filter_query="example", filter_roles="reader|admin", ignored_member_ids=("m2",))

    assert [person.member.id for person in chosen.select(people)] == ["m1"]
    assert Filters().select(people) == people


@pytest.mark.parametrize("value", [{"before": "soon"}, {"never": "yes"}])
def test_a_filter_with_a_wrong_value_is_refused(value: Any) -> None:
    with pytest.raises(InvalidRequest, match="lastSeen"):
        Filters(filter_last_seen=value).select([a_person()])


def test_the_first_field_counts_most_and_who_was_never_seen_is_the_oldest() -> None:
    ada, bob = a_person(first_name="Ada"), a_person(id="m2", email="bob@example.com")
    cyn = a_person(id="m3", first_name="Ada", sighting=Sighting(7))

    fields = [SortField("displayName"), SortField("lastSeen", descending=True)]

    assert sort_people([bob, ada, cyn], fields) == [cyn, ada, bob]
    assert sort_people([cyn, bob], [SortField("lastSeen")]) == [bob, cyn]
