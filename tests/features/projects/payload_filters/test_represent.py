"""Payload filters on the wire."""

import msgspec

from flagstaff.features.projects.model import Project
from flagstaff.features.projects.payload_filters.model import PayloadFilter
from flagstaff.features.projects.payload_filters.represent import represent_filters

PROJECT = Project(id="p", key="shop", name="Shop", created=1)
WEB = PayloadFilter(id="1", project_id="p", key="web", name="Web", flag_tags=("a",), flag_keys=("b", "c"))


def test_filters_are_shown_with_links() -> None:
    path = "/api/v2/flagstaff/projects/shop/payload-filters"
    shown = msgspec.to_builtins(represent_filters(PROJECT, [WEB]))
    assert (shown["totalCount"], shown["_links"]["self"]["href"]) == (1, path)
    (one,) = shown["items"]
    links = one.pop("_links")
    assert one == {"key": "web", "name": "Web", "flagTags": ("a",), "flagKeys": ("b", "c"), "_version": 1}
    assert {name: link["href"] for name, link in links.items()} == {"self": f"{path}/web", "parent": path}
