import msgspec
import pytest

from flagstaff.features.contexts.users.model import first_name, show_user


def test_attributes_of_ones_own_stand_apart():
    body = {"kind": "user", "key": "ann", "email": "a@x.org", "firstName": 7, "plan": "pro", "a/b": [1]}
    assert show_user(msgspec.json.encode(body).decode(), ("/address/city", "/ssn", "/address/zip")) == {
        "key": "ann",
        "email": "a@x.org",
        "custom": {"firstName": 7, "plan": "pro", "a/b": [1]},
        "privateAttrs": ["address", "ssn"],
    }


def test_a_user_with_nothing_but_a_key_has_nothing_but_a_key():
    assert show_user('{"kind":"user","key":"ann"}', ()) == {"key": "ann"}


@pytest.mark.parametrize(
    ("reference", "name"), [("/ssn", "ssn"), ("/a~1b~0c/d", "a/b~c"), ("ssn", "ssn"), ("a/b", "a/b")]
)
def test_a_reference_leads_into_an_attribute(reference, name):
    assert first_name(reference) == name
