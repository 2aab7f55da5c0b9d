import msgspec
import pytest

from flagstaff.access.policies import InvalidStatement, Statement, validate_statements
from tests.access.builders import (
    allow,
)


def statement(**given):
    return Statement("allow", **{name: tuple(texts) for name, texts in given.items()})


def test_a_statement_has_the_wire_form_of_the_service():
    wire = b'{"effect":"deny","notResources":["proj/a"],"notActions":["viewProject"]}'
    statement = msgspec.json.decode(wire, type=Statement)
    assert statement == Statement("deny", not_resources=("proj/a",), not_actions=("viewProject",))
    assert msgspec.json.encode(statement) == wire


def test_an_effect_is_allow_or_deny():
    with pytest.raises(msgspec.ValidationError, match=r"\$\.effect"):
        msgspec.json.decode(b'{"effect":"grant","resources":["proj/a"],"actions":["*"]}', type=Statement)


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"actions": ["*"]}, "[0].resources", "one of resources and notResources"),
        ({"resources": ["proj/a"]}, "[0].actions", "one of actions and notActions"),
        ({"resources": [], "actions": ["*"]}, "[0].resources", "not be empty"),
        ({"not_resources": [], "actions": ["*"]}, "[0].notResources", "not be empty"),
        ({"resources": ["proj/a"], "actions": []}, "[0].actions", "not be empty"),
        ({"resources": ["proj/a"], "not_actions": []}, "[0].notActions", "not be empty"),
        (
            {"resources": ["proj/a"], "not_resources": ["proj/b"], "actions": ["*"]},
            "[0].notResources",
            "can not stand beside resources",
        ),
        (
            {"resources": ["proj/a"], "actions": ["*"], "not_actions": ["updateOn"]},
            "[0].notActions",
            "can not stand beside actions",
        ),
        (
            {"resources": ["proj/a", "flag/b"], "actions": ["*"]},
            "[0].resources[1]",
            "'flag' is written 'proj/*:env/*:flag/*'",
        ),
        ({"not_resources": ["proj"], "actions": ["*"]}, "[0].notResources[0]", "is not of the form"),
        ({"resources": ["proj/a"], "actions": ["updateOn", ""]}, "[0].actions[1]", "is no action"),
        ({"resources": ["proj/a"], "not_actions": ["update On"]}, "[0].notActions[0]", "is no action"),
    ],
)
def test_a_faulty_statement_is_refused_with_its_field_and_the_reason(given, field, reason):
    with pytest.raises(InvalidStatement) as refused:
        validate_statements([statement(**given)])
    assert refused.value.field == field
    assert reason in refused.value.reason


def test_the_field_names_the_statement_by_its_place():
    with pytest.raises(InvalidStatement, match=r"^\[1\]\.resources: "):
        validate_statements([allow("proj/*"), statement(actions=["*"])])


def test_an_effect_that_did_not_come_through_the_decoder_is_checked_too():
    with pytest.raises(InvalidStatement, match=r"^\[0\]\.effect: must be allow or deny"):
        validate_statements([Statement("grant", resources=("proj/*",), actions=("*",))])


@pytest.mark.parametrize(
    "good",
    [
        {"resources": ["proj/*"], "actions": ["*"]},
        {"not_resources": ["proj/*"], "not_actions": ["view*"]},
        {"resources": ["proj/*"], "not_resources": [], "actions": ["*"], "not_actions": []},
        {"resources": ["proj/*"], "actions": ["anActionOfLongAgo"]},
        {"resources": ["proj/*:env/*;qa_*:/flag/*"], "actions": ["update*"]},
        {"resources": ["proj/${roleAttribute/projects}"], "actions": ["*"]},
    ],
)
def test_a_good_statement_passes(good):
    validate_statements([statement(**good)])
