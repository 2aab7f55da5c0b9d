import pytest

from flagstaff.features.audit.model import Subject
from flagstaff.features.audit.places import (
    ACCOUNT_PAGES,
    CANONICAL,
    PAGES,
    entry_links,
    page_of,
    target_links,
)

FLAG = {"proj": "p", "env": "test", "flag": "a/b"}


@pytest.mark.parametrize(
    ("subject", "address", "page"),
    [
        (Subject("proj:env:flag", FLAG), "/api/v2/flags/p/a%2Fb", "/p/test/features/a%2Fb"),
        (Subject("proj:env:flag", FLAG | {"env": ""}), "/api/v2/flags/p/a%2Fb", "/p/~/features/a%2Fb"),
        (
            Subject("proj:env:segment", {"proj": "p", "env": "e", "segment": "s"}),
            "/api/v2/segments/p/e/s",
            "/p/e/segments/s",
        ),
        (Subject("proj", {"proj": "p"}), "/api/v2/projects/p", "/p/settings"),
        (Subject("member", {"member": "m"}), "/api/v2/members/m", "/account/members?member=m"),
        (Subject("member:token", {"member": "m", "token": "t"}), "/api/v2/tokens/t", "/account/tokens"),
    ],
)
def test_a_resource_has_an_address_and_perhaps_a_page(subject, address, page):
    links = target_links(subject)
    assert links["canonical"].href == address
    assert (links["site"].href if "site" in links else None) == page


def test_what_is_unknown_has_no_links():
    assert target_links(None) == {}
    assert target_links(Subject("acct", {"acct": ""})) == {}
    assert page_of(Subject("acct", {"acct": ""})) is None


def test_an_entry_links_to_itself_and_the_log():
    links = entry_links("e1", None)
    assert {name: link.href for name, link in links.items()} == {
        "self": "/api/v2/auditlog/e1",
        "parent": "/api/v2/auditlog",
    }


@pytest.mark.parametrize("path", sorted({*CANONICAL, *PAGES, *ACCOUNT_PAGES}))
def test_every_kind_of_place_can_be_made_of_its_own_names(path):
    assert target_links(Subject(path, dict.fromkeys(path.split(":"), "x")))
