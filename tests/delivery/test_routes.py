"""The rows of the SDK plane: what pages of other origins are told."""

import pytest

from flagstaff.delivery.routes import BROWSERS, MOBILES, ROUTES, SERVERS
from tests.delivery.clients import ADA, in_path
from tests.delivery.serving import Environment
from tests.support import calls

NEEDED = (
    "Cache-Control, Content-Type, Content-Length, Accept-Encoding, X-LaunchDarkly-User-Agent, "
    "X-LaunchDarkly-Payload-ID, X-LaunchDarkly-Wrapper, X-LaunchDarkly-Event-Schema, X-LaunchDarkly-Tags, "
    "Accept, If-None-Match, Authorization, X-API-Key"
)
PATHS = sorted({path for _, path, _ in BROWSERS})


def fill(path: str, environment_id: str) -> str:
    return path.format(environment=environment_id, context=in_path(ADA))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("known", [True, False])
def test_a_preflight_is_answered_to_everybody(environment: Environment, path: str, known: bool) -> None:
    url = environment.server.url + fill(path, environment.id if known else "unknown")
    headers = {"Origin": "http://shop.test", "Access-Control-Request-Method": "REPORT"}
    answer = calls.options(url, headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["access-control-allow-origin"] == "http://shop.test"
    allowed = answer.headers["access-control-allow-methods"].split(", ")
    assert sorted(allowed) == sorted(["OPTIONS", *(row[0] for row in BROWSERS if row[1] == path)])
    assert answer.headers["access-control-allow-headers"] == NEEDED
    assert answer.headers["access-control-max-age"] == "300"
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(("method", "path"), sorted({row[:2] for row in BROWSERS}))
@pytest.mark.parametrize("known", [True, False])
def test_every_answer_can_be_read_by_any_page(
    environment: Environment, method: str, path: str, known: bool
) -> None:
    filled = fill(path, environment.id if known else "0" * 24)
    with environment.server.connect() as wire:
        wire.request(method, filled, {"Origin": "null", "Content-Length": "2"}, b"{}")
        status = wire.read_head()
        assert (status == 404) is not known
    assert wire.headers["access-control-allow-origin"] == "null"
    assert wire.headers["access-control-allow-credentials"] == "false"
    exposed = wire.headers["access-control-expose-headers"].split(", ")
    assert {"Date", "ETag", "X-LD-EnvID"} <= set(exposed)
    assert "date" in wire.headers


def test_servers_and_mobile_sdks_need_none_of_it(environment: Environment) -> None:
    answer = environment.poll(Origin="http://shop.test")
    assert "access-control-allow-credentials" not in answer.headers
    preflights = {path for method, path, _ in ROUTES if method == "OPTIONS"}
    assert preflights.isdisjoint({path for _, path, _ in (*SERVERS, *MOBILES)})
