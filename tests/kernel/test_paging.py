"""Pages and the links between them."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.paging import FARTHEST, Page, page_links, part_links, read_page

PATH = "/api/v2/projects"


def offsets(total, page):
    """The offset that each link leads to."""
    links = page_links(PATH, (), total, page)
    return {
        name: int(dict(parse_qsl(urlsplit(link.href).query)).get("offset", 0)) for name, link in links.items()
    }


@pytest.mark.parametrize(
    ("limit", "offset", "default", "longest", "page"),
    [
        (None, None, 20, 100, Page(20, 0)),
        (5, 10, 20, 100, Page(5, 10)),
        (1_000, None, 20, 100, Page(100, 0)),
        (None, 3, None, 100, Page(None, 3)),
        (-1, None, None, None, Page(None, 0)),
        (7, None, None, None, Page(7, 0)),
        (10**30, 10**30, 20, None, Page(FARTHEST, FARTHEST)),
    ],
)
def test_a_page_is_read_with_the_bounds_of_its_list(limit, offset, default, longest, page):
    assert read_page(limit, offset, default, longest) == page


@pytest.mark.parametrize(
    ("limit", "offset", "name"),
    [(0, None, "limit"), (-1, None, "limit"), (-2, 0, "limit"), (5, -1, "offset")],
)
def test_a_page_before_the_first_item_is_refused(limit, offset, name):
    with pytest.raises(InvalidRequest, match=f"at `{name}`"):
        read_page(limit, offset, 20)


def test_a_list_that_is_whole_by_default_takes_no_negative_limit_but_minus_one():
    with pytest.raises(InvalidRequest, match="at `limit`"):
        read_page(-2, None, None)


@pytest.mark.parametrize(
    ("total", "page", "links"),
    [
        (0, Page(20), {"self": 0}),
        (20, Page(20), {"self": 0}),
        (21, Page(20), {"self": 0, "next": 20, "last": 20}),
        (60, Page(20, 20), {"self": 20, "first": 0, "prev": 0, "next": 40, "last": 40}),
        (60, Page(20, 40), {"self": 40, "first": 0, "prev": 20}),
        (60, Page(20, 5), {"self": 5, "first": 0, "prev": 0, "next": 25, "last": 45}),
        (60, Page(20, 500), {"self": 500, "first": 0, "prev": 40}),
        (0, Page(20, 40), {"self": 40}),
        (60, Page(None), {"self": 0}),
        (60, Page(None, 10), {"self": 10}),
    ],
)
def test_there_is_a_link_to_each_page_that_exists(total, page, links):
    assert offsets(total, page) == links


def test_links_keep_every_parameter_and_state_the_limit_in_force():
    query = [("filter", "tags:a+b,query:ä&"), ("limit", "999"), ("env", "x"), ("env", "y"), ("offset", "20")]
    links = page_links(PATH, query, 50, Page(20, 20))
    kept = f"{PATH}?filter=tags%3Aa%2Bb%2Cquery%3A%C3%A4%26&env=x&env=y&limit=20"
    assert {name: link.href for name, link in links.items()} == {
        "self": f"{kept}&offset=20",
        "first": kept,
        "prev": kept,
        "next": f"{kept}&offset=40",
        "last": f"{kept}&offset=40",
    }
    assert {link.type for link in links.values()} == {"application/json"}


def test_a_whole_list_without_parameters_is_linked_as_its_path():
    assert page_links(PATH, (), 5, Page(None))["self"].href == PATH


@given(total=st.integers(0, 200), limit=st.integers(1, 50), offset=st.integers(0, 300))
def test_every_link_leads_to_a_page_with_items_and_next_ends_at_last(total, limit, offset):
    links = offsets(total, Page(limit, offset))
    assert all(target < total for name, target in links.items() if name != "self")
    while "next" in (here := offsets(total, Page(limit, offset))):
        assert here["last"] == links["last"]
        assert here["next"] == offset + limit
        offset = here["next"]
    assert offset >= total - limit


@given(total=st.integers(1, 200), limit=st.integers(1, 50), offset=st.integers(0, 300))
def test_prev_leads_back_to_the_first_item(total, limit, offset):
    for _ in range(offset // limit + 2):
        offset = offsets(total, Page(limit, offset)).get("prev", 0)
    assert offset == 0


@pytest.mark.parametrize(
    ("here", "following", "links"),
    [
        ("", "", {"self": "/list?limit=20"}),
        ("", "b c", {"self": "/list?limit=20", "next": "/list?limit=20&after=b+c"}),
        ("b", "", {"self": "/list?limit=20&after=b"}),
    ],
)
def test_parts_are_linked_by_where_they_begin(here, following, links):
    found = part_links("/list", {"limit": "20", "sort": ""}, "after", here, following)
    assert {name: link.href for name, link in found.items()} == links


def test_a_part_without_parameters_is_the_path_itself():
    assert part_links("/list", {}, "after", "", "")["self"].href == "/list"
