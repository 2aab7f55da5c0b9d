"""Authlib's client of OAuth 2.0, unmodified, against our authorization server."""

import warnings
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from authlib.common.security import generate_token
from authlib.deprecate import AuthlibDeprecationWarning
from authlib.integrations.base_client.errors import OAuthError

from tests.features.accounts.oauth_clients.calls import REDIRECT, make_client
from tests.support.client import ORIGIN, SESSION
from tests.support.server import TestServer

with warnings.catch_warnings():  # it wants another HTTP client, which nothing else here needs
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import AsyncOAuth2Client

pytestmark = pytest.mark.contract
WELL_KNOWN = "/.well-known/oauth-authorization-server"
FLAGS = f"{ORIGIN}/api/v2/flags/default"


@pytest.fixture(scope="module")
def server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    running = TestServer(template, tmp_path_factory.mktemp("server")).start()
    yield running
    running.stop()


def use(server: TestServer, work: Callable[[AsyncOAuth2Client, dict[str, str]], Awaitable[None]]) -> None:
    """Let a program that was registered with the server do something, knowing the server's endpoints."""
    registered = make_client(server)

    async def run() -> None:
        client = AsyncOAuth2Client(
            registered["_clientId"],
            registered["_clientSecret"],
            redirect_uri=REDIRECT,
            scope="writer",
            code_challenge_method="S256",
            transport=httpx.ASGITransport(server.wired.asgi),
        )
        async with client:
            endpoints = await client.request("GET", ORIGIN + WELL_KNOWN, withhold_token=True)
            await work(client, endpoints.json())

    server.run(run())


async def consent(client: AsyncOAuth2Client, endpoints: dict[str, str]) -> tuple[str, Any]:
    """The member's browser goes to our page, and the member agrees; where it is sent, and the verifier."""
    verifier = generate_token(48)
    address, _ = client.create_authorization_url(endpoints["authorization_endpoint"], code_verifier=verifier)
    asked = dict(parse_qsl(urlsplit(address).query))
    answer = await client.request(
        "POST",
        endpoints["authorization_endpoint"],
        json=asked | {"decision": "allow"},
        headers={"Cookie": f"flagstaff-session={SESSION}", "Origin": ORIGIN},
        withhold_token=True,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["redirectUri"], verifier


async def get_token(client: AsyncOAuth2Client, endpoints: dict[str, str]) -> Any:
    arrived, verifier = await consent(client, endpoints)
    return await client.fetch_token(
        endpoints["token_endpoint"], authorization_response=arrived, code_verifier=verifier
    )


def test_it_gets_a_token_by_code_and_pkce_uses_refreshes_and_revokes_it(server: TestServer) -> None:
    async def work(client: AsyncOAuth2Client, endpoints: dict[str, str]) -> None:
        first = dict(await get_token(client, endpoints))
        made = await client.post(FLAGS, json={"key": "by-a-program", "name": "By a program"})
        assert made.status_code == 201, made.text

        second = dict(await client.refresh_token(endpoints["token_endpoint"]))
        assert second["access_token"] != first["access_token"]
        assert (await client.get(FLAGS)).status_code == 200

        revoked = await client.revoke_token(endpoints["revocation_endpoint"], token=second["refresh_token"])
        assert revoked.status_code == 200
        assert (await client.get(FLAGS)).status_code == 401
        with pytest.raises(OAuthError, match="invalid_grant"):
            await client.refresh_token(endpoints["token_endpoint"])

    use(server, work)


def test_a_code_is_good_for_its_own_verifier_alone(server: TestServer) -> None:
    async def work(client: AsyncOAuth2Client, endpoints: dict[str, str]) -> None:
        arrived, _ = await consent(client, endpoints)
        with pytest.raises(OAuthError, match="invalid_grant"):
            await client.fetch_token(
                endpoints["token_endpoint"],
                authorization_response=arrived,
                code_verifier=generate_token(48),
            )

    use(server, work)
