"""What the caller may do, over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.features.accounts.members.calls import invite, token_of
from tests.support.client import READER
from tests.support.flag_calls import make
from tests.support.server import TestServer

MAY = "/api/v2/flagstaff/may"
FLAG = "proj/default:env/test:flag/checkout"
NEW = "proj/default:env/test:segment/new"


def ask(server: TestServer, *questions: tuple[str, list[str]], **how: Any) -> Any:
    body = {"questions": [{"resource": resource, "actions": actions} for resource, actions in questions]}
    answer = server.post(MAY, body, **how)
    assert answer.status == 200, answer
    return answer.json["answers"]


def test_each_question_has_its_answer_with_the_role_that_decides(server: TestServer) -> None:
    make(server)
    writer = token_of(server, invite(server, "edsger@example.com", role="writer"), role="writer")
    questions = ((FLAG, ["updateOn", "deleteFlag"]), (NEW, ["createSegment"]))

    flag, segment = ask(server, *questions, as_=writer)

    assert (flag["resource"], segment["resource"]) == (FLAG, NEW)
    assert [check["action"] for check in flag["access"]["allowed"]] == ["updateOn", "deleteFlag"]
    assert [check["action"] for check in segment["access"]["allowed"]] == ["createSegment"]
    for answer in ask(server, *questions, as_=READER):
        assert answer["access"]["allowed"] == []
        assert {check["reason"]["effect"] for check in answer["access"]["denied"]} == {"deny"}


def test_a_refusal_says_what_the_caller_may_do_it_with_instead_and_which_tags_this_has(
    server: TestServer,
) -> None:
    make(server, key="checkout", tags=["web", "checkout"])
    searcher = server.add_token(
        Statement("allow", resources=("proj/*",), actions=("viewProject",)),
        Statement("allow", resources=("proj/*:env/*:flag/*;search",), actions=("update*",)),
        Statement("allow", resources=("proj/*:env/*:flag/*;web",), actions=("updateRules",)),
    )

    (answer,) = ask(server, (FLAG, ["updateOn", "updateRules", "deleteFlag"]), as_=searcher)

    assert answer["now"] == f"{FLAG};checkout,web"
    assert [check["action"] for check in answer["access"]["denied"]] == ["updateOn", "deleteFlag"]
    assert answer["elsewhere"] == {"updateOn": ["proj/*:env/*:flag/*;search"]}


def test_of_what_is_not_seen_all_is_denied_without_a_reason(server: TestServer) -> None:
    make(server)
    outsider = server.add_token(Statement("deny", resources=("proj/*",), actions=("viewProject",)))

    (answer,) = ask(server, (FLAG, ["updateOn"]), as_=outsider)

    assert answer["access"] == {
        "denied": [{"action": "updateOn", "reason": {"effect": "deny"}}],
        "allowed": [],
    }
    assert (answer["now"], answer["elsewhere"]) == (FLAG, {})


def test_who_may_make_only_what_has_a_certain_name_may_make_some(server: TestServer) -> None:
    named = Statement("allow", resources=("proj/*:env/*:segment/beta-*",), actions=("createSegment",))
    maker = server.add_token(Statement("allow", resources=("proj/*",), actions=("viewProject",)), named)
    question = {"resource": NEW, "actions": ["createSegment"]}

    body = {"questions": [question, {**question, "some": True}, {**question, "actions": ["*"], "some": True}]}
    this, some, everything = server.post(MAY, body, as_=maker).json["answers"]

    assert [check["action"] for check in this["access"]["denied"]] == ["createSegment"]
    assert [check["action"] for check in some["access"]["allowed"]] == ["createSegment"]
    assert "deleteSegment" in [check["action"] for check in everything["access"]["denied"]]


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([], "questions"),
        ([{"resource": FLAG, "actions": []}], "actions"),
        ([{"resource": "proj/*", "actions": ["updateTags"]}], "$.questions[0].resource"),
        ([{"resource": FLAG, "actions": ["fly"]}], "has no action 'fly'"),
    ],
)
def test_what_is_no_question_is_refused(server: TestServer, questions: Any, message: str) -> None:
    answer = server.post(MAY, {"questions": questions})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert message in answer.message
