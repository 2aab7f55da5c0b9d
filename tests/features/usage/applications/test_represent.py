from msgspec import UNSET

from flagstaff.features.usage.applications.model import Seen, unsaid, unsaid_version
from flagstaff.features.usage.applications.represent import (
    represent_application,
    represent_flag,
    represent_flags,
    represent_version,
)


def test_an_application_without_a_name_is_called_by_its_key():
    application = unsaid(Seen("a/b", "", 0, "server"))
    assert represent_application(application, "").name == "a/b"
    assert represent_application(application, "Shop").name == "Shop"
    assert represent_application(application, "").links["self"].href == "/api/v2/applications/a%2Fb"


def test_only_versions_of_mobile_applications_are_supported_or_not():
    version = unsaid_version("shop", Seen("1.0", "", 0))
    assert represent_version(version, "", "mobile").supported is True
    assert represent_version(version, "", "server").supported is UNSET
    assert represent_version(version, "", "server").links["self"].href.endswith("/shop/versions/1.0")


def test_flags_are_counted_and_linked():
    flags = represent_flags("shop", [represent_flag("default", "test", "checkout", "Checkout")])
    assert flags.total_count == 1
    assert flags.items[0].site.href == "/default/test/features/checkout"
    assert flags.links["self"].href == "/api/v2/applications/shop?expand=flags"
