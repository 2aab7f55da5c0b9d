"""The Python client of the API against a real server: what users do with it, in every form.

tests/sweeps/test_python_client.py calls every operation that the server offers, scenario or not.
"""

import asyncio
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import cast

import httpx
import pytest
from launch_darkly_python_sdk import LaunchDarkly, NoAnswer, NotFound, Unauthorized

from flagstaff.rows import OPERATIONS
from tests.delivery.certificates import make_certificate
from tests.support import calls
from tests.support.forms import FORMS, Form, FormedClient
from tests.support.process import TOKEN, Process
from tests.support.scenarios import accounts, audit, flags, metrics, projects, segments, system, webhooks
from tests.support.scenarios.registry import SCENARIOS, Scenario

pytestmark = pytest.mark.contract

CLIENT = Path(__file__).parent.parent.parent / "clients" / "python"
AREAS = (
    accounts,
    audit,
    flags,
    metrics,
    projects,
    segments,
    system,
    webhooks,
)  # importing them registers their scenarios
PATTERNS = [
    (row.method, re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(row.path))), ".".join(row.sdk))
    for row in OPERATIONS
]


class Noted(httpx.HTTPTransport):
    """Notes which operations succeeded; `answered` collects their names."""

    answered: set[str]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        note(self.answered, request, response)
        return response


class AsyncNoted(httpx.AsyncHTTPTransport):
    """The same, awaited."""

    answered: set[str]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        note(self.answered, request, response)
        return response


def note(answered: set[str], request: httpx.Request, response: httpx.Response) -> None:
    path = request.url.raw_path.decode().partition("?")[0]
    fitting = [
        name for method, pattern, name in PATTERNS if method == request.method and pattern.fullmatch(path)
    ]
    if response.is_success:
        answered.update(fitting)


@pytest.fixture
def answered() -> set[str]:
    return set()


@pytest.fixture
def client(process: Process, answered: set[str]) -> Iterator[LaunchDarkly]:
    plain, awaited = Noted(), AsyncNoted()
    plain.answered = awaited.answered = answered
    with LaunchDarkly(TOKEN, host=process.url, transport=plain, async_transport=awaited) as made:
        yield made


def test_scenarios_are_about_operations_of_the_server() -> None:
    covered = frozenset[str]().union(*SCENARIOS.values())
    assert covered - {".".join(row.sdk) for row in OPERATIONS} == set()
    assert {scenario.__module__ for scenario in SCENARIOS} == {area.__name__ for area in AREAS}


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_a_scenario_runs_in_every_form(
    scenario: Scenario, form: Form, client: LaunchDarkly, answered: set[str]
) -> None:
    key = f"{scenario.__name__.partition('_')[0]}-{form}"
    client.projects.create_new_project(key=key, name=key)
    answered.clear()
    with asyncio.Runner() as runner:
        scenario(cast("LaunchDarkly", FormedClient(client, runner, form)), key)
    client.projects.delete_by_project_key(project_key=key)
    assert SCENARIOS[scenario] - answered == set()


def test_a_caller_without_a_valid_token_is_told_so(process: Process) -> None:
    with LaunchDarkly("api-wrong", host=process.url) as stranger, pytest.raises(Unauthorized) as refused:
        stranger.projects.list_projects_default()
    assert (refused.value.code, refused.value.status) == ("unauthorized", 401)


def test_a_beta_operation_without_beta_is_forbidden_to_others(process: Process) -> None:
    """What the client spares its users."""
    path = "/api/v2/flags/default/none/dependent-flags"
    answer = calls.get(process.url + path, headers={"Authorization": TOKEN})
    assert answer.status_code == 403


def test_links_lead_from_a_project_to_its_flags(client: LaunchDarkly) -> None:
    project = client.projects.single_by_project_key(project_key="default")
    assert client.follow(project.links["self"]).key == "default"
    flags = client.feature_flags.list(project_key="default")
    assert client.follow(flags["_links"]["self"]).total_count == flags.total_count


def test_the_example_releases_a_flag_and_may_be_run_again(process: Process) -> None:
    command = [sys.executable, str(CLIENT / "examples" / "release.py"), "default", "test", "new-checkout"]
    told = {
        "PYTHONPATH": str(CLIENT / "src"),
        "LAUNCHDARKLY_HOST": process.url,
        "LAUNCHDARKLY_ACCESS_TOKEN": TOKEN,
    }
    first, second = (
        subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout for _ in range(2)
    )
    assert "new-checkout" in first.partition("on in test: ")[2]
    assert second == f"new-checkout is there already\n{first}"
    refused = subprocess.run(
        [*command[:-3], "nowhere", "test", "x"], env=told, capture_output=True, text=True, check=False
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("release.py: 404")


class Tags(BaseHTTPRequestHandler):
    """Answers no tags to everybody."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "12")
        self.end_headers()
        self.wfile.write(b'{"items":[]}')

    def log_message(self, *_arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a server with TLS, and the file of its certificate."""
    certificate, key = make_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    with HTTPServer(("127.0.0.1", 0), Tags) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}", certificate
        server.shutdown()
        thread.join()


def test_a_client_trusts_the_authorities_that_it_is_told_and_no_others(encrypted: tuple[str, str]) -> None:
    host, certificate = encrypted
    with LaunchDarkly(TOKEN, host=host, verify=certificate) as trusting:
        assert trusting.tags.list().items == []
    with LaunchDarkly(TOKEN, host=host, verify=False) as careless:
        assert careless.tags.list().items == []
    with LaunchDarkly(TOKEN, host=host, retries=0) as careful, pytest.raises(NoAnswer, match="CERTIFICATE"):
        careful.tags.list()


@pytest.mark.parametrize("key", ["a/b", "Schlüssel", "100%", "..", "a b", "鍵"])
def test_a_key_of_any_characters_reaches_the_server_as_it_is(client: LaunchDarkly, key: str) -> None:
    with pytest.raises(NotFound):
        client.feature_flags.single_flag_by_key(project_key="default", feature_flag_key=key)
