"""A real server that the contract tests of one file share."""

from collections.abc import Iterator

import pytest

from tests.support.process import Process, serving


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running
