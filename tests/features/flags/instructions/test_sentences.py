"""Each kind of instruction in the words that people read: who, which flag, where, from what to what."""

from typing import Any

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from flagstaff.features.accounts.model import Member
from flagstaff.features.audit.model import AuditEntry
from flagstaff.features.audit.represent import Surroundings, represent_entry
from flagstaff.features.audit.schemas import AuditEntryRep
from flagstaff.features.flags.changes import aspects, single_step
from flagstaff.features.flags.descriptions import describe_change
from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import CustomProperty, FlagState, Prerequisite
from flagstaff.features.projects.model import ClientSideAvailability
from tests.support.clauses import a_clause
from tests.support.flags import (
    a_flag,
    a_migration_flag,
    a_rule,
    a_state,
    a_target,
    a_targeting,
    an_edit,
)

AROUND = Surroundings(
    "a1",
    {"m1": Member(id="m1", email="ada@example.com", role="writer", first_name="Ada", created=0)},
    environments={("shop", "test"): "Testing"},
)
ADA = "[Ada](mailto:ada@example.com)"
WHOLE = "[Checkout](/shop/~/features/checkout)"
IN_TEST = "[Checkout](/shop/test/features/checkout) in `Testing`"

CLAUSES = (a_clause("1"), a_clause("2", attribute="age", values=(7,)))
FIRST = a_rule("rule-1", "b", clauses=CLAUSES, description="Nordic")
SECOND = a_rule("rule-2", "c", clauses=(a_clause("3", attribute="plan", values=("pro",)),))
LOGIN = Prerequisite(key="login", variation_id="yes", variation=0)
TARGETING = a_targeting(
    prerequisites=(LOGIN,),
    targets=(a_target("a", "ann", "bob"), a_target("b", "acme", kind="org")),
    rules=(FIRST, SECOND),
)
CHECKOUT = a_flag(
    description="Who pays",
    tags=("beta",),
    maintainer_id="m1",
    custom_properties={"jira": CustomProperty(name="Jira", values=("A-1", "A-2"))},
    client_side_availability=ClientSideAvailability(using_mobile_key=True, using_environment_id=False),
)
BEFORE = a_state(CHECKOUT, test=TARGETING, production=a_targeting())
OTHERS_BEFORE = {
    "restoreFlag": replace(BEFORE, flag=replace(CHECKOUT, archived=True)),
    "restoreDeprecatedFlag": replace(BEFORE, flag=replace(CHECKOUT, deprecated=True)),
    "makeFlagTemporary": replace(BEFORE, flag=replace(CHECKOUT, temporary=False)),
    "turnFlagOff": replace(BEFORE, environments={"test": replace(TARGETING, on=True)}),
    "setCheckRatio": a_state(a_migration_flag("checkout"), test=a_targeting(check_ratio=0)),
}

IN = {"ruleId": "rule-1"}
AT = {**IN, "clauseId": "1"}
SENT = {"contextKind": "org", "attribute": "plan", "op": "in", "values": ["pro"], "negate": True}
CART = {"key": "cart", "variationId": "full"}
FULL = {"variation_id": "full", "variation": 1}
HALVES = {"rolloutWeights": {"a": 50_000, "b": 50_000}, "rolloutContextKind": "org"}
TO_EACH = [{"variationId": to, "values": keys} for to, keys in (("a", ["ann"]), ("b", ["bob"]), ("c", []))]
DEFAULTS = {"on_variation_id": "a", "off_variation_id": "c"}

CLAUSE = "user `country` **is one of** `SE`, `NO`"
RULE = f"**if** {CLAUSE} **and** user `age` **is one of** `7` **serve** `green` (description `Nordic`)"
PRO = "**if** user `plan` **is one of** `pro`"
NOT_PRO = "org `plan` **is not one of** `pro`"
NEEDS = "`login` serving variation `yes`"
JIRA = "`Jira`: `A-1`, `A-2`"
HALF = "50% `red`, 50% `green` by `org key`"
NORDIC = "rule 1 (`Nordic`)"

