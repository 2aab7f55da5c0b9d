"""Malformed requests and the ways of sending a well-formed one, over all rows."""

import msgspec

from flagstaff.http.operations import Operation
from flagstaff.http.requests import LARGEST_BODY
from flagstaff.kernel.patches import PatchFormat
from tests.support.client import JSON, NOBODY
from tests.support.server import TestServer
from tests.sweeps.calls import EVERY, READS, RESOURCES, WITH_BODY, call_example, each, successes
from tests.sweeps.examples import EXAMPLES

ORIGIN = "https://pages.example.com"


@each(EVERY)
def test_an_unknown_version_is_refused(shared: TestServer, row: Operation) -> None:
    answer = call_example(shared, row, version="20200101")

    assert (answer.status, answer.code) == (400, "invalid_request")


@each(WITH_BODY)
def test_a_body_that_is_not_json_is_refused(shared: TestServer, row: Operation) -> None:
    bodies = [b"{", b"\xff\xfe", b"[" * 100 + b"]" * 100, b'{"a":' * 70 + b"1" + b"}" * 70]
    bodies += [] if row.optional_body else [b""]

    answers = [call_example(shared, row, body=body) for body in bodies]

    assert [(answer.status, answer.code) for answer in answers] == [(400, "invalid_request")] * len(bodies)


@each(WITH_BODY)
def test_a_body_of_another_type_is_refused(shared: TestServer, row: Operation) -> None:
    bodies = [b"null", b"7", b'"text"', b"true", b"[7]"]

    answers = [call_example(shared, row, body=body) for body in bodies]

    assert [(answer.status, answer.code) for answer in answers] == [(400, "invalid_request")] * len(bodies)


@each(WITH_BODY)
def test_another_media_type_is_refused(shared: TestServer, row: Operation) -> None:
    answers = [
        call_example(shared, row, content_type=media)
        for media in ("text/plain", "application/xml", "nonsense")
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(415, "unsupported_media_type")] * 3


@each(WITH_BODY)
def test_a_body_without_media_type_is_read_as_json(server: TestServer, row: Operation) -> None:
    answer = call_example(server, row, content_type="")

    assert answer.status in ({400} if EXAMPLES[row.id].semantic else successes(row))


@each([row for row in WITH_BODY if PatchFormat.SEMANTIC in row.patch])
def test_instructions_without_their_media_type_are_refused(shared: TestServer, row: Operation) -> None:
    answer = call_example(shared, row, json={"instructions": [{"kind": "any"}]}, content_type=JSON)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "domain-model=launchdarkly.semanticpatch" in answer.message


@each(WITH_BODY)
def test_a_large_body_is_refused_before_anything_else(shared: TestServer, row: Operation) -> None:
    body = msgspec.json.encode(["x" * LARGEST_BODY])

    announced = call_example(shared, row, as_=NOBODY, body=body)
    unannounced = call_example(shared, row, as_=NOBODY, body=body, headers={"Content-Length": ""})

    assert [(answer.status, answer.code) for answer in (announced, unannounced)] == [
        (413, "request_entity_too_large")
    ] * 2


@each([row for row in EVERY if row.method in {"PATCH", "PUT", "DELETE"}])
def test_a_post_may_stand_for_another_method(server: TestServer, row: Operation) -> None:
    answer = call_example(server, row, method="POST", headers={"X-HTTP-Method-Override": row.method})

    assert answer.status == row.status


@each([row for row in RESOURCES if not row.session])
def test_pages_of_any_origin_may_read_every_answer(server: TestServer, row: Operation) -> None:
    success = call_example(server, row, headers={"Origin": ORIGIN})
    refusal = call_example(server, row, headers={"Origin": ORIGIN}, version="20200101")
    preflight = call_example(server, row, headers={"Origin": ORIGIN}, method="OPTIONS", json=None)

    assert success.status in successes(row)
    assert (refusal.status, preflight.status) == (400, 204)
    for answer in (success, refusal, preflight):
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert answer.headers["access-control-max-age"] == "300"
        assert "access-control-allow-credentials" not in answer.headers


@each(EVERY)
def test_another_method_is_refused_with_those_there_are(shared: TestServer, row: Operation) -> None:
    answer = call_example(shared, row, method="TRACE", json=None)

    assert (answer.status, answer.code) == (405, "method_not_allowed")
    assert row.method in answer.headers["allow"].split(", ")


@each([row for row in READS if row.method == "GET"])
def test_a_head_request_is_answered_as_a_get_without_its_body(shared: TestServer, row: Operation) -> None:
    whole, head = call_example(shared, row), call_example(shared, row, method="HEAD")

    assert (head.status, head.body) == (whole.status, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    if not row.emits:  # a stream of events has no end
        assert head.headers["content-length"] == str(len(whole.body))
