"""The official SDKs for browsers and for Node clients, unmodified, against a real server."""

import hashlib
import hmac
import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.chromium import find_chromium
from tests.support.process import Process, wait_until
from tests.support.sdk_programs import Sdk, SdkPrograms

HERE = Path(__file__).parent
IN_CHROMIUM = ["js3", "js4", "react"]
SDKS = ["node", "browser", "transfers", *IN_CHROMIUM]  # `transfers` is `browser` in the second protocol
OLDER = {"node", "js3", "react"}  # which have other names for some options
pytestmark = [pytest.mark.contract, pytest.mark.parametrize("which", SDKS)]
ADA = {"kind": "user", "key": "ada", "name": "Ada"}
BOB = {"kind": "user", "key": "bob"}


class ClientSdk(Sdk):
    """The SDK in a Node process, or on a page in Chromium."""

    def serves(self, flag: str) -> Any:
        return self.ask("evaluate", flag=flag)["value"]


@dataclass(frozen=True)
class Opener:
    """Opens one of the SDKs, new each time, as a customer of the server."""

    process: Process
    which: str
    running: SdkPrograms

    def __call__(
        self, client_id: str = "", context: Any = ADA, **options: Any
    ) -> AbstractContextManager[ClientSdk]:
        given = {"url": self.process.url, "id": client_id or self.process.environment()["_id"], **options}
        return self.running.opening(ClientSdk, self._command(), which=self.which, context=context, **given)

    def _command(self) -> tuple[str, ...]:
        """Node's SDK has a process to itself, for the others make one look like a browser."""
        if self.which in IN_CHROMIUM:
            return ("node", str(HERE / "browser_sdks.mjs"), find_chromium())
        return ("node", str(HERE / "client_sdks.mjs"), "node" if self.which == "node" else "browser")


@pytest.fixture
def sdk(process: Process, which: str, running: SdkPrograms) -> Opener:
    return Opener(process, which, running)


def a_client_flag(process: Process, key: str) -> str:
    """A flag that browsers may see; it is on in `test` and serves true to Ada alone."""
    availability = {"usingEnvironmentId": True, "usingMobileKey": False}
    process.call("POST", "/flags/default", {"key": key, "name": key, "clientSideAvailability": availability})
    flag = process.call("GET", f"/flags/default/{key}")
    yes, no = (variation["_id"] for variation in flag["variations"])
    process.instruct(
        key,
        {"kind": "turnFlagOn"},
        {"kind": "updateFallthroughVariationOrRollout", "variationId": no},
        {"kind": "addTargets", "contextKind": "user", "values": ["ada"], "variationId": yes},
    )
    return key


def test_it_initialises_evaluates_and_identifies(process: Process, which: str, sdk: Opener) -> None:
    flag = a_client_flag(process, f"{which}-identify")
    process.call("POST", "/flags/default", {"key": f"{which}-hidden", "name": "Hidden"})
    with sdk() as opened:
        assert opened.ask("ready") == "ready"
        assert opened.serves(flag) is True
        assert f"{which}-hidden" not in opened.ask("all")
        assert opened.ask("identify", context=BOB)["key"] == "bob"
        assert opened.serves(flag) is False


def test_reasons_are_given_when_they_are_asked_for(process: Process, which: str, sdk: Opener) -> None:
    flag = a_client_flag(process, f"{which}-reasons")
    option = "evaluationReasons" if which in OLDER else "withReasons"
    with sdk(**{option: True}) as opened:
        assert opened.ask("ready") == "ready"
        assert opened.ask("evaluate", flag=flag)["reason"] == {"kind": "TARGET_MATCH"}


def test_every_change_arrives_over_the_stream(process: Process, which: str, sdk: Opener) -> None:
    flag = a_client_flag(process, f"{which}-live")
    with sdk(streaming=True) as opened:
        assert opened.ask("ready") == "ready"
        for number in range(10):
            on = number % 2 == 1
            process.instruct(flag, {"kind": "turnFlagOn" if on else "turnFlagOff"})
            wait_until(lambda on=on: opened.serves(flag) is on, f"change {number} has arrived")
        assert opened.ask("changes") >= 10