# By kind: what the instruction has beside it, and what the entry lists.
SAID: dict[str, tuple[dict[str, Any], list[str]]] = {
    "addClauses": ({**IN, "clauses": [SENT]}, [f"Added the clause {NOT_PRO} to {NORDIC}"]),
    "removeClauses": (
        {**IN, "clauseIds": ["2"]},
        [f"Removed the clause ~~user `age` **is one of** `7`~~ from {NORDIC}"],
    ),
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
    "archiveFlag": ({}, []),
    "restoreFlag": ({}, []),
    "deprecateFlag": ({}, []),
    "restoreDeprecatedFlag": ({}, []),
    "deleteFlag": ({}, []),
    "makeFlagPermanent": ({}, ["Made the flag permanent"]),
    "makeFlagTemporary": ({}, ["Made the flag temporary"]),
    "addPrerequisite": (CART, ["Added the prerequisite `cart` serving variation `full`"]),
    "updatePrerequisite": (
        {"key": "login", "variationId": "no"},
        [f"Changed the prerequisite from ~~{NEEDS}~~ to `login` serving variation `no`"],
    ),
    "removePrerequisite": ({"key": "login"}, [f"Removed the prerequisite ~~{NEEDS}~~"]),
    "replacePrerequisites": (
        {"prerequisites": [CART]},
        [f"Removed the prerequisite ~~{NEEDS}~~", "Added the prerequisite `cart` serving variation `full`"],
    ),
    "setPrerequisites": (
        {"prerequisites": [{**FULL, "key": "cart"}, {**FULL, "key": "login"}]},
        [
            "Added the prerequisite `cart` serving variation `full`",
            f"Changed the prerequisite from ~~{NEEDS}~~ to `login` serving variation `full`",
        ],
    ),
    "addRule": (
        {"clauses": [SENT], **HALVES, "beforeRuleId": "rule-1"},
        [f"Added, as number 1, the rule **if** {NOT_PRO} **serve** {HALF}"],
    ),
    "removeRule": (IN, [f"Removed the rule ~~{RULE}~~"]),
    "reorderRules": (
        {"ruleIds": ["rule-2", "rule-1"]},
        [f"Changed the order of the rules from ~~`Nordic`, {PRO}~~ to {PRO}, `Nordic`"],
    ),
    "replaceRules": (
        {"rules": [{"clauses": [SENT], "variationId": "a"}]},
        [
            f"Removed the rule ~~{RULE}~~",
            f"Removed the rule ~~{PRO} **serve** `blue`~~",
            f"Added, as number 1, the rule **if** {NOT_PRO} **serve** `red`",
        ],
    ),
    "setRules": ({"rules": to_builtins([SECOND])}, [f"Removed the rule ~~{RULE}~~"]),
    "updateRuleVariationOrRollout": (
        {**IN, **HALVES},
        [f"Changed what is served by {NORDIC} from ~~`green`~~ to {HALF}"],
    ),
    "updateRuleDescription": (
        {**IN, "description": "The north"},
        [f"Changed the description of {NORDIC} from ~~`Nordic`~~ to `The north`"],
    ),
    "updateRuleTrackEvents": ({**IN, "trackEvents": True}, [f"Turned on detailed events of {NORDIC}"]),
    "turnFlagOn": ({}, []),
    "turnFlagOff": ({}, []),
    "updateFallthroughVariationOrRollout": (HALVES, [f"Changed the default rule from ~~`red`~~ to {HALF}"]),
    "setFallthrough": ({"fallthrough": "b"}, ["Changed the default rule from ~~`red`~~ to `green`"]),
    "updateOffVariation": ({"variationId": "b"}, ["Changed the off variation from ~~`blue`~~ to `green`"]),
    "unsetOffVariation": ({}, ["Changed the off variation from ~~`blue`~~ to none"]),
    "updateTrackEvents": ({"trackEvents": True}, ["Turned on detailed events of all evaluations"]),
    "updateTrackEventsFallthrough": (
        {"trackEvents": True},
        ["Turned on detailed events of the default rule"],
    ),
    "setCheckRatio": ({"checkRatio": 10}, ["Changed the check ratio from ~~no read~~ to one read in 10"]),
    "updateName": ({"value": "Pay"}, ["Changed the name from ~~`Checkout`~~ to `Pay`"]),
    "updateDescription": (
        {"value": "Who pays how"},
        ["Changed the description from ~~`Who pays`~~ to `Who pays how`"],
    ),
    "addTags": ({"values": ["new"]}, ["Added tag `new`"]),
    "removeTags": ({"values": ["beta"]}, ["Removed tag ~~`beta`~~"]),
    "updateMaintainerMember": (
        {"value": "m2"},
        ["Changed the maintainer from ~~the member `m1`~~ to the member `m2`"],
    ),
    "updateMaintainerTeam": (
        {"value": "ops"},
        ["Changed the maintainer from ~~the member `m1`~~ to the team `ops`"],
    ),
    "removeMaintainer": ({}, ["Changed the maintainer from ~~the member `m1`~~ to none"]),
    "turnOnClientSideAvailability": (
        {"value": "usingEnvironmentId"},
        ["Made the flag available to SDKs that use a client-side ID"],
    ),
    "turnOffClientSideAvailability": (
        {"value": "usingMobileKey"},
        ["Made the flag unavailable to SDKs that use a mobile key"],
    ),
    "addCustomProperties": (
        {"key": "jira", "values": ["A-3"]},
        [f"Changed the custom property `jira` from ~~{JIRA}~~ to {JIRA}, `A-3`"],
    ),
    "removeCustomProperties": (
        {"key": "jira", "values": ["A-1"]},
        [f"Changed the custom property `jira` from ~~{JIRA}~~ to `Jira`: `A-2`"],
    ),
    "replaceCustomProperties": (
        {"key": "jira", "values": ["B-1"]},
        [f"Changed the custom property `jira` from ~~{JIRA}~~ to `Jira`: `B-1`"],
    ),
    "addContextTargets": (
        {"variationId": "c", "contextKind": "org", "values": ["bolt", "dyne"]},
        ["Added the org targets `bolt`, `dyne` to `blue`"],
    ),
    "addTargets": ({"variationId": "a", "values": ["eve"]}, ["Added the user targets `eve` to `red`"]),
    "removeContextTargets": (
        {"variationId": "b", "contextKind": "org", "values": ["acme"]},
        ["Removed the org targets ~~`acme`~~ of `green`"],
    ),
    "removeTargets": (
        {"variationId": "a", "values": ["ann"]},
        ["Removed the user targets ~~`ann`~~ of `red`"],
    ),
    "replaceTargets": (
        {"targets": [{"variationId": "c", "values": ["ann"]}]},
        [
            "Removed the user targets ~~`ann`, `bob`~~ of `red`",
            "Removed the org targets ~~`acme`~~ of `green`",
            "Added the user targets `ann` to `blue`",
        ],
    ),
    "clearTargets": ({"variationId": "a"}, ["Removed the user targets ~~`ann`, `bob`~~ of `red`"]),
    "addUserTargets": (
        {"variationId": "b", "values": ["eve", "joe"]},
        ["Added the user targets `eve`, `joe` to `green`"],
    ),
    "removeUserTargets": (
        {"variationId": "a", "values": ["bob"]},
        ["Removed the user targets ~~`bob`~~ of `red`"],
    ),
    "clearUserTargets": ({"variationId": "a"}, ["Removed the user targets ~~`ann`, `bob`~~ of `red`"]),
    "replaceUserTargets": (
        {"targets": TO_EACH},
        ["Removed the user targets ~~`bob`~~ of `red`", "Added the user targets `bob` to `green`"],
    ),
    "addVariation": ({"value": "grey", "name": "Grey"}, ["Added the variation `Grey`: `grey`"]),
    "removeVariation": (
        {"variationId": "b"},
        [
            "Removed the variation ~~`green`~~",
            "## Testing ##",
            "Removed the org targets ~~`acme`~~ of `green`",
            f"Removed the rule ~~{RULE}~~",
        ],
    ),
    "updateVariation": (
        {"variationId": "b", "value": "lime", "name": "Lime"},
        [
            "Changed the value of the variation `green` from ~~`green`~~ to `lime`",
            "Changed the name of the variation `green` to `Lime`",
        ],
    ),
    "updateDefaultVariation": (
        {"onVariationValue": "green", "offVariationValue": "red"},
        [
            "Changed what new environments serve while the flag is on from ~~`red`~~ to `green`",
            "Changed what new environments serve while the flag is off from ~~`blue`~~ to `red`",
        ],
    ),
    "setVariations": (
        {"variations": to_builtins(CHECKOUT.variations[::-1]), "defaults": DEFAULTS},
        ["Changed the order of the variations from ~~`red`, `green`, `blue`~~ to `blue`, `green`, `red`"],
    ),
}
TITLES = {
    "archiveFlag": f"archived the flag {WHOLE}",
    "restoreFlag": f"restored the flag {WHOLE}",
    "deprecateFlag": f"deprecated the flag {WHOLE}",
    "restoreDeprecatedFlag": f"restored the deprecated flag {WHOLE}",
    "deleteFlag": "deleted the flag Checkout",
    "turnFlagOn": f"turned on the flag {IN_TEST}",
    "turnFlagOff": f"turned off the flag {IN_TEST}",
}


