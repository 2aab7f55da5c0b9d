"""What the package offers under its own name."""

import launch_darkly_python_sdk as package


def test_the_package_lists_what_it_offers() -> None:
    assert all(getattr(package, name) is not None for name in dir(package))
    assert {"ApiException", "LaunchDarkly", "NotFound", "RawResponse", "Retries"} <= set(dir(package))


def test_the_package_has_nothing_else() -> None:
    assert not hasattr(package, "vanished")
