"""Links of answers to pages of the console: each leads to one."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from flagstaff.features.audit.model import Subject
from flagstaff.features.audit.places import ACCOUNT_PAGES, PAGES, page_of
from tests.support.client import JSON, Answer
from tests.support.console_routes import compile_routes
from tests.support.server import TestServer
from tests.sweeps.calls import READS, call_example

ROUTES = compile_routes()
IN_TITLE = re.compile(r"\]\((/[^)]*)\)")


def _has_page(address: str) -> bool:
    return ROUTES.fullmatch(address.partition("?")[0]) is not None


def _links(value: Any, name: str = "") -> Iterator[str]:
    """The links to pages in an answer, those in titles of audit entries too."""
    if isinstance(value, list):
        for item in value:
            yield from _links(item)
    elif isinstance(value, dict) and name in {"site", "_site"} and isinstance(value.get("href"), str):
        yield value["href"]
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _links(item, key)
    elif isinstance(value, str) and name == "title":
        yield from IN_TITLE.findall(value)


def _is_json(answer: Answer) -> bool:
    return answer.headers.get("content-type", "").startswith(JSON) and bool(answer.body)


def test_every_link_of_every_answer_leads_to_a_page(shared: TestServer) -> None:
    answers = [call_example(shared, row) for row in READS]

    found = {link for answer in answers if _is_json(answer) for link in _links(answer.json)}

    assert {link for link in found if not _has_page(link)} == set()
    kinds = {link.split("/")[3] for link in found if link.count("/") > 3}
    assert kinds >= {"features", "segments", "contexts", "context-instances", "users"}


@pytest.mark.parametrize("path", sorted({*PAGES, *ACCOUNT_PAGES}))
@pytest.mark.parametrize("project", ["shop", "api", "account"])
def test_what_an_audit_entry_is_about_has_a_page(path: str, project: str) -> None:
    names = {kind: project if kind == "proj" else "x" for kind in path.split(":")}

    page = page_of(Subject(path, names))

    assert page is not None
    assert _has_page(page.href)


@pytest.mark.parametrize(
    "address",
    ["/settings/projects", "/account/environments", "/shop/test/metrics/m", "/shop/nothing", "/account/x"],
)
def test_an_address_without_a_page_is_known(address: str) -> None:
    assert not _has_page(address)
