"""Generated callers, policies and resources, over few names so that they often meet."""

from hypothesis import strategies as st

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import project_resource
from tests.access.builders import MEMBER, TOKEN

KEYS = ("a", "b", "ab")
TAGS = ("t", "u", "tu")
ACTIONS = ("updateOn", "updateRules", "createFlag", "viewProject", "deleteProject")
PATTERNS = st.sampled_from([*KEYS, "*", "a*", "*b", "${roleAttribute/x}", "${roleAttribute/y}*"])
TAG_PATTERNS = st.sampled_from([*TAGS, "*", "t*", "${roleAttribute/y}"])


@st.composite
def specifier_texts(draw):
    types = draw(st.sampled_from([("proj",), ("proj", "env"), ("proj", "env", "flag"), ("proj", "metric")]))
    segments = []
    for part in types:
        tags = draw(st.lists(TAG_PATTERNS, max_size=2))
        segments.append(f"{part}/{draw(PATTERNS)}" + (f";{','.join(tags)}" if tags else ""))
    return ":".join(segments)


@st.composite
def statements(draw):
    texts = st.lists(specifier_texts(), min_size=1, max_size=2).map(tuple)
    actions = st.lists(st.sampled_from([*ACTIONS, "*", "update*", "view*", "*Flag"]), min_size=1, max_size=2)
    return Statement(
        draw(st.sampled_from(["allow", "allow", "deny"])),
        **{draw(st.sampled_from(["resources", "resources", "not_resources"])): draw(texts)},
        **{draw(st.sampled_from(["actions", "actions", "not_actions"])): tuple(draw(actions))},
    )


POLICIES = st.builds(
    Policy, st.lists(statements(), max_size=4).map(tuple), st.sampled_from(["reader", "reader", "no_access"])
)
GRANTS = st.lists(POLICIES, max_size=3).map(tuple)
ATTRIBUTES = st.dictionaries(
    st.sampled_from("xy"), st.lists(st.sampled_from([*KEYS, "t", "a*"]), max_size=2).map(tuple)
)
SEGMENTS = st.tuples(st.sampled_from(KEYS), st.frozensets(st.sampled_from(TAGS), max_size=2))


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
