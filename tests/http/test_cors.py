"""Cross-origin calls, on a Falcon application."""

import falcon.asgi
import pytest
from falcon import testing

from flagstaff.http import cors


class Resource:
    """Answers GET, and preflights for GET and PATCH."""

    async def on_get(self, request, response):
        cors.allow(request, response)

    async def on_options(self, request, response):
        cors.answer_preflight(request, response, ("GET", "PATCH"))


@pytest.fixture
def client():
    app = falcon.asgi.App()
    app.add_route("/", Resource())
    return testing.TestClient(app)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [(None, "*"), ("https://other.example.com", "https://other.example.com"), ("null", "null")],
)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_any_origin_is_echoed_and_none_may_send_credentials_of_the_browser(client, method, origin, allowed):
    headers = client.simulate_request(method, "/", headers={"Origin": origin} if origin else {}).headers
    assert headers["Access-Control-Allow-Origin"] == allowed
    assert "Access-Control-Allow-Credentials" not in headers
    assert headers["Access-Control-Max-Age"] == "300"
    assert headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    "name",
    [
        "Accept",
        "Content-Type",
        "Content-Length",
        "Accept-Encoding",
        "Authorization",
        "LD-API-Version",
        "X-HTTP-Method-Override",
    ],
)
def test_the_headers_that_clients_send_are_allowed(client, name):
    headers = client.simulate_get("/").headers
    assert name in headers["Access-Control-Allow-Headers"].split(", ")


def test_a_preflight_names_the_methods_of_the_path_and_has_no_body(client):
    answer = client.simulate_options("/")
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["Access-Control-Allow-Methods"] == "OPTIONS, GET, PATCH"
    assert answer.headers["Allow"] == "GET, PATCH"
