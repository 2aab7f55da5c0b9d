import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.access.specifiers import (
    InvalidSpecifier,
    account_resource,
    parse_resource,
    parse_specifier,
    project_resource,
    top_resource,
)

PROJECT = project_resource("default", ["web"])
PRODUCTION = PROJECT.environment("production", ["eu", "qa_live"], critical=True)
TEST = PROJECT.environment("test", critical=False)
FLAG = PRODUCTION.child("flag", "checkout", ["ops", "tag1", "tag2"])


@pytest.mark.parametrize(
    ("specifier", "resource", "matches"),
    [
        ("acct", account_resource(), True),
        ("acct", PROJECT, False),
        ("proj/*", PROJECT, True),
        ("proj/default", PROJECT, True),
        ("proj/Default", PROJECT, False),
        ("proj/other", PROJECT, False),
        ("proj/*;web", PROJECT, True),
        ("proj/*;mobile", PROJECT, False),
        # nothing is inherited: the types must be the same sequence
        ("proj/default", PRODUCTION, False),
        ("proj/*:env/*", FLAG, False),
        ("proj/*:env/*:flag/*", PRODUCTION, False),
        ("proj/*:env/*:segment/*", FLAG, False),
        ("proj/*:env/*:flag/*", FLAG, True),
        ("proj/*:env/production:flag/check*", FLAG, True),
        ("proj/*:env/staging:flag/*", FLAG, False),
        # the official examples have a stray slash here
        ("proj/*:env/*;qa_*:/flag/*", FLAG, True),
        ("proj/*:env/*;qa_*:/flag/*", TEST.child("flag", "checkout"), False),
        # every tag that is asked for must be there, on every segment
        ("proj/*:env/*:flag/*;tag1,tag2", FLAG, True),
        ("proj/*:env/*:flag/*;tag1, tag2", FLAG, True),
        ("proj/*:env/*:flag/*;tag1,tag3", FLAG, False),
        ("proj/*;web:env/*;eu:flag/*;ops", FLAG, True),
        ("proj/*;mobile:env/*;eu:flag/*;ops", FLAG, False),
        ("proj/*:env/*:flag/*;*", TEST.child("flag", "untagged"), False),
        ("proj/*:env/*:flag/*;ops_*", FLAG, False),
        ("proj/*:env/*:flag/*;op*", FLAG, True),
        # properties
        ("proj/*:env/*;{critical:true}:flag/*", FLAG, True),
        ("proj/*:env/*;{critical:false}:flag/*", FLAG, False),
        ("proj/*:env/*;{critical:false}", TEST, True),
        ("proj/*:env/*;eu,{critical:true}", PRODUCTION, True),
        ("proj/*:env/*;us,{critical:true}", PRODUCTION, False),
        # resources of the account
        ("member/*", top_resource("member", "5f01"), True),
        ("member/5f01", top_resource("member", "5f02"), False),
        ("member/*", top_resource("member", "5f01").child("token", "5f09"), False),
        ("member/*:token/*", top_resource("member", "5f01").child("token", "5f09"), True),
        ("code-reference-repository/*", top_resource("code-reference-repository", "acme/web"), True),
        ("code-reference-repository/acme/*", top_resource("code-reference-repository", "acme/web"), True),
    ],
)
def test_a_specifier_matches_by_types_names_tags_and_properties(specifier, resource, matches):
    assert parse_specifier(specifier).matches(resource) is matches


@pytest.mark.parametrize(
    ("key", "matches"), [("a", True), ("a/b", True), ("a:b", True), ("a;b", True), ("a\nb", True), ("", True)]
)
def test_a_star_stands_for_a_whole_key_whatever_it_contains_so_that_a_denial_misses_none(key, matches):
    user = PRODUCTION.child("user", key)
    assert parse_specifier("proj/*:env/*:user/*").matches(user) is matches


