"""The way of a request through the dispatcher, with rows of the tests' own."""

import asyncio
from typing import Annotated, Any

import msgspec
import pytest
import structlog
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from flagstaff.http.answers import Redirect
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, BY_CHANGE, VIEW, Endpoint
from flagstaff.http.requests import FIELDS, LARGEST_BODY
from flagstaff.kernel.errors import ApiError, Conflict, Forbidden, NotFound, OAuthError, Unavailable
from flagstaff.storage.secrets import digest
from tests.support.client import NOBODY, OWNER, READER
from tests.support.rows import a_row
from tests.support.server import TestServer

PATH = "/api/v2/things/{thingKey}"
HERE = "/api/v2/things/one"


class Thing(msgspec.Struct):
    size: int


class Query(msgspec.Struct):
    limit: int = 0


class Fields(msgspec.Struct):
    grant: Annotated[str, msgspec.Meta(max_length=10)] = ""


def serve(server: TestServer, result: Any = None, method: str = "POST", **members: Any) -> None:
    """Serve one row, whose handler returns this, raises it, or calls it."""

    def does(call: Call) -> Any:
        if isinstance(result, Exception):
            raise result
        return result(call) if callable(result) else result

    server.serve(a_row(method, PATH, action=members.pop("action", ANY_CALLER), does=does, **members))


def test_errors_come_in_their_order(server: TestServer) -> None:
    """Each call mends what the one before it was refused for."""
    serve(server, Conflict(), body=Thing, query=Query, beta=True)
    wrong: dict[str, Any] = {
        "method": "PUT",
        "path": "/api/v2/nothing",
        "as_": NOBODY,
        "version": "1999",
        "content_type": "text/plain",
        "body": b'{"size": "' + b"x" * LARGEST_BODY + b'"}',
        "query": {"limit": "many"},
    }
    steps = [
        ({}, 404),
        ({"path": HERE}, 405),
        ({"method": "POST"}, 413),
        ({"body": b'{"size": "large"}'}, 401),
        ({"as_": OWNER}, 400),
        ({"version": "20220603"}, 403),
        ({"version": "beta"}, 415),
        ({"content_type": "application/json"}, 400),
        ({"body": b'{"size": 1}'}, 400),
        ({"query": {"limit": "1"}}, 409),
    ]

    for mended, status in steps:
        wrong |= mended
        assert server.request(**wrong).status == status, mended


@pytest.mark.parametrize(
    "error", [Forbidden("No"), NotFound("Not here"), Unavailable("Later", retry_after=4)]
)
def test_what_a_handler_raises_is_answered(server: TestServer, error: ApiError) -> None:
    serve(server, error)

    answer = server.post(HERE)

    assert (answer.status, answer.code, answer.message) == (error.status, error.code, error.message)
    assert answer.headers.get("retry-after") == ("4" if error.retry_after else None)


def test_a_result_is_represented_and_sent_with_the_status_of_its_row(server: TestServer) -> None:
    serve(server, lambda call: call.path["thingKey"], represent=lambda _, key: {"key": key}, status=201)

    answer = server.post("/api/v2/things/a%2Fb%3A%F0%9F%9A%A9")

    assert (answer.status, answer.json) == (201, {"key": "a/b:🚩"})
    assert answer.headers["content-type"] == "application/json"


def test_a_redirect_sends_the_browser_on(server: TestServer) -> None:
    serve(server, Redirect("https://bot.example.com/back?code=1"), method="GET", redirects=True)

    answer = server.get(HERE)

    assert (answer.status, answer.body) == (302, b"")
    assert answer.headers["location"] == "https://bot.example.com/back?code=1"


@pytest.mark.parametrize("keeps", [True, False])
def test_what_a_refused_unit_has_written_stays_only_if_its_error_says_so(
    server: TestServer, keeps: bool
) -> None:
    def misuse(call: Call) -> None:
        call.tx.run("DELETE FROM tokens WHERE digest <> :own", own=digest(OWNER))
        raise OAuthError("Used twice", error="invalid_grant", keeps=keeps)

    serve(server, misuse, oauth=True)
    answer = server.post(HERE)

    assert (answer.status, answer.json["error"]) == (400, "invalid_grant")
    assert server.count("tokens") == (1 if keeps else 3)


def test_a_handler_gets_the_fields_of_a_plain_form(server: TestServer) -> None:
    serve(server, lambda call: call.body.grant, fields=Fields, oauth=True)

    assert server.post(HERE, body=b"grant=a%20b&other=1", content_type=FIELDS).json == "a b"
    for content in (b"grant=1&grant=2", b"grant=%FF", b"\xff", b"grant=" + b"x" * 11):
        answer = server.post(HERE, body=content, content_type=FIELDS)
        assert (answer.status, answer.code) == (400, "invalid_request"), content
    assert server.post(HERE, {"grant": "a"}).status == 415
    assert server.post(HERE, body=b"x" * 64_001, content_type=FIELDS).status == 413


