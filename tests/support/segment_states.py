"""Any state that a segment may be in, for properties that hold of all of them."""

from hypothesis import strategies as st

from flagstaff.features.segments.model import SegmentRule, SegmentTarget
from flagstaff.features.segments.targets import build_targets
from flagstaff.features.targeting.model import Clause
from tests.support.segments import a_segment

uuids = st.uuids().map(str)
words = st.text("abc", min_size=1, max_size=3)
clauses = st.builds(
    Clause,
    id=uuids,
    attribute=words,
    op=st.sampled_from(["in", "contains", "segmentMatch"]),
    values=st.lists(words, max_size=3).map(tuple),
    context_kind=st.sampled_from(["user", "org"]),
    negate=st.booleans(),
)
rules = st.builds(
    SegmentRule,
    id=uuids,
    clauses=st.lists(clauses, max_size=2).map(tuple),
    description=st.sampled_from(["", "Some"]),
    weight=st.none() | st.integers(0, 100_000),
    bucket_by=st.sampled_from(["", "city", "/a/b"]),
    rollout_context_kind=st.sampled_from(["", "user", "org"]),
)
lists = st.lists(
    st.builds(
        SegmentTarget,
        context_kind=st.sampled_from(["user", "org", "device"]),
        values=st.lists(words, max_size=4).map(tuple),
    ),
    max_size=4,
).map(build_targets)
segments = st.builds(
    a_segment,
    name=words,
    description=st.sampled_from(["", "a", "b"]),
    tags=st.sets(words, max_size=3).map(lambda tags: tuple(sorted(tags))),
    included=lists,
    excluded=lists,
    rules=st.lists(rules, max_size=3).map(tuple),
)
