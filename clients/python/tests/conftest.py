"""What tests share: a server that records, and a client of it."""

from collections.abc import Iterator

import pytest

from launch_darkly_python_sdk import LaunchDarkly
from recording.server import Prepared, Recorder, record


@pytest.fixture(scope="session")
def running_recorder() -> Iterator[Recorder]:
    with record() as running:
        yield running


@pytest.fixture
def recorder(running_recorder: Recorder) -> Recorder:
    running_recorder.requests.clear()
    running_recorder.answers.clear()
    running_recorder.otherwise = lambda _request: Prepared()
    return running_recorder


@pytest.fixture(scope="session")
def client(running_recorder: Recorder) -> Iterator[LaunchDarkly]:
    """Never waits: what fails is not tried again."""
    with LaunchDarkly(host=running_recorder.host, api_key="token", retries=0) as made:
        yield made
