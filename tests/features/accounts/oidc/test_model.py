import re
from pathlib import Path
from typing import get_args

import pytest

from flagstaff.features.accounts.oidc.model import (
    ROLE,
    TEAM,
    IdentityRefused,
    OidcSettings,
    Reason,
    find_claim,
    is_local_path,
    keys_given,
    mapped_keys,
    parse_groups,
    read_person,
    role_given,
)

WORDS = Path(__file__).parents[4] / "console/src/strings/access.ts"
SETTINGS = OidcSettings(
    issuer="https://login.example.com",
    client_id="flagstaff",
    groups={"a": ("writer", "role:ops"), "b": ("admin", "team:web"), "c": ("reader",)},
)


def test_a_mapping_is_a_json_object():
    assert parse_groups("") == {}
    mapping = parse_groups('{"cn=a,ou=b": ["admin", "role:on-call", "team:web"]}')
    assert mapping == {"cn=a,ou=b": ("admin", "role:on-call", "team:web")}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "must be like"),
        ("[]", "must be like"),
        ('{"a": "admin"}', "must be like"),
        ('{"a": ["owner"]}', "'owner' of the group 'a'"),
        ('{"a": ["Admin"]}', "'Admin'"),
        ('{"a": [""]}', "''"),
        ('{"a": ["role:"]}', "'role:'"),
        ('{"a": ["group:x"]}', "'group:x'"),
    ],
)
def test_a_faulty_mapping_is_explained(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_groups(text)


def test_groups_give_the_highest_role_and_every_key():
    assert role_given(SETTINGS, frozenset("abc")) == "admin"
    assert role_given(SETTINGS, frozenset("ac")) == "writer"
    assert role_given(SETTINGS, frozenset("x")) == "reader"
    assert (
        role_given(OidcSettings(issuer="i", client_id="c", groups={"a": ("team:web",)}), frozenset("a")) == ""
    )
    assert keys_given(SETTINGS, frozenset("a"), ROLE) == {"ops"}
    assert keys_given(SETTINGS, frozenset("a"), TEAM) == frozenset()
    assert mapped_keys(SETTINGS, TEAM) == {"web"}


@pytest.mark.parametrize(
    ("claims", "groups"),
    [
        ({"groups": ["a", "b"]}, {"a", "b"}),
        ({"groups": "a"}, {"a"}),
        ({"groups": ["a", 7, None]}, {"a"}),
        ({"groups": {"a": 1}}, set()),
        ({}, set()),
    ],
)
def test_groups_are_a_list_of_texts(claims, groups):
    assert read_person({"sub": "s"} | claims, SETTINGS).groups == groups


@pytest.mark.parametrize(
    ("claims", "name", "found"),
    [
        ({"a.b": 1, "a": {"b": 2}}, "a.b", 1),
        ({"a": {"b": 2}}, "a.b", 2),
        ({"https://example.com/groups": 3}, "https://example.com/groups", 3),
        ({"a": [1]}, "a.b", None),
        ({}, "a", None),
    ],
)
def test_a_claim_is_found_by_its_name_or_by_a_path(claims, name, found):
    assert find_claim(claims, name) == found


def test_a_person_is_who_the_claims_say():
    claims = {"sub": "s", "email": " Ada@Example.com", "email_verified": True, "given_name": "Ada"}
    person = read_person(claims, SETTINGS)
    assert (person.issuer, person.subject) == ("https://login.example.com", "s")
    assert (person.email, person.email_verified) == ("ada@example.com", True)
    assert (person.first_name, person.last_name) == ("Ada", "")


@pytest.mark.parametrize("subject", [None, "", 7, "x" * 256])
def test_nobody_is_without_a_subject(subject):
    with pytest.raises(IdentityRefused):
        read_person({"sub": subject}, SETTINGS)


def test_settings_do_not_show_the_secret():
    assert "swordfish" not in repr(OidcSettings(issuer="i", client_id="c", client_secret="swordfish"))


@pytest.mark.parametrize(
    ("path", "is_local"),
    [
        ("/", True),
        ("/default/features?tag=a#b", True),
        ("//evil.example.com", False),
        ("/\\evil.example.com", False),
        ("/a\\b", False),
        ("/a\tb", False),
        ("https://evil.example.com", False),
        ("", False),
    ],
)
def test_a_local_path_leads_nowhere_else(path, is_local):
    assert is_local_path(path) is is_local


def test_the_page_that_signs_in_has_words_for_every_reason():
    refusals = WORDS.read_text().partition("refusals")[2]

    assert set(re.findall(r"^  (\w+): '", refusals, re.MULTILINE)) == set(get_args(Reason))
