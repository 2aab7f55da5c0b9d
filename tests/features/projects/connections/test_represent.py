"""Connections on the wire."""

import msgspec

from flagstaff.features.projects.connections.model import (
    Delivered,
    EnvironmentReceipts,
    Holders,
    Reached,
    Sdk,
)
from flagstaff.features.projects.connections.represent import represent_connections

BROWSER = Sdk("JSClient", "4.10.3", "browser", "shop", "1.2")


def test_streams_and_polls_are_shown_apart_with_the_newest_change_first() -> None:
    receipts = EnvironmentReceipts(
        streams=(Holders(BROWSER, 6, 1, 90), Holders(BROWSER, 7, 3, 100)),
        polls=(Holders(Sdk("GoClient", "7.1"), 5, 1, 80),),
        reached=(Reached(BROWSER, 7, ((2, 9), (30, 1))),),
        changes=(Delivered(6, 10, ((2, 4),)), Delivered(7, 20, ((1, 3),))),
    )

    shown = msgspec.to_builtins(represent_connections("/path", receipts, 7, 2))

    assert shown["_links"]["self"]["href"] == "/path"
    assert (shown["dataVersion"], shown["processes"]) == (7, 2)
    assert shown["streams"] == {
        "connections": 4,
        "upToDate": 3,
        "share": 0.75,
        "sdks": [
            {
                "sdk": "JSClient",
                "sdkVersion": "4.10.3",
                "kind": "browser",
                "application": "shop",
                "applicationVersion": "1.2",
                "connections": 4,
                "upToDate": 3,
                "oldestDataVersion": 6,
                "lastWritten": 100,
                "lag": {"p50": 2, "p95": 30, "p99": 30, "max": 30},
            }
        ],
    }
    assert "lag" not in shown["polling"]["sdks"][0]
    assert (shown["polling"]["connections"], shown["polling"]["share"]) == (1, 0.0)
    assert [change["dataVersion"] for change in shown["changes"]] == [7, 6]
    assert shown["changes"][0] == {
        "dataVersion": 7,
        "committed": 20,
        "deliveries": 3,
        "lag": {"p50": 1, "p95": 1, "p99": 1, "max": 1},
        "arrivals": (1,) * 20,
    }


def test_arrivals_are_told_by_twentieths_of_the_streams() -> None:
    changes = (Delivered(6, 10, ()), Delivered(7, 20, ((2, 5), (4, 14), (9, 1))))

    newest, older = represent_connections("/path", EnvironmentReceipts(changes=changes), 7, 1).changes

    assert newest.arrivals == (*[2] * 5, *[4] * 14, 9)
    assert older.arrivals == ()
