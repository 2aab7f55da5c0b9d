"""What the installation says about itself."""

from tests.support.server import TestServer


def test_the_root_links_to_each_category(server: TestServer) -> None:
    links = server.get("/api/v2", as_="").json["links"]

    assert links["projects"] == {"href": "/api/v2/projects", "type": "application/json"}
    assert all(server.get(link["href"]).status == 200 for link in links.values())
