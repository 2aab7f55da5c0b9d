"""Resources by their text, with the tags of today."""

import pytest

from flagstaff.features.system.resources import read_resource
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flag_calls import make
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("proj/default", "proj/default;web"),
        ("proj/nowhere;old", "proj/nowhere;old"),
        ("proj/default:env/test", "proj/default;web:env/test"),
        ("proj/default:env/new;eu", "proj/default;web:env/new;eu"),
        ("proj/default:env/test:flag/checkout;old", "proj/default;web:env/test:flag/checkout;ops"),
        ("proj/default:env/test:flag/new;ops", "proj/default;web:env/test:flag/new;ops"),
        ("proj/default:env/new:flag/checkout;old", "proj/default;web:env/new:flag/checkout;old"),
        ("proj/default:env/test:segment/beta", "proj/default;web:env/test:segment/beta;staff"),
        ("proj/default:env/test:segment/new", "proj/default;web:env/test:segment/new"),
        ("proj/default:metric/sales;money", "proj/default;web:metric/sales;money"),
        ("member/1", "member/1"),
        ("acct", "acct"),
    ],
)
def test_what_is_there_has_its_own_tags_and_what_is_not_those_of_the_text(
    server: TestServer, text: str, found: str
) -> None:
    server.patch("/api/v2/projects/default", [{"op": "replace", "path": "/tags", "value": ["web"]}])
    make(server, tags=["ops"])
    make_segment(server, "beta", tags=["staff"])

    assert server.read(lambda tx: read_resource(tx, text, "$.resource")).text == found


@pytest.mark.parametrize("text", ["", "proj/*", "flag/checkout", "proj/default:env/${roleAttribute/x}"])
def test_what_names_no_single_resource_is_refused(server: TestServer, text: str) -> None:
    with pytest.raises(InvalidRequest, match=r"at `\$\.resource`"):
        server.read(lambda tx: read_resource(tx, text, "$.resource"))
