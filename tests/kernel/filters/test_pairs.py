"""The grammar `field:value,field:value`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import Term
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.filters.pairs import parse_pairs

FLAGS = (
    Field("archived", kind="boolean"),
    Field("codeReferences.min", kind="integer"),
    Field("creationDate", operators=("before", "after")),
    Field("evaluated", operators=("after",)),
    Field("filterEnv"),
    Field("lastSeen", operators=("exists", "before")),
    Field("query"),
    Field("role", operators=("anyOf",)),
    Field("tags", operators=("contains",)),
    Field("type", values=("temporary", "permanent")),
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("   ", []),
        ("query:dark-mode", [Term("query", "equals", "dark-mode")]),
        (
            "query:dark-mode,tags:beta+test",
            [Term("query", "equals", "dark-mode"), Term("tags", "contains", ("beta", "test"))],
        ),
        ("tags:beta", [Term("tags", "contains", ("beta",))]),
        ("role:admin|customrole", [Term("role", "anyOf", ("admin", "customrole"))]),
        ("archived:true", [Term("archived", "equals", True)]),
        ("archived:false", [Term("archived", "equals", False)]),
        ("codeReferences.min:0", [Term("codeReferences.min", "equals", 0)]),
        ("type:permanent", [Term("type", "equals", "permanent")]),
        ('creationDate:{"before":1690527600000}', [Term("creationDate", "before", 1690527600000)]),
        (
            'creationDate:{"after":1,"before":2}',
            [Term("creationDate", "after", 1), Term("creationDate", "before", 2)],
        ),
        (
            'evaluated:{"after": 1590768455282},filterEnv:production',
            [Term("evaluated", "after", 1590768455282), Term("filterEnv", "equals", "production")],
        ),
        ('lastSeen:{"exists": true}', [Term("lastSeen", "exists", True)]),
        (
            " query : two words , type : temporary ",
            [Term("query", "equals", "two words"), Term("type", "equals", "temporary")],
        ),
        ('query:"a, b",archived:true', [Term("query", "equals", "a, b"), Term("archived", "equals", True)]),
        (r"query:'it\'s \"so\"'", [Term("query", "equals", 'it\'s "so"')]),
        ("query:it's,archived:true", [Term("query", "equals", "it's"), Term("archived", "equals", True)]),
        ("query:a:b+c|d[e](f)", [Term("query", "equals", "a:b+c|d[e](f)")]),
        ('tags:"a+b"+c', [Term("tags", "contains", ("a+b", "c"))]),
        ("query:Größe 東京", [Term("query", "equals", "Größe 東京")]),
        (
            "tags:a,tags:b",
            [Term("tags", "contains", ("a",)), Term("tags", "contains", ("b",))],
        ),
    ],
)
def test_a_filter_is_read_into_typed_terms(text, terms):
    assert parse_pairs(text, FLAGS) == tuple(terms)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour:red", "unknown field 'colour'; allowed fields: archived, codeReferences.min,"),
        ("query", "expected field:value at character 6"),
        (":x", "expected field:value at character 1"),
        ("query:", "expected a value at character 7"),
        ("query:a,", "expected ',' and another field:value, or the end at character 9"),
        ("query:a,,archived:true", "expected field:value at character 9"),
        ('query:"a"b', "expected ',' and another field:value, or the end at character 10"),
        ("tags:a+", "expected a value at character 8"),
        ("archived:yes", "field 'archived' takes true or false, not 'yes'"),
        ("codeReferences.min:many", "field 'codeReferences.min' takes a whole number, not 'many'"),
        ("codeReferences.min:1e3", "takes a whole number"),
        ("type:eternal", "field 'type' takes one of temporary, permanent, not 'eternal'"),
        ("creationDate:1", "field 'creationDate' does not take 'equals'; allowed operators: before, after"),
        ('creationDate:{"since":1}', "field 'creationDate' does not take 'since'"),
        ('creationDate:{"after":"soon"}', "takes Unix milliseconds or an RFC 3339 time, not 'soon'"),
        ('creationDate:{"after":true}', "takes Unix milliseconds or an RFC 3339 time"),
        ('lastSeen:{"exists":1}', "field 'lastSeen' takes true or false"),
        ("creationDate:{}", "expected a JSON object with a member at character 14"),
        ('creationDate:{"after":1', "expected a JSON object with its closing brace at character 14"),
        ("creationDate:{after:1}", "expected a JSON object at character 14"),
        ("query:" + "x" * 10_000, "longer than 10000 characters"),
        (",".join(["query:a"] * 201), "more than 200 terms"),
        ("role:" + "|".join(["a"] * 501), "a list of 1 to 500 values"),
        ("creationDate:" + '{"after":' * 900 + "1" + "}" * 900, "levels deep"),
    ],
)
def test_what_is_wrong_with_a_filter_is_named_with_its_field_or_position(text, message):
    with pytest.raises(InvalidRequest) as caught:
        parse_pairs(text, FLAGS)
    assert message in caught.value.message


@given(st.text(alphabet="aq:,+|{}[]\"'\\ 1tags", max_size=60) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        parse_pairs("tags:" + text, FLAGS)
    except InvalidRequest:
        return


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_text_in_double_quotes_is_taken_as_it_is(text):
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    assert parse_pairs(f'query:"{quoted}"', FLAGS) == (Term("query", "equals", text),)
