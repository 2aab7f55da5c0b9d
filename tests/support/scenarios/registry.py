"""Scenarios: what users do with the Python client, each with the methods that it calls with success."""

from collections.abc import Callable

from launch_darkly_python_sdk import LaunchDarkly

Scenario = Callable[[LaunchDarkly, str], None]
SCENARIOS: dict[Scenario, frozenset[str]] = {}


def covers(*methods: str) -> Callable[[Scenario], Scenario]:
    """Make a function a scenario; it is given a client and the key of a project of its own."""

    def add(scenario: Scenario) -> Scenario:
        SCENARIOS[scenario] = frozenset(methods)
        return scenario

    return add
