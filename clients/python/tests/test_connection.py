"""Calls over real sockets, without asyncio."""

import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from launch_darkly_python_sdk import (
    LaunchDarkly,
    NoAnswer,
    NotFound,
    RateLimited,
    ServerError,
    TimedOut,
    UnexpectedRedirect,
    UnreadableAnswer,
    __version__,
)
from launch_darkly_python_sdk.connection import client_options
from launch_darkly_python_sdk.retries import Retries
from launch_darkly_python_sdk.settings import read_settings
from recording.forms import read_form
from recording.server import Prepared, Recorder

Call = Callable[[LaunchDarkly], Any]
AT_ONCE = Retries(attempts=2, backoff=0.0)
IMPORT = {"project_key": "p", "environment_key": "e", "segment_key": "s"}


@pytest.fixture
def patient(recorder: Recorder) -> Iterator[LaunchDarkly]:
    """Tries again without waiting."""
    with LaunchDarkly("token", host=recorder.host, retries=AT_ONCE) as made:
        yield made


def test_every_request_has_the_settings_of_the_client(recorder: Recorder) -> None:
    with LaunchDarkly(
        "api-1", host=f"{recorder.host}/ld/", api_version=20220603, headers={"X-Mine": "1"}
    ) as client:
        client.tags.list(pre="a")
    sent = recorder.last
    assert sent.target == "/ld/api/v2/tags?pre=a"
    headers = {
        name: sent.headers[name]
        for name in ("Authorization", "LD-API-Version", "X-Mine", "User-Agent", "Accept")
    }
    assert headers == {
        "Authorization": "api-1", "LD-API-Version": "20220603", "X-Mine": "1",
        "User-Agent": f"flagstaff-client/{__version__}", "Accept": "application/json",
    }  # fmt: skip


def test_beta_is_asked_for_even_by_a_client_of_another_version(recorder: Recorder) -> None:
    with LaunchDarkly("api-1", host=recorder.host, api_version=20220603) as client:
        client.applications_beta.list_applications()
    assert recorder.last.headers["LD-API-Version"] == "beta"


