"""Cross-origin calls, on a Falcon application."""

import falcon.asgi
import pytest
from falcon import testing

from flagstaff.http import cors

OWN = "https://flags.example.com"


class Resource:
    """Answers GET, and preflights for GET and PATCH."""

    async def on_get(self, request, response):
        cors.allow(request, response, own_origin=OWN)

    async def on_options(self, request, response):
        cors.answer_preflight(request, response, ("GET", "PATCH"), own_origin=OWN)


@pytest.fixture
def client():
    app = falcon.asgi.App()
    app.add_route("/", Resource())
    return testing.TestClient(app)


@pytest.mark.parametrize(
    ("origin", "allowed", "credentials"),
    [
        (None, "*", None),
        ("https://other.example.com", "https://other.example.com", None),
        ("null", "null", None),
        (OWN, OWN, "true"),
        ("http://flags.example.com", "http://flags.example.com", None),
    ],
)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_any_origin_is_echoed_and_only_our_own_may_send_its_session(
    client, method, origin, allowed, credentials
):
    headers = client.simulate_request(method, "/", headers={"Origin": origin} if origin else {}).headers
    assert headers["Access-Control-Allow-Origin"] == allowed
    assert headers.get("Access-Control-Allow-Credentials") == credentials
    assert headers["Access-Control-Max-Age"] == "300"
    assert headers["Vary"] == "Origin"


def test_without_an_own_origin_no_page_may_send_a_session():
    request = testing.create_asgi_req(headers={"Origin": ""})
    response = falcon.asgi.Response()
    cors.allow(request, response)
    assert response.get_header("Access-Control-Allow-Credentials") is None
    assert response.get_header("Access-Control-Allow-Origin") == "*"


@pytest.mark.parametrize(
    "name", ["Accept", "Content-Type", "Content-Length", "Accept-Encoding", "Authorization", "LD-API-Version"]
)
def test_the_headers_that_clients_send_are_allowed(client, name):
    headers = client.simulate_get("/").headers
    assert name in headers["Access-Control-Allow-Headers"].split(", ")


def test_a_preflight_names_the_methods_of_the_path_and_has_no_body(client):
    answer = client.simulate_options("/")
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["Access-Control-Allow-Methods"] == "OPTIONS, GET, PATCH"
    assert answer.headers["Allow"] == "GET, PATCH"
