"""OFREP over HTTP; every answer is checked against its schema."""

from typing import Any

import httpx
import jsonschema_rs
import pytest

from flagstaff.delivery.client_requests import MOST_CONTEXT
from flagstaff.kernel.errors import Unavailable
from tests.delivery.clients import (
    FOR_BROWSERS,
    FOR_MOBILE,
    for_ada,
    publish,
    secure_hash,
)
from tests.delivery.filtered import put_filter
from tests.delivery.ofrep_schemas import ALL, CONFIGURATION, ONE
from tests.delivery.serving import Environment
from tests.support import calls

FLAGS = "/ofrep/v1/evaluate/flags"
ADA = {"context": {"targetingKey": "ada"}}


def post(environment: Environment, path: str, body: Any = ADA, **headers: str) -> httpx.Response:
    sent = headers or {"Authorization": f"Bearer {environment.key}"}
    answer = calls.post(environment.server.url + path, json=body, headers=sent)
    if answer.content:
        shapes = ALL if path.partition("?")[0] == FLAGS else ONE
        jsonschema_rs.validate(shapes[answer.status_code], answer.json())
    return answer


def evaluate(environment: Environment, key: str, context: Any = ADA) -> dict[str, Any]:
    answer = post(environment, f"{FLAGS}/{key}", context)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_flag_is_evaluated_for_the_context(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    assert evaluate(environment, "flag") == {
        "key": "flag",
        "reason": "TARGETING_MATCH",
        "variant": "0",
        "value": True,
        "metadata": {"kind": "TARGET_MATCH"},
    }
    bob = evaluate(environment, "flag", {"context": {"targetingKey": "bob"}})
    assert (bob["value"], bob["reason"]) == (False, "DEFAULT")


EXPERIMENT = {"kind": "experiment", "contextKind": "user", "variations": [{"variation": 0, "weight": 100000}]}


@pytest.mark.parametrize(
    ("members", "reason", "value"),
    [
        ({"on": False}, "DISABLED", False),
        ({"on": False, "offVariation": None}, "DISABLED", None),
        ({"prerequisites": [{"key": "missing", "variation": 0}]}, "DEFAULT", False),
        ({"targets": [], "fallthrough": {"rollout": EXPERIMENT}}, "SPLIT", True),
        ({"variations": ["a", "b"]}, "TARGETING_MATCH", "a"),
        ({"variations": [3, 4]}, "TARGETING_MATCH", 3),
        ({"variations": [3.5, 4]}, "TARGETING_MATCH", 3.5),
        ({"variations": [{"a": [1]}, {}]}, "TARGETING_MATCH", {"a": [1]}),
        ({"variations": [None, 1]}, "TARGETING_MATCH", None),
    ],
)
def test_reasons_and_values_are_those_of_openfeature(
    environment: Environment, members: Any, reason: str, value: Any
) -> None:
    publish(environment, for_ada("flag", **members))
    found = evaluate(environment, "flag")
    assert (found["reason"], found.get("value")) == (reason, value)
    assert ("value" in found) is (value is not None)


def test_what_cannot_be_evaluated_is_a_failure_with_its_key(environment: Environment) -> None:
    publish(environment, for_ada("broken", targets=[], fallthrough={"variation": 9}), for_ada("flag"))
    answer = post(environment, f"{FLAGS}/broken")
    assert answer.status_code == 400
    assert answer.json() == {"key": "broken", "errorCode": "GENERAL", "errorDetails": "MALFORMED_FLAG"}
    assert [flag["key"] for flag in post(environment, FLAGS).json()["flags"]] == ["broken", "flag"]


def test_an_unknown_flag_is_not_found(environment: Environment) -> None:
    answer = post(environment, f"{FLAGS}/none")
    assert (answer.status_code, answer.json()["errorCode"]) == (404, "FLAG_NOT_FOUND")


@pytest.mark.parametrize("path", [FLAGS, f"{FLAGS}/flag"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], "PARSE_ERROR"),
        ({}, "TARGETING_KEY_MISSING"),
        ({"context": 7}, "INVALID_CONTEXT"),
        ({"context": {"targetingKey": "a" * MOST_CONTEXT}}, "INVALID_CONTEXT"),
    ],
)
def test_a_bad_context_is_a_bad_request(environment: Environment, path: str, body: Any, code: str) -> None:
    publish(environment, for_ada("flag"))
    answer = post(environment, path, body)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, code)