@pytest.mark.parametrize(
    ("specifier", "attributes", "matches"),
    [
        ("proj/${roleAttribute/projects}:env/*:flag/*", {"projects": ("default", "other")}, True),
        ("proj/${roleAttribute/projects}:env/*:flag/*", {"projects": ("other",)}, False),
        ("proj/${roleAttribute/projects}:env/*:flag/*", {}, False),
        (
            "proj/${roleAttribute/p}:env/${roleAttribute/e}:flag/*",
            {"p": ("other", "default"), "e": ("test", "production")},
            True,
        ),
        ("proj/${roleAttribute/p}:env/${roleAttribute/e}:flag/*", {"p": ("default",)}, False),
        ("proj/*:env/*;${roleAttribute/regions}:flag/*", {"regions": ("us", "eu")}, True),
        ("proj/*:env/*;${roleAttribute/regions}:flag/*", {"regions": ("us",)}, False),
        ("proj/*:env/*:flag/team-${roleAttribute/team}-*", {"team": ("web",)}, False),
    ],
)
def test_placeholders_stand_for_role_attributes_in_names_and_tags(specifier, attributes, matches):
    assert parse_specifier(specifier).matches(FLAG, attributes) is matches


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is not of the form <type>/<name>"),
        ("*", "'*' is not of the form <type>/<name>"),
        ("proj", "'proj' is not of the form <type>/<name>"),
        ("proj/", "'proj/' needs a name"),
        ("/proj/a", "'/proj/a' is not of the form <type>/<name>"),
        ("proj/a:", "'' is not of the form <type>/<name>"),
        ("proj/a::env/b", "'' is not of the form <type>/<name>"),
        ("proj/a://env/b", "'/env/b' is not of the form <type>/<name>"),
        ("acct/a", "`acct` has no name"),
        ("project/a", "there is no resource type 'project'"),
        ("proj/a:environment/b", "there is no resource type 'environment'"),
        ("flag/a", "'flag' is written 'proj/*:env/*:flag/*'"),
        ("proj/a:flag/b", "'flag' is written 'proj/*:env/*:flag/*'"),
        ("env/a:proj/b", "'proj' is written 'proj/*'"),
        ("token/a", "'token' is written 'member/*:token/*'"),
        ("Proj/a", "there is no resource type 'Proj'"),
        ("proj/a;", "a tag is empty"),
        ("proj/a;b,", "a tag is empty"),
        ("proj/a;{critical:true}", "'proj' has no property '{critical:true}'"),
        ("proj/a:env/b;{critical:maybe}", "'env' has no property '{critical:maybe}'"),
        ("proj/a:env/b;{critical}", "'env' has no property '{critical}'"),
        ("proj/${roleAttribute/}", "neither text"),
        ("proj/a}b", "neither text"),
    ],
)
def test_what_is_no_specifier_is_refused_with_the_reason(text, reason):
    with pytest.raises(InvalidSpecifier) as refused:
        parse_specifier(text)
    assert reason in refused.value.reason
    assert repr(text) in str(refused.value)


def test_a_resource_shows_its_tags_in_order():
    assert FLAG.text == "proj/default;web:env/production;eu,qa_live:flag/checkout;ops,tag1,tag2"
    assert account_resource().text == "acct"
    assert PRODUCTION.child("user", "a:b/*").text == (
        "proj/default;web:env/production;eu,qa_live:user/a%3Ab%2F%2A"
    )


def test_a_resource_knows_where_it_stands():
    assert FLAG.root == PROJECT
    assert FLAG.parent == PRODUCTION
    assert PROJECT.root == PROJECT


@pytest.mark.parametrize("make", [lambda: PROJECT.child("flag", "a"), lambda: FLAG.child("env", "a")])
def test_a_resource_is_not_made_where_its_type_does_not_stand(make):
    with pytest.raises(ValueError, match="there is no resource"):
        make()


def test_only_types_of_the_account_stand_alone():
    with pytest.raises(ValueError, match="'flag' is not a resource of the account"):
        top_resource("flag", "a")


@pytest.mark.parametrize(
    "text", ["proj/*", "proj/a:env/b*", "proj/${roleAttribute/p}", "proj/a;*", "proj/*:env/*:flag/*"]
)
def test_a_text_that_could_name_several_resources_is_not_one(text):
    with pytest.raises(InvalidSpecifier, match="must name one resource"):
        parse_resource(text)


def test_the_text_of_one_resource_is_read_with_its_tags_and_properties():
    read = parse_resource(
        "proj/default;web:env/production;eu,qa_live,{critical:true}:flag/checkout;tag1,tag2,ops"
    )
    assert read == FLAG
    assert parse_resource("acct") == account_resource()


NAMES = st.text(min_size=1, max_size=12)
TAGS = st.sets(NAMES.filter(lambda tag: tag == tag.strip()), max_size=3)


SEGMENTS = st.tuples(NAMES, TAGS)


@given(SEGMENTS, SEGMENTS, SEGMENTS)
def test_the_text_of_a_resource_is_a_specifier_that_matches_it_and_reads_back_as_it(
    project, environment, flag
):
    flag = project_resource(*project).child("env", *environment).child("flag", *flag)
    assert parse_specifier(flag.text).matches(flag)
    assert parse_resource(flag.text) == flag


@given(NAMES, NAMES)
def test_the_text_of_a_resource_matches_none_of_another_name(name, other):
    text = PRODUCTION.child("user", name).text
    assert parse_specifier(text).matches(PRODUCTION.child("user", other)) is (name == other)
