"""Generated callers, policies and resources, over few names so that they often meet."""

from itertools import combinations, product

from hypothesis import strategies as st

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import project_resource
from tests.access.builders import MEMBER, TOKEN

KEYS = ("a", "b", "ab")
TAGS = ("t", "u", "tu")
ACTIONS = ("updateOn", "updateRules", "createFlag", "viewProject", "deleteProject")
PATTERNS = (*KEYS, "*", "a*", "*b", "${roleAttribute/x}", "${roleAttribute/y}*")
TAG_PATTERNS = (*TAGS, "*", "t*", "${roleAttribute/y}")
# One draw for all of a segment: what is drawn piece by piece takes most of the time of these tests.
MARKS = [
    "",
    *(f";{tag}" for tag in TAG_PATTERNS),
    *(f";{','.join(two)}" for two in product(TAG_PATTERNS, repeat=2)),
]
NAMED = st.sampled_from([f"{pattern}{marks}" for pattern, marks in product(PATTERNS, MARKS)])
TYPES = st.sampled_from([("proj",), ("proj", "env"), ("proj", "env", "flag"), ("proj", "metric")])
EFFECTS = st.sampled_from(["allow", "allow", "deny"])
ABOUT = st.sampled_from(["resources", "resources", "not_resources"])
DOING = st.sampled_from(["actions", "actions", "not_actions"])
GLOBS = (*ACTIONS, "*", "update*", "view*", "*Flag")
SOME_GLOBS = st.sampled_from([*((glob,) for glob in GLOBS), *product(GLOBS, repeat=2)])


@st.composite
def specifier_texts(draw):
    return ":".join(f"{part}/{draw(NAMED)}" for part in draw(TYPES))


SPECIFIERS = st.lists(specifier_texts(), min_size=1, max_size=2).map(tuple)


@st.composite
def statements(draw):
    return Statement(draw(EFFECTS), **{draw(ABOUT): draw(SPECIFIERS)}, **{draw(DOING): draw(SOME_GLOBS)})


POLICIES = st.builds(
    Policy, st.lists(statements(), max_size=4).map(tuple), st.sampled_from(["reader", "reader", "no_access"])
)
GRANTS = st.lists(POLICIES, max_size=3).map(tuple)
ATTRIBUTES = st.dictionaries(
    st.sampled_from("xy"), st.lists(st.sampled_from([*KEYS, "t", "a*"]), max_size=2).map(tuple)
)
TAGGED = [frozenset(some) for size in range(3) for some in combinations(TAGS, size)]
SEGMENTS = st.sampled_from(list(product(KEYS, TAGGED)))


@st.composite
def resources(draw):
    resource = project_resource(*draw(SEGMENTS))
    kind = draw(st.sampled_from(["proj", "env", "flag", "metric"]))
    if kind == "metric":
        return resource.child("metric", *draw(SEGMENTS))
    if kind in {"env", "flag"}:
        resource = resource.child("env", *draw(SEGMENTS))
    return resource.child("flag", *draw(SEGMENTS)) if kind == "flag" else resource


@st.composite
def callers(draw):
    cap = draw(st.none() | GRANTS)
    return Caller("token", MEMBER, TOKEN, "t", draw(GRANTS), cap, draw(ATTRIBUTES))