def test_each_credential_is_read_from_each_header(environment: Environment) -> None:
    web, mobile = (
        for_ada("web", clientSideAvailability=FOR_BROWSERS),
        for_ada("mobile", clientSideAvailability=FOR_MOBILE),
    )
    publish(environment, web, mobile)
    seen = {
        environment.key: ["mobile", "web"],
        environment.mobile_key: ["mobile"],
        environment.id: ["web"],
    }
    for key, expected in seen.items():
        for headers in (
            {"Authorization": key},
            {"Authorization": f"Bearer {key}"},
            {"Authorization": f"bearer  {key}"},
            {"X-API-Key": key},
        ):
            flags = post(environment, FLAGS, **headers).json()["flags"]
            assert sorted(flag["key"] for flag in flags) == expected
    assert post(environment, f"{FLAGS}/web", **{"X-API-Key": environment.mobile_key}).status_code == 404


@pytest.mark.parametrize("path", [FLAGS, f"{FLAGS}/flag"])
@pytest.mark.parametrize("key", ["sdk-x", "mob-x", "0" * 24, "Basic abc", "Bearer", "Bearer a b"])
def test_others_are_unauthorized(environment: Environment, path: str, key: str) -> None:
    assert post(environment, path, Authorization=key).status_code == 401


def test_nobody_is_unauthorized_too(environment: Environment) -> None:
    assert post(environment, FLAGS, Accept="*/*").status_code == 401


def test_all_flags_are_answered_once_per_state_and_context(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    key = {"Authorization": environment.id}
    first = post(environment, FLAGS, **key)
    held = key | {"If-None-Match": first.headers["etag"]}
    again = post(environment, FLAGS, **held)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert post(environment, FLAGS, {"context": {"targetingKey": "bob"}}, **held).status_code == 200
    assert post(environment, FLAGS, **(held | {"Authorization": environment.key})).status_code == 200
    publish(environment, for_ada("flag", on=False))
    assert post(environment, FLAGS, **held).status_code == 200


def test_secure_mode_holds_here_too(environment: Environment) -> None:
    environment.save(secure_mode=True)
    publish(environment, for_ada("flag"))
    key = {"Authorization": environment.id}
    assert post(environment, f"{FLAGS}/flag", **key).status_code == 400
    assert post(environment, FLAGS, **key).json()["errorCode"] == "GENERAL"
    proof = secure_hash(environment.key, "ada")
    assert post(environment, f"{FLAGS}?h={proof}", **key).status_code == 200
    assert post(environment, FLAGS, Authorization=environment.mobile_key).status_code == 200


def test_a_payload_filter_holds_here_too(environment: Environment) -> None:
    put_filter(environment, "flag")
    publish(environment, for_ada("flag"), for_ada("other"))
    assert [flag["key"] for flag in post(environment, f"{FLAGS}?filter=web").json()["flags"]] == ["flag"]


def test_a_state_that_passes_says_when_to_come_back(environment: Environment, monkeypatch: Any) -> None:
    async def fail(*_: Any) -> Any:
        raise Unavailable("busy", retry_after=7)

    monkeypatch.setattr(environment.server.delivery.client_data, "get", fail)
    answer = post(environment, f"{FLAGS}/flag")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")


def test_a_page_of_another_origin_may_ask(environment: Environment) -> None:
    answer = calls.options(environment.server.url + FLAGS)
    assert answer.status_code == 200
    assert "X-API-Key" in answer.headers["access-control-allow-headers"]
    headers = {"Authorization": environment.id, "Origin": "http://shop.test"}
    assert post(environment, FLAGS, **headers).headers["access-control-allow-origin"] == "http://shop.test"


def test_clients_can_ask_how_to_set_themselves_up(environment: Environment) -> None:
    answer = environment.server.get("/ofrep/v1/configuration", Authorization=f"Bearer {environment.id}")
    jsonschema_rs.validate(CONFIGURATION, answer.json())
    assert environment.server.get("/ofrep/v1/configuration").status_code == 401