def test_without_a_key_nobody_is_named(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LAUNCHDARKLY_ACCESS_TOKEN", raising=False)
    monkeypatch.setenv("LAUNCHDARKLY_HOST", recorder.host)
    with LaunchDarkly() as client:
        client.other.get_ip_list()
    assert "Authorization" not in recorder.last.headers


def test_a_failing_proxy_is_waited_out(patient: LaunchDarkly, recorder: Recorder) -> None:
    recorder.answers = [Prepared(502, b"<html>"), Prepared(503), Prepared(200, {"items": ["a"]})]
    assert patient.tags.list().items == ["a"]
    assert len(recorder.requests) == 3


def test_a_status_without_words_gets_the_usual_ones() -> None:
    wordless = httpx.MockTransport(lambda _request: httpx.Response(404, extensions={"reason_phrase": b""}))
    worded = httpx.MockTransport(
        lambda _request: httpx.Response(404, extensions={"reason_phrase": b"Gone away"})
    )
    for transport, reason in ((wordless, "Not Found"), (worded, "Gone away")):
        with LaunchDarkly("token", transport=transport) as client, pytest.raises(NotFound) as raised:
            client.tags.list()
        assert raised.value.reason == reason


def test_too_many_calls_are_told_after_the_last_try(patient: LaunchDarkly, recorder: Recorder) -> None:
    recorder.answers = [Prepared(429, {"code": "rate_limited"}, {"Retry-After": "0"})] * 3
    with pytest.raises(RateLimited) as raised:
        patient.access_tokens.create_new_token(name="x")
    assert raised.value.code == "rate_limited"
    assert len(recorder.requests) == 3


@pytest.mark.parametrize("failure", [Prepared(200, {}, cut=9), Prepared(502), Prepared(503), Prepared(504)])
@pytest.mark.parametrize(
    ("call", "tries"),
    [
        (lambda client: client.tags.list(), 3),
        (lambda client: client.projects.delete_by_project_key(project_key="p"), 3),
        (lambda client: client.contexts.create_or_update_kind(project_key="p", key="k", name="K"), 3),
        (lambda client: client.contexts.search_contexts(project_key="p", environment_key="e"), 3),
        (lambda client: client.access_tokens.create_new_token(name="x"), 1),
        (lambda client: client.access_tokens.update_settings(id="x", patch=[]), 1),
    ],
)
def test_only_what_does_no_harm_twice_is_tried_again(
    call: Call, tries: int, failure: Prepared, patient: LaunchDarkly, recorder: Recorder
) -> None:
    recorder.otherwise = lambda _request: failure
    with pytest.raises((NoAnswer, ServerError)):
        call(patient)
    assert len(recorder.requests) == tries


def test_a_change_is_not_sent_twice_when_nobody_knows_whether_it_arrived(
    patient: LaunchDarkly, recorder: Recorder
) -> None:
    recorder.answers = [Prepared(503)]
    with pytest.raises(ServerError):
        patient.access_tokens.create_new_token(name="x")
    assert len(recorder.requests) == 1


def test_an_answer_that_breaks_off_is_no_answer(patient: LaunchDarkly, recorder: Recorder) -> None:
    recorder.answers = [Prepared(200, {"items": []}, cut=100)]
    with pytest.raises(NoAnswer, match="no answer: ") as raised:
        patient.access_tokens.create_new_token(name="x")
    assert (raised.value.status, raised.value.body, raised.value.headers) == (None, None, {})
    assert raised.value.round_trip_time > 0
    recorder.answers = [Prepared(200, {}, cut=100), Prepared(200, {"items": ["a"]})]
    assert patient.tags.list().items == ["a"]


def test_a_sign_in_page_is_no_answer_either(client: LaunchDarkly, recorder: Recorder) -> None:
    recorder.answers = [Prepared(200, b"<html>Sign in</html>", {"Content-Type": "text/html"})]
    with pytest.raises(UnreadableAnswer, match="text/html"):
        client.tags.list()


def test_the_key_never_goes_to_another_host(client: LaunchDarkly, recorder: Recorder) -> None:
    elsewhere = recorder.host.replace("127.0.0.1", "localhost")
    recorder.answers = [Prepared(302, {}, {"Location": f"{elsewhere}/api/v2/tags"})]
    with pytest.raises(UnexpectedRedirect) as raised:
        client.tags.list()
    assert len(recorder.requests) == 1
    assert "token" not in repr(raised.value).replace("access token", "")


def test_nobody_listening_is_no_answer() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with (
            LaunchDarkly("token", host=host, retries=0) as client,
            pytest.raises(NoAnswer, match="GET /api/v2/tags"),
        ):
            client.tags.list()


def test_silence_is_left_after_the_time_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with (
            LaunchDarkly("token", host=host, retries=0, timeout=0.05) as client,
            pytest.raises(TimedOut) as raised,
        ):
            client.tags.list()
        assert raised.value.round_trip_time >= 0.05


def test_a_file_is_streamed_as_one_part_of_a_form(
    client: LaunchDarkly, recorder: Recorder, tmp_path: Path
) -> None:
    path = tmp_path / "keys.csv"
    path.write_bytes(b"key-1\nkey-2\n")
    recorder.otherwise = lambda _request: Prepared(204)
    with path.open("rb") as stream:
        for file in (str(path), path, stream, path.read_bytes()):
            client.segments_beta.start_big_segment_import(**IMPORT, file=file, mode="merge")
            assert read_form(recorder.last) == {"mode": "merge", "file": b"key-1\nkey-2\n"}
        assert not stream.closed


def test_a_file_is_sent_again_from_its_beginning(
    patient: LaunchDarkly, recorder: Recorder, tmp_path: Path
) -> None:
    path = tmp_path / "members.csv"
    path.write_bytes(b"a@example.com\n")
    recorder.answers = [Prepared(429), Prepared(201, {"items": []})]
    with path.open("rb") as stream:
        patient.teams.add_multiple_members_to_team(team_key="t", file=stream)
    assert [read_form(request)["file"] for request in recorder.requests] == [b"a@example.com\n"] * 2


def test_a_stream_without_a_length_is_sent_in_chunks(client: LaunchDarkly, recorder: Recorder) -> None:
    chunks = [b"key-1\n", b"key-2\n"]

    class Pipe(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def read(self, _size: int = -1) -> bytes:
            return chunks.pop(0) if chunks else b""

    recorder.otherwise = lambda _request: Prepared(204)
    client.segments_beta.start_big_segment_import(**IMPORT, file=Pipe())
    assert recorder.last.headers["Transfer-Encoding"] == "chunked"
    assert read_form(recorder.last) == {"file": b"key-1\nkey-2\n"}


def test_a_missing_file_is_found_before_anything_is_sent(client: LaunchDarkly, recorder: Recorder) -> None:
    with pytest.raises(FileNotFoundError):
        client.teams.add_multiple_members_to_team(team_key="t", file="/nowhere/members.csv")
    assert recorder.requests == []


def test_threads_share_one_client(client: LaunchDarkly, recorder: Recorder) -> None:
    recorder.otherwise = lambda request: Prepared(200, {"_id": request.target.rpartition("/")[2]})
    barrier = threading.Barrier(8)

    def read(number: int) -> list[str]:
        barrier.wait()
        return [client.access_tokens.get_by_id(id=f"{number}-{turn}").id for turn in range(10)]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, range(8)))
    assert found == [[f"{number}-{turn}" for turn in range(10)] for number in range(8)]


