"""OpenFeature, unmodified, with both of its ways to us: the provider of LaunchDarkly, and that of OFREP."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from ld_openfeature import LaunchDarklyProvider
from ldclient.config import Config
from openfeature import api
from openfeature.client import OpenFeatureClient
from openfeature.contrib.provider.ofrep import OFREPProvider
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import ErrorCode

from tests.support.process import Process, wait_until

pytestmark = [pytest.mark.contract, pytest.mark.parametrize("how", ["launchdarkly", "ofrep"])]
ADA = EvaluationContext("ada", {"plan": "pro"})
BOB = EvaluationContext("bob")


@contextmanager
def client(process: Process, how: str) -> Iterator[OpenFeatureClient]:
    key = process.environment()["apiKey"]
    if how == "launchdarkly":
        urls = {"base_uri": process.url, "stream_uri": process.url, "events_uri": process.url}
        provider: Any = LaunchDarklyProvider(Config(key, initial_reconnect_delay=0.05, **urls), 10)
    else:
        provider = OFREPProvider(process.url, headers_factory=lambda: {"Authorization": f"Bearer {key}"})
    api.set_provider(provider, how)
    try:
        yield api.get_client(how)
    finally:
        api.shutdown()


def make_flag(process: Process, key: str, *values: Any) -> str:
    """A flag that is on and serves its first value to Ada alone."""
    variations = [{"value": value} for value in values or (True, False)]
    made = process.call("POST", "/flags/default", {"key": key, "name": key, "variations": variations})
    first, second = (variation["_id"] for variation in made["variations"])
    process.instruct(
        key,
        {"kind": "turnFlagOn"},
        {"kind": "updateFallthroughVariationOrRollout", "variationId": second},
        {"kind": "addTargets", "contextKind": "user", "values": ["ada"], "variationId": first},
    )
    return key


def test_values_of_every_type_are_served(process: Process, how: str) -> None:
    flags = {name: make_flag(process, f"{how}-{name}", *values) for name, values in VALUES.items()}
    with client(process, how) as opened:
        assert opened.get_boolean_value(flags["boolean"], False, ADA) is True
        assert opened.get_boolean_value(flags["boolean"], True, BOB) is False
        assert opened.get_string_value(flags["string"], "", ADA) == "a"
        assert opened.get_integer_value(flags["integer"], 0, ADA) == 3
        assert opened.get_float_value(flags["float"], 0.0, ADA) == 1.5
        assert opened.get_object_value(flags["object"], {}, ADA) == {"a": [1]}
        details = opened.get_boolean_details(flags["boolean"], False, ADA)
        assert (details.variant, details.error_code) == ("0", None)


VALUES: dict[str, tuple[Any, Any]] = {
    "boolean": (True, False),
    "string": ("a", "b"),
    "integer": (3, 4),
    "float": (1.5, 2.5),
    "object": ({"a": [1]}, {}),
}


def test_what_goes_wrong_has_a_code(process: Process, how: str) -> None:
    flag = make_flag(process, f"{how}-errors")
    with client(process, how) as opened:
        missing = opened.get_boolean_details("missing", True, ADA)
        assert (missing.value, missing.error_code) == (True, ErrorCode.FLAG_NOT_FOUND)
        nobody = opened.get_boolean_details(flag, True, EvaluationContext())
        assert (nobody.value, nobody.error_code) == (True, ErrorCode.TARGETING_KEY_MISSING)
        mistaken = opened.get_string_details(flag, "default", ADA)
        assert (mistaken.value, mistaken.error_code) == ("default", ErrorCode.TYPE_MISMATCH)


def test_changes_arrive_and_a_restart_is_survived(tmp_path: Path, how: str) -> None:
    process = Process(tmp_path).start()
    flag = make_flag(process, "durable")
    with client(process, how) as opened:
        for end in (process.stop, process.kill):
            process.instruct(flag, {"kind": "turnFlagOff"})
            wait_until(lambda: not opened.get_boolean_value(flag, True, ADA), "it is off")
            end()
            process.start()
            process.instruct(flag, {"kind": "turnFlagOn"})
            wait_until(lambda: opened.get_boolean_value(flag, False, ADA), "it is on after the restart")
    process.stop()
