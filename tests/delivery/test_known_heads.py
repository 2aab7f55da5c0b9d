"""Which requests are known by their heads, and which must be parsed."""

import pytest

from flagstaff.delivery.known_heads import LONGEST, MOST_HEADS, Headers, KnownHeads

HEADERS: Headers = [(b"host", b"test"), (b"user-agent", b"JSClient/3.9")]
HEAD = b" HTTP/1.1\r\nHost: test\r\nUser-Agent: JSClient/3.9\r\n\r\n"


@pytest.fixture
def heads() -> KnownHeads:
    known = KnownHeads()
    known.keep(b"GET /a" + HEAD, b"/a", HEADERS)
    return known


@pytest.mark.parametrize(
    "target", [b"/a", b"/b/c%20d", b"/", b"/?h=1&withReasons=true", b"/" + b"x" * 60_000]
)
def test_a_head_is_known_behind_every_target(heads: KnownHeads, target: bytes) -> None:
    assert heads.find(b"GET " + target + HEAD) == (target, HEADERS)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /a HTTP/1.1\r\nHost: other\r\n\r\n",
        b"GET /a HTTP/1.0" + HEAD[9:],
        b"POST /a" + HEAD,
        b"GET a" + HEAD,
        b"GET http://test/a" + HEAD,
        b"GET /a#b" + HEAD,
        b"GET /a\tb" + HEAD,
        b"GET /a\x00" + HEAD,
        b"GET /a\r\nX: y" + HEAD,
        b"GET /\xc3\xa9" + HEAD,
        b"GET /a  " + HEAD,
        b"GET  /a" + HEAD,
        b"GET /a" + HEAD + b"GET /b" + HEAD,
        b"GET /a" + HEAD + b"body",
        b"GET /a" + HEAD[:-2],
        b"\r\nGET /a" + HEAD,
        b"GET /a",
        b"",
        HEAD,
    ],
)
def test_all_else_is_to_be_parsed(heads: KnownHeads, request_: bytes) -> None:
    assert heads.find(request_) is None


@pytest.mark.parametrize(
    ("request_", "target", "headers"),
    [
        (b"GET /a" + HEAD + b"GET /a" + HEAD, b"/a", HEADERS),
        (b"GET /a" + HEAD + b"more", b"/a", HEADERS),
        (b"GET /a" + HEAD, b"/b", HEADERS),
        (b"", b"/a", HEADERS),
        (b"GET /a HTTP/1.0\r\n\r\n", b"/a", []),
        (b"GET /a HTTP/1.1\n\n", b"/a", []),
        (b"GET /a HTTP/1.1\r\nExpect: 100-continue\r\n\r\n", b"/a", [(b"expect", b"100-continue")]),
        (b"GET /a HTTP/1.1\r\nContent-Length: 4\r\n\r\n", b"/a", [(b"content-length", b"4")]),
        (b"GET /a HTTP/1.1\r\nUpgrade: h2c\r\n\r\n", b"/a", [(b"upgrade", b"h2c")]),
        (b"GET /a HTTP/1.1\r\nX: %b\r\n\r\n" % (b"x" * LONGEST), b"/a", [(b"x", b"x" * LONGEST)]),
    ],
)
def test_what_is_not_one_whole_request_is_not_kept(request_: bytes, target: bytes, headers: Headers) -> None:
    heads = KnownHeads()
    heads.keep(request_, target, headers)
    end = request_.find(b" ", 4)
    assert heads.find(b"GET /a" + request_[end:]) is None


def test_only_so_many_are_kept(heads: KnownHeads) -> None:
    for number in range(MOST_HEADS):
        heads.keep(b"GET /a HTTP/1.1\r\nX: %d\r\n\r\n" % number, b"/a", [])
    assert heads.find(b"GET /a" + HEAD) is None
    assert heads.find(b"GET /a HTTP/1.1\r\nX: %d\r\n\r\n" % number) == (b"/a", [])
