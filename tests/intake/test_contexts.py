"""Contexts as SDKs send them in events, and what is kept of them."""

import base64

import msgspec
import pytest

from flagstaff.evaluation.context import InvalidContext
from flagstaff.intake.contexts import MOST_CONTEXT, Application, Contexts, Instance, read_instance


def read(context: object) -> Instance:
    return read_instance(msgspec.json.encode(context))


def test_a_context_is_kept_without_what_belongs_to_the_protocol() -> None:
    meta = {"redactedAttributes": ["email", "/address/street"]}
    instance = read(
        {"kind": "org", "key": "o", "name": "Org", "plan": {"tier": 2}, "gone": None, "_meta": meta}
    )
    (member,) = instance.members
    assert (member.kind, member.key, member.name) == ("org", "o", "Org")
    assert msgspec.json.decode(member.body) == {"kind": "org", "key": "o", "name": "Org", "plan": {"tier": 2}}
    assert set(member.attributes) == {"/name", "/plan/tier"}
    assert member.redacted == ("/address/street", "/email")
    assert msgspec.json.decode(member.redacted_json) == ["/address/street", "/email"]


@pytest.mark.parametrize("names", [["email"], ["/email"], ["email", "/email"][:1]])
def test_redacted_attributes_are_references_however_an_sdk_writes_them(names: list[str]) -> None:
    instance = read({"kind": "user", "key": "a", "_meta": {"redactedAttributes": names}})
    assert instance.members[0].redacted == ("/email",)


@pytest.mark.parametrize("names", [None, "email", {"a": 1}, [1, None, ""]])
def test_redacted_attributes_that_make_no_sense_are_as_none(names: object) -> None:
    instance = read({"kind": "user", "key": "a", "_meta": {"redactedAttributes": names}})
    assert instance.members[0].redacted == ()


def test_several_contexts_are_one_instance() -> None:
    instance = read(
        {"kind": "multi", "user": {"key": "a:b", "_meta": {"redactedAttributes": ["x"]}}, "org": {"key": "o"}}
    )
    assert instance.kinds == ("org", "user")
    assert base64.urlsafe_b64decode(instance.id + "==") == b"org:o:user:a%3Ab"
    assert msgspec.json.decode(instance.keys) == {"org": "o", "user": "a:b"}
    assert msgspec.json.decode(instance.body) == {
        "kind": "multi",
        "user": {"key": "a:b"},
        "org": {"key": "o"},
    }
    assert [member.redacted for member in instance.members] == [(), ("/x",)]


def test_anonymous_contexts_are_left_out_and_named() -> None:
    instance = read({"kind": "multi", "user": {"key": "u1", "anonymous": True, "n": 1}, "org": {"key": "o"}})
    assert (instance.kinds, instance.anonymous_kinds) == (("org", "user"), ("user",))
    assert [member.kind for member in instance.members] == ["org"]
    assert instance.id == read({"kind": "org", "key": "o"}).id
    assert instance.hash != read({"kind": "org", "key": "o"}).hash
    assert msgspec.json.decode(instance.body) == {"kind": "org", "key": "o"}


def test_nothing_is_kept_of_an_instance_that_is_anonymous_altogether() -> None:
    instance = read({"kind": "user", "key": "u1", "anonymous": True, "email": "a@example.com"})
    assert (instance.members, instance.anonymous_kinds) == ((), ("user",))


def test_the_user_of_older_sdks_is_a_context_of_kind_user() -> None:
    instance = read({"key": "a", "email": "e", "custom": {"plan": "x"}, "privateAttrs": ["name"]})
    (member,) = instance.members
    assert msgspec.json.decode(member.body) == {"kind": "user", "key": "a", "email": "e", "plan": "x"}
    assert member.redacted == ("/name",)
    assert instance.id == read({"kind": "user", "key": "a"}).id


@pytest.mark.parametrize(
    "context",
    [
        None,
        7,
        "user",
        {},
        {"kind": "user"},
        {"kind": "user", "key": ""},
        {"kind": "user", "key": 7},
        {"kind": "kind", "key": "a"},
        {"kind": "multi"},
        {"kind": "multi", "user": 7},
        {"kind": "user", "key": "a", "anonymous": "yes"},
        {"kind": "user", "key": "a", "_meta": 7},
        {"kind": "user", "key": "k" * 1025},
        {"kind": "user", "key": "k", "text": "x" * MOST_CONTEXT},
        {"kind": "multi", **{f"kind{number}": {"key": "a"} for number in range(33)}},
    ],
)
def test_what_no_sdk_accepts_is_invalid(context: object) -> None:
    with pytest.raises(InvalidContext):
        read(context)


@pytest.mark.parametrize("text", [b"", b"{", b"[" * 5000 + b"]" * 5000, b'{"kind":"user","key":"\xff"}'])
def test_what_is_no_json_is_invalid(text: bytes) -> None:
    with pytest.raises(InvalidContext):
        read_instance(text)


def test_references_are_of_what_has_a_value() -> None:
    context = {
        "kind": "user",
        "key": "a",
        "a/b": 1,
        "t~": [1],
        "deep": {"x": {"y": 1}},
        "empty": {},
        "no": None,
    }
    assert set(read(context).members[0].attributes) == {"/a~1b", "/t~0", "/deep/x/y", "/empty"}


def test_mobile_sdks_say_what_application_they_are_in() -> None:
    told = {"key": "k", "id": "shop", "name": "Shop", "version": "12", "versionName": "1.2"}
    instance = read({"kind": "multi", "user": {"key": "a"}, "ld_application": told})
    assert instance.application == Application("shop", "12", "Shop", "1.2")
    assert read({"kind": "ld_application", "key": "k", "id": 7}).application is None
    assert read({"kind": "user", "key": "a"}).application is None


def test_a_context_is_parsed_once() -> None:
    contexts = Contexts(most=2)
    ada, bob, eve = (b'{"kind":"user","key":"%s"}' % name for name in (b"ada", b"bob", b"eve"))
    assert contexts.read(ada) is contexts.read(bytes(bytearray(ada)))
    first = contexts.read(bob)
    assert contexts.read(bob) is first
    contexts.read(eve)
    assert contexts.read(bob) is not first
    assert contexts.read(bob) == first
