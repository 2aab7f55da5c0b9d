"""What is an address of e-mail."""

import pytest

from flagstaff.features.accounts.emails import check_email, is_email
from flagstaff.kernel.errors import InvalidRequest


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("ada@example.com", True),
        ("ada.l+flags@mail.example.co.uk", True),
        ("owner@localhost", True),
        ("söra@exämple.se", True),
        ("ada", False),
        ("@example.com", False),
        ("ada@", False),
        ("ada@@example.com", False),
        ("ada@example..com", False),
        ("ada@example.com.", False),
        ("ada lovelace@example.com", False),
        ("ada@exa mple.com", False),
        ("ada@example.com\r\nBcc: all@example.com", False),
        ("Ada <ada@example.com>", False),
        ("a,b@example.com", False),
        (f"{'a' * 65}@example.com", False),
        (f"a@{'b' * 254}", False),
        ("", False),
    ],
)
def test_an_address_has_a_name_and_a_host_and_nothing_that_mail_would_take_for_more(
    text: str, is_one: bool
) -> None:
    assert is_email(text) is is_one


def test_blanks_around_an_address_are_dropped_and_what_is_none_is_named_with_its_place() -> None:
    assert check_email(" ada@example.com\n", "$[0].email") == "ada@example.com"
    with pytest.raises(InvalidRequest, match=r"'ada' is no e-mail address - at `\$\[0\].email`"):
        check_email("ada", "$[0].email")
