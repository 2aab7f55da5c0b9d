"""Links."""

from flagstaff.kernel.links import Link, site


def test_a_page_of_the_console_is_linked_as_html() -> None:
    assert site("default", "test", "features") == Link("/default/test/features", "text/html")


def test_a_project_whose_key_is_taken_has_a_mark() -> None:
    assert site("mobile", "test", "features").href == "/~mobile/test/features"
