"""The file of the demo, and the ids that it leaves open."""

import pytest

from flagstaff.demo.content import load_content, name_ids


def test_steps_go_forward_in_time_and_are_made_by_people_who_have_joined() -> None:
    content = load_content()
    days = [step.days_ago for step in content.steps if step.days_ago is not None]

    assert days == sorted(days, reverse=True)
    assert {step.person for step in content.steps} <= {"", *(one.name for one in content.people if one.joins)}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"maintainerId": "@nora"}, {"maintainerId": "5f"}),
        ({"memberIDs": ["@nora", "@mail"]}, {"memberIDs": ["5f", "@mail"]}),
        ([{"values": ["a@nora", 3, None]}], [{"values": ["a@nora", 3, None]}]),
    ],
)
def test_a_member_is_named_by_the_id(body: object, named: object) -> None:
    assert name_ids(body, {"nora": "5f"}) == named
