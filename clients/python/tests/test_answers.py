"""Answers read under documented names and under those of the wire."""

import copy
import json
import pickle
from typing import Any

import pytest

from launch_darkly_python_sdk.answers import Answer, decode
from launch_darkly_python_sdk.kinds import parse_kind
from launch_darkly_python_sdk.models import FeatureFlag, Link, Token, Tokens

WIRE: dict[str, Any] = {
    "_id": "5f",
    "ownerId": "owner",
    "_links": {"self": {"href": "/api/v2/tokens/5f"}},
    "inlineRole": [{"effect": "allow", "notActions": ["*"]}],
    "fromTheFuture": {"x": 1},
}


@pytest.fixture
def token() -> Token:
    return Token(WIRE)


def test_a_member_has_its_documented_name_and_its_name_on_the_wire(token: Token) -> None:
    assert token.owner_id == token["owner_id"] == token["ownerId"] == token.ownerId == "owner"
    assert token.id == token["_id"] == "5f"


def test_objects_within_are_answers_too_and_always_the_same(token: Token) -> None:
    link = token.links["self"]
    assert isinstance(link, Link)
    assert link.href == "/api/v2/tokens/5f"
    assert token["_links"]["self"].href == "/api/v2/tokens/5f"
    assert token.links is token.links
    assert token.inline_role[0].not_actions == ["*"]


def test_a_documented_member_that_is_missing_is_none(token: Token) -> None:
    assert token.last_used is None
    assert token["lastUsed"] is None
    assert "last_used" not in token
    assert token.get("last_used", 5) == 5
    assert token.get("owner_id", "nobody") == "owner"


def test_members_that_are_newer_than_the_client_are_read_as_they_came(token: Token) -> None:
    assert token["fromTheFuture"] == token.fromTheFuture == {"x": 1}
    assert "fromTheFuture" in token


def test_another_name_is_an_error_that_names_those_that_are_close(token: Token) -> None:
    with pytest.raises(KeyError, match="Token has no owner_ids; do you mean owner_id"):
        token["owner_ids"]
    with pytest.raises(AttributeError, match=r"Token has no xyzzy$"):
        getattr(token, "xyzzy")  # noqa: B009 - not known to type checkers
    assert 5 not in token


def test_the_documented_meaning_of_a_name_wins_over_a_new_member_of_that_name() -> None:
    assert Token({"_id": "old", "id": "new"}).id == "old"
    assert Token({"id": "new"}).id == "new"


def test_an_answer_is_iterated_printed_and_compared_by_its_wire(token: Token) -> None:
    assert list(token) == list(token.keys()) == list(WIRE)
    assert len(token) == 5
    assert token == WIRE
    assert token == Token(dict(WIRE))
    assert token != Token({})
    assert repr(Link({"href": "/"})) == "Link({'href': '/'})"
    assert dict(**token)["ownerId"] == "owner"
    assert "owner_id" in dir(token)


def test_the_json_is_a_copy(token: Token) -> None:
    plain = token.to_dict()
    plain["_links"]["self"]["href"] = "/elsewhere"
    assert json.loads(json.dumps(token.to_dict())) == WIRE


def test_an_answer_is_pickled_and_copied(token: Token) -> None:
    assert pickle.loads(pickle.dumps(token)) == token
    assert type(copy.deepcopy(token)) is Token


def test_an_answer_cannot_be_changed_or_hashed(token: Token) -> None:
    with pytest.raises(AttributeError):
        token.name = "x"
    with pytest.raises(TypeError, match="unhashable"):
        hash(token)


def test_a_collection_has_items_as_data() -> None:
    tokens = Tokens({"items": [WIRE], "totalCount": 1})
    assert [one.id for one in tokens.items] == ["5f"]
    assert (tokens.total_count, "_links" in tokens) == (1, False)


def test_free_values_are_never_looked_into() -> None:
    value = {"ownerId": {"_id": 1}}
    flag = FeatureFlag({"variations": [{"_id": "v", "value": value}], "environments": {"a_b": {"on": True}}})
    assert flag.variations[0].value is value
    assert flag.environments["a_b"].on is True


@pytest.mark.parametrize(
    ("kind", "value"),
    [("Link", "text"), ("[Link]", {"a": 1}), ("{Link}", [1]), ("[Link]", [None]), ("any", None)],
)
def test_what_is_not_of_its_documented_kind_stays_as_it_came(kind: str, value: Any) -> None:
    assert decode(parse_kind(kind), value) == value


def test_every_model_can_be_imported_by_its_name() -> None:
    from launch_darkly_python_sdk import models

    assert all(issubclass(getattr(models, name), Answer) for name in dir(models))
    with pytest.raises(AttributeError, match="Vanished"):
        getattr(models, "Vanished")  # noqa: B009 - not known to type checkers
