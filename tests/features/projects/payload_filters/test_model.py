"""What a payload filter may hold, and when it is a new one."""

import pytest
from msgspec.structs import replace

from flagstaff.features.projects.model import Project
from flagstaff.features.projects.payload_filters.model import (
    MOST_FLAGS,
    PayloadFilter,
    check_flag_keys,
    settle,
)
from flagstaff.kernel.errors import InvalidRequest

WEB = PayloadFilter(id="1", project_id="p", key="web", name="Web", flag_tags=("a",))


def test_keys_are_a_set_in_order() -> None:
    assert check_flag_keys(["b", "a", "b"]) == ("a", "b")


@pytest.mark.parametrize("keys", [["a/b"], [""], [f"flag-{n}" for n in range(MOST_FLAGS + 1)]])
def test_malformed_keys_and_too_many_are_refused(keys: list[str]) -> None:
    with pytest.raises(InvalidRequest):
        check_flag_keys(keys)


def test_only_a_filter_that_differs_has_a_new_version() -> None:
    assert settle(None, WEB) is WEB
    assert settle(WEB, replace(WEB, id="2")) is WEB
    assert settle(WEB, replace(WEB, id="2", name="Page")) == replace(WEB, name="Page", version=2)


def test_policies_call_it_by_its_key() -> None:
    project = Project(id="p", key="shop", name="Shop", created=1)
    assert WEB.resource(project).text == "proj/shop:payload-filter/web"