@pytest.mark.parametrize("kind", SAID)
def test_each_kind_says_who_changes_which_flag_where_from_what_to_what(kind):
    members, listed = SAID[kind]
    wire = {"kind": kind, **members}
    before = OTHERS_BEFORE.get(kind, BEFORE)

    shown = enter(before, FLAG.apply(before, an_edit(), [wire]), wire)

    where = IN_TEST if FLAG[kind].scope == "environment" else WHOLE
    assert shown.title == f"{ADA} {TITLES.get(kind, f'updated the flag {where}')}"
    assert [line.removeprefix("* ") for line in shown.description.split("\n\n") if line] == listed


def test_no_kind_is_without_its_words():
    assert SAID.keys() == FLAG.kinds.keys()


def enter(before: FlagState, after: FlagState, wire: dict[str, Any]) -> AuditEntryRep:
    """The entry of the audit log, whose words the preview and mails have too."""
    verb, description = describe_change(before, after, {"test": "Testing"})
    ((action, environment),) = aspects(single_step("test", [wire]))
    touched = [key for key in ("test", "production") if environment in {None, key}]
    accesses = tuple((action, f"proj/shop:env/{key}:flag/checkout") for key in touched)
    entry = AuditEntry(0, "", 0, "flag", "Checkout", verb, description, "", "m1", "", accesses, b"")
    return represent_entry(entry, AROUND)
