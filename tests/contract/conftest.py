"""A real server that the contract tests of one file share, and programs with SDKs of other languages."""

from collections.abc import Iterator

import pytest

from tests.support.process import Process, serving
from tests.support.sdk_programs import SdkPrograms, programs


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module")
def running() -> Iterator[SdkPrograms]:
    with programs() as begun:
        yield begun