def test_a_change_of_a_segment_alone_arrives_too(process: Process, which: str, sdk: Opener) -> None:
    """The flag keeps its version; what is sent for it must have a higher one all the same."""
    flag, segment = a_client_flag(process, f"{which}-segment"), f"{which}-members"
    process.call("POST", "/segments/default/test", {"key": segment, "name": segment})
    variations = process.call("GET", f"/flags/default/{flag}")["variations"]
    clause = {"attribute": "", "op": "segmentMatch", "values": [segment], "contextKind": "user"}
    rule = {"kind": "addRule", "variationId": variations[0]["_id"], "clauses": [clause]}
    process.instruct(flag, rule)
    with sdk(context=BOB, streaming=True) as opened:
        assert opened.ask("ready") == "ready"
        for kind, expected in [("addIncludedTargets", True), ("removeIncludedTargets", False)] * 2:
            instruction = {"kind": kind, "contextKind": "user", "values": ["bob"]}
            patch = {"environmentKey": "test", "instructions": [instruction]}
            process.call("PATCH", f"/segments/default/test/{segment}", patch, semantic=True)
            wait_until(lambda expected=expected: opened.serves(flag) is expected, f"{kind} has arrived")


def test_secure_mode_refuses_a_wrong_hash(process: Process, which: str, sdk: Opener) -> None:
    key = f"secure-{which}"
    body = {"key": key, "name": key, "color": "000000", "secureMode": True}
    process.call("POST", "/projects/default/environments", body)
    flag = a_client_flag(process, f"{which}-secure")
    environment = process.environment(key)
    client_id, secret = environment["_id"], environment["apiKey"].encode()
    hashes = {name: hmac.digest(secret, name.encode(), hashlib.sha256).hex() for name in ("ada", "bob")}
    with sdk(client_id, hash=hashes["ada"]) as opened:
        assert opened.ask("ready") == "ready"
        assert opened.serves(flag) is False
        assert opened.ask("identify", context=BOB, hash=hashes["bob"])["key"] == "bob"
    with sdk(client_id, hash=hashes["bob"]) as opened:
        assert opened.ask("ready") != "ready"


def test_events_are_accepted(process: Process, which: str, sdk: Opener) -> None:
    flag = a_client_flag(process, f"{which}-events")
    with sdk(sendEvents=True) as opened:
        assert opened.ask("ready") == "ready"
        opened.serves(flag)
        assert opened.ask("track", name="bought") is True
        if which in IN_CHROMIUM:
            posts = opened.ask("posts")
            assert {post["status"] for post in posts} == {202}
            assert any('"bought"' in (post["body"] or "") for post in posts)


def test_page_views_and_clicks_that_metrics_ask_for_arrive(process: Process, which: str, sdk: Opener) -> None:
    if which not in IN_CHROMIUM:
        pytest.skip("it knows nothing of pages")
    view, click = f"{which}-cart", f"{which}-buy"
    urls = [{"kind": "substring", "substring": "/cart"}]
    body = {"kind": "pageview", "isActive": True, "urls": urls}
    process.call("POST", "/metrics/default", body | {"key": view})
    process.call("POST", "/metrics/default", body | {"key": click, "kind": "click", "selector": "#buy"})
    process.call("POST", "/metrics/default", body | {"key": f"{which}-idle", "isActive": False})
    with sdk(sendEvents=True) as opened:
        assert opened.ask("ready") == "ready"
        wait_until(lambda: told(opened, "pageview", view), "the page view is reported")
        opened.ask("click", id="buy")
        wait_until(lambda: told(opened, "click", click), "the click is reported")
        assert {post["status"] for post in opened.ask("posts")} == {202}
        assert not told(opened, "pageview", f"{which}-idle")


def told(opened: ClientSdk, kind: str, key: str) -> bool:
    """Whether a page has reported an event of its own."""
    opened.ask("flush")
    events = [
        event
        for post in opened.ask("posts")
        if post["path"].startswith("/events/bulk/")
        for event in json.loads(post["body"])
    ]
    return any((event["kind"], event.get("key")) == (kind, key) for event in events)


def test_an_unknown_client_side_id_is_an_error(process: Process, which: str, sdk: Opener) -> None:
    with sdk(client_id="0" * 24) as opened:
        assert opened.ask("ready") != "ready"
