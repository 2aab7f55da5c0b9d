"""Each kind of instruction in the words that people read: which segment, where, whom, from what to what."""

from typing import Any

import pytest

from flagstaff.features.audit.model import AuditEntry
from flagstaff.features.audit.represent import Surroundings, represent_entry
from flagstaff.features.segments.descriptions import describe_change
from flagstaff.features.segments.instructions.vocabulary import SEGMENT
from flagstaff.kernel.instructions import Edit
from tests.support.clauses import a_clause
from tests.support.ids import counting_ids
from tests.support.segments import NOW, a_segment, a_segment_rule, a_target

TITLE = "Flagstaff updated the segment [Beta testers](/shop/live/segments/beta) in `Live`"

CLAUSES = (a_clause("1"), a_clause("2", attribute="age", values=(7,)))
BEFORE = a_segment(
    description="Who helps",
    tags=("old",),
    included=(a_target("ann", "bob"), a_target("acme", kind="org")),
    excluded=(a_target("eve"), a_target("bolt", kind="org")),
    rules=(
        a_segment_rule("rule-1", clauses=CLAUSES, description="Nordic", weight=10_000),
        a_segment_rule("rule-2", clauses=(a_clause("3", attribute="plan", values=("pro",)),)),
    ),
)
BIG = a_segment(unbounded=True, unbounded_context_kind="user")

IN = {"ruleId": "rule-1"}
AT = {**IN, "clauseId": "1"}
SENT = {"contextKind": "org", "attribute": "plan", "op": "in", "values": ["pro"], "negate": True}
ORGS = {"contextKind": "org", "values": ["cern"]}
USERS = {"values": ["joe"]}

NORDIC = "rule 1 (`Nordic`)"
CLAUSE = "user `country` **is one of** `SE`, `NO`"
SEVEN = "user `age` **is one of** `7`"
PRO = "**if** user `plan` **is one of** `pro`"
NOT_PRO = "org `plan` **is not one of** `pro`"
RULE = f"**if** {CLAUSE} **and** {SEVEN} **let in** 10% by `user key` (description `Nordic`)"

# By kind: what the instruction has beside it, and what the entry lists.
SAID: dict[str, tuple[dict[str, Any], list[str]]] = {
    "addBigSegmentIncludedTargets": (USERS, ["Added the included key `joe`"]),
    "addBigSegmentExcludedTargets": (USERS, ["Added the excluded key `joe`"]),
    "removeBigSegmentIncludedTargets": (USERS, ["Removed the included key `joe`"]),
    "removeBigSegmentExcludedTargets": (USERS, ["Removed the excluded key `joe`"]),
    "processBigSegmentImport": ({"importId": "i-1"}, ["Began the import `i-1`"]),
    "addClauses": ({**IN, "clauses": [SENT]}, [f"Added the clause {NOT_PRO} to {NORDIC}"]),
    "removeClauses": ({**IN, "clauseIds": ["2"]}, [f"Removed the clause ~~{SEVEN}~~ from {NORDIC}"]),
    "updateClause": (
        {**AT, "clause": SENT},
        [f"Changed a clause of {NORDIC} from ~~{CLAUSE}~~ to {NOT_PRO}"],
    ),
    "addValuesToClause": (
        {**AT, "values": ["DK"]},
        [f"Added the values `DK` to the clause {CLAUSE} of {NORDIC}"],
    ),
    "removeValuesFromClause": (
        {**AT, "values": ["NO"]},
        [f"Removed the values ~~`NO`~~ from the clause {CLAUSE} of {NORDIC}"],
    ),
    "addRule": (
        {"clauses": [SENT], "weight": 50_000, "rolloutContextKind": "org", "beforeRuleId": "rule-1"},
        [f"Added, as number 1, the rule **if** {NOT_PRO} **let in** 50% by `org key`"],
    ),
    "removeRule": (IN, [f"Removed the rule ~~{RULE}~~"]),
    "reorderRules": (
        {"ruleIds": ["rule-2", "rule-1"]},
        [f"Changed the order of the rules from ~~`Nordic`, {PRO}~~ to {PRO}, `Nordic`"],
    ),
    "setRules": (
        {"rules": [{"clauses": [SENT]}]},
        [
            f"Removed the rule ~~{RULE}~~",
            f"Removed the rule ~~{PRO} **let in** all~~",
            f"Added, as number 1, the rule **if** {NOT_PRO} **let in** all",
        ],
    ),
    "updateRuleDescription": (
        {**IN, "description": "The north"},
        [f"Changed the description of {NORDIC} from ~~`Nordic`~~ to `The north`"],
    ),
    "updateRuleRolloutAndContextKind": (
        {**IN, "weight": 20_000, "contextKind": "org"},
        [f"Changed whom {NORDIC} lets in from ~~10% by `user key`~~ to 20% by `org key`"],
    ),
    "updateName": ({"value": "Friends"}, ["Changed the name from ~~`Beta testers`~~ to `Friends`"]),
    "updateDescription": (
        {"value": "Friends"},
        ["Changed the description from ~~`Who helps`~~ to `Friends`"],
    ),
    "addTags": ({"values": ["new"]}, ["Added tag `new`"]),
    "removeTags": ({"values": ["old"]}, ["Removed tag ~~`old`~~"]),
    "addIncludedTargets": (ORGS, ["Added the included org `cern`"]),
    "addExcludedTargets": (ORGS, ["Added the excluded org `cern`"]),
    "removeIncludedTargets": (
        {"contextKind": "org", "values": ["acme"]},
        ["Removed the included org ~~`acme`~~"],
    ),
    "removeExcludedTargets": (
        {"contextKind": "org", "values": ["bolt"]},
        ["Removed the excluded org ~~`bolt`~~"],
    ),
    "addIncludedUsers": (USERS, ["Added the included user `joe`"]),
    "addExcludedUsers": (USERS, ["Added the excluded user `joe`"]),
    "removeIncludedUsers": ({"values": ["ann"]}, ["Removed the included user ~~`ann`~~"]),
    "removeExcludedUsers": ({"values": ["eve"]}, ["Removed the excluded user ~~`eve`~~"]),
    "setIncludedTargets": (
        {"targets": [ORGS]},
        [
            "Added the included org `cern`",
            "Removed the included org ~~`acme`~~",
            "Removed the included user ~~`ann`~~",
            "Removed the included user ~~`bob`~~",
        ],
    ),
    "setExcludedTargets": (
        {"targets": [ORGS]},
        [
            "Added the excluded org `cern`",
            "Removed the excluded org ~~`bolt`~~",
            "Removed the excluded user ~~`eve`~~",
        ],
    ),
}


@pytest.mark.parametrize("kind", SAID)
def test_each_kind_says_which_segment_changes_where_from_what_to_what(kind):
    members, listed = SAID[kind]
    before = BIG if "BigSegment" in kind else BEFORE
    after = SEGMENT.apply(before, Edit(NOW, counting_ids()), [{"kind": kind, **members}])

    said = describe_change(before, after)
    accesses = ((SEGMENT[kind].action, "proj/shop:env/live:segment/beta"),)
    entry = AuditEntry(
        0, "", 0, "segment", before.name, "updated the segment", said, "", "", "", accesses, b""
    )

    shown = represent_entry(entry, Surroundings("a1", environments={("shop", "live"): "Live"}))
    assert shown.title == TITLE
    assert shown.description.split("\n\n") == [f"- {line}" for line in listed]


def test_no_kind_is_without_its_words():
    assert SAID.keys() == SEGMENT.kinds.keys()
