import pytest

from flagstaff.features.accounts.oidc.attempts import begin_attempt, open_attempt, seal_attempt
from flagstaff.features.accounts.oidc.model import ATTEMPT_LASTS, IdentityRefused
from flagstaff.storage.secrets import SecretKey
from tests.support.ids import counting_ids

KEY, OTHER = SecretKey(b"k" * 32), SecretKey(b"o" * 32)
NOW = 1_000


def test_a_sealed_attempt_is_opened_by_its_state():
    ids = counting_ids()
    attempt = begin_attempt(ids, "/next", NOW)
    sealed = seal_attempt(attempt, KEY, ids)

    assert open_attempt(sealed, KEY, attempt.state, NOW) == attempt
    assert attempt.verifier not in sealed


@pytest.mark.parametrize(
    ("key", "state", "now"),
    [
        (OTHER, None, NOW),
        (KEY, "another", NOW),
        (KEY, "", NOW),
        (KEY, None, NOW + ATTEMPT_LASTS),
        (KEY, None, NOW - 1),
    ],
)
def test_another_key_state_or_time_opens_nothing(key, state, now):
    ids = counting_ids()
    attempt = begin_attempt(ids, "/", NOW)
    sealed = seal_attempt(attempt, KEY, ids)

    with pytest.raises(IdentityRefused) as caught:
        open_attempt(sealed, key, attempt.state if state is None else state, now)
    assert caught.value.reason == "sign_in_expired"


@pytest.mark.parametrize("cookie", ["", "x", "!!!!", "AAAA", "ü"])
def test_what_was_not_sealed_opens_nothing(cookie):
    with pytest.raises(IdentityRefused):
        open_attempt(cookie, KEY, "state", NOW)