def test_a_row_without_content_sends_none(server: TestServer) -> None:
    serve(server, {"not": "sent"}, status=204)

    assert server.post(HERE).body == b""


def test_a_handler_gets_typed_input(server: TestServer) -> None:
    serve(server, lambda call: [call.body.size, call.query.limit, call.url], body=Thing, query=Query)

    assert server.post(f"{HERE}?limit=3", {"size": 2}).json == [2, 3, HERE]


def test_a_defect_tells_nothing_and_is_logged_with_the_id_that_the_caller_gets(server: TestServer) -> None:
    serve(server, ZeroDivisionError("the secret reason"))

    with capture_logs(processors=[merge_contextvars]) as logs:
        answer = server.post(HERE, checked=False)

    assert answer.json["code"] == "internal_service_error"
    assert "secret" not in answer.body.decode()
    events = [log["event"] for log in logs if log.get("request_id") == answer.json["id"]]
    assert events == ["internal_error"]


def test_a_line_in_the_log_names_the_route_and_nothing_that_was_sent(server: TestServer) -> None:
    serve(server, Conflict())

    with capture_logs(processors=[merge_contextvars]) as logs:
        answer = server.post(f"{HERE}?token=hidden")

    assert [log for log in logs if "request_id" in log] == [
        {
            "event": "answered",
            "log_level": "info",
            "status": 409,
            "route": f"POST {PATH}",
            "request_id": answer.json["id"],
        }
    ]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("PUT", "/api/v2/versions", 405), ("GET", "/sdk/latest-all", 401)],
)
def test_what_is_refused_before_any_operation_is_logged_under_its_id_too(
    server: TestServer, method: str, path: str, status: int
) -> None:
    with capture_logs(processors=[merge_contextvars]) as logs:
        answer = server.request(method, path, as_="")

    assert answer.status == status
    assert [log["status"] for log in logs if log.get("request_id") == answer.json["id"]] == [status]


def test_what_ails_the_disk_is_logged_and_not_told(server: TestServer) -> None:
    def write_to_a_full_disk(call: Call) -> None:
        call.tx.connection.execute("PRAGMA max_page_count = 1")
        call.tx.run("INSERT INTO passwords VALUES ('one', :hash, 0)", hash="x" * 100_000)

    serve(server, write_to_a_full_disk)

    with capture_logs() as logs:
        answer = server.post(HERE)

    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert "full" not in answer.body.decode()
    assert [log["cause"] for log in logs if log["event"] == "unavailable"] == [
        "OperationalError('database or disk is full')"
    ]


def change_something(call: Call) -> None:
    call.tx.run("INSERT INTO passwords VALUES (:id, 'hash', 0)", id=call.path["thingKey"])


@pytest.mark.parametrize("action", ["updateName", BY_CHANGE])
def test_a_handler_that_forgets_to_ask_for_permission_keeps_nothing(server: TestServer, action: str) -> None:
    serve(server, change_something, action=action)

    assert server.post(HERE, checked=False).status == 500
    assert server.rows("SELECT * FROM passwords WHERE member_id = 'one'") == []


def test_who_may_only_see_a_resource_may_not_change_it(server: TestServer) -> None:
    def look_and_change(call: Call) -> None:
        call.decided.add(VIEW)
        change_something(call)

    serve(server, look_and_change, action=BY_CHANGE)
    assert server.post(HERE, checked=False).status == 500
    assert server.rows("SELECT * FROM passwords WHERE member_id = 'one'") == []


def test_a_change_that_changes_nothing_needs_no_more_than_to_look(server: TestServer) -> None:
    serve(server, lambda call: call.decided.add(VIEW), action=BY_CHANGE)
    assert server.post(HERE).status == 200


def test_a_handler_that_asks_keeps_its_changes(server: TestServer) -> None:
    def ask(call: Call) -> None:
        call.decided.add("updateName")
        change_something(call)

    serve(server, ask, action="updateName")

    assert server.post(HERE).status == 200
    assert len(server.rows("SELECT * FROM passwords WHERE member_id = 'one'")) == 1


def test_a_row_that_reads_cannot_write(server: TestServer) -> None:
    serve(server, change_something, reads=True)

    assert server.post(HERE, checked=False).status == 500


def test_what_is_prepared_reaches_the_handler(server: TestServer) -> None:
    async def prepare(edge: Any, received: Any) -> str:
        return f"prepared for {received.path['thingKey']}"

    serve(server, lambda call: call.prepared, prepare=prepare)

    assert server.post(HERE).json == "prepared for one"


def test_preparing_fails_after_the_caller_is_known(server: TestServer) -> None:
    async def prepare(edge: Any, received: Any) -> None:
        raise NotFound("It is not there")

    serve(server, prepare=prepare)

    assert server.post(HERE, as_=NOBODY).status == 401
    assert server.post(HERE).message == "It is not there"


