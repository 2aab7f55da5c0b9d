"""Changes of flags and segments in each format of a patch, for those who may and may not make them."""

from typing import Any

FLAG = "/api/v2/flags/default/checkout"
UNTAGGED = "/api/v2/flags/default/move"
SEGMENT = "/api/v2/segments/default/test/insiders"
Bodies = dict[str, Any]


def write(
    document: dict[str, Any], *operations: tuple[str, Any], instruct: list[Any] | None = None, env: str = ""
) -> Bodies:
    """The same change as a merge patch, as a JSON patch, and (unless it has none) as instructions."""
    patch = [{"op": "replace", "path": path, "value": value} for path, value in operations]
    bodies = {"merge": {"merge": document}, "json": patch}
    semantic = {"instructions": instruct} | ({"environmentKey": env} if env else {})
    return bodies | ({} if instruct is None else {"semantic": semantic})


def switch(environment: str, *, on: bool) -> Bodies:
    kind = "turnFlagOn" if on else "turnFlagOff"
    return write(
        {"environments": {environment: {"on": on}}},
        (f"/environments/{environment}/on", on),
        instruct=[{"kind": kind}],
        env=environment,
    )


CHANGES: dict[str, tuple[str, Bodies]] = {
    "on-in-test": (FLAG, switch("test", on=True)),
    "off-in-production": (FLAG, switch("production", on=False)),
    "in-both-environments": (
        FLAG,
        write(
            {"environments": {"test": {"on": True}, "production": {"on": False}}},
            ("/environments/test/on", True),
            ("/environments/production/on", False),
        ),
    ),
    "on-without-the-tag": (UNTAGGED, switch("test", on=True)),
    "name": (
        FLAG,
        write({"name": "New"}, ("/name", "New"), instruct=[{"kind": "updateName", "value": "New"}]),
    ),
    "archived": (
        FLAG,
        write({"archived": True}, ("/archived", True), instruct=[{"kind": "archiveFlag"}]),
    ),
    "on-in-test-and-name": (
        FLAG,
        write(
            {"name": "New", "environments": {"test": {"on": True}}},
            ("/name", "New"),
            ("/environments/test/on", True),
            instruct=[{"kind": "turnFlagOn"}, {"kind": "updateName", "value": "New"}],
            env="test",
        ),
    ),
    "events-in-test": (
        FLAG,
        write(
            {"environments": {"test": {"trackEvents": True}}},
            ("/environments/test/trackEvents", True),
            instruct=[{"kind": "updateTrackEvents", "trackEvents": True}],
            env="test",
        ),
    ),
    "segment-name": (
        SEGMENT,
        write({"name": "New"}, ("/name", "New"), instruct=[{"kind": "updateName", "value": "New"}]),
    ),
    "segment-targets": (
        SEGMENT,
        write(
            {"included": ["ada"]},
            ("/included", ["ada"]),
            instruct=[{"kind": "addIncludedTargets", "contextKind": "user", "values": ["ada"]}],
        ),
    ),
}
"""Each change by its name: where it is sent, and its bodies by their format."""
