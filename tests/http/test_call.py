"""What a handler can ask of its call."""

from typing import Any

import pytest

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import project_resource
from flagstaff.http.call import Call, Installation
from flagstaff.http.identity import Identity
from flagstaff.kernel.errors import Forbidden, NotFound
from flagstaff.kernel.patches import JsonPatch
from flagstaff.kernel.versions import DEFAULT
from flagstaff.storage.audit import Actor
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction
from tests.support.ids import counting_ids, nth_uuid
from tests.support.rows import a_row

VISIBLE, HIDDEN = project_resource("visible"), project_resource("hidden")
STATEMENTS = (
    Statement("allow", resources=("proj/visible",), actions=("viewProject", "updateProjectName")),
    Statement("allow", resources=("proj/visible:env/test:flag/*",), actions=("createFlag",)),
)


def a_call(tx: Any = None) -> Call:
    caller = Caller("token", "m1", "t1", "someone", (Policy(STATEMENTS, base="no_access"),))
    installation = Installation(SecretKey(bytes(32)))
    identity = Identity(caller, Actor("m1", "t1"))
    return Call(tx, a_row(), identity, DEFAULT, installation, "/things", {}, None)


def flag_in(environment: str) -> Any:
    return VISIBLE.environment(environment, critical=False).child("flag", "checkout")


def test_what_is_allowed_passes_and_is_noted() -> None:
    call = a_call()

    call.require("updateProjectName", VISIBLE)
    call.require_everywhere("createFlag", [flag_in("test")])

    assert call.decided == {"updateProjectName", "createFlag"}


def test_what_may_be_seen_but_not_done_is_forbidden() -> None:
    call = a_call()

    with pytest.raises(Forbidden):
        call.require("deleteProject", VISIBLE)
    assert call.decided == {"deleteProject"}


def test_what_may_not_be_seen_is_not_found() -> None:
    with pytest.raises(NotFound):
        a_call().require("updateProjectName", HIDDEN)
    with pytest.raises(NotFound):
        a_call().require_everywhere("updateName", [HIDDEN.environment("test", critical=False)])


def test_a_change_in_several_environments_needs_all_of_them() -> None:
    with pytest.raises(Forbidden):
        a_call().require_everywhere("createFlag", [flag_in("test"), flag_in("production")])


def test_lists_leave_out_what_may_not_be_seen() -> None:
    assert [a_call().sees(project) for project in (VISIBLE, HIDDEN)] == [True, False]


@pytest.mark.parametrize(("items", "seen"), [((VISIBLE, HIDDEN), [VISIBLE]), ((), [])])
def test_a_list_has_decided_what_may_be_seen_even_if_it_is_empty(items: Any, seen: Any) -> None:
    call = a_call()

    assert call.list_seen(items, call.sees) == seen
    assert call.decided == {"viewProject"}


def test_a_change_is_made_at_the_time_and_with_the_ids_of_the_unit() -> None:
    call = a_call(Transaction(None, 5, counting_ids()))

    edit = call.edit("test")

    assert (edit.now, edit.environment, edit.ids.uuid()) == (5, "test", nth_uuid(1))
    assert call.actor == Actor("m1", "t1")


def test_what_a_call_changes_is_described_with_its_actor_and_the_comment_of_its_body() -> None:
    call = a_call()
    call.body = JsonPatch((), "because")

    entry = call.describe("project", "Visible", "updated", VISIBLE, "updateTags", "updateName")

    assert entry.accesses == (("updateTags", "proj/visible"), ("updateName", "proj/visible"))
    assert (entry.kind, entry.name, entry.title_verb) == ("project", "Visible", "updated")
    assert (entry.actor, entry.comment) == (Actor("m1", "t1"), "because")


@pytest.mark.parametrize("body", [None, {"comment": "of no type"}])
def test_a_body_without_a_comment_leaves_it_empty(body: Any) -> None:
    call = a_call()
    call.body = body

    assert call.describe("project", "Visible", "deleted", VISIBLE, "deleteProject").comment == ""
