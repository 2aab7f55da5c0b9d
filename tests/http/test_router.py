"""Routes."""

from dataclasses import dataclass
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.http.router import Router
from flagstaff.kernel.errors import MethodNotAllowed, NotFound


@dataclass(frozen=True)
class Row:
    method: str
    path: str

    @property
    def methods(self):
        return ("GET", "HEAD") if self.method == "GET" else (self.method,)


ONE = "/api/v2/flags/{projectKey}/{featureFlagKey}"
ROWS = [
    Row("GET", "/"),
    Row("GET", "/api/v2"),
    Row("GET", "/api/v2/flags/{projectKey}"),
    Row("POST", "/api/v2/flags/{projectKey}"),
    Row("GET", ONE),
    Row("PATCH", ONE),
    Row("DELETE", ONE),
    Row("POST", "/api/v2/flags/{projectKey}/{flagKey}/copy"),
    Row("GET", "/api/v2/flags/{projectKey}/{flagKey}/expiring-targets/{environmentKey}"),
    Row("GET", "/api/v2/flags/{projectKey}/{environmentKey}/{flagKey}/dependent-flags"),
    Row("POST", "/api/v2/segments/{projectKey}/{environmentKey}/evaluate"),
    Row("GET", "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}"),
    Row("GET", "/api/v2/projects/{projectKey}/environments/{environmentKey}"),
    Row("GET", "/api/v2/projects/{projectKey}/{other}/x"),
]
ROUTER = Router(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path}")
def test_each_row_is_found_by_its_own_path(row):
    path = row.path.replace("{", "key-").replace("}", "")
    names = [part[1:-1] for part in row.path.split("/") if part.startswith("{")]
    assert ROUTER.find(row.method, path.encode()) == (row, {name: f"key-{name}" for name in names})


@pytest.mark.parametrize(
    ("method", "path", "template", "parameters"),
    [
        ("GET", "//api//v2/", "/api/v2", {}),
        ("GET", "", "/", {}),
        ("GET", "/api/v2/fl%61gs/p", "/api/v2/flags/{projectKey}", {"projectKey": "p"}),
        ("GET", "/api/v2/flags/p/copy", ONE, {"projectKey": "p", "featureFlagKey": "copy"}),
        ("GET", "/api/v2/flags/p/a%252Fb", ONE, {"projectKey": "p", "featureFlagKey": "a%2Fb"}),
        ("GET", "/api/v2/flags/p/100%", ONE, {"projectKey": "p", "featureFlagKey": "100%"}),
        ("GET", "/api/v2/flags/p/a+b", ONE, {"projectKey": "p", "featureFlagKey": "a+b"}),
        ("GET", "/api/v2/flags/../v2", ONE, {"projectKey": "..", "featureFlagKey": "v2"}),
        (
            "GET",
            "/api/v2/segments/p/e/evaluate",
            "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}",
            {"projectKey": "p", "environmentKey": "e", "segmentKey": "evaluate"},
        ),
        (
            "GET",
            "/api/v2/flags/p/expiring-targets/dependent-flags/dependent-flags",
            "/api/v2/flags/{projectKey}/{environmentKey}/{flagKey}/dependent-flags",
            {"projectKey": "p", "environmentKey": "expiring-targets", "flagKey": "dependent-flags"},
        ),
        (
            "GET",
            "/api/v2/projects/p/environments/x",
            "/api/v2/projects/{projectKey}/environments/{environmentKey}",
            {"projectKey": "p", "environmentKey": "x"},
        ),
    ],
)
def test_a_literal_goes_before_a_parameter_unless_it_leads_nowhere(method, path, template, parameters):
    assert ROUTER.find(method, path.encode()) == (Row(method, template), parameters)


@given(st.lists(st.text(min_size=1), min_size=2, max_size=2))
def test_a_key_of_any_characters_reaches_the_handler_unchanged(keys):
    path = "/api/v2/flags/" + "/".join(quote(key, safe="") for key in keys)
    _, parameters = ROUTER.find("PATCH", path.encode())
    assert parameters == dict(zip(("projectKey", "featureFlagKey"), keys, strict=True))


@pytest.mark.parametrize(
    "key", ["a/b", "/", "100%", "%2F", "a:b;c=d", "名前", "ключ", "é", "a b", "?x=1", "#", "{}"]
)
def test_a_key_with_marks_or_in_another_script_reaches_the_handler_unchanged(key):
    path = f"/api/v2/flags/{quote(key, safe='')}/{quote(key, safe=':;=')}/copy"
    assert ROUTER.find("POST", path.encode())[1] == {"projectKey": key, "flagKey": key}


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/v2/flag/p",
        "/api/v2/flags",
        "/api/v2/flags/p/f/copy/more",
        "/api/v2/flags/p/%ff",
        "/api/v2/flags/p/%ed%a0%80",
        "/API/v2",
        "/api%2Fv2",
    ],
)
def test_what_no_row_matches_is_not_found(path):
    with pytest.raises(NotFound):
        ROUTER.find("GET", path.encode())


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/v2/flags/p/f", ("DELETE", "GET", "HEAD", "PATCH")),
        ("DELETE", "/api/v2/flags/p/f/copy", ("POST",)),
        ("PUT", "/api/v2/segments/p/e/evaluate", ("GET", "HEAD", "POST")),
        ("get", "/api/v2", ("GET", "HEAD")),
    ],
)
def test_another_method_is_answered_with_those_that_the_path_has(method, path, allowed):
    with pytest.raises(MethodNotAllowed) as caught:
        ROUTER.find(method, path.encode())
    assert caught.value.allowed == allowed
    assert ROUTER.list_methods(path.encode()) == allowed


@pytest.mark.parametrize("path", [b"/nowhere", b"/api/v2/flags/%ff"])
def test_a_path_without_a_row_has_no_methods(path):
    assert ROUTER.list_methods(path) == ()


def test_two_rows_for_the_same_path_and_method_are_refused():
    with pytest.raises(ValueError, match="are the same route"):
        Router([Row("GET", "/a/{b}/c"), Row("GET", "/a/{d}/c")])


@pytest.mark.parametrize("path", ["/a/{b}.json", "/a/x{b}", "/a/{b"])
def test_a_parameter_is_a_whole_segment(path):
    with pytest.raises(ValueError, match="a parameter is a whole segment"):
        Router([Row("GET", path)])


def test_a_row_is_found_by_each_of_its_methods():
    assert ROUTER.find("HEAD", b"/api/v2") == ROUTER.find("GET", b"/api/v2")
