import pytest

from flagstaff.features.usage.applications.model import (
    Seen,
    application_resource,
    check_description,
    unsaid,
    unsaid_version,
)
from flagstaff.kernel.errors import InvalidRequest

SEEN = Seen("shop", "Shop", 17, "mobile")


def test_what_nobody_has_spoken_of_is_as_sdks_say():
    application = unsaid(SEEN)
    assert (application.key, application.kind, application.created) == ("shop", "mobile", 17)
    version = unsaid_version("shop", Seen("1.0", "", 18))
    assert (version.application_key, version.key, version.supported, version.created) == (
        "shop",
        "1.0",
        True,
        18,
    )


def test_an_application_is_a_resource_of_the_account():
    assert application_resource("shop").text == "application/shop"


def test_a_description_is_bounded():
    assert check_description("x" * 5_000)
    with pytest.raises(InvalidRequest):
        check_description("x" * 5_001)