@pytest.mark.parametrize("override", ["PATCH", "patch"])
def test_a_post_may_carry_another_method(server: TestServer, override: str) -> None:
    serve(server, "patched", "PATCH")

    assert server.post(HERE, headers={"X-HTTP-Method-Override": override}).json == "patched"


@pytest.mark.parametrize(("method", "override"), [("GET", "PATCH"), ("PUT", "PATCH"), ("POST", "TRACE")])
def test_no_other_method_carries_one_and_no_other_is_carried(
    server: TestServer, method: str, override: str
) -> None:
    serve(server, "patched", "PATCH")

    answer = server.request(method, HERE, headers={"X-HTTP-Method-Override": override})

    assert (answer.status, answer.headers["allow"]) == (405, "PATCH")


@pytest.mark.parametrize(("path", "status"), [(HERE, 204), ("/api/v2/nothing", 404)])
def test_a_preflight_is_answered_where_there_is_something(server: TestServer, path: str, status: int) -> None:
    serve(server)

    answer = server.request("OPTIONS", path, as_=NOBODY, headers={"Origin": "https://page.example.com"})

    assert answer.status == status
    assert answer.headers["access-control-allow-origin"] == "https://page.example.com"


def test_a_header_that_cannot_be_read_is_refused(server: TestServer) -> None:
    serve(server, body=Thing)

    answer = server.post(HERE, {"size": 1}, headers={"Content-Length": "some"})

    assert (answer.status, answer.code) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("default", "asked", "version"),
    [(0, "", "20220603"), (20191212, "", "20191212"), (20191212, "beta", "beta")],
)
def test_every_answer_to_a_known_caller_names_its_version(
    server: TestServer, default: int, asked: str, version: str
) -> None:
    serve(server, Conflict())
    token = server.add_token(role="reader", default_api_version=default)

    assert server.post(HERE, as_=token, version=asked).headers["ld-api-version"] == version


def test_calls_of_a_route_are_limited_and_the_headers_count_down(template, tmp_path) -> None:
    server = TestServer(template, tmp_path, FLAGSTAFF_ROUTE_LIMIT="2", FLAGSTAFF_ACCOUNT_LIMIT="10").start()
    serve(server)

    answers = [server.post(HERE, as_=READER) for _ in range(3)]
    server.clock.advance(seconds=10)
    later = server.post(HERE)
    server.stop()

    assert [answer.status for answer in [*answers, later]] == [200, 200, 429, 200]
    assert [answer.headers["x-ratelimit-route-remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[0].headers["x-ratelimit-global-remaining"] == "9"
    assert int(answers[2].headers["x-ratelimit-reset"]) > server.clock.now - 10_000
    assert answers[2].code == "rate_limited"


def test_an_address_that_keeps_failing_is_told_to_wait_but_a_known_caller_from_there_is_not(
    server: TestServer,
) -> None:
    serve(server)

    answers = [server.post(HERE, as_="wrong", address="192.0.2.1").status for _ in range(501)]
    limited = server.post(HERE, as_="wrong", address="192.0.2.1")

    assert (answers.count(401), answers.count(429)) == (500, 1)
    assert 0 < int(limited.headers["retry-after"]) <= 10
    assert server.post(HERE, as_="wrong", address="192.0.2.2").status == 401
    assert server.post(HERE, address="192.0.2.1").status == 200


def test_an_endpoint_does_everything_itself_but_refuse(server: TestServer) -> None:
    async def respond(request: Any, response: Any, path: dict[str, str]) -> None:
        if path["thingKey"] == "none":
            raise NotFound("No such thing")
        response.media = path

    server.serve(Endpoint("GET", PATH, respond))

    assert server.get(HERE, as_=NOBODY).json == {"thingKey": "one"}
    refused = server.get("/api/v2/things/none")
    assert (refused.status, refused.message) == (404, "No such thing")


def test_what_a_handler_logs_belongs_to_its_own_request(server: TestServer) -> None:
    """Units of many requests share one writer thread."""
    log = structlog.get_logger()

    def speak(call: Call) -> None:
        log.info("spoken", key=call.path["thingKey"])
        raise Conflict(call.path["thingKey"])

    serve(server, speak)

    with capture_logs(processors=[merge_contextvars]) as logs:
        calls = [{"method": "POST", "path": f"/api/v2/things/{number}"} for number in range(16)]
        answers = server.request_all(*calls)

    spoken = {log["key"]: log["request_id"] for log in logs if log["event"] == "spoken"}
    assert spoken == {answer.message: answer.json["id"] for answer in answers}
    assert len(set(spoken.values())) == 16


def test_calls_at_the_same_time_are_answered_each_with_its_own(server: TestServer) -> None:
    serve(server, lambda call: int(call.path["thingKey"]))

    async def call_all() -> list[Any]:
        sent = (server.send("POST", f"/api/v2/things/{number}") for number in range(100))
        return [answer.json for answer in await asyncio.gather(*sent)]

    assert server.run(call_all()) == list(range(100))
