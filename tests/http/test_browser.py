"""What pages of other origins are told; each plane tests its own routes."""

from flagstaff.http.browser import cors_headers, open_to_browsers


def test_without_an_origin_every_one_is_allowed() -> None:
    assert cors_headers(None, ["GET"])["Access-Control-Allow-Origin"] == "*"
    assert cors_headers("http://a", ["GET"])["Access-Control-Allow-Origin"] == "http://a"


def test_each_path_answers_preflights_besides_what_it_is_for() -> None:
    async def respond(*_: object) -> None: ...

    rows = open_to_browsers([("GET", "/a", respond), ("REPORT", "/a", respond), ("POST", "/b", respond)])
    assert [row[:2] for row in rows] == [
        ("GET", "/a"),
        ("REPORT", "/a"),
        ("POST", "/b"),
        ("OPTIONS", "/a"),
        ("OPTIONS", "/b"),
    ]
