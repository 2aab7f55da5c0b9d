"""Versions of the REST API."""

import pytest

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.versions import BETA, DATED, LATEST, V20160426, V20220603, V20240415, choose_version


@pytest.mark.parametrize(
    ("header", "token_default", "version"),
    [
        ("20240415", None, V20240415),
        ("20160426", 20240415, V20160426),
        (" beta ", 20160426, BETA),
        (None, 20240415, V20240415),
        ("", 20240415, V20240415),
        (None, None, V20220603),
        (None, 0, V20220603),
    ],
)
def test_the_header_goes_before_the_token_and_that_before_the_default(header, token_default, version):
    assert choose_version(header, token_default) == version


@pytest.mark.parametrize("header", ["20230101", "Beta", "2024-04-15", "latest", "x" * 5_000])
def test_any_other_version_is_refused(header):
    with pytest.raises(InvalidRequest, match="20160426, 20191212, 20210729, 20220603, 20240415, beta"):
        choose_version(header, 20240415)


def test_versions_are_in_the_order_of_their_dates():
    assert sorted(DATED, key=str) == list(DATED)
    assert BETA < LATEST


def test_beta_answers_like_20220603_and_more():
    assert (BETA.date, BETA.beta, V20220603.beta) == (V20220603.date, True, False)


@pytest.mark.parametrize("version", [*DATED, BETA])
def test_a_version_is_written_as_it_is_asked_for(version):
    assert choose_version(str(version)) == version
