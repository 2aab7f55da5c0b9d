"""The pictures that the repository holds."""

import pytest

from tools.screenshots import IMAGES, PAGES, SCHEMES
from tools.tree import ROOT

LARGEST = 150_000  # bytes: each stays in the history for ever


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_a_picture_that_is_small(name: str, scheme: str) -> None:
    assert 10_000 < (ROOT / IMAGES / f"{name}-{scheme}.png").stat().st_size < LARGEST
