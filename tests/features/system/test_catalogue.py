"""What callers are told that there is."""

from collections.abc import Iterator

import pytest

from flagstaff.features.system import catalogue
from flagstaff.kernel.links import Link
from tests.support.rows import a_row


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """What is offered here is not offered elsewhere."""
    before = catalogue.offered[:]
    catalogue.encoded_document.cache_clear()
    catalogue.list_categories.cache_clear()
    yield
    catalogue.offered[:] = before
    catalogue.encoded_document.cache_clear()
    catalogue.list_categories.cache_clear()


def test_a_category_is_what_can_be_read_at_the_top() -> None:
    catalogue.offered[:] = [
        a_row(path="/api/v2"),
        a_row(path="/api/v2/webhooks"),
        a_row("POST", "/api/v2/tokens"),
        a_row(path="/api/v2/flags/{projectKey}"),
        a_row(path="/api/v2/projects"),
    ]

    assert catalogue.list_categories() == {
        "self": Link("/api/v2"),
        "projects": Link("/api/v2/projects"),
        "webhooks": Link("/api/v2/webhooks"),
    }


def test_the_document_is_made_once() -> None:
    catalogue.offered[:] = [a_row()]

    assert catalogue.encoded_document() is catalogue.encoded_document()
    assert b"/api/v2/things" in bytes(catalogue.encoded_document())
