"""Who may not call an operation, over all rows."""

import re

import pytest

from flagstaff.access.actions import RESOURCE_TYPES, find_path, is_known_action
from flagstaff.access.policies import Statement
from flagstaff.http.operations import ANY_CALLER, BY_CHANGE, VIEW, Operation
from tests.support.client import NOBODY, OWNER, READER, SESSION
from tests.support.server import TestServer
from tests.sweeps.calls import EVERY, GUARDED, READS, RESOURCES, WRITES, call_example, each, successes
from tests.sweeps.examples import EXAMPLES

ACTED_ON = {
    "projects": "proj",
    "environments": "proj:env",
    "feature_flags": "proj:env:flag",
    "segments": "proj:env:segment",
    "integrations": "integration",
    "context_settings": "proj:env:flag",
    "contexts": "proj:env",
    "applications": "application",
    "users": "proj:env:user",
    "user_settings": "proj:env:flag",
    "webhooks": "webhook",
    "flagstaff_webhooks": "webhook",
    "flagstaff_segments": "proj:env:segment",
    "account_members": "member",
    "account_members_beta": "member",
    "flagstaff_members": "member",
    "teams": "team",
    "custom_roles": "role",
    "access_tokens": "member:token",
    "o_auth2_clients": "acct",
    "relay_proxy_configurations": "relay-proxy-config",
    "payload_filters": "proj:payload-filter",
    "metrics": "proj:metric",
}  # what the operations of a group act on
IN_PATH = [(row, name) for row in EVERY for name in re.findall(r"\{(\w+)\}", row.path)]
NAMED = [(row, name) for row, name in IN_PATH if name not in EXAMPLES[row.id].free]  # what must exist


@each(GUARDED)
def test_without_an_access_token_the_answer_is_401(shared: TestServer, row: Operation) -> None:
    credentials = [
        NOBODY,
        "api-00000000-0000-4000-8000-00000000dead",
        "Bearer ",
        "Basic b3duZXI6b3duZXI=",
        shared.sdk_key(),
        shared.mobile_key(),
    ]

    answers = [call_example(shared, row, as_=credential) for credential in credentials]

    assert [(answer.status, answer.code) for answer in answers] == [(401, "unauthorized")] * len(credentials)


@pytest.mark.parametrize(
    ("row", "name"),
    [(row, name) for row, name in IN_PATH if not row.open],
    ids=[f"{row.id}-{name}" for row, name in IN_PATH if not row.open],
)
def test_who_is_not_known_does_not_learn_what_exists(shared: TestServer, row: Operation, name: str) -> None:
    assert call_example(shared, row, keys={name: "nowhere"}, as_=NOBODY).status == 401


@each([row for row in RESOURCES if row.open])
def test_an_open_operation_asks_nobody(shared: TestServer, row: Operation) -> None:
    assert [call_example(shared, row, as_=given).status for given in (NOBODY, "anything")] == [200, 200]


@each([row for row in WRITES if not row.open])
def test_a_reader_may_not_write(shared: TestServer, row: Operation) -> None:
    answer = call_example(shared, row, as_=READER)

    assert (answer.status, answer.code) == (403, "forbidden")


@pytest.mark.parametrize(("row", "name"), NAMED, ids=[f"{row.id}-{name}" for row, name in NAMED])
@pytest.mark.parametrize("key", ["nowhere", "a%2Fb", "%F0%9F%9A%A9", "100%25:x"])
def test_what_does_not_exist_is_not_found(shared: TestServer, row: Operation, name: str, key: str) -> None:
    answer = call_example(shared, row, keys={name: key})

    assert (answer.status, answer.code) == (404, "not_found")


@each([row for row in EVERY if row.session])
def test_no_access_token_opens_what_is_for_sessions(shared: TestServer, row: Operation) -> None:
    answer = call_example(shared, row, as_=OWNER)

    assert (answer.status, answer.code) == (403, "forbidden")


@each([row for row in EVERY if row.is_of_pages and not row.arrives])
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://pages.example.com"}, {"Origin": "", "Sec-Fetch-Site": "same-site"}]
)
def test_no_page_of_another_origin_may_sign_anybody_in_or_out(
    shared: TestServer, row: Operation, headers: dict[str, str]
) -> None:
    answer = call_example(shared, row, headers=headers)

    assert (answer.status, answer.code) == (403, "forbidden")
    assert "access-control-allow-credentials" not in answer.headers


@each([row for row in READS if not row.is_of_pages and not row.open])
def test_a_session_reads_what_a_token_reads(shared: TestServer, row: Operation) -> None:
    assert call_example(shared, row, as_=SESSION).status in successes(row)


@each([row for row in GUARDED if not row.is_of_pages])
def test_a_session_is_for_pages_of_the_own_origin(shared: TestServer, row: Operation) -> None:
    answers = [
        call_example(shared, row, as_=SESSION, headers=headers)
        for headers in ({"Origin": "https://pages.example.com"}, {"Origin": ""})
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(403, "forbidden")] * 2


@each([row for row in EVERY if "{projectKey}" in row.path])
def test_a_project_that_may_not_be_seen_is_not_found(server: TestServer, row: Operation) -> None:
    token = server.add_token(
        Statement("allow", resources=("proj/spare",), actions=("*",)),
        Statement("deny", resources=("proj/default",), actions=("viewProject",)),
    )

    assert call_example(server, row, as_=token).status == 404


@each([row for row in EVERY if row.beta])
def test_a_beta_operation_is_there_only_for_those_who_ask(shared: TestServer, row: Operation) -> None:
    answer = call_example(shared, row, version="")

    assert (answer.status, answer.code) == (403, "forbidden")


@each([row for row in EVERY if row.action not in {BY_CHANGE, ANY_CALLER, VIEW}])
def test_the_action_of_a_row_is_one_that_policies_know(row: Operation) -> None:
    resource = "team" if row.id == "postMemberTeams" else ACTED_ON[row.sdk[0].removesuffix("_beta")]

    assert is_known_action(resource, row.action)


VOCABULARIES = {row.vocabulary.resource: row.vocabulary for row in EVERY if row.vocabulary is not None}


@pytest.mark.parametrize("resource", VOCABULARIES)
def test_the_action_of_an_instruction_is_one_that_policies_know(resource: str) -> None:
    known = RESOURCE_TYPES[find_path(resource.removesuffix("s")) or resource].actions

    assert {kind.action for kind in VOCABULARIES[resource].kinds.values() if not kind.internal} <= known