def test_connections_are_kept_for_the_next_call(recorder: Recorder) -> None:
    with LaunchDarkly("token", host=recorder.host) as client:
        for _ in range(3):
            client.tags.list()
    assert len({request.port for request in recorder.requests}) == 1


def test_a_transport_takes_the_place_of_the_network(recorder: Recorder) -> None:
    answering = httpx.MockTransport(lambda _request: httpx.Response(200, json={"items": ["a"]}))
    with LaunchDarkly("token", host=recorder.host, transport=answering) as client:
        assert client.tags.list().items == ["a"]
    assert recorder.requests == []


def test_tls_is_the_usual_one_unless_something_is_said(tmp_path: Path) -> None:
    def context(**given: object) -> ssl.SSLContext:
        made = client_options(read_settings({}, **{"host": "https://flags.example.com", **given}))["verify"]
        assert isinstance(made, ssl.SSLContext)
        return made

    assert context() is context()
    assert context().get_ca_certs() != []
    assert context().verify_mode is ssl.CERT_REQUIRED
    assert context(verify=False).verify_mode is ssl.CERT_NONE
    own = ssl.create_default_context()
    assert context(verify=own) is own
    with pytest.raises(OSError):  # noqa: PT011 - of the ssl module, which names no file
        context(verify=str(tmp_path / "missing.pem"))
    with pytest.raises(OSError):  # noqa: PT011
        context(cert=str(tmp_path / "missing.pem"))
    with pytest.raises(OSError):  # noqa: PT011
        context(cert=(str(tmp_path / "missing.pem"), str(tmp_path / "missing.key")))


def test_without_tls_nobody_is_trusted_and_no_authorities_are_read() -> None:
    context = client_options(read_settings({}, host="http://127.0.0.1:1"))["verify"]
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.get_ca_certs() == []


def test_a_proxy_is_asked_for_the_whole_address(recorder: Recorder) -> None:
    recorder.otherwise = lambda _request: Prepared(200, {"items": ["a"]})
    with LaunchDarkly("token", host="http://flags.example.com", proxy=recorder.host) as client:
        assert client.tags.list().items == ["a"]
    assert recorder.last.target == "http://flags.example.com/api/v2/tags"


def test_proxies_and_time_outs_are_handed_on() -> None:
    options = client_options(read_settings({}, proxy="http://proxy:3128", timeout=5, trust_env=False))
    assert (options["proxy"], options["timeout"], options["trust_env"]) == ("http://proxy:3128", 5, False)
    assert options["follow_redirects"] is False
