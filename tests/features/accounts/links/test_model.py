"""Where links lead."""

from flagstaff.features.accounts.links.model import INVITATION, RESET, address_of


def test_a_link_leads_to_its_page() -> None:
    assert address_of("https://f.test", INVITATION, "invitation-1") == "https://f.test/invite/invitation-1"
    assert address_of("https://f.test", RESET, "reset-1") == "https://f.test/reset/reset-1"
